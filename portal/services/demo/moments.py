"""Days of the sample set: written relative to the day of loading, so that the set never grows old."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from portal.domain.dates import local_instant, office_date
from portal.domain.organisation import Zone

OFFICE_HOUR = 10
"""Acts of the past are recorded at ten in the morning: within office hours in all three zones."""


def day(text: str | None, today: date) -> date | None:
    """Return the date that "-953d" or "+141d" means on `today`; None stays None (not known)."""
    if text is None:
        return None
    return today + timedelta(days=int(text.removesuffix("d")))


FRIDAY = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """The instant of loading, and what follows from it."""

    now: datetime
    today: date = field(init=False)

    def __post_init__(self) -> None:
        """Work out the office's date once."""
        object.__setattr__(self, "today", office_date(self.now))

    def day(self, row: Mapping[str, Any], name: str) -> date | None:
        """Return the relative day that `row` holds under `name`, or None."""
        return day(row.get(name), self.today)

    def working_day(self, row: Mapping[str, Any], name: str) -> date | None:
        """Return the same, moved back from a weekend to Friday: nobody signs on a Sunday."""
        on = self.day(row, name)
        return on - timedelta(days=max(0, on.weekday() - FRIDAY)) if on else None

    def at(self, on: date) -> datetime:
        """Return an office hour of `on`, never later than the instant of loading."""
        return min(local_instant(on, OFFICE_HOUR, Zone.WIB), self.now)
