"""The laws of deadlines, whatever the dates are (design: domain §4.3)."""

import calendar as printed
import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calendar import WorkingCalendar
from portal.domain.dates import add_months, is_late, last_zone
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
from portal.domain.schedule import MONTHS_OF_YEAR, Anchors, Happening, Schedule, occurrences

YEARS = frozenset(range(2019, 2045))
FAR = date(2033, 1, 1)
ONE_DAY = timedelta(days=1)

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
free_days = st.frozensets(st.dates(date(2020, 1, 1), date(2031, 12, 31)), max_size=40)
instants = st.timedeltas(timedelta(0), timedelta(days=4000)).map(lambda span: datetime(2020, 1, 2, tzinfo=UTC) + span)
offsets = st.sampled_from(
    [
        {"offset_unit": OffsetUnit.DAYS, "day_type": DayType.CALENDAR},
        {"offset_unit": OffsetUnit.DAYS, "day_type": DayType.WORKING},
        {"offset_unit": OffsetUnit.WEEKS},
        {"offset_unit": OffsetUnit.MONTHS},
    ]
)
onward = st.sampled_from([Roll.NONE, Roll.NEXT_WORKING])
recurring = st.builds(
    Schedule,
    schedule=st.just(ScheduleKind.RECURRING),
    cadence=st.just(Cadence.EVERY_N_MONTHS),
    cadence_months=st.sampled_from([1, 2, 3, 4, 5, 6, 7, 12, 18, 24]),
    period_anchor=st.sampled_from([PeriodAnchor.ANNIVERSARY, PeriodAnchor.FIXED_DAY]),
    first_period_on=days,
    offset_count=st.integers(0, 60),
) | st.builds(
    Schedule,
    schedule=st.just(ScheduleKind.RECURRING),
    cadence=st.sampled_from([Cadence.MONTHLY, Cadence.QUARTERLY, Cadence.SEMESTER, Cadence.YEARLY]),
    period_anchor=st.sampled_from(PeriodAnchor),
    first_period_on=days,
    offset_count=st.integers(0, 60),
)


def office(free=frozenset()) -> WorkingCalendar:
    """A calendar with these free days."""
    return WorkingCalendar(holidays=free, years=YEARS)


def signing(count: int, timing, roll: Roll = Roll.NONE) -> Schedule:
    """So long after the signing."""
    return Schedule(
        schedule=ScheduleKind.RELATIVE,
        relative_anchor=RelativeAnchor.SIGNING,
        offset_count=count,
        roll=roll,
        **timing,
    )


def due(schedule: Schedule, signed_on: date, free=frozenset()) -> date:
    """The date of a schedule that counts from the signing."""
    known = Anchors(term=Period(starts_on=None, ends_on=None), signed_on=signed_on)
    (found,) = occurrences(schedule, known, calendar=office(free), horizon_on=FAR)
    return found.due_on


def spans(schedule: Schedule, starts_on: date | None, ends_on: date | None):
    """Key to period, in order."""
    known = Anchors(term=Period(starts_on=starts_on, ends_on=ends_on))
    found = occurrences(schedule, known, calendar=office(), horizon_on=FAR)
    assert len({each.period_key for each in found}) == len(found)
    return {each.period_key: each.period for each in found}


@given(signed_on=days, count=st.integers(0, 120), timing=offsets, roll=onward, free=free_days)
def test_no_date_comes_before_its_trigger(signed_on, count, timing, roll, free):
    assert due(signing(count, timing, roll), signed_on, free) >= signed_on


@given(signed_on=days, count=st.integers(-60, 60), timing=offsets, roll=st.sampled_from(Roll), free=free_days)
def test_more_time_is_never_less(signed_on, count, timing, roll, free):
    shorter, longer = (due(signing(n, timing, roll), signed_on, free) for n in (count, count + 1))
    assert shorter <= longer


@given(first=days, second=days, count=st.integers(-60, 60), timing=offsets, roll=st.sampled_from(Roll), free=free_days)
def test_a_later_trigger_never_makes_an_earlier_date(first, second, count, timing, roll, free):
    earlier, later = sorted((first, second))
    schedule = signing(count, timing, roll)
    assert due(schedule, earlier, free) <= due(schedule, later, free)


@given(day=days, months=st.integers(-120, 120))
def test_months_never_leave_their_month(day, months):
    found = add_months(day, months)
    year, place = divmod(day.year * MONTHS_OF_YEAR + day.month - 1 + months, MONTHS_OF_YEAR)
    assert (found.year, found.month) == (year, place + 1)
    assert found.day == min(day.day, printed.monthrange(year, place + 1)[1])


@given(
    signed_on=days,
    count=st.integers(0, 60),
    timing=offsets,
    roll=onward,
    free=free_days,
    added=st.dates(date(2020, 1, 1), date(2031, 12, 31)),
)
def test_one_more_holiday_never_makes_a_date_earlier(signed_on, count, timing, roll, free, added):
    schedule = signing(count, timing, roll)
    assert due(schedule, signed_on, free) <= due(schedule, signed_on, free | {added})


@given(signed_on=days, count=st.integers(1, 60), free=free_days, added=days)
def test_one_more_holiday_never_makes_a_date_before_the_trigger_later(signed_on, count, free, added):
    schedule = signing(-count, {"day_type": DayType.WORKING})
    assert due(schedule, signed_on, free) >= due(schedule, signed_on, free | {added})


