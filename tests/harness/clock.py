"""The clock of the tests: it stands on Saturday 21 November 2026, 09:00 in Jakarta, until a test moves it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal import clock as portal_clock

OFFICE = ZoneInfo("Asia/Jakarta")
START = datetime(2026, 11, 21, 9, 0, tzinfo=OFFICE).astimezone(UTC)


class StandingClock:
    """Sets the portal's one clock: `clock.now`, `clock.today`, `clock.set(...)`, `clock.advance(days=1)`."""

    @property
    def now(self) -> datetime:
        """The instant the portal reads, in UTC."""
        return portal_clock.now()

    @property
    def today(self) -> date:
        """The office's date at that instant."""
        return self.now.astimezone(OFFICE).date()

    def set(self, moment: datetime | date) -> None:
        """Stand at an aware instant, or at 09:00 in Jakarta of a date."""
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, time(9), tzinfo=OFFICE)
        portal_clock.set_fixed(moment)

    def advance(self, **delta: float) -> None:
        """Move on by the words of `timedelta`: `advance(days=3)`, `advance(minutes=31)`."""
        portal_clock.set_fixed(self.now + timedelta(**delta))


@pytest.fixture(autouse=True)
def clock() -> Iterator[StandingClock]:
    """The portal's clock, standing still; no test ever sees the machine's time."""
    standing = StandingClock()
    standing.set(START)
    yield standing
    portal_clock.reset()
