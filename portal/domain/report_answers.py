"""What a partner fills in: five sections, numbers as people type them, and the record of what was sent.

Stages of a report and whose turn it is live in `report`; who may fill in lives in `policy`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from portal.domain import report
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_

LARGEST_COUNT = 999_999_999
LARGEST_RUPIAH = 10**15
LONGEST_TEXT = 8000

NOT_A_NUMBER: Mapping[str, str] = {
    "beneficiaries": N_("Tulis jumlah penerima dengan angka bulat, misalnya 60."),
    "amount_rupiah": N_("Tulis jumlah rupiah dengan angka bulat, misalnya 12.500.000."),
}
"""The sentence at a number that is not valid yet, by field."""

_LARGEST: Mapping[str, int] = {"beneficiaries": LARGEST_COUNT, "amount_rupiah": LARGEST_RUPIAH}
_NUMBER = re.compile(r"(?:Rp\.?\s*)?(\d{1,16}|\d{1,3}(?:[. ]\d{3})+)(?:,0{1,2}|,-)?", re.IGNORECASE | re.ASCII)


class Section(StrEnum):
    """The sections of a report, in order."""

    ACTIVITY = "activity"
    OBSTACLES = "obstacles"
    BENEFICIARIES = "beneficiaries"
    FINANCE = "finance"
    EVIDENCE = "evidence"


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """Valid answers, and as `raw` (by field) the typed text that is not valid yet, so that nothing is lost."""

    narrative: str | None = None
    obstacles: str | None = None
    beneficiaries: int | None = None
    amount_rupiah: int | None = None
    raw: Mapping[str, str] = field(default_factory=dict)

    def typed(self) -> dict[str, str]:
        """Return every field as it should stand in the form again."""
        shown = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "raw"}
        return {name: self.raw.get(name, _shown(value)) for name, value in shown.items()}


def _shown(value: str | int | None) -> str:
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else value or ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SentFile:
    """A file as it was sent with a round."""

    name: str
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """What one round carried: answers and files, kept apart from what the partner writes afterwards."""

    answers: Answers
    files: tuple[SentFile, ...] = ()

    def dump(self) -> str:
        """Return the record as JSON text."""
        plain = {name: getattr(self.answers, name) for name in _FIELDS}
        plain["files"] = [{f.name: getattr(file, f.name) for f in fields(file)} for file in self.files]
        return json.dumps(plain, ensure_ascii=False)

    @classmethod
    def load(cls, text: str) -> "Sent":
        """Return the record from its JSON text; fields that it lacks stay empty."""
        plain: dict[str, Any] = json.loads(text)
        answers = Answers(
            narrative=plain.get("narrative"),
            obstacles=plain.get("obstacles"),
            beneficiaries=plain.get("beneficiaries"),
            amount_rupiah=plain.get("amount_rupiah"),
        )
        return cls(answers=answers, files=tuple(SentFile(**file) for file in plain.get("files", ())))


_FIELDS = ("narrative", "obstacles", "beneficiaries", "amount_rupiah")


def whole_number(text: str) -> int | None:
    """Read a whole number as Indonesians type it ("1.240.000", "Rp12.500.000,00", "60"); None when it is none."""
    found = _NUMBER.fullmatch(text.strip())
    return int(re.sub(r"\D", "", found[1])) if found else None


def read(typed: Mapping[str, str]) -> Answers:
    """Return the answers in what was typed; a number that is not valid stays in `raw` as it was typed."""
    raw: dict[str, str] = {}
    numbers: dict[str, int | None] = {}
    for name, largest in _LARGEST.items():
        text = typed.get(name, "").strip()
        number = whole_number(text) if text else None
        if text and (number is None or number > largest):
            raw[name] = text[:LONGEST_TEXT]
            number = None
        numbers[name] = number
    return Answers(narrative=_text(typed, "narrative"), obstacles=_text(typed, "obstacles"), raw=raw, **numbers)


def _text(typed: Mapping[str, str], name: str) -> str | None:
    text = typed.get(name, "").replace("\r\n", "\n").strip()
    return text[:LONGEST_TEXT] or None


def filled(answers: Answers, *, files: int) -> frozenset[Section]:
    """Return the sections that hold something valid."""
    held = {
        Section.ACTIVITY: answers.narrative,
        Section.OBSTACLES: answers.obstacles,
        Section.BENEFICIARIES: answers.beneficiaries is not None,
        Section.FINANCE: answers.amount_rupiah is not None,
        Section.EVIDENCE: files,
    }
    return frozenset(section for section, value in held.items() if value)


def check_sendable(answers: Answers) -> None:
    """Raise RuleBroken (with its field) unless these answers may be sent."""
    report.check_complete(narrative=answers.narrative)
    for name in answers.raw:
        raise RuleBroken(NOT_A_NUMBER[name], field=name)
