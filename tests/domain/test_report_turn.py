"""When a report opens, which comes first, what becomes of the duty, what a return needs."""

from dataclasses import dataclass
from datetime import date

import pytest

from portal.domain import report_turn
from portal.domain.errors import RuleBroken
from portal.domain.obligation import OccurrenceStage
from portal.domain.report import ReportStage
from portal.domain.report_turn import Mending

TODAY = date(2026, 11, 21)
DRAFT, SENT, BACK, DONE = (
    ReportStage.DRAFT,
    ReportStage.SUBMITTED,
    ReportStage.RETURNED,
    ReportStage.ACCEPTED,
)


@dataclass(frozen=True)
class Owed:
    """A duty as `order` needs it."""

    stage: ReportStage | None
    answer_on: date


@pytest.mark.parametrize(
    ("period_ends_on", "due_on", "opens_on"),
    [
        (date(2026, 9, 30), date(2026, 10, 20), date(2026, 10, 1)),
        (None, date(2026, 12, 1), date(2026, 11, 1)),
        (date(2026, 12, 31), date(2026, 12, 15), date(2026, 11, 15)),
        (date(2026, 12, 15), date(2026, 12, 15), date(2026, 11, 15)),
    ],
)
def test_a_report_opens_after_its_period_or_a_month_before_it_is_due(period_ends_on, due_on, opens_on) -> None:
    assert report_turn.opens_on(period_ends_on=period_ends_on, due_on=due_on) == opens_on


def test_returned_reports_come_first_then_the_earliest() -> None:
    late, soon, back = Owed(None, date(2026, 11, 1)), Owed(DRAFT, date(2026, 12, 1)), Owed(BACK, date(2027, 1, 1))
    assert sorted([soon, late, back], key=report_turn.order) == [back, late, soon]


@pytest.mark.parametrize(
    ("stages", "stage"),
    [
        ((SENT,), OccurrenceStage.SUBMITTED),
        ((DONE,), OccurrenceStage.MET),
        ((BACK,), OccurrenceStage.RETURNED),
        ((DRAFT,), OccurrenceStage.OPEN),
        ((), OccurrenceStage.OPEN),
        ((DONE, None), OccurrenceStage.OPEN),
        ((BACK, None), OccurrenceStage.OPEN),
        ((DONE, DRAFT), OccurrenceStage.OPEN),
        ((DONE, SENT), OccurrenceStage.SUBMITTED),
        ((SENT, BACK), OccurrenceStage.RETURNED),
        ((DONE, DONE), OccurrenceStage.MET),
    ],
)
def test_a_duty_of_several_partners_is_met_when_all_are_accepted(stages, stage) -> None:
    assert report_turn.occurrence_stage(stages) is stage


@pytest.mark.parametrize(
    ("reason", "fix_due_on", "field"),
    [
        ("  ", date(2026, 12, 1), "reason"),
        ("Kurang.", None, "fix_due_on"),
        ("Kurang.", TODAY, "fix_due_on"),
    ],
)
def test_a_return_needs_a_reason_and_a_day_to_come(reason, fix_due_on, field) -> None:
    with pytest.raises(RuleBroken) as refusal:
        report_turn.check_mending(Mending(reason=reason, fix_due_on=fix_due_on), today=TODAY)
    assert refusal.value.field == field


def test_a_return_with_both_is_allowed() -> None:
    report_turn.check_mending(Mending(reason="Kurang.", fix_due_on=date(2026, 11, 22)), today=TODAY)
    assert report_turn.receipt_number("8K2M-7Q4D", 2) == "TT-8K2M-7Q4D-2"
