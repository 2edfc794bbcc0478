"""When a sweep has planned so much that people must look before anything is sent."""

from collections.abc import Sequence
from datetime import date

BRAKE_AT_LEAST = 500
BRAKE_TIMES_MEDIAN = 5
BRAKE_DAYS = 7


def is_braked(planned: int, *, recent: Sequence[int], before: date | None, today: date) -> bool:
    """Return whether a sweep must be looked at by people before anything is sent (design: platform A2.11).

    `recent` are the rows planned on each of the last 30 days; `before` is the day of the sweep before this one.
    """
    middle = sorted(recent)[len(recent) // 2] if recent else 0
    too_many = planned > max(BRAKE_AT_LEAST, BRAKE_TIMES_MEDIAN * middle)
    jumped = before is not None and abs((today - before).days) > BRAKE_DAYS
    return planned > 0 and (too_many or jumped)
