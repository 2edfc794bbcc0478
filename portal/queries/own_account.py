"""Reads of one's own account: who one is, on which devices one is signed in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.errors import NotFound
from portal.models import Account, SignInSession


def get(session: Session, account_id: int) -> Account:
    """Return one's own account."""
    return session.get_one(Account, account_id)


def list_sessions(session: Session, account_id: int, *, now: datetime) -> Sequence[SignInSession]:
    """Return the sessions that are neither ended nor over, the last used first."""
    own = (SignInSession.account_id == account_id, SignInSession.ended_at.is_(None), SignInSession.expires_at > now)
    return session.scalars(
        select(SignInSession).where(*own).order_by(SignInSession.used_at.desc(), SignInSession.id.desc())
    ).all()


def get_session(session: Session, account_id: int, number: int) -> SignInSession:
    """Return one of one's own sessions; raise NotFound for absent and foreign ones."""
    own = (SignInSession.account_id == account_id, SignInSession.id == number)
    found = session.scalar(select(SignInSession).where(*own))
    if found is None:
        raise NotFound
    return found
