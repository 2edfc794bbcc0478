"""Forms of what is done with an agreement: its stage, its files. Shape only."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FileField

from portal.domain.agreement_file import FileKind
from portal.web.filters import label
from portal.web.forms.fields import DayField, OneOfField, ParagraphField, needed


class StageForm(FlaskForm):
    """The stage that people decided, since when and why."""

    to = OneOfField(_l("Tahap baru"), (needed(_l("Pilih tahap baru.")),))
    entered_on = DayField(_l("Berlaku sejak"), (needed(_l("Isi tanggal perubahan tahap.")),))
    signed_on = DayField(_l("Tanggal penandatanganan"))
    reason = ParagraphField(_l("Alasan"), letters=2000)
    follow = BooleanField(_l("Masa berlaku dan tenggat naskah yang diperpanjang ikut"))


class FileForm(FlaskForm):
    """A file to be kept with an agreement."""

    kind = OneOfField(_l("Jenis dokumen"), (needed(_l("Pilih jenis dokumen.")),))
    files = FileField(_l("Berkas"), [needed(_l("Pilih berkas yang akan diunggah."))])

    @classmethod
    def with_choices(cls) -> "FileForm":
        """Return the form with the kinds of files."""
        form = cls()
        form.kind.choices = [(kind.value, label(kind)) for kind in FileKind]
        return form
