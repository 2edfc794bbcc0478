"""Reading of the holiday table: as a working calendar, and year by year for the page that edits it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain import calendar
from portal.domain.calendar import WorkingCalendar
from portal.domain.errors import NotFound
from portal.models import CalendarDay


def list_days(session: Session) -> Sequence[CalendarDay]:
    """Return every day of the table in order."""
    return session.scalars(
        select(CalendarDay).order_by(CalendarDay.day, CalendarDay.kind, CalendarDay.name, CalendarDay.region)
    ).all()


def list_year(session: Session, year: int) -> Sequence[CalendarDay]:
    """Return the days of one year in order."""
    return session.scalars(
        select(CalendarDay)
        .where(CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)))
        .order_by(CalendarDay.day, CalendarDay.kind, CalendarDay.name, CalendarDay.region)
    ).all()


def get_day(session: Session, day_id: int) -> CalendarDay:
    """Return one day; raise NotFound."""
    found = session.get(CalendarDay, day_id)
    if found is None:
        raise NotFound
    return found


def working_calendar(session: Session, *, region: str | None = None, joint_leave: bool = True) -> WorkingCalendar:
    """Return the working calendar of the office, or of a place with its own days."""
    return calendar.working_calendar(list_days(session), region=region, joint_leave=joint_leave)


def unconfirmed_year(session: Session, *, today: date) -> int | None:
    """Return the year within the next 120 days whose *cuti bersama* nobody has confirmed, if there is one."""
    return calendar.unconfirmed_year(list_days(session), today)


def holidays_between(session: Session, first: date, last: date) -> dict[date, str]:
    """Return the free days of the whole office between two dates, with their names."""
    rows = session.execute(
        select(CalendarDay.day, CalendarDay.name)
        .where(CalendarDay.day.between(first, last), CalendarDay.kind != calendar.REGIONAL)
        .order_by(CalendarDay.day, CalendarDay.kind.desc())
    )
    return {row.day: row.name for row in rows}
