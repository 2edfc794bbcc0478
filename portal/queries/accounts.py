"""Reads of accounts and invitations."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.domain.errors import NotFound
from portal.domain.policy import Role
from portal.domain.secret import fingerprint
from portal.models import Account, Invitation


@dataclass(frozen=True, kw_only=True, slots=True)
class InvitationRow:
    """What the page of an invitation tells."""

    name: str
    email: str
    organisation_name: str
    inviter_name: str | None
    role: Role
    expires_at: datetime
    is_open: bool


def invitation(session: Session, token: str, *, now: datetime) -> InvitationRow:
    """Return what an invitation offers; raise NotFound when the link was never ours."""
    row = session.scalar(
        select(Invitation)
        .where(Invitation.token_hash == fingerprint(token))
        .options(joinedload(Invitation.organisation))
    )
    if row is None:
        raise NotFound
    inviter = session.get(Account, row.invited_by_id) if row.invited_by_id else None
    return InvitationRow(
        name=row.name,
        email=row.email,
        organisation_name=row.organisation.name,
        inviter_name=inviter.name if inviter else None,
        role=row.role,
        expires_at=row.expires_at,
        is_open=row.accepted_at is None and now < row.expires_at,
    )


def can_read(session: Session) -> bool:
    """Return whether there is an account; raises when the database cannot be read."""
    return session.scalar(select(Account.id).limit(1)) is not None
