"""When somebody is reminded next of the end of an agreement; computed from the rules, nothing is planned here."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from portal.domain.agreement import Stage
from portal.domain.reminder import SubjectKind, coming
from portal.models import Agreement
from portal.queries import calendar_days, reminders

LOOK_AHEAD_DAYS = 366
"""Beyond a year the calendar of free days is not known, and nobody waits for it."""


def of_term(session: Session, agreement: Agreement, *, today: date) -> tuple[date, int] | None:
    """Return the day of the next reminder of the end and how many days before it that step stands, or None."""
    ends_on = agreement.ends_on
    if agreement.stage is not Stage.ACTIVE or ends_on is None:
        return None
    rules, calendar = reminders.list_rules(session), calendar_days.working_calendar(session)
    last = min(today + timedelta(days=LOOK_AHEAD_DAYS), date(max(calendar.years, default=1), 12, 31))
    subject = (SubjectKind.TERM_END, agreement.id, ends_on)
    found = coming((subject,), rules, today, last, calendar)
    return (found[0].on, -found[0].step) if found else None
