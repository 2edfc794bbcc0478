"""The day on which tests live: Saturday, 21 November 2026."""

from datetime import UTC, date, datetime

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
"""09.00 WIB."""
TODAY = date(2026, 11, 21)
