"""Steps of ladders: windows say the same as the rule for one date; days are working days; nothing is skipped."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.domain.brake import is_braked
from portal.domain.calendar import CalendarNotLoaded, WorkingCalendar
from portal.domain.reminder import (
    OVER_AFTER_DAYS,
    RULES,
    Audience,
    SubjectKind,
    audiences,
    coming,
    day_of,
    ladder,
    latest_target,
    missed_windows,
    reached_step,
    windows,
)

YEARS = frozenset(range(2024, 2031))
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
STEPS = st.lists(st.integers(-180, 84), min_size=1, max_size=14, unique=True)
FREE = st.frozensets(st.dates(date(2026, 6, 1), date(2027, 6, 1)), max_size=60)
KINDS = st.sampled_from(SubjectKind)


def calendar(holidays=frozenset()):
    return WorkingCalendar(holidays=frozenset(holidays), years=YEARS)


def found_in(shown, target):
    """The steps of the windows in which a date lies."""
    return [window.step for window in shown if window.first_on <= target <= window.last_on]


@given(today=DAYS, steps=STEPS, holidays=FREE, distance=st.integers(-140, 200))
def test_windows_say_what_the_rule_says(today, steps, holidays, distance):
    known, target = calendar(holidays), today + timedelta(days=distance)
    expected = reached_step(target, steps, today, known)
    assert found_in(windows(today, steps, known), target) == ([] if expected is None else [expected])


@given(today=DAYS, kind=KINDS, holidays=FREE, distance=st.integers(-140, 200))
def test_time_only_ever_reaches_later_steps(today, kind, holidays, distance):
    known, target, steps = calendar(holidays), today + timedelta(days=distance), ladder(kind)
    before = reached_step(target, steps, today, known)
    after = reached_step(target, steps, today + timedelta(days=1), known)
    if before is not None and after is not None:
        assert after >= before


@given(target=DAYS, kind=KINDS, holidays=FREE)
def test_every_step_comes_on_a_working_day_before_or_after_its_own(target, kind, holidays):
    known = calendar(holidays)
    for step in ladder(kind):
        day = day_of(target, step, known)
        assert known.is_working(day)
        nominal = target + timedelta(days=step)
        assert day >= nominal if step > 0 else day <= nominal


@given(today=DAYS, steps=STEPS, holidays=FREE)
def test_a_step_has_come_for_exactly_the_dates_up_to_its_latest(today, steps, holidays):
    known = calendar(holidays)
    for step in steps:
        last = latest_target(step, today, known)
        assert day_of(last, step, known) <= today
        assert day_of(last + timedelta(days=1), step, known) > today


@given(before=DAYS, pause=st.integers(1, 40), kind=KINDS, holidays=FREE, distance=st.integers(-120, 220))
def test_after_a_pause_the_missed_steps_are_those_between_and_never_the_current_one(
    before, pause, kind, holidays, distance
):
    known, today, steps = calendar(holidays), before + timedelta(days=pause), ladder(kind)
    target = today + timedelta(days=distance)
    come = [step for step in steps if before < day_of(target, step, known) <= today]
    assert found_in(missed_windows(before, today, steps, known), target) == come[:-1]


def test_a_ladder_is_over_four_weeks_after_its_last_step():
    today, last = date(2026, 11, 24), 84
    steps = ladder(SubjectKind.OCCURRENCE)
    oldest = today - timedelta(days=last + OVER_AFTER_DAYS)
    assert reached_step(oldest, steps, today, calendar()) == last
    assert reached_step(oldest - timedelta(days=1), steps, today, calendar()) is None


@pytest.mark.parametrize(
    ("target", "step", "day"),
    [
        # A Tuesday; three days before is Saturday, so Friday.
        (date(2026, 12, 8), -3, date(2026, 12, 4)),
        # A Sunday itself: the working day before.
        (date(2026, 12, 6), 0, date(2026, 12, 4)),
        # A week after a Sunday is a Sunday: the Monday after.
        (date(2026, 12, 6), 7, date(2026, 12, 14)),
    ],
)
def test_steps_before_move_back_and_steps_after_move_on(target, step, day):
    assert day_of(target, step, calendar()) == day


def test_the_seed_is_the_ladder_of_the_design():
    ends = ladder(SubjectKind.TERM_END)
    assert ends[:8] == (-180, -90, -60, -30, -14, -7, -1, 0)
    assert ends[8:] == tuple(range(7, 85, 7))
    assert ladder(SubjectKind.OCCURRENCE)[:6] == (-30, -14, -7, -3, -1, 0)
    assert audiences(SubjectKind.OCCURRENCE, -30) == {Audience.DEBTOR}
    assert audiences(SubjectKind.OCCURRENCE, 0) == {Audience.DEBTOR, Audience.OFFICER}
    assert audiences(SubjectKind.OCCURRENCE, 14) == {Audience.DEBTOR, Audience.OFFICER, Audience.HEAD}
    assert Audience.DIRECTOR in audiences(SubjectKind.OCCURRENCE, 28)
    assert {step for step in ends if Audience.PARTNER in audiences(SubjectKind.TERM_END, step)} == {-90, -30}
    assert len(set(RULES)) == len(RULES)


def test_a_year_without_holidays_is_an_error():
    known = WorkingCalendar(holidays=frozenset(), years=frozenset({2026}))
    with pytest.raises(CalendarNotLoaded):
        windows(date(2026, 12, 31), ladder(SubjectKind.OCCURRENCE), known)


@given(today=DAYS, holidays=FREE, distance=st.integers(-100, 300), days=st.integers(1, 90))
@example(today=date(2026, 2, 1), holidays=frozenset(), distance=6, days=5)
def test_what_will_come_is_what_the_days_ahead_reach(today, holidays, distance, days):
    known, until = calendar(holidays), today + timedelta(days=days)
    target = today + timedelta(days=distance)
    shown = coming([(SubjectKind.OCCURRENCE, 1, target)], RULES, today, until, known)
    steps = ladder(SubjectKind.OCCURRENCE)
    expected = sorted(
        (day_of(target, step, known), step) for step in steps if today < day_of(target, step, known) <= until
    )
    assert [(each.on, each.step) for each in shown] == expected


@pytest.mark.parametrize(
    ("planned", "recent", "before", "is_held"),
    [
        (500, (), date(2026, 11, 23), False),
        (501, (), date(2026, 11, 23), True),
        (900, (100, 200, 300), date(2026, 11, 23), False),
        (1001, (100, 200, 300), date(2026, 11, 23), True),
        (1, (), date(2026, 11, 17), False),
        (1, (), date(2026, 11, 16), True),
        (1, (), date(2026, 12, 24), True),
        (1, (), None, False),
        (0, (), date(2026, 1, 1), False),
    ],
)
def test_the_brake_holds_floods_and_jumps_of_the_date(planned, recent, before, is_held):
    assert is_braked(planned, recent=recent, before=before, today=date(2026, 11, 24)) is is_held
