"""The people of a proof through time: whose agreement it is, who is on leave, who stands in, what the clock showed.

An act of people lies between two instants of the machine; at either of them and between both states may be seen.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from tests.proof.world import World

AHEAD = timedelta(seconds=10)
"""The first worker's host is so far ahead."""
SLACK = 2.0
"""Seconds that a change of the clock takes to reach everybody."""
LATE = timedelta(seconds=90)
"""A process works for so long at most by the time with which it began; one host is ahead, too."""


def told(place: Path) -> datetime:
    """The office's time as the proof has set it."""
    return datetime.fromisoformat(place.read_text())


@dataclass(kw_only=True)
class Leave:
    """One person's absence; both days are inside. Instants are of the machine: begun and ended of the act."""

    id: int
    account: int
    deputy: int | None
    starts_on: date
    ends_on: date
    recorded: tuple[float, float] = (-math.inf, -math.inf)
    withdrawn: tuple[float, float] = (math.inf, math.inf)

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.withdrawn[0] < math.inf


@dataclass(frozen=True, kw_only=True, slots=True)
class Tenure:
    """From when on an agreement was somebody's."""

    officer: int
    since: tuple[float, float] = (-math.inf, -math.inf)


@dataclass(kw_only=True)
class Office:
    """Who is responsible, who is away, and what the office's clock showed when."""

    world: World
    tenures: dict[int, list[Tenure]] = field(default_factory=dict)
    leaves: list[Leave] = field(default_factory=list)
    clock: list[tuple[float, datetime]] = field(default_factory=list)
    """Each setting of the clock: the machine's instant and what it shows from then on."""

    def __post_init__(self) -> None:
        """Begin with the officers as recorded."""
        self.tenures = {paper.id: [Tenure(officer=paper.officer)] for paper in self.world.papers}

    @property
    def staff(self) -> list[int]:
        """Everybody who can be away or stand in."""
        world = self.world
        return sorted({*world.officers, *world.directors, *frozenset().union(*world.heads.values())})

    def officer(self, paper: int, at: float = math.inf, *, early: bool = False) -> int:
        """Whose agreement it is; `early`: an act counts from its beginning, else from its end."""
        return next(each.officer for each in reversed(self.tenures[paper]) if each.since[not early] <= at)

    def away(self, today: date, at: float = math.inf, *, early: bool = False) -> dict[int, Leave]:
        """Who is away on a day, as it was known at an instant."""
        return {
            leave.account: leave
            for leave in self.leaves
            if leave.starts_on <= today <= leave.ends_on
            and leave.recorded[not early] <= at
            and not (leave.is_withdrawn and leave.withdrawn[not early] <= at)
        }

    def is_free(self, account: int, first_on: date, last_on: date) -> bool:
        """Whether somebody has no absence between two days."""
        return not any(
            leave.account == account
            and not leave.is_withdrawn
            and leave.starts_on <= last_on
            and leave.ends_on >= first_on
            for leave in self.leaves
        )

    def is_shared(self, paper: int, account: int) -> bool:
        """Whether an agreement had several officers, or somebody was away or a deputy, at any time."""
        return len(self.tenures[paper]) > 1 or any(account in (each.account, each.deputy) for each in self.leaves)

    def stand_in(self, account: int, away: dict[int, Leave]) -> int:
        """Who hears instead: the deputy, a head of the own unit, a director; nobody else is asked."""
        leave = away.get(account)
        if leave is None:
            return account
        if leave.deputy is not None and leave.deputy not in away:
            return leave.deputy
        heads = self.world.heads.get(self.world.units.get(account, 0), frozenset())
        for group in (heads, self.world.directors):
            others = group - away.keys() - {account}
            if others:
                return min(others)
        return account

    def points(self, since: float, until: float) -> Iterator[tuple[float, bool]]:
        """The instants between two at which something may be otherwise than before, both ways of seeing each."""
        acts = [each.since for tenures in self.tenures.values() for each in tenures]
        acts += [moment for leave in self.leaves for moment in (leave.recorded, leave.withdrawn)]
        within = {at for act in acts for at in act if since <= at <= until}
        for at in sorted({since, until, *within}):
            yield at, False
            yield at, True

    def spans(self, office_at: datetime) -> Iterator[tuple[float, float]]:
        """The spans of the machine's time in which a process may have written down this time of the office."""
        ends = [*(since for since, _ in self.clock[1:]), math.inf]
        for (since, shown), until in zip(self.clock, ends, strict=True):
            if shown <= office_at <= shown + LATE + timedelta(seconds=min(until - since, 3600)):
                yield since, until + SLACK
