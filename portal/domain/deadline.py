"""Kinds of days that a calendar shows: dated duties, and the days that an agreement itself has."""

from datetime import date
from enum import StrEnum


class DeadlineKind(StrEnum):
    """What a day on the calendar is about (design: ux W8)."""

    DUTY = "duty"
    MONEV = "monev"
    """Dated duties of monitoring and evaluation; all others are DUTY."""
    TERM_END = "term_end"
    NOTICE = "notice"
    """Last day for the notice of renewal."""
    RENEWAL_START = "renewal_start"
    """Day by which work on a renewal must begin."""


OF_DUTIES = frozenset({DeadlineKind.DUTY, DeadlineKind.MONEV})
SOON_DAYS = 14


class Urgency(StrEnum):
    """What the calendar says of a day of an agreement."""

    LATE = "late"
    SOON = "soon"
    LATER = "later"
    DONE = "done"


def urgency(on: date, today: date, *, is_decided: bool) -> Urgency:
    """Return how pressing a day of an agreement is: what is decided presses nobody."""
    if is_decided:
        return Urgency.DONE
    if on < today:
        return Urgency.LATE
    return Urgency.SOON if (on - today).days <= SOON_DAYS else Urgency.LATER
