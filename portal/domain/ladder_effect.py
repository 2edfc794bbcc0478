"""What a change of a ladder would do: steps as people type them, and what the next days would bring more and less."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.domain.calendar import WorkingCalendar
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.reminder import Audience, Channel, Ladder, SubjectKind, coming

EARLIEST, LATEST = -730, 365
"""No rung lies further from its date: two years before, one year after."""
MOST_SAMPLES = 5


def steps_of(text: str, *, field: str) -> tuple[int, ...]:
    """Return typed days, "-30, -7, 0, 7", earliest first and each once; raise RuleBroken naming `field`."""
    parts = [part for part in re.split(r"[,;\s]+", text.replace("\N{MINUS SIGN}", "-").strip()) if part]
    if not all(re.fullmatch(r"[+-]?[0-9]{1,4}", part, re.ASCII) for part in parts):
        raise RuleBroken(N_("Tulis angka hari yang dipisah koma, misalnya -30, -7, 0, 7."), field=field)
    steps = sorted({int(part) for part in parts})
    if any(not EARLIEST <= step <= LATEST for step in steps):
        raise RuleBroken(N_("Tulis angka antara %(first)s dan %(last)s."), field=field, first=EARLIEST, last=LATEST)
    return tuple(steps)


def text_of(ladder: Ladder, audience: Audience, channel: Channel) -> str:
    """Return the days of one audience and way as people type them."""
    found = {rule.step for rule in ladder.rules if rule.audience is audience and rule.channel is channel}
    return ", ".join(str(step) for step in sorted(found))


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """So many reminders of a step, an audience and a way more (or, negative, less) in the days looked at."""

    step: int
    audience: Audience
    channel: Channel
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """One reminder that comes only with the change, or only without it."""

    on: date
    subject_id: int
    target_on: date
    step: int
    is_new: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """What a change would bring, by step, and a few of the reminders concerned, the next first."""

    changes: tuple[Change, ...]
    samples: tuple[Sample, ...]

    @property
    def more(self) -> int:
        """Return how many reminders would be added."""
        return sum(change.number for change in self.changes if change.number > 0)

    @property
    def fewer(self) -> int:
        """Return how many would not come any more."""
        return -sum(change.number for change in self.changes if change.number < 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """The days looked at, after `today` until `until`, and the calendar by which steps fall on working days."""

    today: date
    until: date
    calendar: WorkingCalendar


Said = tuple[date, int, date, int, Audience, Channel]


def _said(ladder: Ladder, subjects: Iterable[tuple[SubjectKind, int, date]], span: Span) -> set[Said]:
    return {
        (each.on, each.subject_id, each.target_on, each.step, audience, channel)
        for each in coming(subjects, ladder.rules, span.today, span.until, span.calendar)
        for channel, audiences in ladder.heard(each.step).items()
        for audience in audiences
    }


def effect(before: Ladder, after: Ladder, subjects: Sequence[tuple[SubjectKind, int, date]], span: Span) -> Effect:
    """Return what it would change to have `after` in the place of `before`. A reminder is counted once per audience."""
    old, new = _said(before, subjects, span), _said(after, subjects, span)
    counts: Counter[tuple[int, Audience, Channel]] = Counter()
    for _, _, _, step, audience, channel in new - old:
        counts[step, audience, channel] += 1
    for _, _, _, step, audience, channel in old - new:
        counts[step, audience, channel] -= 1
    samples = {
        Sample(on=said[0], subject_id=said[1], target_on=said[2], step=said[3], is_new=said in new)
        for said in new ^ old
    }
    first = sorted(samples, key=lambda each: (each.on, each.target_on, each.subject_id, each.step, each.is_new))
    changes = tuple(
        Change(step=step, audience=audience, channel=channel, number=number)
        for (step, audience, channel), number in sorted(counts.items())
    )
    return Effect(changes=changes, samples=tuple(first[:MOST_SAMPLES]))
