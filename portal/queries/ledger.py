"""The book of reminders as people read it: what is planned, what left, what failed, what was passed over, and why."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import Account, Reminder
from portal.queries import reminder_lines


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """One reminder in a list of the command line."""

    target_on: date
    step: int
    recipient: str
    title: str
    agreement_code: str


def planned_at(session: Session, instant: datetime) -> tuple[Planned, ...]:
    """Return what a sweep at this instant planned."""
    rows = session.execute(
        select(Reminder, Account.email)
        .join(Account, Account.id == Reminder.account_id)
        .where(Reminder.planned_at == instant)
        .order_by(Reminder.target_on, Account.email, Reminder.id)
    ).all()
    known = reminder_lines.about(session, {(row.Reminder.subject_kind, row.Reminder.subject_id) for row in rows})
    found = []
    for row in rows:
        subject = known[row.Reminder.subject_kind, row.Reminder.subject_id]
        found.append(
            Planned(
                target_on=row.Reminder.target_on,
                step=row.Reminder.step,
                recipient=row.email,
                title=subject.title,
                agreement_code=subject.agreement_code,
            )
        )
    return tuple(found)
