"""The tables of dates, row by row (design: domain §4.3)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.domain.calendar import WorkingCalendar
from portal.domain.dates import add_months, end_of_term, is_late
from portal.domain.obligation import (
    Cadence,
    DayType,
    EventType,
    OffsetUnit,
    PeriodAnchor,
    RelativeAnchor,
    Roll,
    ScheduleKind,
)
from portal.domain.organisation import Zone
from portal.domain.period import Period
from portal.domain.schedule import Anchors, Due, Happening, Schedule, occurrences
from tests.domain.deadlines import tables, tables_of_periods

DAY = date.fromisoformat
FREE = frozenset(map(DAY, tables.FREE.split()))
OFFICE = WorkingCalendar(holidays=FREE, years=frozenset({2025, 2026, 2027}))
FAR = date(2028, 11, 21)
OPEN = Period(starts_on=None, ends_on=None)
ROLLS = {"none": Roll.NONE, "next": Roll.NEXT_WORKING, "previous": Roll.PREVIOUS_WORKING}
COUNTED = (
    tables.MONTHS,
    tables.TERMS,
    tables.VECTORS,
    tables.WORKING,
    tables.ROLLS,
    tables.NOTICES,
    tables.AFTER_SIGNING,
    tables.EVENTS,
    tables.LATE,
    tables.REVISED,
    tables_of_periods.PERIODS,
    tables_of_periods.CHECKS,
    tables_of_periods.EXTENSIONS,
)


def rows(table: str) -> list[tuple[str, ...]]:
    """The cells of each row."""
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]


def each(names: str, table: str) -> pytest.MarkDecorator:
    """One test for each row."""
    return pytest.mark.parametrize(tuple(names.split()), rows(table), ids=[" ".join(row) for row in rows(table)])


def offset(count: str, unit: str, roll: str = "none") -> dict[str, object]:
    """Distance, unit and rule as a schedule takes them."""
    working = unit == "working"
    return {
        "offset_count": int(count),
        "offset_unit": OffsetUnit.DAYS if working else OffsetUnit(unit),
        "day_type": DayType.WORKING if working else DayType.CALENDAR,
        "roll": ROLLS[roll],
    }


def dues(schedule: Schedule, anchors: Anchors, **more: object) -> tuple[Due, ...]:
    """The occurrences with the office's calendar."""
    return occurrences(schedule, anchors, calendar=OFFICE, horizon_on=FAR, **more)


def once(anchor: RelativeAnchor, day: str, **timing: object) -> date:
    """The date of a relative schedule."""
    term = Period(starts_on=None, ends_on=DAY(day) if anchor is RelativeAnchor.END else None)
    known = Anchors(term=term, signed_on=DAY(day) if anchor is RelativeAnchor.SIGNING else None)
    (due,) = dues(Schedule(schedule=ScheduleKind.RELATIVE, relative_anchor=anchor, **timing), known)
    assert not due.estimated
    return due.due_on


def said(found: Iterator[Due] | tuple[Due, ...]) -> str:
    """Key=date, in order."""
    return " ".join(f"{due.period_key}={due.due_on}" for due in found) or "-"


def test_there_are_more_than_two_hundred_rows_and_none_twice():
    found = [(place, row) for place, table in enumerate(COUNTED) for row in rows(table)]
    assert len(set(found)) == len(found) >= 200


@each("day months expected", tables.MONTHS)
def test_months(day, months, expected):
    assert add_months(DAY(day), int(months)) == DAY(expected)
    timing = offset(months, "months")
    assert once(RelativeAnchor.SIGNING, day, **timing) == DAY(expected)


@each("starts years months expected", tables.TERMS)
def test_terms(starts, years, months, expected):
    assert end_of_term(DAY(starts), years=int(years), months=int(months)) == DAY(expected)


@each("day count expected", tables.VECTORS + tables.WORKING.lstrip())
def test_working_days(day, count, expected):
    assert OFFICE.add_working(DAY(day), int(count)) == DAY(expected)
    assert once(RelativeAnchor.SIGNING, day, **offset(count, "working")) == DAY(expected)


@each("day roll expected", tables.ROLLS)
def test_rolls(day, roll, expected):
    (due,) = dues(Schedule(schedule=ScheduleKind.FIXED, fixed_on=DAY(day), roll=ROLLS[roll]), Anchors(term=OPEN))
    assert (due.due_on, due.counted_on, due.moved) == (DAY(expected), DAY(day), day != expected)


