"""Working days: Monday to Friday without the holidays that the office has loaded.

The rows themselves lie in the table `calendar_day` and are read by a query; nothing here knows a holiday
by heart, because the joint decree is revised during the year (design: domain §4.3, platform A4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Protocol

from portal.domain.errors import RuleBroken
from portal.domain.marking import N_

SATURDAY = 5
ONE_DAY = timedelta(days=1)

NATIONAL = "national"
JOINT_LEAVE = "joint_leave"
REGIONAL = "regional"

WARN_BEFORE_DAYS = 120
"""So many days before a year begins its *cuti bersama* should be confirmed (design: platform A4)."""

_EVERY_YEAR = frozenset(range(MINYEAR, MAXYEAR + 1))


class CalendarNotLoaded(RuleBroken):
    """A working day was asked for in a year whose holidays nobody has loaded."""

    def __init__(self, year: int) -> None:
        """Name the year."""
        super().__init__(
            N_("Hari libur tahun %(year)s belum dimuat. Lengkapi daftar hari libur tahun itu lebih dulu."),
            year=year,
        )
        self.year = year


class HasHoliday(Protocol):
    """What the calendar needs to know of one row of the holiday table."""

    @property
    def day(self) -> date:
        """Return the date."""

    @property
    def kind(self) -> str:
        """Return one of national, joint_leave, regional."""

    @property
    def region(self) -> str:
        """Return the province code of a regional day, else the empty text."""

    @property
    def confirmed(self) -> bool:
        """Return whether the date rests on a decree."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkingCalendar:
    """The holidays of the years that are loaded."""

    holidays: frozenset[date]
    years: frozenset[int]

    def is_working(self, day: date) -> bool:
        """Return whether offices work on `day`; raise CalendarNotLoaded when its year is not loaded."""
        if day.year not in self.years:
            raise CalendarNotLoaded(day.year)
        return day.weekday() < SATURDAY and day not in self.holidays

    def previous_working(self, day: date) -> date:
        """Return `day` itself if it is a working day, else the last one before it."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def next_working(self, day: date) -> date:
        """Return `day` itself if it is a working day, else the first one after it."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def add_working(self, day: date, n: int) -> date:
        """Return the n-th working day after `day`, or before it when n is negative; `day` does not count."""
        step = ONE_DAY if n > 0 else -ONE_DAY
        left = abs(n)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def count_working(self, after: date, until: date) -> int:
        """Return how many working days lie after `after`, up to and with `until`; 0 when `until` is not later."""
        return sum(self.is_working(after + ONE_DAY * n) for n in range(1, (until - after).days + 1))

    def assumed(self) -> "WorkingCalendar":
        """Return the calendar with every other year taken as one without holidays: for estimates only."""
        return WorkingCalendar(holidays=self.holidays, years=_EVERY_YEAR)


def working_calendar(
    rows: Iterable[HasHoliday], *, region: str | None = None, joint_leave: bool = True
) -> WorkingCalendar:
    """Return the calendar of a place: national days, days of `region`, *cuti bersama* if observed there.

    A year counts as loaded once it has a national day. Whether a private body observes *cuti bersama* is
    its own setting (design: platform A4).
    """
    rows = tuple(rows)
    kept = {NATIONAL, JOINT_LEAVE} if joint_leave else {NATIONAL}
    holidays = {
        row.day for row in rows if row.kind in kept or (row.kind == REGIONAL and region and row.region == region)
    }
    years = {row.day.year for row in rows if row.kind == NATIONAL}
    return WorkingCalendar(holidays=frozenset(holidays), years=frozenset(years))


def unconfirmed_year(rows: Iterable[HasHoliday], today: date) -> int | None:
    """Return the year within the next 120 days that has no confirmed *cuti bersama*, if there is one."""
    confirmed = {row.day.year for row in rows if row.kind == JOINT_LEAVE and row.confirmed}
    near = {today.year, (today + timedelta(days=WARN_BEFORE_DAYS)).year}
    return min(near - confirmed, default=None)
