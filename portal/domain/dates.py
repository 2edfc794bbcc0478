"""Dates of the office: instants become dates in a zone, months keep their end, terms are counted."""

import calendar
from datetime import UTC, date, datetime, time, timedelta

from portal.domain.organisation import Zone


def office_date(now: datetime, zone: Zone = Zone.WIB) -> date:
    """Return the calendar date in `zone` at the instant `now` (aware)."""
    return now.astimezone(zone.timezone).date()


def end_of_day(day: date, zone: Zone) -> datetime:
    """Return the last second of `day` in `zone` as a UTC instant (design: domain §4.3, due = end of day)."""
    return datetime.combine(day, time(23, 59, 59), zone.timezone).astimezone(UTC)


def local_instant(day: date, hour: int, zone: Zone) -> datetime:
    """Return the UTC instant at which it is `hour` o'clock on `day` in `zone`."""
    return datetime.combine(day, time(hour), zone.timezone).astimezone(UTC)


def add_months(day: date, months: int) -> date:
    """Return `day` moved by `months`; the end of a shorter month is kept (31 Aug + 6 = 28/29 Feb)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def end_of_term(starts_on: date, *, years: int = 0, months: int = 0) -> date:
    """Return the end of a term of n years: the same day n years later (design: domain §4.3)."""
    return add_months(starts_on, years * 12 + months)


def days_between(earlier: date, later: date) -> int:
    """Return how many days lie between two dates; negative when `later` is earlier."""
    return (later - earlier).days


def month_days(year: int, month: int) -> tuple[date, ...]:
    """Return every date of a month."""
    first = date(year, month, 1)
    return tuple(first + timedelta(days=n) for n in range(calendar.monthrange(year, month)[1]))
