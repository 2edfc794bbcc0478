"""iCalendar files (RFC 5545): events in, bytes out. The same events are always the same bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

PRODUCT = "-//Simpul//Kalender tenggat//ID"
HOST = "simpul"
"""The right half of identities: fixed, so that they outlive a new address of the portal."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarEvent:
    """One day, or one instant, on a calendar. `sequence` grows with every change of it."""

    key: str
    start: date | datetime
    """A date for a whole day, an aware instant for an hour."""
    summary: str
    description: str
    url: str
    category: str
    sequence: int
    changed_at: datetime
    is_cancelled: bool = False


def calendar_file(name: str, events: Iterable[CalendarEvent]) -> bytes:
    """Return a calendar with these events; programs are asked to come again every three hours."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=3), {"value": "DURATION"})
    calendar.add("x-published-ttl", "PT3H")
    for event in events:
        calendar.add_component(_event(event))
    written: bytes = calendar.to_ical()
    return written


def _event(told: CalendarEvent) -> Event:
    event = Event()
    event.add("uid", f"{told.key}@{HOST}")
    event.add("dtstamp", told.changed_at)
    event.add("last-modified", told.changed_at)
    event.add("sequence", told.sequence)
    event.add("dtstart", told.start)
    if not isinstance(told.start, datetime):
        event.add("dtend", told.start + timedelta(days=1))
    event.add("summary", told.summary)
    event.add("description", told.description)
    event.add("url", told.url)
    event.add("categories", [told.category])
    event.add("status", "CANCELLED" if told.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event
