"""What a kind of report asks for: fields under a few themes, each with its own words. No answer is read here.

A form never changes: whoever edits it makes the next one, and a report keeps the one it began with. Answers live in
`report_answers`, stages of a report in `report`. Design: ux W9.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from portal.domain.errors import RuleBroken
from portal.domain.marking import N_

MOST_NUMBERS = 5
"""A form asks for at most so many numbers; money is not one of them."""
LONGEST_LABEL = 160
FILES = "files"
NARRATIVE = "narrative"
TEXTS = (NARRATIVE, "obstacles")
COUNTS = ("beneficiaries", *(f"number_{place}" for place in range(1, MOST_NUMBERS + 1)))
MONEY = "amount_rupiah"
NOTE = "note_"
"""What a note about a number is called: this, then the name of its field."""


class FieldKind(StrEnum):
    """What is typed or chosen in a field."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    FILES = "files"


class Step(StrEnum):
    """The themes of a report, one a screen, in order."""

    ACTIVITY = "activity"
    NUMBERS = "numbers"
    FINANCE = "finance"
    EVIDENCE = "evidence"


_STEP_OF: Mapping[FieldKind, Step] = {
    FieldKind.TEXT: Step.ACTIVITY,
    FieldKind.NUMBER: Step.NUMBERS,
    FieldKind.MONEY: Step.FINANCE,
    FieldKind.FILES: Step.EVIDENCE,
}


def kind_of(name: str) -> FieldKind:
    """Return the kind of the field of a name; raise KeyError for a name that no form may have."""
    if name in TEXTS:
        return FieldKind.TEXT
    if name in COUNTS:
        return FieldKind.NUMBER
    return {MONEY: FieldKind.MONEY, FILES: FieldKind.FILES}[name]


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One thing that is asked; `label` and `hint` are the office's words, `unit` stands behind a number."""

    name: str
    label: str
    hint: str | None = None
    unit: str | None = None
    needed: bool = False

    @property
    def kind(self) -> FieldKind:
        """Return what is typed or chosen here."""
        return kind_of(self.name)

    @property
    def step(self) -> Step:
        """Return the theme it stands under."""
        return _STEP_OF[self.kind]

    @property
    def is_number(self) -> bool:
        """Return whether a whole number is asked for."""
        return self.kind in {FieldKind.NUMBER, FieldKind.MONEY}


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """What one kind of report asks for."""

    fields: tuple[Field, ...]
    title: str = ""
    intro: str = ""
    prepare: tuple[str, ...] = ()
    """What to have at hand, one thing a line."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the themes that this form has, in order."""
        present = {field.step for field in self.fields}
        return tuple(step for step in Step if step in present)

    def of_step(self, step: Step) -> tuple[Field, ...]:
        """Return the fields of one theme, in order."""
        return tuple(field for field in self.fields if field.step is step)

    def field(self, name: str) -> Field | None:
        """Return the field of a name, None when this form does not ask it."""
        return next((field for field in self.fields if field.name == name), None)

    def rows(self) -> list[dict[str, Any]]:
        """Return the fields as plain values, for keeping."""
        names = ("name", "label", "hint", "unit", "needed")
        return [{name: getattr(field, name) for name in names} for field in self.fields]

    @classmethod
    def load(
        cls, rows: Iterable[Mapping[str, Any]], *, title: str = "", intro: str = "", prepare: Iterable[str] = ()
    ) -> Self:
        """Return a form from its plain values."""
        return cls(fields=tuple(Field(**row) for row in rows), title=title, intro=intro, prepare=tuple(prepare))


DEFAULT = Form(
    fields=(
        Field(
            name=NARRATIVE,
            label=N_("Apa yang sudah dilaksanakan?"),
            hint=N_("Apa, di mana, dan bagaimana hasilnya."),
            needed=True,
        ),
        Field(name="obstacles", label=N_("Apa kendalanya?"), hint=N_("Tulis juga bantuan yang Anda perlukan.")),
        Field(
            name="beneficiaries",
            label=N_("Berapa orang yang menerima layanan?"),
            hint=N_("Angka bulat, misalnya 60."),
            unit=N_("orang"),
        ),
        Field(
            name=MONEY, label=N_("Berapa dana yang digunakan?"), hint=N_("Angka bulat, misalnya 12.500.000."), unit=None
        ),
        Field(name=FILES, label=N_("Foto dan berkas bukti")),
    )
)
"""What reports ask that began before there were forms."""


def check(form: Form) -> None:
    """Raise RuleBroken (with its field) unless a form may be used."""
    names = [field.name for field in form.fields]
    if not form.title.strip():
        raise RuleBroken("Tulis judul isian.", field="title")
    if NARRATIVE not in names:
        raise RuleBroken("Isian memuat sedikitnya satu pertanyaan uraian.", field=NARRATIVE)
    if sum(field.kind is FieldKind.NUMBER for field in form.fields) > MOST_NUMBERS:
        raise RuleBroken("Isian memuat paling banyak lima angka. Kosongkan satu pertanyaan angka.", field=COUNTS[-1])
    for field in form.fields:
        if len(field.label) > LONGEST_LABEL:
            raise RuleBroken("Pertanyaan ini terlalu panjang. Tulis paling banyak 160 huruf.", field=field.name)
