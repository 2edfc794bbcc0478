"""Forms of the workbook that is filled in away from the portal: the file, and what becomes of what is right in it."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms.fields.choices import SelectChoice

from portal.web.forms.fields import RadioField, needed

KEEP, SEND = "simpan", "kirim"


class WorkbookForm(FlaskForm):
    """The workbook as it was filled in."""

    workbook = FileField(_l("Buku kerja yang sudah diisi"), [needed(_l("Pilih buku kerja yang sudah diisi."))])


class AcceptForm(FlaskForm):
    """What becomes of the rows that are right."""

    then = RadioField(
        _l("Sesudah diterima"),
        choices=[
            SelectChoice(KEEP, _l("Simpan dulu. Kami kirim nanti dari halaman Laporan.")),
            SelectChoice(SEND, _l("Kirim sekarang juga.")),
        ],
        default=KEEP,
    )
