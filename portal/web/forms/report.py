"""Forms of reports: what a partner types, and what an officer answers. Shape only."""

from collections.abc import Iterable, Mapping
from contextlib import closing

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import DateField, IntegerField, MultipleFileField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from portal.services.report_files import Incoming

FIELDS = ("narrative", "obstacles", "beneficiaries", "amount_rupiah")


class ReportForm(FlaskForm):
    """The answers as typed; numbers stay text, so that nothing that is not valid yet is lost.

    It is never validated: saving takes everything, sending is checked by the service.
    """

    version = IntegerField(validators=[Optional()])
    narrative = TextAreaField(_l("Apa yang sudah dilaksanakan?"), [DataRequired()])
    obstacles = TextAreaField(_l("Apa kendalanya?"))
    beneficiaries = StringField(_l("Berapa orang yang menerima layanan?"))
    amount_rupiah = StringField(_l("Berapa dana yang digunakan?"))
    files = MultipleFileField(_l("Tambah foto atau berkas"))

    def typed(self) -> dict[str, str]:
        """Return what was typed, by field."""
        return {name: self[name].data or "" for name in FIELDS}

    def say(self, wrong: Mapping[str, str]) -> "ReportForm":
        """Put a sentence at each field that is named."""
        for name, sentence in wrong.items():
            self[name].errors = [sentence]
        return self

    def has_files(self) -> bool:
        """Return whether any file was chosen."""
        return any(f and f.filename for f in self.files.data or ())

    def incoming(self) -> tuple[Incoming, ...]:
        """Return the files that were chosen, and close what the request holds of them; so ask once."""
        chosen: Iterable[FileStorage] = self.files.data or ()
        return tuple(Incoming(name=f.filename, content=_drained(f)) for f in chosen if f and f.filename)


def _drained(file: FileStorage) -> bytes:
    with closing(file):
        content: bytes = file.read()
    return content


class RoundForm(FlaskForm):
    """Which round of a report, as it was read: against sending or deciding something else than was seen."""

    number = IntegerField(validators=[Optional()], default=0)
    version = IntegerField(validators=[Optional()], default=0)


class SendBackForm(FlaskForm):
    """Why a report goes back, and until when it should be mended."""

    number = IntegerField(validators=[Optional()], default=0)
    reason = TextAreaField(_l("Apa yang perlu diperbaiki?"), [DataRequired(_l("Tulis apa yang perlu diperbaiki."))])
    fix_due_on = DateField(_l("Batas perbaikan"), [DataRequired(_l("Isi tanggal batas perbaikan."))])
