"""Forms of the template library. Shape only."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FileField

from portal.domain.agreement import AgreementKind
from portal.services.doc_templates import LANGUAGES, Incoming, NewTemplate
from portal.web.filters import label
from portal.web.forms.fields import LineField, OneOfField, needed

LANGUAGE_NAMES = {
    "id": _l("Indonesia"),
    "id-en": _l("Indonesia dan Inggris, dua kolom"),
}


class FileForm(FlaskForm):
    """The Word file of a version."""

    file = FileField(
        _l("Berkas Word"),
        [needed(_l("Pilih berkas Word templat."))],
        description=_l("Berkas .docx dari Word, paling besar 20 MB. Makro dan objek tertanam ditolak."),
    )

    def incoming(self) -> Incoming:
        """Return the file that was sent."""
        return Incoming(name=self.file.data.filename, content=self.file.data.read())


class NewTemplateForm(FileForm):
    """A new template with its first file."""

    name = LineField(_l("Nama templat"), (needed(_l("Tulis nama templat.")),), letters=160)
    kind = OneOfField(_l("Jenis naskah"), (needed(_l("Pilih jenis naskah.")),))
    schema_code = OneOfField(
        _l("Tag dan Pasal seperti pada"),
        (needed(_l("Pilih templat yang ditiru.")),),
        description=_l("Nama isian dan susunan Pasal awal diambil dari templat ini."),
    )
    language = OneOfField(_l("Bahasa"), (needed(_l("Pilih bahasa.")),))

    @classmethod
    def offering(cls, templates: list[tuple[str, str]]) -> "NewTemplateForm":
        """Return the form with its choices; `templates` are pairs of code and name."""
        form = cls()
        form.kind.choices = [("", _l("Pilih")), *((k.value, label(k)) for k in AgreementKind)]
        form.schema_code.choices = [("", _l("Pilih")), *templates]
        form.language.choices = [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
        return form

    def facts(self) -> NewTemplate:
        """Return what was typed."""
        return NewTemplate(
            name=self.name.data or "",
            kind=AgreementKind(self.kind.data),
            schema_code=self.schema_code.data or "",
            language=self.language.data or "",
        )
