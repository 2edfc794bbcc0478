"""What the calendar says, as SQL: the same answers as `domain.agreement.standing` and `domain.obligation.standing`."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, literal, null

from portal.domain.agreement import ENDING_SOON_DAYS, Stage, Standing
from portal.domain.obligation import DUE_SOON_DAYS, ObligationStanding, OccurrenceStage
from portal.models import Agreement, Occurrence


def of_agreement(today: date) -> ColumnElement[Any]:
    """Return the code of an agreement's standing on `today`; null before signing and after people ended it."""
    soon = today + timedelta(days=ENDING_SOON_DAYS)
    return case(
        (Agreement.stage != Stage.ACTIVE, null()),
        (Agreement.starts_on > today, literal(Standing.UPCOMING.value)),
        (Agreement.ends_on.is_(None), literal(Standing.END_UNKNOWN.value)),
        (Agreement.ends_on < today, literal(Standing.ENDED.value)),
        (Agreement.ends_on <= soon, literal(Standing.ENDING_SOON.value)),
        else_=literal(Standing.IN_FORCE.value),
    )


def agreement_is(standings: Collection[Standing], today: date) -> ColumnElement[bool]:
    """Return the condition that an agreement has one of `standings` on `today`."""
    return of_agreement(today).in_([standing.value for standing in standings])


def of_occurrence(today: date) -> ColumnElement[Any]:
    """Return the code of an occurrence's standing on `today`."""
    soon = today + timedelta(days=DUE_SOON_DAYS)
    return case(
        (Occurrence.stage == OccurrenceStage.SUBMITTED, literal(ObligationStanding.AWAITING_REVIEW.value)),
        (Occurrence.stage == OccurrenceStage.RETURNED, literal(ObligationStanding.RETURNED.value)),
        (Occurrence.stage == OccurrenceStage.MET, literal(ObligationStanding.MET.value)),
        (Occurrence.stage == OccurrenceStage.WAIVED, literal(ObligationStanding.WAIVED.value)),
        (Occurrence.stage == OccurrenceStage.CANCELLED, literal(ObligationStanding.CANCELLED.value)),
        (Occurrence.stage == OccurrenceStage.HELD, literal(ObligationStanding.HELD.value)),
        (Occurrence.due_on < today, literal(ObligationStanding.OVERDUE.value)),
        (Occurrence.due_on == today, literal(ObligationStanding.DUE_TODAY.value)),
        (Occurrence.due_on <= soon, literal(ObligationStanding.DUE_SOON.value)),
        else_=literal(ObligationStanding.SCHEDULED.value),
    )


def occurrence_is(standings: Collection[ObligationStanding], today: date) -> ColumnElement[bool]:
    """Return the condition that an occurrence has one of `standings` on `today`."""
    return of_occurrence(today).in_([standing.value for standing in standings])
