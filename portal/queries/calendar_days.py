"""Reading of the holiday table: as a working calendar, and year by year for the page that edits it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from portal.domain import calendar
from portal.domain.calendar import WorkingCalendar
from portal.domain.errors import NotFound
from portal.domain.obligation import OccurrenceStage
from portal.models import CalendarDay, Occurrence
from portal.models.running import run

FIRST_YEAR, LAST_YEAR = 1945, 2199
"""Years that the pages show."""


def list_days(session: Session) -> Sequence[CalendarDay]:
    """Return every day of the table in order."""
    return session.scalars(
        select(CalendarDay).order_by(CalendarDay.day, CalendarDay.kind, CalendarDay.name, CalendarDay.region)
    ).all()


def check_year(year: int) -> None:
    """Raise NotFound for a year that no calendar has."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound


def list_year(session: Session, year: int) -> Sequence[CalendarDay]:
    """Return the days of one year in order; raise NotFound for a year that no calendar has."""
    check_year(year)
    return session.scalars(
        select(CalendarDay)
        .where(CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)))
        .order_by(CalendarDay.day, CalendarDay.kind, CalendarDay.name, CalendarDay.region)
    ).all()


def get_day(session: Session, day: date, place: int) -> CalendarDay:
    """Return the row with this place, from 1, among the rows of one date; raise NotFound."""
    rows = [row for row in list_year(session, day.year) if row.day == day]
    if not 1 <= place <= len(rows):
        raise NotFound
    return rows[place - 1]


def list_years(session: Session, *, today: date) -> tuple[int, ...]:
    """Return the years that have days, and always this year and the next, in order."""
    found = session.scalars(select(extract("year", CalendarDay.day)).distinct())
    return tuple(sorted({int(year) for year in found} | {today.year, today.year + 1}))


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbers:
    """How many days of each kind a year has, and how many rest on no decree yet."""

    national: int
    joint_leave: int
    regional: int
    unconfirmed: int


def numbers_of(rows: Sequence[CalendarDay]) -> Numbers:
    """Return the numbers of the days of one year."""
    kinds = [row.kind for row in rows]
    return Numbers(
        national=kinds.count(calendar.NATIONAL),
        joint_leave=kinds.count(calendar.JOINT_LEAVE),
        regional=kinds.count(calendar.REGIONAL),
        unconfirmed=sum(not row.confirmed for row in rows),
    )


_DAYS = select(CalendarDay.day, CalendarDay.kind, CalendarDay.region, CalendarDay.confirmed)


def working_calendar(session: Session, *, region: str | None = None, joint_leave: bool = True) -> WorkingCalendar:
    """Return the working calendar of the office, or of a place with its own days."""
    rows = run(session, _DAYS).all()
    return calendar.working_calendar(rows, region=region, joint_leave=joint_leave)


def unconfirmed_year(session: Session, *, today: date) -> int | None:
    """Return the year within the next 120 days whose *cuti bersama* nobody has confirmed, if there is one."""
    return calendar.unconfirmed_year(list_days(session), today)


@dataclass(frozen=True, kw_only=True, slots=True)
class EstimatedYear:
    """A year whose holidays nobody has loaded, with the open dates that are estimates because of it."""

    year: int
    number: int
    first_on: date

    def is_near(self, today: date) -> bool:
        """Return whether the first of them is so near that it is an alarm: within 120 days."""
        return self.first_on <= today + timedelta(days=calendar.WARN_BEFORE_DAYS)


def estimated_years(session: Session, *, today: date) -> tuple[EstimatedYear, ...]:
    """Return the years from this one on that are not loaded while open dates of duties rest on them, in order."""
    loaded = select(extract("year", CalendarDay.day)).where(CalendarDay.kind == calendar.NATIONAL).distinct()
    known = {int(year) for year in session.scalars(loaded)}
    first = next(year for year in count(today.year) if year not in known)
    year = extract("year", Occurrence.due_on)
    rows = session.execute(
        select(year.label("year"), func.count().label("number"), func.min(Occurrence.due_on).label("first_on"))
        .where(
            Occurrence.stage == OccurrenceStage.OPEN,
            Occurrence.due_on >= date(first, 1, 1),
            Occurrence.is_estimated.is_(True),
        )
        .group_by(year)
        .order_by(year)
    )
    return tuple(EstimatedYear(year=int(row.year), number=row.number, first_on=row.first_on) for row in rows)


def holidays_between(session: Session, first: date, last: date) -> dict[date, str]:
    """Return the free days of the whole office between two dates, with their names."""
    rows = session.execute(
        select(CalendarDay.day, CalendarDay.name)
        .where(CalendarDay.day.between(first, last), CalendarDay.kind != calendar.REGIONAL)
        .order_by(CalendarDay.day, CalendarDay.kind.desc())
    )
    return {row.day: row.name for row in rows}
