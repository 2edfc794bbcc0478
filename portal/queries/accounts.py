"""Reads of accounts."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import Account


def can_read(session: Session) -> bool:
    """Return whether there is an account; raises when the database cannot be read."""
    return session.scalar(select(Account.id).limit(1)) is not None