@each("ends count unit roll expected", tables.NOTICES)
def test_notices(ends, count, unit, roll, expected):
    assert once(RelativeAnchor.END, ends, **offset(count, unit, roll)) == DAY(expected)


@each("signed count unit roll expected", tables.AFTER_SIGNING)
def test_after_signing(signed, count, unit, roll, expected):
    assert once(RelativeAnchor.SIGNING, signed, **offset(count, unit, roll)) == DAY(expected)


@each("instant zone count unit due_on due_at", tables.EVENTS)
def test_events(instant, zone, count, unit, due_on, due_at):
    schedule = Schedule(schedule=ScheduleKind.EVENT, event_type=EventType.DATA_BREACH, **offset(count, unit))
    happened = Happening(number=3, occurred_at=datetime.fromisoformat(instant).replace(tzinfo=UTC))
    (due,) = dues(schedule, Anchors(term=OPEN), happenings=(happened,), zone=Zone(zone))
    expected = None if due_at == "-" else datetime.fromisoformat(due_at).replace(tzinfo=UTC)
    assert (due.period_key, due.due_on, due.due_at) == ("event-3", DAY(due_on), expected)


@each("instant zone due_on expected", tables.LATE)
def test_late(instant, zone, due_on, expected):
    at = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert is_late(at, due_on=DAY(due_on), due_at=None, zone=Zone(zone)) == (expected == "late")


def test_an_hour_is_late_from_the_instant_after_it():
    due_at = datetime(2026, 11, 24, 1, 15, tzinfo=UTC)
    known = {"due_on": date(2026, 11, 24), "due_at": due_at, "zone": Zone.WIB}
    assert not is_late(due_at, **known)
    assert is_late(due_at + timedelta(microseconds=1), **known)


@each("day count change before after", tables.REVISED)
def test_revised_holidays(day, count, change, before, after):
    free = set(FREE)
    for one in change.split():
        (free.add if one[0] == "+" else free.discard)(DAY(one[1:]))
    revised = WorkingCalendar(holidays=frozenset(free), years=OFFICE.years)
    assert OFFICE.add_working(DAY(day), int(count)) == DAY(before)
    assert revised.add_working(DAY(day), int(count)) == DAY(after)


def recurring(cadence: str, anchor: str = "calendar", first: str = "-", until: str = "-", **timing: object) -> Schedule:
    """A schedule by the words of the tables; a number is so many months."""
    every = int(cadence) if cadence.isdecimal() else None
    return Schedule(
        schedule=ScheduleKind.RECURRING,
        cadence=Cadence.EVERY_N_MONTHS if every else Cadence(cadence),
        cadence_months=every,
        period_anchor=PeriodAnchor(anchor),
        first_period_on=None if first == "-" else DAY(first),
        until_on=None if until == "-" else DAY(until),
        **timing,
    )


def term(starts: str, ends: str) -> Anchors:
    """An agreement with a term."""
    return Anchors(term=Period(starts_on=DAY(starts), ends_on=None if ends == "-" else DAY(ends)))


@each("cadence anchor first starts ends until timing expected", tables_of_periods.PERIODS)
def test_periods(cadence, anchor, first, starts, ends, until, timing, expected):
    schedule = recurring(cadence, anchor, first, until, **offset(*timing.split()))
    assert said(dues(schedule, term(starts, ends))) == expected


@each("starts ends expected", tables_of_periods.CHECKS)
def test_yearly_checks(starts, ends, expected):
    lasting = Schedule(schedule=ScheduleKind.CONTINUOUS, yearly_check=True)
    assert said(dues(lasting, term(starts, ends))) == expected
    by_signing = Anchors(term=Period(starts_on=None, ends_on=term(starts, ends).term.ends_on), signed_on=DAY(starts))
    assert said(dues(lasting, by_signing)) == expected


@each("cadence starts ends later comes goes", tables_of_periods.EXTENSIONS)
def test_extensions(cadence, starts, ends, later, comes, goes):
    schedule = recurring(cadence)
    before = dues(schedule, term(starts, ends))
    after = dues(schedule, term(starts, later))
    kept = {(due.period_key, due.due_on) for due in before} & {(due.period_key, due.due_on) for due in after}
    assert said(tuple(due for due in after if (due.period_key, due.due_on) not in kept)) == comes
    assert said(tuple(due for due in before if (due.period_key, due.due_on) not in kept)) == goes
