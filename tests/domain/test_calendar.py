"""Working days by the decrees of 2025 to 2027, with the vectors of the design (domain §4.3)."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calendar import (
    JOINT_LEAVE,
    NATIONAL,
    CalendarNotLoaded,
    WorkingCalendar,
    unconfirmed_year,
    working_calendar,
)
from portal.paths import REFERENCE


@dataclass(frozen=True)
class Row:
    """One row of the holiday table."""

    day: date
    kind: str
    region: str = ""
    confirmed: bool = True


ROWS = tuple(
    Row(day=row["day"], kind=row["kind"], confirmed=row["confirmed"])
    for row in tomllib.loads((REFERENCE / "holidays.toml").read_text("utf-8"))["holiday"]
)
OFFICE = working_calendar(ROWS)
BY_DECREES = {2025: (17, 11), 2026: (17, 8), 2027: (18, 8)}
"""Public holidays and days of joint leave of each year."""


@pytest.mark.parametrize("year", BY_DECREES)
def test_each_year_has_the_days_that_its_decrees_name(year):
    kinds = [row.kind for row in ROWS if row.day.year == year]
    assert (kinds.count(NATIONAL), kinds.count(JOINT_LEAVE)) == BY_DECREES[year]


LOADED_DAYS = st.dates(date(2025, 3, 1), date(2027, 10, 31))


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 3, 31), 10, date(2026, 4, 15)),
        (date(2026, 6, 30), 10, date(2026, 7, 14)),
        (date(2026, 9, 30), 10, date(2026, 10, 14)),
        (date(2025, 12, 31), 10, date(2026, 1, 15)),
        (date(2026, 3, 17), 5, date(2026, 3, 31)),
        (date(2026, 5, 13), 5, date(2026, 5, 22)),
        (date(2026, 2, 13), 1, date(2026, 2, 18)),
    ],
)
def test_working_days_are_counted_as_the_vectors_say(day: date, n: int, expected: date):
    assert OFFICE.add_working(day, n) == expected


def test_counting_nothing_stays_where_it_is_even_on_a_sunday():
    assert OFFICE.add_working(date(2026, 11, 22), 0) == date(2026, 11, 22)


@given(LOADED_DAYS)
def test_the_nearest_working_days_stand_on_both_sides_with_none_between(day: date):
    before, after = OFFICE.previous_working(day), OFFICE.next_working(day)
    assert before <= day <= after
    assert OFFICE.is_working(before)
    assert OFFICE.is_working(after)
    between = [day + timedelta(days=n) for n in range((before - day).days + 1, (after - day).days)]
    assert not [each for each in between if OFFICE.is_working(each) and each != day]


@given(LOADED_DAYS, st.integers(1, 30))
def test_counting_back_as_many_working_days_returns_to_the_working_day(day: date, n: int):
    start = OFFICE.next_working(day)
    assert OFFICE.add_working(OFFICE.add_working(start, n), -n) == start


@given(LOADED_DAYS, st.integers(0, 15), st.integers(0, 15))
def test_counting_in_two_parts_is_counting_at_once(day: date, first: int, second: int):
    assert OFFICE.add_working(OFFICE.add_working(day, first), second) == OFFICE.add_working(day, first + second)


def test_a_year_that_nobody_loaded_is_refused_by_name():
    with pytest.raises(CalendarNotLoaded, match="2028") as refusal:
        OFFICE.add_working(date(2027, 12, 30), 5)
    assert refusal.value.year == 2028


def test_an_estimate_counts_a_missing_year_without_holidays():
    assert OFFICE.assumed().add_working(date(2027, 12, 31), 2) == date(2028, 1, 4)


def test_a_body_that_keeps_no_joint_leave_works_on_it():
    company = working_calendar(ROWS, joint_leave=False)
    assert company.is_working(date(2026, 12, 24))
    assert not OFFICE.is_working(date(2026, 12, 24))


def test_a_regional_day_is_free_in_its_region_only():
    rows = (*ROWS, Row(day=date(2026, 11, 25), kind="regional", region="PA"))
    assert not working_calendar(rows, region="PA").is_working(date(2026, 11, 25))
    assert working_calendar(rows, region="JB").is_working(date(2026, 11, 25))
    assert working_calendar(rows).is_working(date(2026, 11, 25))


@pytest.mark.parametrize(
    ("today", "missing"),
    [(date(2026, 11, 21), None), (date(2027, 9, 2), None), (date(2027, 9, 4), 2028), (date(2028, 1, 1), 2028)],
)
def test_a_year_without_confirmed_joint_leave_is_named_120_days_before(today: date, missing: int | None):
    rows = tuple(row for row in ROWS if row.day.year < 2028)
    assert unconfirmed_year(rows, today) == missing


def test_an_empty_calendar_has_no_year():
    with pytest.raises(CalendarNotLoaded):
        WorkingCalendar(holidays=frozenset(), years=frozenset()).is_working(date(2026, 1, 1))
