"""Rounds of a report: how many days each side had it, and what two rounds say differently. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Protocol

from portal.domain import text_diff
from portal.domain.dates import days_between, office_date
from portal.domain.report import ReportStage, Turn
from portal.domain.report_answers import Sent, SentFile
from portal.domain.text_diff import Piece


class HasRound(Protocol):
    """What the clock needs to know of a round."""

    @property
    def submitted_at(self) -> datetime:
        """Return when it was sent."""

    @property
    def decided_at(self) -> datetime | None:
        """Return when it was decided, None while it waits."""

    @property
    def outcome(self) -> ReportStage | None:
        """Return what was decided."""


class HasReopening(Protocol):
    """What the clock needs to know of a reopening."""

    @property
    def accepted_at(self) -> datetime:
        """Return when the round had been accepted."""

    @property
    def reopened_at(self) -> datetime:
        """Return when that was undone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Handover:
    """A report passes from one side to the other on a day of the office."""

    on: date
    to: Turn


def handovers(rounds: Iterable[HasRound], reopenings: Iterable[HasReopening] = ()) -> tuple[Handover, ...]:
    """Return who had a report from when on, from the first sending; the earliest first."""
    moments: list[tuple[datetime, int, Turn]] = []
    for each in rounds:
        moments.append((each.submitted_at, len(moments), Turn.OFFICE))
        if each.decided_at is not None:
            after = Turn.PARTNER if each.outcome is ReportStage.RETURNED else Turn.NOBODY
            moments.append((each.decided_at, len(moments), after))
    for undone in reopenings:
        moments.append((undone.accepted_at, len(moments), Turn.NOBODY))
        moments.append((undone.reopened_at, len(moments), Turn.OFFICE))
    return tuple(Handover(on=office_date(at), to=to) for at, _place, to in sorted(moments))


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """How many calendar days each side had a report; `rest_days` while it was accepted, before a reopening.

    They add up to `total_days`: from the first sending to acceptance, or until today while somebody has it.
    """

    office_days: int
    partner_days: int
    rest_days: int
    first_on: date
    last_on: date
    turn: Turn
    since_on: date

    @property
    def total_days(self) -> int:
        """Return the days from the first sending to acceptance or until today."""
        return days_between(self.first_on, self.last_on)


def clock(passed: Sequence[Handover], *, today: date) -> Clock | None:
    """Return the days of each side, counted by the office's dates; None before anything was sent."""
    if not passed:
        return None
    last = passed[-1]
    last_on = last.on if last.to is Turn.NOBODY else max(today, last.on)
    days = dict.fromkeys(Turn, 0)
    for begin, end in pairwise((*passed, Handover(on=last_on, to=Turn.NOBODY))):
        days[begin.to] += days_between(begin.on, end.on)
    return Clock(
        office_days=days[Turn.OFFICE],
        partner_days=days[Turn.PARTNER],
        rest_days=days[Turn.NOBODY],
        first_on=passed[0].on,
        last_on=last_on,
        turn=last.to,
        since_on=last.on,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldChange:
    """One field in two rounds; `pieces` show the difference, empty where both say the same."""

    name: str
    before: str
    after: str
    pieces: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        """Return whether both rounds say the same."""
        return self.before == self.after


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Two rounds of one report: every field, and the files that came, went and stayed."""

    fields: tuple[FieldChange, ...]
    added: tuple[SentFile, ...]
    removed: tuple[SentFile, ...]
    kept: tuple[SentFile, ...]

    @property
    def changes(self) -> int:
        """Return how many fields and files differ."""
        return sum(not each.is_same for each in self.fields) + len(self.added) + len(self.removed)


def compare(before: Sent, after: Sent) -> Comparison:
    """Compare what two rounds carried; a field that only one of them has counts as empty in the other."""
    old, new = before.answers.typed(), after.answers.typed()
    had, has = _by_digest(before), _by_digest(after)
    return Comparison(
        fields=tuple(_field(name, old.get(name, ""), new.get(name, "")) for name in dict.fromkeys((*old, *new))),
        added=tuple(file for digest, file in has.items() if digest not in had),
        removed=tuple(file for digest, file in had.items() if digest not in has),
        kept=tuple(file for digest, file in has.items() if digest in had),
    )


def _by_digest(sent: Sent) -> Mapping[str, SentFile]:
    return {file.digest: file for file in sent.files}


def _field(name: str, before: str, after: str) -> FieldChange:
    pieces = () if before == after else text_diff.pieces(before, after)
    return FieldChange(name=name, before=before, after=after, pieces=pieces)
