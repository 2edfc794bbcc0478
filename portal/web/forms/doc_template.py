"""Forms of the template library. Shape only."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, FileField, Form, FormField, HiddenField

from portal.domain.agreement import AgreementKind
from portal.domain.paper import Paper, SignatureSide
from portal.domain.template_settings import (
    FONT_SIZES,
    FONTS,
    NARROWEST_MARGIN,
    WIDEST_MARGIN,
    TemplateSettings,
    read,
    to_plain,
)
from portal.domain.wording import PartyStyle
from portal.services.doc_template_articles import Arrangement, Slot
from portal.services.doc_templates import LANGUAGES, Incoming, NewTemplate
from portal.web.filters import label
from portal.web.forms.fields import CountField, LineField, OneOfField, needed

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


class SlotForm(Form):
    """One Pasal of the list of a template."""

    code = HiddenField()
    is_included = BooleanField(_l("Sejak awal"))
    is_mandatory = BooleanField(_l("Wajib"))


class ArticlesForm(FlaskForm):
    """The Pasal that drafts of a template start with, in order; `seen` is the newest version as it was read."""

    seen = HiddenField()
    q = LineField(_l("Cari dalam pustaka"))
    pasal = FieldList(FormField(SlotForm))

    @classmethod
    def of(cls, slots: Iterable[Mapping[str, Any]], *, seen: int) -> "ArticlesForm":
        """Return the form as it opens."""
        return cls(formdata=None, data={"pasal": [dict(one) for one in slots], "seen": seen})

    def slots(self) -> list[Slot]:
        """Return what was typed."""
        return [
            Slot(
                code=entry.form.code.data or "",
                is_included=bool(entry.form.is_included.data),
                is_mandatory=bool(entry.form.is_mandatory.data),
            )
            for entry in self.pasal
        ]

    def arrangement(self) -> Arrangement:
        """Return what was typed; a number that is none is 0, which no version has."""
        told = str(self.seen.data or "")
        return Arrangement(slots=self.slots(), seen=int(told) if told.isascii() and told.isdecimal() else 0)


class SettingsForm(FlaskForm):
    """The settings of a template; margins in millimetres."""

    party_style = OneOfField(_l("Sebutan pihak pertama"), (needed(_l("Pilih sebutan.")),))
    signature_side = OneOfField(_l("Letak tanda tangan"), (needed(_l("Pilih letak tanda tangan.")),))
    paper = OneOfField(_l("Kertas"), (needed(_l("Pilih kertas.")),))
    font = OneOfField(_l("Huruf"), (needed(_l("Pilih huruf.")),))
    font_size = OneOfField(_l("Ukuran huruf"), (needed(_l("Pilih ukuran huruf.")),))
    margin_top = CountField(_l("Margin atas (mm)"), least=NARROWEST_MARGIN, most=WIDEST_MARGIN)
    margin_bottom = CountField(_l("Margin bawah (mm)"), least=NARROWEST_MARGIN, most=WIDEST_MARGIN)
    margin_left = CountField(_l("Margin kiri (mm)"), least=NARROWEST_MARGIN, most=WIDEST_MARGIN)
    margin_right = CountField(_l("Margin kanan (mm)"), least=NARROWEST_MARGIN, most=WIDEST_MARGIN)

    @classmethod
    def of(cls, settings: TemplateSettings) -> "SettingsForm":
        """Return the form with its choices, filled with the present settings until something is sent."""
        plain = to_plain(settings)
        form = cls(data=plain | {"font_size": str(settings.font_size)})
        form.party_style.choices = [(one.value, label(one)) for one in PartyStyle]
        form.signature_side.choices = [(one.value, label(one)) for one in SignatureSide]
        form.paper.choices = [(one.value, label(one)) for one in Paper]
        form.font.choices = [(font, font) for font in FONTS]
        form.font_size.choices = [(str(size), str(size)) for size in FONT_SIZES]
        for side in ("margin_top", "margin_bottom", "margin_left", "margin_right"):
            form[side].flags.required = True
        return form

    def settings(self) -> TemplateSettings:
        """Return what was typed; a margin that was left empty is as by default."""
        typed = {name: value for name, value in self.data.items() if name in TemplateSettings.__dataclass_fields__}
        return read({name: value for name, value in typed.items() if value is not None})
