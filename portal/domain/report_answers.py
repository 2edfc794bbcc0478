"""What a partner fills in: answers by field, numbers as people type them, and the record of what was sent.

What is asked lives in `report_form`; stages of a report in `report`; who may fill in in `policy`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.report_form import DEFAULT, FILES, MONEY, NARRATIVE, NOTE, FieldKind, Form, Step

LARGEST_COUNT = 999_999_999
LARGEST_RUPIAH = 10**15
LONGEST_TEXT = 8000
LONGEST_NOTE = 500

_NOT_A_NUMBER: Mapping[str, str] = {
    "beneficiaries": N_("Tulis jumlah penerima dengan angka bulat, misalnya 60."),
    MONEY: N_("Tulis jumlah rupiah dengan angka bulat, misalnya 12.500.000."),
}
_NO_OTHER_NUMBER = N_("Tulis dengan angka bulat, misalnya 60.")
_NO_ACTIVITY = N_("Tulis kegiatan yang dilaksanakan sebelum mengirim laporan.")
_NO_FILES = N_("Lampirkan sedikitnya satu foto atau berkas bukti.")
_NOT_FILLED = N_("Pertanyaan ini perlu dijawab: %(label)s")

_NUMBER = re.compile(r"(?:Rp\.?\s*)?(\d{1,16}|\d{1,3}(?:[. ]\d{3})+)(?:,0{1,2}|,-)?", re.IGNORECASE | re.ASCII)
_COLUMNS = ("narrative", "obstacles", "beneficiaries", "amount_rupiah")


def not_a_number(name: str) -> str:
    """Return the sentence at a number that is not valid yet."""
    return _NOT_A_NUMBER.get(name, _NO_OTHER_NUMBER)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """Valid answers, and as `raw` (by field) the typed text that is not valid yet, so that nothing is lost.

    `numbers` are those that only some forms ask (`number_1` …); `notes` say, by field, why a number is so different.
    """

    narrative: str | None = None
    obstacles: str | None = None
    beneficiaries: int | None = None
    amount_rupiah: int | None = None
    numbers: Mapping[str, int] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str | int | None:
        """Return the valid answer of a field, None when there is none."""
        if name in _COLUMNS:
            answer: str | int | None = getattr(self, name)
            return answer
        return self.numbers.get(name)

    def number(self, name: str) -> int | None:
        """Return the valid number of a field, None when there is none."""
        value = self.value(name)
        return value if isinstance(value, int) else None

    def typed(self) -> dict[str, str]:
        """Return every field as it should stand in the form again, notes included."""
        shown = {name: _shown(self.value(name)) for name in (*_COLUMNS, *self.numbers)}
        return shown | dict(self.raw) | {f"{NOTE}{name}": text for name, text in self.notes.items()}


def _shown(value: str | int | None) -> str:
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else value or ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SentFile:
    """A file as it was sent with a round."""

    name: str
    media_type: str
    size: int
    digest: str
    is_safe_picture: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """What one round carried: answers and files, kept apart from what the partner writes afterwards."""

    answers: Answers
    files: tuple[SentFile, ...] = ()

    def dump(self) -> str:
        """Return the record as JSON text."""
        plain: dict[str, Any] = {name: getattr(self.answers, name) for name in _COLUMNS}
        plain["numbers"], plain["notes"] = dict(self.answers.numbers), dict(self.answers.notes)
        plain[FILES] = [{f.name: getattr(file, f.name) for f in fields(file)} for file in self.files]
        return json.dumps(plain, ensure_ascii=False)

    @classmethod
    def load(cls, text: str) -> "Sent":
        """Return the record from its JSON text; what an older one lacks stays empty."""
        plain: dict[str, Any] = json.loads(text)
        answers = Answers(
            narrative=plain.get("narrative"),
            obstacles=plain.get("obstacles"),
            beneficiaries=plain.get("beneficiaries"),
            amount_rupiah=plain.get("amount_rupiah"),
            numbers=plain.get("numbers", {}),
            notes=plain.get("notes", {}),
        )
        return cls(answers=answers, files=tuple(SentFile(**file) for file in plain.get(FILES, ())))


def whole_number(text: str) -> int | None:
    """Read a whole number as Indonesians type it ("1.240.000", "Rp12.500.000,00", "60"); None when it is none."""
    found = _NUMBER.fullmatch(text.strip())
    return int(re.sub(r"\D", "", found[1])) if found else None


def read(typed: Mapping[str, str], form: Form = DEFAULT) -> Answers:
    """Return the answers in what was typed; a number that is not valid stays in `raw` as it was typed."""
    raw: dict[str, str] = {}
    found: dict[str, int] = {}
    notes: dict[str, str] = {}
    for asked in form.fields:
        if not asked.is_number:
            continue
        text = typed.get(asked.name, "").strip()
        number = whole_number(text)
        largest = LARGEST_RUPIAH if asked.kind is FieldKind.MONEY else LARGEST_COUNT
        if number is not None and number <= largest:
            found[asked.name] = number
        elif text:
            raw[asked.name] = text[:LONGEST_TEXT]
        if note := typed.get(f"{NOTE}{asked.name}", "").strip():
            notes[asked.name] = note[:LONGEST_NOTE]
    return Answers(
        narrative=_text(typed, "narrative"),
        obstacles=_text(typed, "obstacles"),
        beneficiaries=found.pop("beneficiaries", None),
        amount_rupiah=found.pop(MONEY, None),
        numbers=found,
        notes=notes,
        raw=raw,
    )


def _text(typed: Mapping[str, str], name: str) -> str | None:
    text = typed.get(name, "").replace("\r\n", "\n").strip()
    return text[:LONGEST_TEXT] or None


def filled(answers: Answers, *, files: int, form: Form = DEFAULT) -> frozenset[Step]:
    """Return the steps that are done: they hold something valid, and all that they need."""
    return frozenset(step for step in form.steps if _is_done(form, step, answers, files))


def _is_done(form: Form, step: Step, answers: Answers, files: int) -> bool:
    asked = form.of_step(step)
    held = {each.name for each in asked if answers.value(each.name) is not None}
    if step is Step.EVIDENCE and files:
        held.add(FILES)
    wrong = any(each.name in answers.raw for each in asked)
    return bool(held) and not wrong and all(each.name in held for each in asked if each.needed)


def missing(answers: Answers, *, files: int, form: Form = DEFAULT) -> tuple[RuleBroken, ...]:
    """Return what still keeps these answers from being sent, each with its field, in the order of the form."""
    found = []
    for asked in form.fields:
        if asked.name in answers.raw:
            found.append(RuleBroken(not_a_number(asked.name), field=asked.name))
        elif not asked.needed:
            continue
        elif asked.name == FILES:
            if not files:
                found.append(RuleBroken(_NO_FILES, field=FILES))
        elif not str("" if answers.value(asked.name) is None else answers.value(asked.name)).strip():
            is_activity = asked.name == NARRATIVE
            found.append(RuleBroken(_NO_ACTIVITY if is_activity else _NOT_FILLED, field=asked.name, label=asked.label))
    return tuple(found)


def check_sendable(answers: Answers, *, files: int = 0, form: Form = DEFAULT) -> None:
    """Raise RuleBroken (with its field) unless these answers may be sent."""
    for gap in missing(answers, files=files, form=form):
        raise gap


def is_surprising(number: int | None, before: int | None) -> bool:
    """Return whether a number differs from that of the last period by more than half of it (design: ux W9)."""
    if number is None or before is None:
        return False
    return abs(number - before) * 2 > before
