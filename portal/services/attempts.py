"""Counting tries in the database, so that a limit holds for all processes together."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.models import Attempt


def count(session: Session, key: str, *, now: datetime) -> Attempt:
    """Return this hour's counter of `key`, one higher; whoever counts the same waits until this transaction ends."""
    window = now.replace(minute=0, second=0, microsecond=0)
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(
        insert(Attempt)
        .values(key=key, window_at=window, count=1)
        .on_conflict_do_update(index_elements=["key", "window_at"], set_={"count": Attempt.count + 1})
    )
    wanted = select(Attempt).where(Attempt.key == key, Attempt.window_at == window)
    return session.scalars(wanted.execution_options(populate_existing=True)).one()
