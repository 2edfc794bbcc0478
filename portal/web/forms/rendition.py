"""The form with which a Word file comes back. Shape only."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FileField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from portal.domain.rendition import RenditionOrigin
from portal.services.renditions import Incoming
from portal.web.filters import label
from portal.web.forms.fields import OneOfField, ParagraphField, RadioField, needed

HINTS = {
    RenditionOrigin.EDITED: _l("Naskah buatan portal yang diubah di Word oleh pegawai kita."),
    RenditionOrigin.RECEIVED: _l("Naskah yang ditulis atau dikirim kembali oleh mitra."),
}


class UploadForm(FlaskForm):
    """A Word file, where its text comes from, and what it was written over."""

    files = FileField(
        _l("Berkas Word"),
        [needed(_l("Pilih berkas Word yang akan diunggah."))],
        description=_l("Berkas .docx dari Word, paling besar 20 MB. Makro dan objek tertanam ditolak."),
    )
    origin = RadioField(_l("Asal naskah"), [InputRequired(_l("Pilih dari mana naskah ini."))])
    based_on = OneOfField(_l("Berdasarkan"))
    note = ParagraphField(
        _l("Catatan"), letters=2000, description=_l("Misalnya apa yang diubah atau siapa yang mengirim.")
    )

    @classmethod
    def offering(cls, versions: Iterable[tuple[int, str]], **values: Any) -> "UploadForm":
        """Return the form with its choices; `versions` are numbers of renditions with their words, newest first."""
        form = cls(data=values)
        form.origin.choices = [SelectChoice(one.value, f"{label(one)}. {hint}") for one, hint in HINTS.items()]
        form.based_on.choices = [
            ("", _l("Tidak berdasarkan naskah di portal")),
            *((str(n), text) for n, text in versions),
        ]
        return form

    def incoming(self) -> Incoming:
        """Return what was sent."""
        sent, number = self.files.data, self.based_on.data
        return Incoming(
            name=sent.filename,
            origin=RenditionOrigin(self.origin.data),
            based_on=int(number) if number else None,
            note=self.note.data,
            content=sent.read(),
        )