@given(signed_on=days, count=st.integers(0, 60), timing=offsets, free=free_days)
def test_what_is_moved_off_a_free_day_lands_on_the_next_day_of_work(signed_on, count, timing, free):
    calendar = office(free)
    counted = due(signing(count, timing), signed_on, free)
    moved = due(signing(count, timing, Roll.NEXT_WORKING), signed_on, free)
    assert calendar.is_working(moved)
    between = (counted + ONE_DAY * n for n in range((moved - counted).days))
    assert not any(calendar.is_working(day) for day in between)


@given(schedule=recurring, length=st.integers(1, 2000))
def test_periods_are_disjoint_and_without_a_gap_inside_the_term(schedule, length):
    starts_on = schedule.first_period_on
    ends_on = starts_on + timedelta(days=length)
    found = list(spans(schedule, starts_on, ends_on).values())
    assert found[0].starts_on == starts_on
    for earlier, later in itertools.pairwise(found):
        assert earlier.starts_on <= earlier.ends_on
        assert earlier.ends_on + ONE_DAY == later.starts_on
    if found[-1].ends_on < FAR:
        assert found[-1].ends_on in {ends_on, ends_on - ONE_DAY}


@given(schedule=recurring, length=st.integers(1, 2000), more=st.integers(1, 900))
def test_a_longer_term_keeps_every_key_and_every_whole_period(schedule, length, more):
    starts_on = schedule.first_period_on
    ends_on = starts_on + timedelta(days=length)
    before = spans(schedule, starts_on, ends_on)
    after = spans(schedule, starts_on, ends_on + timedelta(days=more))
    assert list(after)[: len(before)] == list(before)
    *whole, _last = before
    assert {key: before[key] for key in whole} == {key: after[key] for key in whole}


@given(schedule=recurring, shift=st.integers(1, 400))
def test_a_later_start_keeps_the_keys_that_are_left(schedule, shift):
    ends_on = schedule.first_period_on + timedelta(days=1200)
    before = spans(schedule, schedule.first_period_on, ends_on)
    after = spans(schedule, schedule.first_period_on + timedelta(days=shift), ends_on)
    assert list(before)[len(before) - len(after) :] == list(after)


@given(at=instants, count=st.integers(1, 400), zone=st.sampled_from(Zone), free=free_days)
def test_hours_run_by_the_clock_whatever_is_free(at, count, zone, free):
    schedule = Schedule(
        schedule=ScheduleKind.EVENT,
        event_type=EventType.DATA_BREACH,
        offset_count=count,
        offset_unit=OffsetUnit.HOURS,
    )
    happenings = (Happening(number=1, occurred_at=at),)
    known = Anchors(term=Period(starts_on=None, ends_on=None))
    (found,) = occurrences(schedule, known, calendar=office(free), horizon_on=FAR, happenings=happenings, zone=zone)
    assert (found.due_at - at).total_seconds() == count * 3600
    assert found.due_on == found.due_at.astimezone(zone.timezone).date()


@given(events=st.lists(instants, min_size=1, max_size=6), gone=st.integers(0, 5), timing=offsets)
def test_an_event_taken_back_leaves_the_others_as_they_were(events, gone, timing):
    schedule = Schedule(schedule=ScheduleKind.ON_REQUEST, offset_count=5, **timing)
    happened = tuple(Happening(number=n, occurred_at=at) for n, at in enumerate(events, start=1))
    known = Anchors(term=Period(starts_on=None, ends_on=None))

    def dated(those):
        return set(occurrences(schedule, known, calendar=office(), horizon_on=FAR, happenings=those))

    left = tuple(each for each in happened if each.number != gone)
    assert len(dated(happened)) == len(happened)
    assert dated(left) == {each for each in dated(happened) if each.period_key != f"event-{gone}"}


@given(at=instants, due_on=days, zone=st.sampled_from(Zone))
def test_the_whole_of_the_last_day_counts_and_not_an_instant_of_the_next(at, due_on, zone):
    ends = datetime(due_on.year, due_on.month, due_on.day, tzinfo=zone.timezone) + ONE_DAY
    assert is_late(at, due_on=due_on, due_at=None, zone=zone) == (at >= ends)


@given(zones=st.lists(st.sampled_from(Zone), min_size=1), at=instants, due_on=days)
def test_several_debtors_are_late_only_when_the_day_has_ended_for_all(zones, at, due_on):
    alone = [is_late(at, due_on=due_on, due_at=None, zone=zone) for zone in zones]
    assert is_late(at, due_on=due_on, due_at=None, zone=last_zone(zones)) == all(alone)


@given(starts_on=days, years=st.integers(1, 12), cut=st.integers(0, 4000))
def test_yearly_checks_come_on_each_anniversary_up_to_the_end(starts_on, years, cut):
    lasting = Schedule(schedule=ScheduleKind.CONTINUOUS, yearly_check=True)
    known = Anchors(term=Period(starts_on=starts_on, ends_on=starts_on + timedelta(days=cut)))
    found = occurrences(lasting, known, calendar=office(), horizon_on=date(2100, 1, 1))
    assert [each.due_on for each in found] == [
        day for day in (add_months(starts_on, n * MONTHS_OF_YEAR) for n in range(1, 12)) if day <= known.term.ends_on
    ]
    shorter = replace(known, term=Period(starts_on=starts_on, ends_on=starts_on + timedelta(days=cut // years)))
    fewer = occurrences(lasting, shorter, calendar=office(), horizon_on=date(2100, 1, 1))
    assert found[: len(fewer)] == fewer
