"""What a plan is made of on one day: for which target dates each ladder has reached which step, and who hears of it.

Nothing is read and nothing is written here: `reminders` reads the ladders, `planning` runs the statements, which get
these lines as one value.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from portal.domain.calendar import ONE_DAY, WorkingCalendar
from portal.domain.dates import local_instant
from portal.domain.organisation import Zone
from portal.domain.reminder import Audience, Channel, Ladder, ReminderStage, SubjectKind, Window, day_of, latest_target
from portal.queries.reminder_people import AUDIENCES
from portal.queries.reminder_subjects import LadderChoice

WindowsOf = Callable[[Sequence[int]], Iterable[Window]]
"""Gives the windows of the steps of a ladder."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """When a plan is made: the office's date, the instant, and the calendar."""

    today: date
    now: datetime
    calendar: WorkingCalendar
    somebody_away: bool = True
    """Whether people who stand in must be looked for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rung:
    """One step of a ladder on this day: the target dates it is told for, and to whom."""

    window: Window
    audiences: frozenset[Audience]


@dataclass(frozen=True, kw_only=True, slots=True)
class Track:
    """The rungs of one ladder that are told by one way; no target date lies on two of them."""

    kind: SubjectKind
    rungs: tuple[Rung, ...]
    channel: Channel = Channel.MAIL
    ladder: LadderChoice = LadderChoice.ANY
    ladder_id: int | None = None
    """Of a ladder that only some subjects have."""
    stage: ReminderStage = ReminderStage.PLANNED
    """What its rows become."""

    @property
    def audiences(self) -> frozenset[Audience]:
        """Return everybody who hears on any of its rungs."""
        return frozenset().union(*(rung.audiences for rung in self.rungs))

    def among(self, targets: Iterable[tuple[date, int | None]]) -> "Track":
        """Return the track with those rungs only on which a target (its date and the ladder of its own) stands."""
        mine = [day for day, ladder_id in targets if self.ladder is LadderChoice.ANY or ladder_id == self.ladder_id]
        return replace(self, rungs=tuple(rung for rung in self.rungs if any(map(rung.window.holds, mine))))


def tracks(ladders: Sequence[Ladder], windows_of: WindowsOf, stage: ReminderStage) -> tuple[Track, ...]:
    """Return the tracks of all ladders, for the windows that `windows_of` gives for their steps."""
    found = []
    for ladder in ladders:
        for windows in _apart([window for window in windows_of(ladder.steps) if not window.is_empty]):
            told: dict[Channel, list[Rung]] = {}
            for window in windows:
                for channel, audiences in ladder.heard(window.step).items():
                    told.setdefault(channel, []).append(Rung(window=window, audiences=audiences))
            found += [_track(ladder, channel, rungs, stage) for channel, rungs in told.items()]
    return tuple(found)


def _track(ladder: Ladder, channel: Channel, rungs: Iterable[Rung], stage: ReminderStage) -> Track:
    choice = LadderChoice.ANY
    if ladder.kind is SubjectKind.OCCURRENCE:
        choice = LadderChoice.DEFAULT if ladder.is_default else LadderChoice.OWN
    own = None if ladder.is_default else ladder.ladder_id
    return Track(kind=ladder.kind, rungs=tuple(rungs), channel=channel, ladder=choice, ladder_id=own, stage=stage)


def _apart(windows: Sequence[Window]) -> list[list[Window]]:
    """Share windows out to as few lists as will do, so that those of one list have no date in common.

    The windows of steps that have come never meet; those of missed steps may.
    """
    lists: list[list[Window]] = []
    for window in sorted(windows, key=lambda each: (each.first_on, each.last_on)):
        room = next((each for each in lists if each[-1].last_on < window.first_on), None)
        if room is None:
            lists.append([window])
        else:
            room.append(window)
    return lists


def lines(track: Track, calendar: WorkingCalendar, *, dialect: str) -> str:
    """Return the agenda of a track as JSON: a list of intervals of target dates with what holds for them.

    Each has first_on, last_on, step, heard (a bit for each of AUDIENCES), reason, and may_begin: an occurrence that
    may be reminded of only from that instant on, or later, came after its step's day.
    """
    found: list[dict[str, Any]] = []
    for rung in track.rungs:
        window = rung.window
        ends = {"first_on": window.first_on.isoformat(), "last_on": window.last_on.isoformat()}
        heard = sum(1 << AUDIENCES.index(audience) for audience in rung.audiences)
        shared = {"step": window.step, "heard": heard, "reason": ends}
        if track.kind is SubjectKind.OCCURRENCE:
            found += [shared | part for part in _parts(window, calendar, dialect)]
        else:
            found.append(shared | ends | {"may_begin": None})
    return json.dumps(found)


def _parts(window: Window, calendar: WorkingCalendar, dialect: str) -> Iterator[dict[str, str]]:
    """Yield the runs of dates in a window for which the step came on the same day."""
    step, first = window.step, window.first_on
    while first <= window.last_on:
        come_on = day_of(first, step, calendar)
        last = come_on - timedelta(days=step) if step > 0 else latest_target(step, come_on, calendar)
        last = min(last, window.last_on)
        yield {
            "first_on": first.isoformat(),
            "last_on": last.isoformat(),
            "may_begin": _end_of(come_on, dialect),
        }
        first = last + ONE_DAY


@lru_cache(maxsize=1024)
def _end_of(day: date, dialect: str) -> str:
    """Return the instant at which a day of the office ends, as the database writes it."""
    instant = local_instant(day + timedelta(days=1), 0, Zone.WIB).astimezone(UTC)
    written = f"{instant:%Y-%m-%d %H:%M:%S.%f}"
    return written if dialect == "sqlite" else f"{written}+00:00"
