"""Dates as agreements write them: in words, in figures, with or without a weekday (design: domain §2.2 block 4)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from portal.domain.reading.numbers import number
from portal.domain.wording.days import WEEKDAYS, month_number

_OLD_DAYS: Final = {"jum'at": 4, "jum’at": 4, "jum`at": 4, "ahad": 6, "minggu": 6}
_DAY: Final = r"(?P<weekday>Senin|Selasa|Rabu|Kamis|Jumat|Jum['’`]at|Sabtu|Minggu|Ahad)"
_MONTH: Final = r"(?P<month>[A-Z][a-z]+)"
_IN_WORDS: Final = re.compile(
    rf"(?:\b{_DAY}\b[\s,]*)?\btanggal\s+(?P<day>[a-z\s-]+?|\d{{1,2}})[\s,]+bulan\s+{_MONTH}[\s,]+tahun\s+"
    r"(?P<year>\d{4}|[a-z]+(?:\s+[a-z]+)*?)"
    r"(?:\s*\((?P<d>\d{1,2})\s*[-./]\s*(?P<m>\d{1,2})\s*[-./]\s*(?P<y>\d{4})\)|(?=\s*[,.;()]|\s+(?:bertempat|di)\b|$))",
    re.IGNORECASE,
)
_IN_FIGURES: Final = re.compile(
    rf"(?:\b{_DAY}\b[\s,]*(?:tanggal\s+)?)?(?<![\w.])(?P<day>\d{{1,2}})\s+{_MONTH}\s+(?P<year>\d{{4}})\b"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundDate:
    """A date in a text.

    `day` is the date in words or in figures with the month's name, None when there is no such day; `bracket` is the
    one in brackets behind it; `weekday` counts from Monday 0.
    """

    day: date | None
    text: str
    weekday: int | None = None
    bracket: date | None = None
    has_bracket: bool = False


def weekday_number(name: str) -> int | None:
    """Read the name of a weekday in any case, old spellings too ("Jum'at", "Ahad"); Monday is 0."""
    known = name.strip().casefold()
    names = [day.casefold() for day in WEEKDAYS]
    return names.index(known) if known in names else _OLD_DAYS.get(known)


def day_of(day: str, month: str, year: str) -> date | None:
    """Read a date from its three parts, each in words or figures; None when there is no such day."""
    values = (_whole(year), month_number(month) or _whole(month), _whole(day))
    try:
        return date(*(value or 0 for value in values))
    except ValueError:
        return None


def dates(text: str) -> Iterator[FoundDate]:
    """Find every date in a text, those in words first."""
    taken: list[tuple[int, int]] = []
    for pattern in (_IN_WORDS, _IN_FIGURES):
        for found in pattern.finditer(text):
            if month_number(found["month"]) is None or any(start <= found.start() < end for start, end in taken):
                continue
            taken.append(found.span())
            yield _found(found.groupdict(), found[0])


def _found(parts: dict[str, str | None], text: str) -> FoundDate:
    weekday, bracket = parts["weekday"], parts.get("d")
    return FoundDate(
        day=day_of(parts["day"] or "", parts["month"] or "", parts["year"] or ""),
        text=" ".join(text.split()),
        weekday=None if weekday is None else weekday_number(weekday),
        bracket=None if bracket is None else day_of(bracket, parts["m"] or "", parts["y"] or ""),
        has_bracket=bracket is not None,
    )


def _whole(text: str) -> int | None:
    return int(text) if text.strip().isdigit() else number(text)
