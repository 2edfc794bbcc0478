"""Forms of the clause library. Shape only."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, HiddenField

from portal.domain.agreement import AgreementKind
from portal.domain.clause import Condition
from portal.services.clauses import Change, Variant, Wording
from portal.web.filters import label
from portal.web.forms.fields import LineField, OneOfField, ParagraphField, SomeOfField, needed
from portal.web.forms.rows import Typed

MOST_FALLBACKS = 6
LONGEST_TEXT = 20_000


class FallbackForm(Form):
    """One wording to fall back on."""

    name = LineField(_l("Nama"), letters=80, description=_l("Misalnya alternatif 1, atau batas paling rendah."))
    text = ParagraphField(_l("Teks"), letters=4000)


class ClauseForm(FlaskForm):
    """A wording that is proposed."""

    version = HiddenField()
    title = LineField(_l("Judul Pasal"), (needed(_l("Tulis judul Pasal.")),), letters=200)
    text = ParagraphField(
        _l("Isi Pasal"),
        letters=LONGEST_TEXT,
        description=_l("Satu alinea satu baris. Awali dengan (1) untuk ayat, a. untuk huruf, 1. untuk angka."),
    )
    title_en = LineField(_l("Judul bahasa Inggris"), letters=200)
    text_en = ParagraphField(
        _l("Isi bahasa Inggris"),
        letters=LONGEST_TEXT,
        description=_l("Baris demi baris sepadan dengan teks Indonesia."),
    )
    guidance = ParagraphField(_l("Panduan penyusun"), letters=4000)
    fallbacks = FieldList(FormField(FallbackForm), label=_l("Teks cadangan"), max_entries=MOST_FALLBACKS)
    note = LineField(
        _l("Alasan perubahan"),
        (needed(_l("Tulis alasan perubahan, supaya Biro Hukum dapat menilainya.")),),
        letters=1000,
    )

    @classmethod
    def of(cls, wording: Wording, *, version: int, note: str = "") -> "ClauseForm":
        """Return the form as it opens."""
        fallbacks = [{"name": name, "text": text} for name, text in wording.fallbacks]
        values = {name: getattr(wording, name) for name in ("title", "text", "title_en", "text_en", "guidance")}
        return _marked(cls(formdata=None, data=values | {"fallbacks": fallbacks, "version": version, "note": note}))

    @classmethod
    def sent(cls, typed: Typed) -> "ClauseForm":
        """Return the form as it was sent."""
        return _marked(cls(formdata=typed))

    def change(self) -> Change:
        """Return what was typed; line ends are those of one kind, a fallback without text is none."""
        fallbacks = [(entry.form.name.data or "", _lines(entry.form.text.data)) for entry in self.fallbacks]
        return Change(
            wording=Wording(
                title=self.title.data or "",
                text=_lines(self.text.data),
                title_en=self.title_en.data or "",
                text_en=_lines(self.text_en.data),
                guidance=_lines(self.guidance.data),
                fallbacks=tuple(pair for pair in fallbacks if pair[1]),
            ),
            note=self.note.data or "",
            version=int(self.version.data) if (self.version.data or "").isdecimal() else 0,
        )


def _marked(form: ClauseForm) -> ClauseForm:
    form.text.flags.required = True
    return form


def _lines(text: Any) -> str:
    return "\n".join(line.rstrip() for line in (text or "").splitlines()).strip()


class VariantForm(FlaskForm):
    """What a variant of a clause is for."""

    title = LineField(_l("Judul Pasal"), (needed(_l("Tulis judul Pasal.")),), letters=200)
    kinds = SomeOfField(_l("Untuk jenis naskah"), [needed(_l("Pilih paling sedikit satu jenis naskah."))])
    condition = OneOfField(_l("Kapan Pasal ini ada"), (needed(_l("Pilih kapan Pasal ini ada.")),))

    @classmethod
    def of(cls, *, title: str = "", kinds: tuple[str, ...] = (), condition: str = "") -> "VariantForm":
        """Return the form with its choices, filled with what the first clause says until something is sent."""
        form = cls(data={"title": title, "kinds": list(kinds), "condition": condition})
        form.kinds.choices = [(kind.value, label(kind)) for kind in AgreementKind]
        form.condition.choices = [(one.value, label(one)) for one in Condition]
        return form

    def facts(self) -> Variant:
        """Return what was typed."""
        return Variant(
            title=self.title.data or "",
            kinds=tuple(AgreementKind(code) for code in self.kinds.data or ()),
            condition=Condition(self.condition.data),
        )


class DeclineForm(FlaskForm):
    """Why a proposal is let lie."""

    reason = LineField(
        _l("Alasan penolakan"), (needed(_l("Tulis alasan penolakan, supaya pengusul tahu apa yang perlu diperbaiki.")),)
    )
