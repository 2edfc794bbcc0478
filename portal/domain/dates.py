"""Dates of the office: instants become dates in a zone, months keep their end, terms are counted."""

import calendar
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from portal.domain.organisation import Zone


def office_date(now: datetime, zone: Zone = Zone.WIB) -> date:
    """Return the calendar date in `zone` at the instant `now` (aware)."""
    return now.astimezone(zone.timezone).date()


def is_late(at: datetime, *, due_on: date, due_at: datetime | None, zone: Zone) -> bool:
    """Return whether something done at the instant `at` came too late: after `due_at`, or after the day in `zone`.

    The whole of the last day counts, to its last fraction of a second (design: domain §4.3, due = end of day).
    """
    return at > due_at if due_at is not None else office_date(at, zone) > due_on


def last_zone(zones: Iterable[Zone]) -> Zone:
    """Return the zone in which a day ends last, for a duty of several debtors: WIB before WITA before WIT.

    They owe one thing together, so that it is in time while the day has not ended for one of them. WIB for none.
    """
    return min(zones, key=lambda zone: zone.timezone.utcoffset(None), default=Zone.WIB)


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
