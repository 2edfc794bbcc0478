"""iCalendar files (RFC 5545): events in, bytes out. The same events are always the same bytes.

The library writes the head of the file; the lines of events are written here, because there may be thousands of them
and each read of a feed makes them all anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar

PRODUCT = "-//Simpul//Kalender tenggat//ID"
HOST = "simpul"
"""The right half of identities: fixed, so that they outlive a new address of the portal."""
LONGEST = 75
"""So many bytes a line has at most, without its end (RFC 5545, 3.1)."""
_END = b"END:VCALENDAR\r\n"
_UNWANTED = dict.fromkeys((*range(10), *range(11, 32), 0x7F, 0x85, 0x2028, 0x2029))
"""Characters that no text may hold, but for the end of a line; some readers take them for one."""
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"} | _UNWANTED)


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
    head: bytes = calendar.to_ical()
    return b"".join([head.removesuffix(_END), *map(_event, events), _END])


def _event(told: CalendarEvent) -> bytes:
    changed, day = _instant(told.changed_at), not isinstance(told.start, datetime)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{told.key}@{HOST}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"SEQUENCE:{told.sequence}",
        f"DTSTART;VALUE=DATE:{told.start:%Y%m%d}" if day else f"DTSTART:{_instant(told.start)}",
        *([f"DTEND;VALUE=DATE:{told.start + timedelta(days=1):%Y%m%d}"] if day else []),
        f"SUMMARY:{_text(told.summary)}",
        f"DESCRIPTION:{_text(told.description)}",
        f"URL:{told.url}",
        f"CATEGORIES:{_text(told.category)}",
        f"STATUS:{'CANCELLED' if told.is_cancelled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]
    return b"".join(_folded(line.encode()) for line in lines)


def _instant(moment: date) -> str:
    """Return an aware instant in UTC as the format wants it."""
    if not isinstance(moment, datetime):
        raise TypeError(moment)
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    return value.translate(_ESCAPED)


def _folded(line: bytes) -> bytes:
    """Return a line with its end, cut between characters where it is too long; each next part begins with a blank."""
    parts, room = [], LONGEST
    while len(line) > room:
        cut = room
        while line[cut] & 0xC0 == 0x80:  # noqa: PLR2004 (the mark of a byte inside a character)
            cut -= 1
        parts.append(line[:cut])
        line, room = line[cut:], LONGEST - 1
    return b"\r\n ".join([*parts, line]) + b"\r\n"
