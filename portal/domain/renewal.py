"""The time after the end of a term: notice, work on a renewal planned backwards, and what may be decided.

How long the stages of a renewal take is measured (`StageSpan`), never guessed while there is anything to measure;
`portal/queries/stage_durations.py` reads the spans, this module says what they mean.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median_high

from portal.domain.agreement import FOLLOWED, MOVING, AgreementKind, Relation, Stage
from portal.domain.calendar import CalendarNotLoaded, WorkingCalendar
from portal.domain.dates import add_months
from portal.domain.errors import RuleBroken
from portal.domain.obligation import OffsetUnit


class RenewalChoice(StrEnum):
    """What the parties decided about the time after the end (design: domain §2.5)."""

    TACIT = "tacit"
    EXTENSION = "extension"
    NEW_DOCUMENT = "new_document"
    LAPSE = "lapse"


RELATION_OF = {RenewalChoice.EXTENSION: Relation.EXTENDS, RenewalChoice.NEW_DOCUMENT: Relation.RENEWS}
"""The relation in which the paper that follows stands to this one; the other choices need no paper."""

ASK_BEFORE_DAYS = 60
"""The office is asked to decide from so many days before the notice is due."""

NOTICE_UNITS = (OffsetUnit.DAYS, OffsetUnit.WEEKS, OffsetUnit.MONTHS)
"""Units in which a contract may count its notice."""


def notice_on(ends_on: date | None, count: int | None, unit: OffsetUnit | None) -> date | None:
    """Return the last day for the notice, counted backwards from the end (design: domain §4.3), or None if not told."""
    if ends_on is None or count is None or unit not in NOTICE_UNITS:
        return None
    if unit is OffsetUnit.MONTHS:
        return add_months(ends_on, -count)
    return ends_on - timedelta(days=count * (7 if unit is OffsetUnit.WEEKS else 1))


def must_decide(today: date, *, ends_on: date | None, by: date | None, starts_on: date | None = None) -> bool:
    """Return whether the decision is near or late: `ASK_BEFORE_DAYS` before `by`, or once work should have begun.

    `by` is the last day for the notice. Nothing is asked after the end.
    """
    if ends_on is None or by is None or today > ends_on:
        return False
    return today >= min(by - timedelta(days=ASK_BEFORE_DAYS), starts_on or date.max)


WORK_STAGES = tuple(stage for stage in MOVING if stage not in {Stage.EXPLORATION, Stage.ACTIVE})
"""The stages that a renewal passes through, in order."""

DEFAULT_DAYS: Mapping[Stage, int] = {
    Stage.PROPOSED: 5,
    Stage.REVIEW: 10,
    Stage.DRAFTING: 10,
    Stage.NEGOTIATION: 15,
    Stage.INITIALLING: 5,
    Stage.SIGNING: 10,
}
"""Working days taken while nothing was measured: a proposal of the portal, no rule of the ministry (domain §3, [P])."""

PARTNER_CASES = 3
KIND_CASES = 5
"""So many agreements are needed before a partner's own days count, or else those of the kind."""

CASES_READ = 100
"""Of each kind and each partner so many of the latest agreements are measured: older ways say little."""


class DurationBasis(StrEnum):
    """What the days of a stage rest on."""

    PARTNER = "partner"
    KIND = "kind"
    DEFAULT = "default"


@dataclass(frozen=True, kw_only=True, slots=True)
class StageSpan:
    """One stay of an agreement in a stage: from the day it came there to the day of the next stage."""

    agreement_id: int
    stage: Stage
    entered_on: date
    left_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class StageDuration:
    """How many working days a stage takes, on which basis, measured on how many agreements."""

    stage: Stage
    days: int
    basis: DurationBasis
    cases: int = 0


Cases = Mapping[Stage, Sequence[int]]
"""Working days of each agreement measured, by stage."""


def cases_of(spans: Iterable[StageSpan], calendar: WorkingCalendar) -> dict[Stage, tuple[int, ...]]:
    """Return the working days that each agreement spent in each stage, several stays added up.

    An agreement whose whole way was noted on one day was recorded afterwards; it tells nothing and is left out.
    """
    open_calendar = calendar.assumed()
    days: dict[int, dict[Stage, int]] = {}
    walked: set[int] = set()
    for span in spans:
        if span.stage not in DEFAULT_DAYS:
            continue
        if span.left_on > span.entered_on:
            walked.add(span.agreement_id)
        own = days.setdefault(span.agreement_id, {})
        own[span.stage] = own.get(span.stage, 0) + open_calendar.count_working(span.entered_on, span.left_on)
    return {
        stage: tuple(own[stage] for key, own in sorted(days.items()) if key in walked and stage in own)
        for stage in WORK_STAGES
    }


