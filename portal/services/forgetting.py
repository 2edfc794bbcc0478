"""Forgetting what once let people in and is worth nothing now. How long each is kept stands in `domain.retention`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, delete, or_
from sqlalchemy.orm import Session

from portal.domain import retention
from portal.models import Attempt, Invitation, PasswordReset, SecondStep, SignInSession, TrustedDevice
from portal.services import second_steps


def forget(session: Session, *, now: datetime) -> Mapping[str, int]:
    """Delete every row that has been worth nothing for long enough; return how many of each table.

    A second run finds nothing. Rows of known devices and sessions that still let somebody in are never touched.
    """
    return {table.__tablename__: _delete(session, table, rows) for table, rows in _worthless(now)}


def _worthless(now: datetime) -> tuple[tuple[Any, ColumnElement[bool]], ...]:
    begun = now - retention.SECOND_STEPS - second_steps.LONGEST
    spent, signed_out = now - retention.INVITATIONS, now - retention.SESSIONS
    return (
        (SecondStep, SecondStep.created_at < begun),
        (TrustedDevice, TrustedDevice.expires_at < now - retention.TRUSTED_DEVICES),
        (PasswordReset, PasswordReset.expires_at < now - retention.PASSWORD_RESETS),
        (Invitation, or_(Invitation.accepted_at < spent, Invitation.withdrawn_at < spent)),
        (SignInSession, or_(SignInSession.ended_at < signed_out, SignInSession.expires_at < signed_out)),
        (Attempt, Attempt.window_at < now - retention.ATTEMPTS),
    )


def _delete(session: Session, table: Any, rows: ColumnElement[bool]) -> int:
    done = session.execute(delete(table).where(rows), execution_options={"synchronize_session": False})
    return done.rowcount if isinstance(done, CursorResult) else 0
