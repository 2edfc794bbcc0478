"""What happens to dated duties when people sign, suspend, take up again, end or change an agreement. Purely.

The decision that people make, the defaults that are offered, and what becomes of one occurrence. Dates are made in
`schedule`; which rows are written is `services.timetable`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from portal.domain.agreement import Stage
from portal.domain.obligation import ObligationKind, OccurrenceStage, RelativeAnchor, ScheduleKind
from portal.domain.schedule import Schedule


class Hold(StrEnum):
    """Which open dates rest while an agreement is suspended."""

    ALL = "all"
    NONE = "none"
    CHOSEN = "chosen"


class Back(StrEnum):
    """On which dates duties go on when an agreement is taken up again."""

    SCHEDULE = "schedule"
    """On the dates of the schedule, as if there had been no rest."""
    PUSH = "push"
    """As many days later as the rest was long."""


class Survival(StrEnum):
    """What an early end does to the later dates of one duty; what was due up to the end stays owed always."""

    CLOSE = "close"
    KEEP = "keep"
    """It outlives the agreement, on the dates of its schedule."""
    MOVE = "move"
    """It outlives the agreement; what was counted from the end is counted from the new end."""


class Fate(StrEnum):
    """What a change does to one occurrence."""

    ADDED = "added"
    MOVED = "moved"
    HELD = "held"
    TAKEN_UP = "taken_up"
    CANCELLED = "cancelled"
    KEPT = "kept"
    ANSWERED = "answered"
    """People have answered it: it is never touched."""


LASTING = frozenset({ObligationKind.CONFIDENTIALITY, ObligationKind.DATA_PROTECTION})
"""Kinds that bind after the end by their nature (design: domain §4.2)."""

FINAL = frozenset({ObligationKind.REPORTING, ObligationKind.ACCOUNTABILITY})
"""Kinds of which one that is counted from the end is the closing account: it becomes due by the end itself."""


def choices_of_survival(schedule: Schedule) -> tuple[Survival, ...]:
    """Return what may be chosen for a duty at an early end; moving makes sense only where the end counts."""
    counts_end = schedule.schedule is ScheduleKind.RECURRING or schedule.relative_anchor is RelativeAnchor.END
    return tuple(Survival) if counts_end else (Survival.CLOSE, Survival.KEEP)


def default_survival(kind: ObligationKind, schedule: Schedule) -> Survival:
    """Return what is offered for a duty at an early end; people may choose otherwise."""
    if kind in LASTING:
        return Survival.KEEP
    relative = schedule.schedule is ScheduleKind.RELATIVE and schedule.relative_anchor is RelativeAnchor.END
    return Survival.MOVE if relative and kind in FINAL else Survival.CLOSE


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyDecision:
    """What people decided about open duties with a change of stage; each part counts for its own stage only."""

    hold: Hold = Hold.ALL
    chosen: frozenset[str] = frozenset()
    """Keys of the dates that rest when only chosen ones do."""
    back: Back = Back.SCHEDULE
    survival: Mapping[int, Survival] = field(default_factory=dict)
    """Duties that were decided on one by one, by id; the others take their default."""


def key_of(obligation_id: int, period_key: str) -> str:
    """Return the name of one occurrence in a decision and in forms."""
    return f"{obligation_id}:{period_key}"


def rested_days(suspended_on: date, taken_up_on: date) -> int:
    """Return the number of days between suspension and taking up; never negative."""
    return max((taken_up_on - suspended_on).days, 0)


def pushed(due_on: date, days: int) -> date:
    """Return a date as many days later as the rest was long."""
    return due_on + timedelta(days=days)


State = Mapping[str, Any]
"""The columns of one occurrence that a plan may change, by name."""

FOLLOWING = frozenset({OccurrenceStage.OPEN, OccurrenceStage.CANCELLED, OccurrenceStage.HELD})
"""Stages of occurrences that changes of an agreement may touch; the others were answered by people."""


def fate(before: State | None, after: State) -> Fate | None:
    """Return what becomes of an occurrence; None for one that is and stays cancelled."""
    stage = after["stage"]
    was = before["stage"] if before else OccurrenceStage.CANCELLED
    if was not in FOLLOWING:
        return Fate.ANSWERED
    if stage is OccurrenceStage.CANCELLED:
        return None if was is OccurrenceStage.CANCELLED else Fate.CANCELLED
    if was is not stage:
        if stage is OccurrenceStage.HELD:
            return Fate.HELD
        return Fate.TAKEN_UP if was is OccurrenceStage.HELD else Fate.ADDED
    return Fate.MOVED if before and before["due_on"] != after["due_on"] else Fate.KEPT


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """A stage that people decided: which, since which day, why; `signed_on` when it makes the agreement active."""

    to: Stage
    entered_on: date
    reason: str | None = None
    signed_on: date | None = None
    duties: DutyDecision = field(default_factory=DutyDecision)
    follow: bool = False
    """Whether the agreements that this one amends or extends take over its end."""


def counts(fates: Iterable[Fate | None]) -> dict[str, int]:
    """Return how many occurrences a change adds, moves, holds, takes up and cancels; what stays is not told."""
    told = Counter(fate for fate in fates if fate in TOLD)
    return {fate.value: told[fate] for fate in TOLD if told[fate]}


TOLD = (Fate.ADDED, Fate.MOVED, Fate.HELD, Fate.TAKEN_UP, Fate.CANCELLED)
"""What a change does, in the order in which it is told."""


def asks_first(fates: Iterable[Fate | None]) -> bool:
    """Return whether a change of facts must be shown before it is saved: it moves or cancels open dates."""
    return any(fate in {Fate.MOVED, Fate.CANCELLED} for fate in fates)
