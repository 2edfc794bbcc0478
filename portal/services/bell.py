"""Marks what stands under the bell of a person as read; nothing else is changed."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.models import Message, Reminder
from portal.queries import bell


def mark_read(row: Reminder | Message, *, now: datetime) -> None:
    """Note that its reader has seen it; the first time counts."""
    if row.read_at is None:
        row.read_at = now


def mark_all(session: Session, account_id: int, *, now: datetime, today: date) -> int:
    """Note that a person has seen everything under their bell; return how much was unread."""
    rows = bell.unread_rows(session, account_id, now=now, today=today)
    for row in rows:
        mark_read(row, now=now)
    session.flush()
    return len(rows)
