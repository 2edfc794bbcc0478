"""Lengths of time as agreements write them, "3 (tiga) tahun 6 (enam) bulan"."""

import re
from dataclasses import dataclass
from typing import Final

_PIECE: Final = re.compile(
    r"(?P<count>\d{1,3})\s*(?:\([^()]*\)\s*)?(?P<unit>tahun|bulan)\b(?!\s*(?:anggaran|sebelum|setelah))", re.IGNORECASE
)
_OPENING: Final = re.compile(r"\b(?:jangka\s+waktu|selama)\s+(?=\d)", re.IGNORECASE)
_JOINT: Final = re.compile(r"\s*(?:,|dan)?\s*", re.IGNORECASE)
MONTHS_OF_A_YEAR: Final = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundTerm:
    """A term in whole months, as it stands in the text."""

    months: int
    text: str


def term(text: str) -> FoundTerm | None:
    """Find the term that follows "jangka waktu" or "selama"; None when the text tells none."""
    opening = _OPENING.search(text)
    if opening is None:
        return None
    months, place = 0, opening.end()
    while found := _PIECE.match(text, place):
        months += int(found["count"]) * (MONTHS_OF_A_YEAR if found["unit"].casefold() == "tahun" else 1)
        place = found.end()
        if not _PIECE.match(text, joint := _end_of_joint(text, place)):
            break
        place = joint
    return FoundTerm(months=months, text=" ".join(text[opening.end() : place].split())) if months else None


def _end_of_joint(text: str, place: int) -> int:
    joint = _JOINT.match(text, place)
    return joint.end() if joint else place
