"""Reads of invitations: what one offers, and those of an organisation that nobody has accepted yet."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.domain.agreement import Stage
from portal.domain.errors import NotFound
from portal.domain.policy import Role
from portal.models import Account, Agreement, AgreementParty, Invitation

MOST_AGREEMENTS = 5
_OVER = (Stage.TERMINATED, Stage.CANCELLED)


class Openness(StrEnum):
    """Whether an invitation can be accepted, and if not, why."""

    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, kw_only=True, slots=True)
class InvitationRow:
    """What the page of an invitation tells."""

    id: int
    name: str
    email: str
    phone: str | None
    organisation_name: str
    inviter_name: str | None
    role: Role
    expires_at: datetime
    openness: Openness
    agreements: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Return whether it can still be accepted."""
        return self.openness is Openness.OPEN


def _openness(row: Invitation, now: datetime) -> Openness:
    if row.accepted_at is not None:
        return Openness.USED
    if row.withdrawn_at is not None:
        return Openness.WITHDRAWN
    return Openness.OPEN if now < row.expires_at else Openness.EXPIRED


def show(session: Session, row: Invitation, *, now: datetime) -> InvitationRow:
    """Return what an invitation offers, with the agreements of its organisation while it is open."""
    inviter = session.get(Account, row.invited_by_id) if row.invited_by_id else None
    titles = _titles(session, row.organisation_id) if _openness(row, now) is Openness.OPEN else ()
    return _row(row, inviter.name if inviter else None, titles, now)


def _row(row: Invitation, inviter: str | None, titles: tuple[str, ...], now: datetime) -> InvitationRow:
    return InvitationRow(
        id=row.id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        organisation_name=row.organisation.name,
        inviter_name=inviter,
        role=row.role,
        expires_at=row.expires_at,
        openness=_openness(row, now),
        agreements=titles,
    )


def _titles(session: Session, organisation_id: int) -> tuple[str, ...]:
    """Return the titles of an organisation's agreements, the latest first; restricted ones stay untold."""
    found = session.scalars(
        select(Agreement.title)
        .join(AgreementParty, AgreementParty.agreement_id == Agreement.id)
        .where(
            AgreementParty.organisation_id == organisation_id,
            Agreement.is_confidential.is_(False),
            Agreement.stage.not_in(_OVER),
        )
        .order_by(Agreement.starts_on.desc().nulls_last(), Agreement.id.desc())
        .limit(MOST_AGREEMENTS)
    )
    return tuple(found)


def list_waiting(session: Session, organisation_id: int, *, now: datetime) -> tuple[InvitationRow, ...]:
    """Return who was invited to an organisation and has not accepted, the latest first."""
    found = session.scalars(
        select(Invitation)
        .where(
            Invitation.organisation_id == organisation_id,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
        .options(joinedload(Invitation.organisation))
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
    ).all()
    return tuple(_row(row, None, (), now) for row in found)


def get_of(session: Session, organisation_id: int, number: int) -> Invitation:
    """Return one invitation of an organisation by its number; raise NotFound for absent and foreign ones."""
    found = session.scalar(
        select(Invitation)
        .where(Invitation.organisation_id == organisation_id, Invitation.id == number)
        .options(joinedload(Invitation.organisation))
    )
    if found is None:
        raise NotFound
    return found
