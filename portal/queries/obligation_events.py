"""Reads of the events that make a duty come due."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.errors import NotFound
from portal.models import Obligation, ObligationEvent

MOST_EVENTS = 9999
"""Numbers beyond this name no event."""


def list_events(session: Session, obligation_id: int) -> tuple[ObligationEvent, ...]:
    """Return the events of a duty, the latest first, withdrawn ones too."""
    rows = (
        select(ObligationEvent)
        .where(ObligationEvent.obligation_id == obligation_id)
        .order_by(ObligationEvent.occurred_at.desc(), ObligationEvent.number.desc())
    )
    return tuple(session.scalars(rows))


def get(session: Session, obligation: Obligation, number: int) -> ObligationEvent:
    """Return one event of a duty by its number; raise NotFound."""
    asked = select(ObligationEvent).where(
        ObligationEvent.obligation_id == obligation.id, ObligationEvent.number == number
    )
    found = session.scalar(asked) if 1 <= number <= MOST_EVENTS else None
    if found is None:
        raise NotFound
    return found
