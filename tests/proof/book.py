"""What ought to be told, reckoned row by row from the history of a proof by the pure rules alone, without any SQL.

A *subject* has one target date at a time; every date it ever had is a span with the instants between which it held.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from portal.domain.calendar import WorkingCalendar
from portal.domain.reminder import RULES, Audience, Rule, SubjectKind, audiences, ladder, windows
from tests.proof.office import Leave, Office, Tenure
from tests.proof.world import Duty, Paper, World

Key = tuple[SubjectKind, int, date, int, int]
"""Kind, subject, target date, step, account."""


@dataclass(kw_only=True)
class Span:
    """A date that a subject had; instants are of the machine, infinite while it holds."""

    target_on: date
    since: float = -math.inf
    until: float = math.inf


@dataclass(kw_only=True)
class Subject:
    """Something that is reminded of."""

    kind: SubjectKind
    id: int
    title: str
    paper: Paper
    debtor: int | None = None
    spans: list[Span] = field(default_factory=list)

    @property
    def is_counted(self) -> bool:
        """Whether the portal counts its date by itself."""
        return self.kind in (SubjectKind.NOTICE, SubjectKind.RENEWAL_START)

    @property
    def target_on(self) -> date | None:
        """The date now; None when nothing is to be told."""
        last = self.spans[-1] if self.spans else None
        return last.target_on if last and last.until == math.inf else None

    def become(self, target_on: date | None, *, begun: float, ended: float) -> None:
        """Have another date, or none; the change was made between two instants."""
        if self.target_on is not None:
            self.spans[-1].until = ended
        if target_on is not None:
            self.spans.append(Span(target_on=target_on, since=begun))

    def held(self, target_on: date, since: float, until: float) -> bool:
        """Whether it had this date at any moment between two instants."""
        return any(span.target_on == target_on and span.since <= until and span.until >= since for span in self.spans)

    def has_left(self, target_on: date) -> bool:
        """Whether this date was given up at some time."""
        return any(span.target_on == target_on and span.until < math.inf for span in self.spans)


class Book:
    """The history, and what it demands."""

    def __init__(self, world: World, calendar: WorkingCalendar) -> None:
        """Begin with the dates as recorded."""
        self.world, self.calendar = world, calendar
        self.subjects: dict[tuple[SubjectKind, int], Subject] = {}
        self.required: dict[Key, date] = {}
        """With the day on which it was demanded last."""
        self.allowed: set[Key] = set()
        self.office = Office(world=world)
        self.rules: tuple[Rule, ...] = RULES
        self.gone_rules: set[Rule] = set()
        """Rungs that people have taken out of a ladder at some time."""
        self.of_paper: dict[int, list[Subject]] = {paper.id: [] for paper in world.papers}
        self._duties = {duty.id: duty for duty in world.duties}
        self._fixes: dict[int, list[Subject]] = {}
        for paper in world.papers:
            for kind, target_on in paper.dates.items():
                self.add(kind, paper.id, paper.title, paper, target_on)
        for duty in world.duties:
            self.add(SubjectKind.OCCURRENCE, duty.id, duty.title, duty.paper, duty.due_on, duty.debtor)

    def add(
        self,
        kind: SubjectKind,
        subject_id: int,
        title: str,
        paper: Paper,
        target_on: date | None,
        debtor: int | None = None,
    ) -> Subject:
        """Take in a subject with its first date, if it has one."""
        found = Subject(kind=kind, id=subject_id, title=title, paper=paper, debtor=debtor)
        found.spans += [Span(target_on=target_on)] if target_on else []
        self.subjects[kind, subject_id] = found
        self.of_paper[paper.id].append(found)
        return found

    def of_duty(self, duty: Duty) -> Subject:
        """The subject of a duty's date."""
        return self.subjects[SubjectKind.OCCURRENCE, duty.id]

    def hearers(self, subject: Subject, audience: Audience, officer: int) -> frozenset[int]:
        """Who hears in a role."""
        world, paper = self.world, subject.paper
        if audience is Audience.OFFICER:
            return frozenset({officer})
        if audience is Audience.HEAD:
            everybody = frozenset().union(*world.heads.values())
            return world.heads.get(paper.unit, everybody)
        if audience is Audience.DIRECTOR:
            return world.directors
        if audience is Audience.PARTNER:
            return frozenset().union(*(world.answerable[each] for each in paper.partners))
        return world.reporters[subject.debtor] if subject.debtor else frozenset({officer})

    def demand(self, today: date, subjects: Iterable[Subject] | None = None, *, is_certain: bool) -> None:
        """Note what a plan made on this day demands; what is not certain is only allowed to be there."""
        steps = {
            kind: [window for window in windows(today, ladder(kind, self.rules), self.calendar) if not window.is_empty]
            for kind in SubjectKind
        }
        away = self.office.away(today)
        for subject in self.subjects.values() if subjects is None else subjects:
            target_on = subject.target_on
            if target_on is None:
                continue
            for window in steps[subject.kind]:
                if window.first_on <= target_on <= window.last_on:
                    for key in self._keys(subject, target_on, window.step, away):
                        self.allowed.add(key)
                        if is_certain:
                            self.required[key] = today

    def _keys(self, subject: Subject, target_on: date, step: int, away: dict[int, Leave]) -> set[Key]:
        officer = subject.paper.officer
        return {
            (subject.kind, subject.id, target_on, step, self.office.stand_in(account, away))
            for audience in audiences(subject.kind, step, self.rules)
            for account in self.hearers(subject, audience, officer)
        }

    def hand_over(self, paper: Paper, officer: int, *, begun: float, ended: float) -> None:
        """Another officer from now on."""
        paper.officer = officer
        self.office.tenures[paper.id].append(Tenure(officer=officer, since=(begun, ended)))

    def change_rule(self, rule: Rule) -> tuple[Rule, ...]:
        """Take a rung out of its ladder, or put it back; return the rules of its ladder."""
        if rule in self.rules:
            self.rules = tuple(each for each in self.rules if each != rule)
            self.gone_rules.add(rule)
        else:
            self.rules = (*self.rules, rule)
        return tuple(each for each in self.rules if each.kind is rule.kind)

    def might(
        self, subject: Subject, account: int, today: date, span: tuple[float, float], step: int | None = None
    ) -> tuple[bool, bool]:
        """Whether somebody might hear of a subject between two instants, and whether they might not.

        In any role, or in those that a step of the ladder is told to before people edit it.
        """
        roles = frozenset(Audience) if step is None else audiences(subject.kind, step, RULES)
        seen = set()
        for at, early in self.office.points(*span):
            away = self.office.away(today, at, early=early)
            officer = self.office.officer(subject.paper.id, at, early=early)
            everybody = frozenset().union(*(self.hearers(subject, each, officer) for each in roles))
            seen.add(any(self.office.stand_in(each, away) == account for each in everybody))
        return True in seen, False in seen

    def duty(self, occurrence: int) -> Duty:
        """The duty with this occurrence."""
        return self._duties[occurrence]

    def all_of(self, duty: Duty) -> list[Subject]:
        """What is told of a duty: its date, and that of a report that came back."""
        return [self.of_duty(duty), *self._fixes.get(duty.id, [])]

    def open_date(self, duty: Duty) -> date | None:
        """The date that is told now; None when the duty rests."""
        dates = [subject.target_on for subject in self.all_of(duty) if subject.target_on is not None]
        return dates[0] if dates else None

    def fix(self, report: int, duty: Duty) -> Subject:
        """The subject of a report that came back, without a date at first."""
        found = self.subjects.get((SubjectKind.REPORT_FIX, report))
        if found is None:
            found = self.add(SubjectKind.REPORT_FIX, report, duty.title, duty.paper, None, duty.debtor)
            self._fixes.setdefault(duty.id, []).append(found)
        return found

    def keep(self, paper: Paper, kind: SubjectKind, target_on: date | None, *, begun: float, ended: float) -> None:
        """Take in a day of an agreement that the portal counts by itself."""
        found = self.subjects.get((kind, paper.id)) or self.add(kind, paper.id, paper.title, paper, None)
        if found.target_on != target_on:
            found.become(target_on, begun=begun, ended=ended)
