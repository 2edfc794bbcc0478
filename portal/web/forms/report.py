"""Forms of reports: what a partner types, step by step, and what an officer answers. Shape only."""

from collections.abc import Iterable, Mapping
from contextlib import closing

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import IntegerField, MultipleFileField, TextAreaField
from wtforms.validators import Optional

from portal.domain.report_approval import SAY_WHY
from portal.domain.report_form import NOTE, Field, FieldKind
from portal.services.report_files import Incoming
from portal.web.forms.fields import at_most, needed

BEFORE = "before_"
KEEP = "keep_"
"""What a page carries beside a field: what stood there when it was opened, and which of two answers to keep."""


def names_of(fields: Iterable[Field]) -> tuple[str, ...]:
    """Return the names under which these fields are typed: each, and the note of each number."""
    typed = [field for field in fields if field.kind is not FieldKind.FILES]
    return tuple(field.name for field in typed) + tuple(f"{NOTE}{field.name}" for field in typed if field.is_number)


def typed(fields: Iterable[Field], data: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed in these fields; what was chosen to stay as it is stored is left out."""
    return {
        name: _wanted(name, data) for name in names_of(fields) if name in data and data.get(KEEP + name) != "stored"
    }


def _wanted(name: str, data: Mapping[str, str]) -> str:
    if data.get(KEEP + name) == "both":
        return "\n\n".join(filter(None, [data.get(BEFORE + name, ""), data[name]]))
    return data[name]


def before(fields: Iterable[Field], data: Mapping[str, str]) -> dict[str, str]:
    """Return what stood in these fields when the page was opened."""
    return {name: data[BEFORE + name] for name in names_of(fields) if BEFORE + name in data}


class EvidenceForm(FlaskForm):
    """Photos and files; never validated: each is looked at by the service, so that no good one is lost."""

    files = MultipleFileField(_l("Tambah foto atau berkas"))

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


class HandBackForm(FlaskForm):
    """Why the responsible person of the organisation does not send a report yet."""

    reason = TextAreaField(
        _l("Apa yang perlu diperbaiki?"),
        [needed(_l(SAY_WHY)), at_most(500)],
    )
