"""Forms of the clause library. Shape only."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, HiddenField

from portal.domain import clause_placing
from portal.domain.agreement import AgreementKind
from portal.domain.clause import Block, Condition
from portal.domain.clause_placing import FIRST, Placing
from portal.domain.pattern import Pattern
from portal.services.clauses import Change, Variant, Wording
from portal.web.filters import label
from portal.web.forms import clause_pattern
from portal.web.forms.clause_pattern import Choices, PatternForm
from portal.web.forms.fields import LineField, OneOfField, ParagraphField, SomeOfField, needed
from portal.web.forms.rows import Typed

MOST = {"fallbacks": 6, "patterns": 12}
"""So many rows each list of the form holds."""
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
    fallbacks = FieldList(FormField(FallbackForm), label=_l("Teks cadangan"), max_entries=MOST["fallbacks"])
    patterns = FieldList(FormField(PatternForm), label=_l("Pola kewajiban"), max_entries=MOST["patterns"])
    block = OneOfField(_l("Kelompok"), (needed(_l("Pilih kelompok.")),))
    kinds = SomeOfField(_l("Untuk jenis naskah"), [needed(_l("Pilih paling sedikit satu jenis naskah."))])
    mandatory_kinds = SomeOfField(
        _l("Wajib pada"), description=_l("Pada jenis ini penyusun tidak dapat membuang Pasalnya.")
    )
    condition = OneOfField(_l("Kapan Pasal ini ada"), (needed(_l("Pilih kapan Pasal ini ada.")),))
    after = OneOfField(_l("Letak dalam pustaka"))
    note = LineField(
        _l("Alasan perubahan"),
        (needed(_l("Tulis alasan perubahan, supaya Biro Hukum dapat menilainya.")),),
        letters=1000,
    )

    @classmethod
    def of(cls, wording: Wording, *, version: int, note: str = "") -> "ClauseForm":
        """Return the form as it opens."""
        texts = {name: getattr(wording, name) for name in ("title", "text", "title_en", "text_en", "guidance")}
        rows = {
            "fallbacks": [{"name": name, "text": text} for name, text in wording.fallbacks],
            "patterns": [clause_pattern.values(one) for one in wording.patterns],
        }
        placing = clause_placing.to_plain(wording.placing)
        return cls(formdata=None, data=texts | rows | placing | {"version": version, "note": note})

    @classmethod
    def sent(cls, typed: Typed | None) -> "ClauseForm":
        """Return the form as it was sent, or an empty one."""
        return cls(formdata=typed)

    def offer(self, order: Sequence[tuple[str, str]], places: Choices, *, code: str = "") -> "ClauseForm":
        """Give the choices.

        `order` are code and title of every clause in its order, `places` the ayat of the typed text by their labels,
        `code` is that of the clause that is changed.
        """
        kinds = [(kind.value, label(kind)) for kind in AgreementKind]
        self.block.choices = [("", _l("Pilih")), *((block.value, label(block)) for block in Block)]
        self.kinds.choices = self.mandatory_kinds.choices = kinds
        self.condition.choices = [(one.value, label(one)) for one in Condition]
        stays = _l("Tetap di tempatnya") if code else _l("Di akhir kelompoknya")
        after = [(each, _l("sesudah %(title)s", title=title)) for each, title in order if each != code]
        self.after.choices = [("", stays), (FIRST, _l("paling awal")), *after]
        for entry in self.patterns:
            entry.form.offer(places)
        self.text.flags.required = True
        return self

    def read_patterns(self) -> tuple[Pattern, ...]:
        """Return the patterns that are in order; what is wrong in the others is told at its field."""
        return tuple(one for one in (entry.form.told() for entry in self.patterns) if one is not None)

    def change(self) -> Change:
        """Return what was typed; line ends are those of one kind, a fallback without text is none."""
        fallbacks = [(entry.form.name.data or "", lines(entry.form.text.data)) for entry in self.fallbacks]
        return Change(
            wording=Wording(
                title=self.title.data or "",
                text=lines(self.text.data),
                title_en=self.title_en.data or "",
                text_en=lines(self.text_en.data),
                guidance=lines(self.guidance.data),
                fallbacks=tuple(pair for pair in fallbacks if pair[1]),
                patterns=self.read_patterns(),
                placing=self.placing(),
            ),
            note=self.note.data or "",
            version=int(self.version.data) if (self.version.data or "").isdecimal() else 0,
        )

    def placing(self) -> Placing:
        """Return where the clause shall belong."""
        return Placing(
            block=Block(self.block.data),
            kinds=tuple(AgreementKind(code) for code in self.kinds.data or ()),
            mandatory_kinds=tuple(AgreementKind(code) for code in self.mandatory_kinds.data or ()),
            condition=Condition(self.condition.data),
            after=self.after.data or "",
        )


def lines(text: Any) -> str:
    """Return a typed text with line ends of one kind and no space at them."""
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


class OwnerForm(FlaskForm):
    """Who answers for a clause."""

    unit = LineField(_l("Unit pemilik"), (needed(_l("Tulis unit pemilik, misalnya Biro Hukum.")),), letters=120)
    account = OneOfField(_l("Orang yang ditanya lebih dulu"))

    @classmethod
    def of(cls, *, unit: str, account: int | None, people: Sequence[tuple[int, str]]) -> "OwnerForm":
        """Return the form with its choices; `people` are id and name."""
        form = cls(data={"unit": unit, "account": str(account or "")})
        form.account.choices = [("", _l("Tidak ditentukan")), *((str(each), name) for each, name in people)]
        return form

    def account_id(self) -> int | None:
        """Return the id of the chosen person, None where nobody is named."""
        told = self.account.data or ""
        return int(told) if told.isascii() and told.isdecimal() else None
