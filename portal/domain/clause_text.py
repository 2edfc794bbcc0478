"""The ayat of a clause and their labels: which there are, giving one to an ayat that has none."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from portal.domain import clause
from portal.domain.clause import Level
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.pattern import Pattern

_AYAT_MARK: Final = re.compile(r"(\s*\(\d{1,3}\)\s+)")
_ASKED: Final = re.compile(r"ayat-(\d{1,3})")
_TAG: Final = re.compile(r"\{%.*?%\}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ayat:
    """One ayat, counted from 1: its label ("" for none) and how it begins, without tags of commands."""

    number: int
    label: str
    text: str


def ayat(text: str) -> tuple[Ayat, ...]:
    """Return the ayat of a text in order; a label below an ayat is not its own."""
    lines = [line for line in clause.parse(text) if line.level is Level.AYAT]
    return tuple(
        Ayat(number=number, label=next(iter(clause.labels(line.text)), ""), text=_TAG.sub("", line.text).strip())
        for number, line in enumerate(lines, start=1)
    )


def asked(number: int) -> str:
    """Return what stands in the label of a pattern that asks for a label at an ayat."""
    return f"ayat-{number}"


def asked_ayat(label: str) -> int:
    """Return the number of the ayat at which a label is asked for, 0 when the label is one already."""
    found = _ASKED.fullmatch(label)
    return int(found[1]) if found else 0


def labelled(text: str, number: int, *, stem: str, label: str = "") -> tuple[str, str]:
    """Return the text with a label at an ayat, and the label; one that the ayat has already stays.

    `stem` begins the new label unless `label` says it whole. A text without that ayat, an English one that is not
    written yet among them, stays as it is.
    """
    found = next((one for one in ayat(text) if one.number == number), None)
    if found is None or found.label:
        return text, found.label if found else label
    made = label or _free(f"{stem}_ayat_{number}", clause.labels(text))
    lines, count = text.splitlines(), 0
    for place, raw in enumerate(lines):
        if mark := _AYAT_MARK.match(raw):
            count += 1
            if count == number:
                lines[place] = f"{mark[1]}{{% label {made} %}}{raw[mark.end() :]}"
    return "\n".join(lines), made


def _free(name: str, taken: Iterable[str]) -> str:
    used = set(taken)
    while name in used:
        name += "_lain"
    return name


def check_patterns(text: str, patterns: Iterable[Pattern]) -> None:
    """Raise RuleBroken, with the field of the row, when a pattern names a label that the text does not give."""
    known = set(clause.labels(text))
    for place, one in enumerate(patterns):
        if one.label and one.label not in known:
            raise RuleBroken(
                N_("Ayat asal kewajiban ini tidak ada lagi dalam teks. Pilih ayat lain, atau seluruh Pasal."),
                field=f"patterns-{place}-label",
            )
