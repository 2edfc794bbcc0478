"""Occurrences of every kind of schedule (design: domain §4.3)."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calendar import WorkingCalendar
from portal.domain.dates import end_of_term
from portal.domain.errors import RuleBroken
from portal.domain.obligation import (
    Cadence,
    DayType,
    OffsetUnit,
    PeriodAnchor,
    RelativeAnchor,
    Roll,
    ScheduleKind,
)
from portal.domain.period import Period
from portal.domain.schedule import ONCE, Anchors, Schedule, occurrences
from portal.domain.schedule_check import asks_first_period, check, first_periods

HOLIDAYS = frozenset({date(2027, 1, 1), date(2026, 12, 24), date(2026, 12, 25)})
CALENDAR = WorkingCalendar(holidays=HOLIDAYS, years=frozenset(range(2020, 2028)))
FAR = date(2035, 1, 1)
SEMESTERS = Schedule(
    schedule=ScheduleKind.RECURRING,
    cadence=Cadence.SEMESTER,
    period_anchor=PeriodAnchor.CALENDAR,
    offset_count=31,
)


def anchors(starts: date | None = None, ends: date | None = None, **more: date) -> Anchors:
    """The dates of an agreement."""
    return Anchors(term=Period(starts_on=starts, ends_on=ends), **more)


def dues(schedule: Schedule, known: Anchors, horizon: date = FAR) -> dict[str, date]:
    """Period key to date, in order."""
    return {due.period_key: due.due_on for due in occurrences(schedule, known, calendar=CALENDAR, horizon_on=horizon)}


def test_a_fixed_date_comes_once():
    schedule = Schedule(schedule=ScheduleKind.FIXED, fixed_on=date(2026, 12, 1))
    assert dues(schedule, anchors()) == {ONCE: date(2026, 12, 1)}


def test_a_duty_that_lasts_has_no_date():
    assert dues(Schedule(schedule=ScheduleKind.CONTINUOUS), anchors(date(2026, 1, 1))) == {}


@pytest.mark.parametrize(
    ("count", "unit", "day_type", "anchor", "expected"),
    [
        (-3, OffsetUnit.MONTHS, DayType.CALENDAR, RelativeAnchor.END, date(2027, 1, 11)),
        (14, OffsetUnit.DAYS, DayType.CALENDAR, RelativeAnchor.SIGNING, date(2024, 4, 26)),
        (2, OffsetUnit.WEEKS, DayType.CALENDAR, RelativeAnchor.START, date(2024, 4, 29)),
        (10, OffsetUnit.DAYS, DayType.WORKING, RelativeAnchor.SIGNING, date(2024, 4, 26)),
        (-10, OffsetUnit.DAYS, DayType.WORKING, RelativeAnchor.END, date(2027, 3, 29)),
        (3, OffsetUnit.MONTHS, DayType.CALENDAR, RelativeAnchor.PARENT_SIGNING, date(2024, 5, 29)),
    ],
)
def test_a_relative_date_is_counted_from_its_anchor(count, unit, day_type, anchor, expected):
    known = anchors(
        date(2024, 4, 15), date(2027, 4, 11), signed_on=date(2024, 4, 12), parent_signed_on=date(2024, 2, 29)
    )
    schedule = Schedule(
        schedule=ScheduleKind.RELATIVE,
        relative_anchor=anchor,
        offset_count=count,
        offset_unit=unit,
        day_type=day_type,
    )
    assert dues(schedule, known) == {ONCE: expected}


@pytest.mark.parametrize(
    ("anchor", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 5, 31), -3, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_keep_to_the_end_of_a_shorter_month(anchor: date, months: int, expected: date):
    schedule = Schedule(
        schedule=ScheduleKind.RELATIVE,
        relative_anchor=RelativeAnchor.SIGNING,
        offset_count=months,
        offset_unit=OffsetUnit.MONTHS,
    )
    assert dues(schedule, anchors(signed_on=anchor)) == {ONCE: expected}


def test_an_unknown_anchor_gives_no_date():
    schedule = Schedule(schedule=ScheduleKind.RELATIVE, relative_anchor=RelativeAnchor.END, offset_count=-30)
    assert dues(schedule, anchors(date(2026, 1, 1))) == {}
    assert dues(SEMESTERS, anchors()) == {}


def test_semesters_by_the_calendar_end_in_june_and_december():
    known = anchors(date(2025, 1, 1), date(2026, 12, 31))
    assert dues(SEMESTERS, known) == {
        "2025-S1": date(2025, 7, 31),
        "2025-S2": date(2026, 1, 31),
        "2026-S1": date(2026, 7, 31),
        "2026-S2": date(2027, 1, 31),
    }


@pytest.mark.parametrize(
    ("cadence", "keys"),
    [
        (Cadence.MONTHLY, ["2026-10", "2026-11", "2026-12"]),
        (Cadence.QUARTERLY, ["2026-Q4"]),
        (Cadence.SEMESTER, ["2026-S2"]),
        (Cadence.YEARLY, ["2026"]),
    ],
)
def test_periods_of_the_calendar_have_readable_keys(cadence: Cadence, keys: list[str]):
    schedule = replace(SEMESTERS, cadence=cadence, first_period_on=date(2026, 10, 1))
    assert list(dues(schedule, anchors(date(2026, 10, 1), date(2026, 12, 31)))) == keys


def test_periods_from_the_start_of_the_agreement_are_known_by_their_first_day():
    schedule = replace(SEMESTERS, period_anchor=PeriodAnchor.ANNIVERSARY, offset_count=0)
    known = anchors(date(2024, 4, 12), end_of_term(date(2024, 4, 12), years=1))
    assert dues(schedule, known) == {"2024-04-12": date(2024, 10, 11), "2024-10-12": date(2025, 4, 11)}


def test_anniversaries_of_a_late_day_do_not_drift():
    schedule = replace(SEMESTERS, cadence=Cadence.MONTHLY, period_anchor=PeriodAnchor.ANNIVERSARY, offset_count=0)
    known = anchors(date(2026, 1, 31), date(2026, 5, 30))
    assert list(dues(schedule, known)) == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]


def test_a_start_inside_a_period_is_asked_about_and_both_answers_hold():
    known = anchors(date(2024, 4, 12), date(2025, 6, 30))
    assert asks_first_period(SEMESTERS, known)
    with pytest.raises(RuleBroken) as refusal:
        check(SEMESTERS, known)
    assert refusal.value.field == "first_period_on"
    broken, whole = first_periods(6, date(2024, 4, 12))
    with_broken = replace(SEMESTERS, first_period_on=broken)
    from_whole = replace(SEMESTERS, first_period_on=whole)
    assert list(dues(with_broken, known)) == ["2024-S1", "2024-S2", "2025-S1"]
    assert list(dues(from_whole, known)) == ["2024-S2", "2025-S1"]
    first = occurrences(with_broken, known, calendar=CALENDAR, horizon_on=FAR)[0]
    assert first.period == Period(starts_on=date(2024, 4, 12), ends_on=date(2024, 6, 30))


def test_a_start_on_the_first_day_of_a_period_is_not_asked_about():
    assert not asks_first_period(SEMESTERS, anchors(date(2024, 7, 1)))


def test_the_horizon_limits_what_recurs_for_ever():
    known = anchors(date(2026, 1, 1))
    assert list(dues(SEMESTERS, known, date(2027, 6, 30))) == ["2026-S1", "2026-S2", "2027-S1"]


def test_until_ends_the_periods_before_the_agreement_does():
    schedule = replace(SEMESTERS, until_on=date(2026, 6, 30))
    assert list(dues(schedule, anchors(date(2026, 1, 1), date(2029, 1, 1)))) == ["2026-S1"]


@pytest.mark.parametrize(
    ("roll", "expected"),
    [
        (Roll.NONE, date(2026, 12, 25)),
        (Roll.NEXT_WORKING, date(2026, 12, 28)),
        (Roll.PREVIOUS_WORKING, date(2026, 12, 23)),
    ],
)
def test_a_date_on_a_holiday_rolls_as_agreed(roll: Roll, expected: date):
    schedule = Schedule(schedule=ScheduleKind.FIXED, fixed_on=date(2026, 12, 25), roll=roll)
    (due,) = occurrences(schedule, anchors(), calendar=CALENDAR, horizon_on=FAR)
    assert due.due_on == expected
    assert due.moved == (roll is not Roll.NONE)


def test_a_date_in_a_year_without_calendar_is_marked_as_an_estimate():
    schedule = Schedule(schedule=ScheduleKind.FIXED, fixed_on=date(2028, 1, 1), roll=Roll.NEXT_WORKING)
    (due,) = occurrences(schedule, anchors(), calendar=CALENDAR, horizon_on=FAR)
    assert (due.due_on, due.estimated) == (date(2028, 1, 3), True)


@pytest.mark.parametrize(
    ("schedule", "field"),
    [
        (Schedule(schedule=ScheduleKind.FIXED), "fixed_on"),
        (Schedule(schedule=ScheduleKind.FIXED, fixed_on=date(9999, 12, 31)), "fixed_on"),
        (replace(SEMESTERS, first_period_on=date(1, 1, 1)), "first_period_on"),
        (Schedule(schedule=ScheduleKind.RELATIVE), "relative_anchor"),
        (Schedule(schedule=ScheduleKind.RECURRING), "cadence"),
        (replace(SEMESTERS, period_anchor=None), "period_anchor"),
        (replace(SEMESTERS, day_type=DayType.WORKING, offset_unit=OffsetUnit.MONTHS), "day_type"),
        (replace(SEMESTERS, first_period_on=date(2027, 1, 1), until_on=date(2026, 1, 1)), "until_on"),
    ],
)
def test_a_schedule_must_say_what_its_kind_needs(schedule: Schedule, field: str):
    with pytest.raises(RuleBroken) as refusal:
        check(schedule, anchors(date(2026, 1, 1)))
    assert refusal.value.field == field


@given(
    starts=st.dates(date(2020, 1, 1), date(2025, 12, 31)),
    years=st.integers(1, 5),
    cadence=st.sampled_from(Cadence),
    anchor=st.sampled_from(PeriodAnchor),
)
def test_periods_follow_one_another_without_gap_inside_the_term(starts, years, cadence, anchor):
    known = anchors(starts, end_of_term(starts, years=years))
    schedule = replace(SEMESTERS, cadence=cadence, cadence_months=4, period_anchor=anchor, first_period_on=starts)
    found = occurrences(schedule, known, calendar=CALENDAR, horizon_on=FAR)
    spans = [due.period for due in found if due.period]
    assert spans[0].starts_on == starts
    assert len({due.period_key for due in found}) == len(found) == len(spans)
    for earlier, later in itertools.pairwise(spans):
        assert earlier.ends_on + timedelta(days=1) == later.starts_on
    assert spans[-1].ends_on in {known.term.ends_on, known.term.ends_on - timedelta(days=1)}


@given(starts=st.dates(date(2020, 1, 1), date(2025, 12, 31)), days=st.integers(-60, 60))
def test_a_moved_end_keeps_the_keys_of_all_earlier_periods(starts: date, days: int):
    schedule = replace(SEMESTERS, first_period_on=starts)
    ends = end_of_term(starts, years=2)
    before = dues(schedule, anchors(starts, ends))
    after = dues(schedule, anchors(starts, ends + timedelta(days=days)))
    shorter, longer = sorted((list(before), list(after)), key=len)
    assert longer[: len(shorter)] == shorter
