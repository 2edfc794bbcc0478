"""A renewal planned backwards from measured working days, and what may be decided about it."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from portal.domain.agreement import AgreementKind, Stage
from portal.domain.calendar import working_calendar
from portal.domain.errors import RuleBroken
from portal.domain.renewal import (
    DEFAULT_DAYS,
    WORK_STAGES,
    DurationBasis,
    RenewalChoice,
    StageDuration,
    StageSpan,
    cases_of,
    check_decision,
    durations,
    is_planned,
    kept_start,
    plan_backwards,
)


@dataclass(frozen=True)
class Day:
    """A row of the holiday table."""

    day: date
    kind: str = "national"
    region: str = ""
    confirmed: bool = True


LEBARAN = [Day(date(2026, 3, n), "joint_leave") for n in (18, 20, 23, 24)]
CALENDAR = working_calendar([Day(date(2026, 1, 1)), Day(date(2026, 3, 19)), *LEBARAN, Day(date(2027, 1, 1))])


def spans(agreement_id, *rows):
    return [StageSpan(agreement_id=agreement_id, stage=s, entered_on=a, left_on=b) for s, a, b in rows]


def test_the_days_of_a_stage_are_working_days_and_returns_to_it_are_added_up():
    way = spans(
        1,
        (Stage.REVIEW, date(2026, 3, 16), date(2026, 3, 26)),
        (Stage.PROPOSED, date(2026, 3, 26), date(2026, 3, 27)),
        (Stage.REVIEW, date(2026, 3, 27), date(2026, 3, 30)),
    )
    cases = cases_of(way, CALENDAR)
    assert cases[Stage.REVIEW] == (3 + 1,)
    assert cases[Stage.PROPOSED] == (1,)
    assert cases[Stage.DRAFTING] == ()


def test_an_agreement_recorded_afterwards_on_one_day_tells_nothing():
    day = date(2026, 5, 4)
    assert not any(cases_of(spans(1, *[(s, day, day) for s in WORK_STAGES]), CALENDAR).values())


@pytest.mark.parametrize(
    ("partners", "kind", "days", "basis", "count"),
    [
        ([], [], 10, DurationBasis.DEFAULT, 0),
        ([], [1, 2, 3, 4], 10, DurationBasis.DEFAULT, 0),
        ([], [1, 2, 3, 4, 30], 3, DurationBasis.KIND, 5),
        ([[8, 9]], [1, 2, 3, 4, 30], 3, DurationBasis.KIND, 5),
        ([[8, 9, 40]], [1, 2, 3, 4, 30], 9, DurationBasis.PARTNER, 3),
        ([[8, 9, 40], [12, 12, 13, 14]], [], 13, DurationBasis.PARTNER, 4),
        ([[8, 9, 40], [50, 50]], [], 9, DurationBasis.PARTNER, 3),
        ([[0, 0, 0]], [7] * 9, 0, DurationBasis.PARTNER, 3),
    ],
)
def test_the_partners_own_days_count_before_those_of_the_kind_before_the_defaults(partners, kind, days, basis, count):
    found = durations(partners=[{Stage.REVIEW: each} for each in partners], kind={Stage.REVIEW: kind})
    assert [each.stage for each in found] == list(WORK_STAGES)
    assert found[1] == StageDuration(stage=Stage.REVIEW, days=days, basis=basis, cases=count)
    assert found[0].basis is DurationBasis.DEFAULT


def of_days(*days):
    return [StageDuration(stage=s, days=n, basis=DurationBasis.KIND) for s, n in zip(WORK_STAGES, days, strict=True)]


@pytest.mark.parametrize(
    ("target", "days", "start"),
    [
        (date(2026, 6, 30), (0, 0, 0, 0, 0, 0), date(2026, 6, 30)),
        (date(2026, 6, 30), (1, 0, 0, 0, 0, 0), date(2026, 6, 29)),
        (date(2026, 6, 29), (1, 0, 0, 0, 0, 0), date(2026, 6, 26)),
        (date(2026, 6, 28), (1, 0, 0, 0, 0, 0), date(2026, 6, 26)),
        (date(2026, 3, 26), (0, 0, 0, 0, 0, 2), date(2026, 3, 17)),
        (date(2026, 3, 26), (1, 1, 0, 0, 0, 2), date(2026, 3, 13)),
        (date(2027, 1, 11), (0, 0, 0, 0, 0, 6), date(2026, 12, 31)),
        (date(2027, 1, 11), (5, 10, 10, 15, 5, 10), date(2026, 10, 23)),
    ],
)
def test_work_is_counted_back_in_working_days(target, days, start):
    plan = plan_backwards(target, of_days(*days), calendar=CALENDAR)
    assert plan.starts_on == start
    assert plan.days == sum(days)
    assert not plan.is_estimated


def test_every_stage_begins_where_the_one_before_it_ends():
    plan = plan_backwards(date(2026, 6, 30), of_days(2, 3, 4, 5, 1, 2), calendar=CALENDAR)
    assert [plan.starts[stage] for stage in WORK_STAGES] == sorted(plan.starts.values())
    for one, later in zip(of_days(2, 3, 4, 5, 1, 2), [*WORK_STAGES[1:], None], strict=True):
        ends = plan.starts[later] if later else plan.target_on
        assert CALENDAR.count_working(plan.starts[one.stage], ends) == one.days


def test_a_year_without_holidays_makes_an_estimate_that_says_so():
    plan = plan_backwards(date(2029, 2, 1), of_days(1, 1, 1, 1, 1, 1), calendar=CALENDAR)
    assert (plan.is_estimated, plan.starts_on) == (True, date(2029, 1, 24))


@pytest.mark.parametrize("n", range(0, 60, 7))
def test_longer_stages_and_more_holidays_never_let_work_begin_later(n):
    target = date(2026, 12, 1) + timedelta(days=n)
    shorter = plan_backwards(target, of_days(1, 2, 3, 4, 5, n), calendar=CALENDAR).starts_on
    longer = plan_backwards(target, of_days(1, 2, 3, 4, 5, n + 1), calendar=CALENDAR).starts_on
    days = [Day(date(2026, 1, 1)), Day(date(2027, 1, 1)), *LEBARAN, *(Day(date(2026, 11, d)) for d in (9, 10))]
    more = plan_backwards(target, of_days(1, 2, 3, 4, 5, n), calendar=working_calendar(days)).starts_on
    assert longer <= shorter <= target
    assert more <= shorter


TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("stored", "counted", "kept"),
    [
        (None, date(2026, 12, 1), date(2026, 12, 1)),
        (date(2026, 12, 1), date(2026, 12, 4), date(2026, 12, 4)),
        (date(2026, 11, 20), date(2026, 11, 24), date(2026, 11, 20)),
        (date(2026, 11, 20), date(2026, 12, 4), date(2026, 11, 20)),
        (date(2026, 11, 20), date(2026, 12, 5), date(2026, 12, 5)),
        (date(2026, 11, 20), None, None),
    ],
)
def test_a_start_that_was_announced_stays_while_it_moves_little(stored, counted, kept):
    assert kept_start(stored, counted, today=TODAY) == kept


@pytest.mark.parametrize(
    ("stage", "kind", "ends_on", "planned"),
    [
        (Stage.ACTIVE, AgreementKind.PKS, TODAY, True),
        (Stage.SUSPENDED, AgreementKind.MOU, TODAY, True),
        (Stage.SIGNING, AgreementKind.PKS, TODAY, False),
        (Stage.TERMINATED, AgreementKind.PKS, TODAY, False),
        (Stage.ACTIVE, AgreementKind.TERMINATION, TODAY, False),
        (Stage.ACTIVE, AgreementKind.AMENDMENT, TODAY, False),
        (Stage.ACTIVE, AgreementKind.PKS, None, False),
    ],
)
def test_renewals_are_planned_for_what_is_signed_and_ends(stage, kind, ends_on, planned):
    assert is_planned(stage, kind, ends_on) is planned


END, LATER = date(2027, 4, 11), date(2030, 4, 11)


@pytest.mark.parametrize(
    ("choice", "changes", "field"),
    [
        (RenewalChoice.TACIT, {}, None),
        (RenewalChoice.EXTENSION, {}, None),
        (RenewalChoice.EXTENSION, {"until_on": None}, None),
        (RenewalChoice.NEW_DOCUMENT, {"until_on": None}, None),
        (RenewalChoice.LAPSE, {"until_on": None, "stage": Stage.SUSPENDED}, None),
        (RenewalChoice.TACIT, {"until_on": None}, "until_on"),
        (RenewalChoice.TACIT, {"until_on": END}, "until_on"),
        (RenewalChoice.EXTENSION, {"until_on": END - timedelta(days=1)}, "until_on"),
        (RenewalChoice.NEW_DOCUMENT, {}, "until_on"),
        (RenewalChoice.LAPSE, {}, "until_on"),
        (RenewalChoice.LAPSE, {"until_on": None, "reason": "  "}, "reason"),
        (RenewalChoice.LAPSE, {"until_on": None, "ends_on": None}, ""),
        (RenewalChoice.LAPSE, {"until_on": None, "stage": Stage.SIGNING}, ""),
        (RenewalChoice.TACIT, {"stage": Stage.TERMINATED}, ""),
    ],
)
def test_what_may_be_decided(choice, changes, field):
    given = {"stage": Stage.ACTIVE, "ends_on": END, "until_on": LATER, "reason": "Rapat 3 Desember"} | changes
    if field is None:
        check_decision(choice, **given)
        return
    with pytest.raises(RuleBroken) as broken:
        check_decision(choice, **given)
    assert (broken.value.field or "") == field


def test_the_defaults_name_every_stage_of_the_work():
    assert set(DEFAULT_DAYS) == set(WORK_STAGES)
