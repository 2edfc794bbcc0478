"""What was decided about the time after the end of an agreement: as a condition, and for its page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.domain.agreement import Stage
from portal.domain.renewal import RELATION_OF, RenewalChoice
from portal.models import Account, Agreement, AgreementRelation, RenewalDecision


def is_decided() -> ColumnElement[bool]:
    """Return the condition that somebody decided what follows the present end of an agreement.

    A decision that has moved the end already (its new end is the present one) says nothing about that new end.
    """
    return exists(
        select(RenewalDecision.id).where(
            RenewalDecision.agreement_id == Agreement.id,
            RenewalDecision.withdrawn_at.is_(None),
            or_(RenewalDecision.until_on.is_(None), RenewalDecision.until_on > Agreement.ends_on),
        )
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionRow:
    """One decision as pages show it; `is_open` while it stands for what is still to come."""

    id: int
    choice: RenewalChoice
    decided_on: date
    until_on: date | None
    reason: str
    by: str | None
    follower_code: str | None
    follower_title: str | None
    is_withdrawn: bool
    is_open: bool


def decisions(session: Session, agreement: Agreement) -> tuple[DecisionRow, ...]:
    """Return every decision about an agreement, newest first, with the agreement that follows, if one was begun."""
    follower = aliased(Agreement)
    rows = session.execute(
        select(RenewalDecision, Account.name, follower.code, follower.title)
        .outerjoin(Account, Account.id == RenewalDecision.by_id)
        .outerjoin(follower, follower.id == func.coalesce(RenewalDecision.follower_id, _related(agreement.id)))
        .where(RenewalDecision.agreement_id == agreement.id)
        .order_by(RenewalDecision.id.desc())
    )
    return tuple(_row(agreement, *row) for row in rows)


def _related(agreement_id: int) -> Any:
    """Return the newest agreement that people recorded as extending or renewing this one, unless it was called off."""
    other = aliased(Agreement)
    return (
        select(func.max(other.id))
        .join(AgreementRelation, AgreementRelation.agreement_id == other.id)
        .where(
            AgreementRelation.other_id == agreement_id,
            AgreementRelation.relation.in_(RELATION_OF.values()),
            other.stage != Stage.CANCELLED,
        )
        .scalar_subquery()
    )


def _row(
    agreement: Agreement, found: RenewalDecision, by: str | None, code: str | None, title: str | None
) -> DecisionRow:
    reached = found.until_on is not None and agreement.ends_on is not None and found.until_on <= agreement.ends_on
    return DecisionRow(
        id=found.id,
        choice=found.choice,
        decided_on=found.decided_on,
        until_on=found.until_on,
        reason=found.reason,
        by=by,
        follower_code=code,
        follower_title=title,
        is_withdrawn=found.withdrawn_at is not None,
        is_open=found.withdrawn_at is None and not reached,
    )


def open_of(rows: tuple[DecisionRow, ...]) -> DecisionRow | None:
    """Return the decision that holds for what is still to come, if there is one."""
    return next((row for row in rows if row.is_open), None)


def get_open(session: Session, agreement: Agreement) -> RenewalDecision | None:
    """Return the row of the decision that holds for the present end, None while nothing is decided."""
    found = open_of(decisions(session, agreement))
    return session.get_one(RenewalDecision, found.id) if found else None
