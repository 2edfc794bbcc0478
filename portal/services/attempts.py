"""Counting tries in the database, so that a limit holds for all processes together."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import Attempt


def count(session: Session, key: str, *, now: datetime) -> Attempt:
    """Return this hour's counter of `key`, one higher."""
    window = now.replace(minute=0, second=0, microsecond=0)
    row = session.scalar(select(Attempt).where(Attempt.key == key, Attempt.window_at == window).with_for_update())
    if row is None:
        row = Attempt(key=key, window_at=window, count=0)
        session.add(row)
    row.count += 1
    session.flush()
    return row