def durations(*, partners: Iterable[Cases], kind: Cases) -> tuple[StageDuration, ...]:
    """Return what each stage takes: the partner's median, else the kind's, else the default.

    With several partners the slowest decides, for all of them must come along.
    """
    everybody = tuple(partners)
    return tuple(_duration(stage, everybody, kind) for stage in WORK_STAGES)


def _duration(stage: Stage, partners: Sequence[Cases], kind: Cases) -> StageDuration:
    measured = [cases for each in partners if len(cases := each.get(stage, ())) >= PARTNER_CASES]
    if measured:
        slowest = max(measured, key=median_high)
        return StageDuration(stage=stage, days=median_high(slowest), basis=DurationBasis.PARTNER, cases=len(slowest))
    cases = kind.get(stage, ())
    if len(cases) >= KIND_CASES:
        return StageDuration(stage=stage, days=median_high(cases), basis=DurationBasis.KIND, cases=len(cases))
    return StageDuration(stage=stage, days=DEFAULT_DAYS[stage], basis=DurationBasis.DEFAULT)


@dataclass(frozen=True, kw_only=True, slots=True)
class BackwardsPlan:
    """Work on a renewal counted backwards from `target_on`: the end less the notice, or the end itself."""

    target_on: date
    durations: tuple[StageDuration, ...]
    starts: Mapping[Stage, date]
    """The day on which each stage must begin at the latest."""
    is_estimated: bool
    """Whether the days reach into a year whose holidays nobody has loaded."""

    @property
    def days(self) -> int:
        """Return the working days of all stages together."""
        return sum(each.days for each in self.durations)

    @property
    def starts_on(self) -> date:
        """Return the day by which work must begin."""
        return self.starts[WORK_STAGES[0]]


def plan_backwards(target_on: date, durations: Sequence[StageDuration], *, calendar: WorkingCalendar) -> BackwardsPlan:
    """Return when each stage must begin so that everything is done by `target_on`; the stages in order."""
    try:
        starts, estimated = _starts(target_on, durations, calendar), False
    except CalendarNotLoaded:
        starts, estimated = _starts(target_on, durations, calendar.assumed()), True
    return BackwardsPlan(target_on=target_on, durations=tuple(durations), starts=starts, is_estimated=estimated)


def _starts(target_on: date, durations: Sequence[StageDuration], calendar: WorkingCalendar) -> dict[Stage, date]:
    day, starts = target_on, {}
    for each in reversed(durations):
        day = calendar.add_working(day, -each.days) if each.days else day
        starts[each.stage] = day
    return starts


ANNOUNCED_DRIFT_DAYS = 14
"""A start that has come stays where it was announced while counting it anew moves it no further than this."""


def kept_start(stored: date | None, counted: date | None, *, today: date) -> date | None:
    """Return the start of a renewal that stands: the new count, unless the announced day has come and is near it.

    Medians move a little with every agreement that is signed; nobody is to be called twice for that.
    """
    if stored is None or counted is None or stored > today:
        return counted
    return stored if abs((counted - stored).days) <= ANNOUNCED_DRIFT_DAYS else counted


def is_planned(stage: Stage, kind: AgreementKind, ends_on: date | None) -> bool:
    """Return whether a renewal of such an agreement is planned: signed, not ended by people, its end known.

    An addendum is renewed with the agreement that it changes, a termination never.
    """
    own_term = kind not in {AgreementKind.TERMINATION, AgreementKind.AMENDMENT}
    return stage in FOLLOWED and own_term and ends_on is not None


def check_decision(
    choice: RenewalChoice, *, stage: Stage, ends_on: date | None, until_on: date | None, reason: str
) -> None:
    """Raise RuleBroken unless this may be decided about an agreement that ends on `ends_on`."""
    if stage not in FOLLOWED:
        raise RuleBroken("Perpanjangan hanya diputuskan untuk naskah yang sudah ditandatangani dan belum diakhiri.")
    if ends_on is None:
        raise RuleBroken("Lengkapi dulu tanggal berakhir naskah ini, lalu putuskan perpanjangannya.")
    if not reason.strip():
        raise RuleBroken("Tulis alasan atau dasar keputusan ini.", field="reason")
    if choice is RenewalChoice.TACIT and until_on is None:
        raise RuleBroken("Isi tanggal berakhir yang baru.", field="until_on")
    if until_on is not None and choice not in {RenewalChoice.TACIT, RenewalChoice.EXTENSION}:
        raise RuleBroken("Tanggal berakhir baru hanya diisi bila naskah ini diperpanjang.", field="until_on")
    if until_on is not None and until_on <= ends_on:
        raise RuleBroken("Tulis tanggal sesudah tanggal berakhir yang sekarang.", field="until_on")
