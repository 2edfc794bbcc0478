"""Reads of the ledger of reminders: rules, what is planned, what ended and why, what nobody can be told."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.reminder import RULES, Rule
from portal.models import ReminderRule


def list_rules(session: Session) -> tuple[Rule, ...]:
    """Return the active rules; the seed while the table is empty."""
    rows = session.scalars(select(ReminderRule)).all()
    if not rows:
        return RULES
    return tuple(Rule(kind=row.subject_kind, step=row.step, audience=row.audience) for row in rows if row.is_active)
