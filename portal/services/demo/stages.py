"""On which days a sample agreement entered its stages: spread from the first talk to the signing, or to today."""

from datetime import date, timedelta

from portal.domain.agreement import MOVING, Stage

Entered = tuple[Stage, date]

_ENDED_BY_PEOPLE_DAYS = 30
"""A suspension or an end is this many days old unless the row says otherwise."""
_LAST_STEP_DAYS = 6
"""The present stage of an unsigned agreement was entered this many days ago at the latest."""


def entered(
    stage: Stage, *, opened_on: date, signed_on: date | None, decided_on: date | None, today: date
) -> tuple[Entered, ...]:
    """Return each stage with the day it was entered, in order, ending with `stage`."""
    if stage in MOVING and signed_on is None:
        stops = MOVING[: MOVING.index(stage) + 1]
        last = max(opened_on, today - timedelta(days=_LAST_STEP_DAYS))
        return _spread(stops, opened_on, last)
    if signed_on is None:
        stops = MOVING[:4]
        decided = decided_on or today - timedelta(days=_ENDED_BY_PEOPLE_DAYS)
        return (*_spread(stops, opened_on, decided - timedelta(days=1)), (stage, decided))
    way = _spread(MOVING, opened_on, signed_on)
    if stage is Stage.ACTIVE:
        return way
    return (*way, (stage, decided_on or today - timedelta(days=_ENDED_BY_PEOPLE_DAYS)))


def _spread(stops: tuple[Stage, ...], first: date, last: date) -> tuple[Entered, ...]:
    if len(stops) == 1:
        return ((stops[0], first),)
    span = (last - first).days
    days = [first + timedelta(days=span * place // (len(stops) - 1)) for place in range(len(stops))]
    return tuple(zip(stops, days, strict=True))
