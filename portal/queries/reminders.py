"""Reads of the ledger of reminders: rules, what is planned, what ended and why, what nobody can be told."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.reminder import RULES, Rule
from portal.models import ReminderLadder, ReminderRule


def list_rules(session: Session) -> tuple[Rule, ...]:
    """Return the active rules of the default ladders; the seed while there are none."""
    rows = session.execute(
        select(ReminderLadder.subject_kind, ReminderRule.step, ReminderRule.audience, ReminderRule.is_active)
        .join(ReminderRule, ReminderRule.ladder_id == ReminderLadder.id)
        .where(ReminderLadder.is_default.is_(True))
    ).all()
    if not rows:
        return RULES
    return tuple(Rule(kind=row.subject_kind, step=row.step, audience=row.audience) for row in rows if row.is_active)
