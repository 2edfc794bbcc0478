"""The seed of the ladders word for word, who hears by which way, and the order in which steps will come."""

from datetime import date
from pathlib import Path

import pytest

from portal.domain.calendar import WorkingCalendar
from portal.domain.reminder import (
    RULES,
    SEED,
    Audience,
    Channel,
    Ladder,
    Rule,
    SubjectKind,
    Window,
    coming,
    missed_windows,
    reached_step,
    windows,
)

GOLDEN = Path(__file__).parents[1] / "golden" / "reminder-ladders.txt"
CALENDAR = WorkingCalendar(holidays=frozenset(), years=frozenset(range(2025, 2029)))
TUESDAY = date(2026, 11, 24)


def test_the_seed_is_word_for_word_what_was_agreed_upon():
    """Domain §3.1 and Settled 13; whoever changes a step changes it in this file, too."""
    told = {}
    for rule in RULES:
        assert rule.channel is Channel.MAIL
        told.setdefault(f"{rule.kind.value} {rule.audience.value}", []).append(f"{rule.step:+d}")
    assert [f"{who}: {' '.join(steps)}" for who, steps in told.items()] == GOLDEN.read_text("utf-8").splitlines()


def test_each_kind_has_its_default_ladder_in_the_seed():
    assert [(each.kind, each.is_default, each.ladder_id) for each in SEED] == [(k, True, None) for k in SubjectKind]
    for each in SEED:
        assert each.rules == tuple(rule for rule in RULES if rule.kind is each.kind)


def test_a_ladder_tells_who_hears_on_which_step_by_which_way():
    def rule(step, audience, channel=Channel.MAIL):
        return Rule(kind=SubjectKind.PAPER, step=step, audience=audience, channel=channel)

    last = list(Channel)[-1]
    mixed = (rule(7, Audience.HEAD, last), rule(-3, Audience.DEBTOR), rule(7, Audience.OFFICER), rule(7, Audience.HEAD))
    made = Ladder(ladder_id=4, kind=SubjectKind.PAPER, is_default=False, rules=mixed)
    assert made.steps == (-3, 7)
    assert made.heard(-3) == {Channel.MAIL: {Audience.DEBTOR}}
    assert made.heard(7) == {Channel.MAIL: {Audience.OFFICER, Audience.HEAD}, last: {Audience.HEAD}}
    assert list(made.heard(7)) == [Channel.MAIL, last]
    assert made.heard(0) == {}


@pytest.mark.parametrize(("day", "inside"), [(20, False), (21, True), (24, True), (25, True), (26, False)], ids=str)
def test_a_window_holds_its_ends(day, inside):
    window = Window(step=0, first_on=date(2026, 11, 21), last_on=date(2026, 11, 25))
    assert window.holds(date(2026, 11, day)) is inside
    assert window.is_empty is False


def test_a_window_of_one_day_is_not_empty_and_one_with_crossed_ends_is():
    one = Window(step=0, first_on=TUESDAY, last_on=TUESDAY)
    assert (one.is_empty, one.holds(TUESDAY)) == (False, True)
    assert Window(step=0, first_on=TUESDAY, last_on=date(2026, 11, 23)).is_empty is True


def test_without_steps_nothing_is_reached_and_nothing_missed():
    assert reached_step(TUESDAY, (), TUESDAY, CALENDAR) is None
    assert windows(TUESDAY, (), CALENDAR) == ()
    assert missed_windows(date(2026, 11, 20), TUESDAY, (0,), CALENDAR) == ()


def test_the_last_step_stays_reached_for_four_weeks_and_a_day_later_all_is_over():
    (only,) = windows(TUESDAY, (0,), CALENDAR)
    assert only.first_on == date(2026, 10, 27)
    assert reached_step(date(2026, 10, 27), (0,), TUESDAY, CALENDAR) == 0
    assert reached_step(date(2026, 10, 26), (0,), TUESDAY, CALENDAR) is None


def test_steps_that_will_come_are_in_order_of_day_date_kind_and_record():
    rules = [
        Rule(kind=kind, step=step, audience=Audience.OFFICER)
        for kind in (SubjectKind.PAPER, SubjectKind.OCCURRENCE)
        for step in (0, -1)
    ]
    subjects = [
        (SubjectKind.PAPER, 9, date(2026, 11, 26)),
        (SubjectKind.OCCURRENCE, 8, date(2026, 11, 26)),
        (SubjectKind.OCCURRENCE, 7, date(2026, 11, 26)),
        (SubjectKind.OCCURRENCE, 6, date(2026, 11, 25)),
    ]
    shown = coming(subjects, rules, TUESDAY, date(2026, 11, 26), CALENDAR)
    told = [(each.on.day, each.target_on.day, each.subject_id, each.step) for each in shown]
    first, *rest = sorted([SubjectKind.PAPER, SubjectKind.OCCURRENCE])
    order = {first: 0, rest[0]: 1}
    wanted = [(25, 25, 6, 0)]
    for day, step in ((25, -1), (26, 0)):
        same = sorted(subjects[:3], key=lambda each: (order[each[0]], each[1]))
        wanted += [(day, 26, number, step) for _kind, number, _on in same]
    assert told == wanted
