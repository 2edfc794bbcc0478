"""The only place that reads the time. Everyone else takes `now` or `today` as an argument."""

from datetime import UTC, datetime, timedelta


class _Hands:
    """The state behind `now`: a fixed instant for tests, or a shift for a demonstration on another day."""

    fixed: datetime | None = None
    shift: timedelta = timedelta(0)


def now() -> datetime:
    """Return the present instant in UTC, as fixed or shifted."""
    return (_Hands.fixed or datetime.now(UTC)) + _Hands.shift


def set_fixed(instant: datetime) -> None:
    """Stop the clock at `instant` (aware)."""
    _Hands.fixed = instant.astimezone(UTC)
    _Hands.shift = timedelta(0)


def shift(delta: timedelta) -> None:
    """Move the clock by `delta` from where it stands."""
    _Hands.shift += delta


def reset() -> None:
    """Let the clock run again with the machine's time."""
    _Hands.fixed = None
    _Hands.shift = timedelta(0)
