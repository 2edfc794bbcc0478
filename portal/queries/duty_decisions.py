"""What people decided about open duties when they suspended or ended an agreement; `duty_change` has the meaning."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.agreement import Stage
from portal.domain.duty_change import Survival
from portal.domain.obligation import OccurrenceStage
from portal.models import Agreement, Occurrence, StageChange

_RESTING = frozenset({Stage.SUSPENDED, Stage.TERMINATED})


def latest(session: Session, agreement: Agreement) -> StageChange | None:
    """Return the change that suspended or ended an agreement which is suspended or ended now; else None."""
    if agreement.stage not in _RESTING:
        return None
    return session.scalar(
        select(StageChange)
        .where(StageChange.agreement_id == agreement.id, StageChange.stage == agreement.stage)
        .order_by(StageChange.id.desc())
        .limit(1)
    )


def survival_of(change: StageChange | None) -> dict[int, Survival]:
    """Return which duties outlive an early end, by id."""
    told = ((change.duties if change else None) or {}).get("survival", {})
    return {int(number): Survival(choice) for number, choice in told.items()}


def open_occurrences(session: Session, agreement_id: int) -> tuple[Occurrence, ...]:
    """Return the dates of an agreement that nobody has answered, in order."""
    rows = (
        select(Occurrence)
        .where(Occurrence.agreement_id == agreement_id, Occurrence.stage == OccurrenceStage.OPEN)
        .order_by(Occurrence.due_on, Occurrence.id)
    )
    return tuple(session.scalars(rows))
