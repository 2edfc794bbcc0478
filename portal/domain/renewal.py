"""The day by which a renewal must be decided: the end of the term less the notice that the contract asks for."""

from datetime import date, timedelta
from enum import StrEnum

from portal.domain.dates import add_months
from portal.domain.obligation import OffsetUnit


class RenewalChoice(StrEnum):
    """What the parties decided about the time after the end (design: domain §2.5)."""

    TACIT = "tacit"
    EXTENSION = "extension"
    NEW_DOCUMENT = "new_document"
    LAPSE = "lapse"


ASK_BEFORE_DAYS = 60
"""The office is asked to decide from so many days before the notice is due."""


def notice_on(ends_on: date | None, count: int | None, unit: OffsetUnit | None) -> date | None:
    """Return the last day for the notice, counted backwards from the end (design: domain §4.3), or None if not told."""
    if ends_on is None or count is None or unit is None:
        return None
    if unit is OffsetUnit.MONTHS:
        return add_months(ends_on, -count)
    return ends_on - timedelta(days=count * (7 if unit is OffsetUnit.WEEKS else 1))


def must_decide(today: date, *, ends_on: date | None, by: date | None) -> bool:
    """Return whether the decision is near or late: the notice falls within `ASK_BEFORE_DAYS`, the term still runs."""
    if ends_on is None or by is None or today > ends_on:
        return False
    return today >= by - timedelta(days=ASK_BEFORE_DAYS)
