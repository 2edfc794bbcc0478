"""Periods of recurring duties as people say them: "Semester I 2026", "Triwulan III 2026", "November 2026"."""

import re
from datetime import date

from portal.domain.marking import N_
from portal.domain.wording.days import date_long, month
from portal.domain.wording.numbers import roman

_PART_OF_YEAR = re.compile(r"(?P<year>\d{4})-(?P<kind>[SQ])(?P<place>\d)")
_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})")
_YEAR = re.compile(r"\d{4}")
_EVENT = re.compile(r"event-(?P<number>\d+)")
_CHECK = re.compile(r"check-(?P<year>\d{4})")


def period_message(key: str) -> tuple[str, dict[str, object]]:
    """Give the name of a period by its key as message and values, for whoever translates it.

    Keys are those of an occurrence. Values that are dates are written by the caller: `month` as the name of the month,
    `date` in full. A duty without periods (`once`) has no name: the empty text.
    """
    if found := _PART_OF_YEAR.fullmatch(key):
        message = N_("Semester %(n)s %(year)s") if found["kind"] == "S" else N_("Triwulan %(n)s %(year)s")
        return message, {"n": roman(int(found["place"])), "year": found["year"]}
    if found := _MONTH.fullmatch(key):
        day = date(int(found["year"]), int(found["month"]), 1)
        return N_("%(month)s %(year)s"), {"month": day, "year": found["year"]}
    if _YEAR.fullmatch(key):
        return N_("Tahun %(year)s"), {"year": key}
    return _without_period(key)


def _without_period(key: str) -> tuple[str, dict[str, object]]:
    if found := _EVENT.fullmatch(key):
        return N_("Peristiwa ke-%(n)s"), {"n": found["number"]}
    if found := _CHECK.fullmatch(key):
        return N_("Pemeriksaan tahun %(year)s"), {"year": found["year"]}
    if key == "once":
        return "", {}
    return N_("Periode mulai %(date)s"), {"date": date.fromisoformat(key)}


def period_label(key: str) -> str:
    """Name a period in Indonesian, "" for a duty without periods."""
    message, values = period_message(key)
    said = {name: _said(name, value) for name, value in values.items()}
    return message % said if message else ""


def _said(name: str, value: object) -> object:
    if not isinstance(value, date):
        return value
    return month(value) if name == "month" else date_long(value)
