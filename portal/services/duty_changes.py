"""What a change of an agreement does to its dated duties: told before it is made, and made as it was told.

A stage that people decide, new dates of the record, and the end that an addendum or an extension gives to another
agreement. Nothing here writes: `agreements` does, through `timetable`, which knows what schedules want.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain import duty_change, policy
from portal.domain.agreement import UNSIGNED, Relation, Stage
from portal.domain.agreement_facts import AgreementFacts
from portal.domain.duty import LIVING
from portal.domain.duty_change import Back, Decision, Fate, Hold, State, Survival
from portal.domain.obligation import OccurrenceStage
from portal.domain.period import Period
from portal.domain.policy import Action, Actor
from portal.domain.schedule import Anchors
from portal.models import Agreement, AgreementRelation, Obligation, StageChange
from portal.queries import duty_decisions
from portal.queries import obligations as reading
from portal.services import timetable
from portal.services.timetable import Line, Outlook, Overlay

FOLLOWED_BY = (Relation.AMENDS, Relation.EXTENDS)
"""Relations in which the signing of one agreement can give another a new end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyPlan:
    """Every dated duty of an agreement with what becomes of it, and the term it is counted in."""

    agreement: Agreement
    outlook: Outlook
    lines: tuple[Line, ...]

    @property
    def fates(self) -> tuple[tuple[Line, Fate], ...]:
        """Return the lines with their fates; those that are and stay cancelled are left out."""
        found = ((line, duty_change.fate(line.before, line.after)) for line in self.lines)
        return tuple((line, fate) for line, fate in found if fate is not None)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many dates are added, moved, held, taken up and cancelled."""
        return duty_change.counts(fate for _, fate in self.fates)


@dataclass(frozen=True, kw_only=True, slots=True)
class StagePlan:
    """What a decision about the stage does: to the agreement's own duties, and to those it gives a new end."""

    own: DutyPlan
    followers: tuple[DutyPlan, ...]
    told: Mapping[str, Any]
    """The decision about duties as it is kept with the change of stage."""


def of_decision(
    session: Session, agreement: Agreement, decision: Decision, *, actor: Actor, now: datetime
) -> StagePlan:
    """Return what a decision about the stage would do, without writing anything."""
    told = _kept(session, agreement, decision)
    outlook = _outlook(session, agreement, decision, told)
    overlay = _overlay(session, agreement, decision, told, actor)
    lines = timetable.project(session, agreement, outlook=outlook, overlay=overlay, now=now)
    own = DutyPlan(agreement=agreement, outlook=outlook, lines=lines)
    if decision.to is Stage.SUSPENDED:
        held = [
            duty_change.key_of(line.obligation.id, line.period_key) for line, fate in own.fates if fate is Fate.HELD
        ]
        told = {**told, "keys": held}
    moved = tuple(
        _with_end(session, other, agreement.ends_on, now=now)
        for other in (given_new_end(session, agreement, actor=actor) if _signs(agreement, decision) else ())
    )
    follows = [{"code": plan.agreement.code, "counts": plan.counts} for plan in moved if decision.follow]
    told = {**told, "counts": own.counts, **({"followed": follows} if follows else {})}
    return StagePlan(own=own, followers=moved, told=told)


def of_facts(session: Session, agreement: Agreement, facts: AgreementFacts, *, now: datetime) -> DutyPlan:
    """Return what new facts of an agreement would do to its dated duties, without writing anything."""
    recorded = timetable.recorded(session, agreement)
    anchors = Anchors(
        term=Period(starts_on=facts.starts_on, ends_on=facts.ends_on),
        signed_on=facts.signed_on,
        parent_signed_on=_parent_signed_on(session, facts),
    )
    outlook = replace(recorded, anchors=anchors)
    lines = timetable.project(session, agreement, outlook=outlook, now=now)
    return DutyPlan(agreement=agreement, outlook=outlook, lines=lines)


def given_new_end(session: Session, agreement: Agreement, *, actor: Actor) -> tuple[Agreement, ...]:
    """Return the running agreements that `agreement` amends or extends and whose end differs from its own.

    Only those that `actor` may read: nobody moves dates unseen.
    """
    if agreement.ends_on is None:
        return ()
    rows = session.scalars(
        select(Agreement)
        .join(AgreementRelation, AgreementRelation.other_id == Agreement.id)
        .where(
            AgreementRelation.agreement_id == agreement.id,
            AgreementRelation.relation.in_(FOLLOWED_BY),
            Agreement.stage.in_(LIVING),
        )
        .order_by(Agreement.id)
    )
    reads_all = bool(policy.may(actor, Action.SEE_CONFIDENTIAL))
    return tuple(row for row in rows if row.ends_on != agreement.ends_on and (reads_all or not row.is_confidential))


def duties_of(session: Session, agreement: Agreement) -> tuple[Obligation, ...]:
    """Return all duties of an agreement in the order of their numbers, closed ones too."""
    rows = select(Obligation).where(Obligation.agreement_id == agreement.id).order_by(Obligation.id)
    return tuple(session.scalars(rows))


def _signs(agreement: Agreement, decision: Decision) -> bool:
    return decision.to is Stage.ACTIVE and agreement.stage in UNSIGNED


def _with_end(session: Session, agreement: Agreement, ends_on: date | None, *, now: datetime) -> DutyPlan:
    recorded = timetable.recorded(session, agreement)
    term = Period(starts_on=recorded.anchors.term.starts_on, ends_on=ends_on)
    outlook = replace(recorded, anchors=replace(recorded.anchors, term=term))
    lines = timetable.project(session, agreement, outlook=outlook, now=now)
    return DutyPlan(agreement=agreement, outlook=outlook, lines=lines)


def _parent_signed_on(session: Session, facts: AgreementFacts) -> date | None:
    codes = [one.other_code for one in facts.relations if one.relation is Relation.PARENT]
    if not codes:
        return None
    return session.scalar(select(Agreement.signed_on).where(Agreement.code == codes[0]))


def _kept(session: Session, agreement: Agreement, decision: Decision) -> dict[str, Any]:
    """Return the parts of a decision that its stage asks for, as plain values."""
    if decision.to is Stage.SUSPENDED:
        return {"hold": decision.duties.hold.value}
    if decision.to is Stage.TERMINATED:
        survival = {
            str(duty.id): decision.duties.survival.get(duty.id)
            or duty_change.default_survival(duty.kind, reading.schedule_of(duty))
            for duty in duties_of(session, agreement)
            if not duty.is_closed
        }
        return {"survival": {key: one.value for key, one in survival.items() if one is not Survival.CLOSE}}
    if agreement.stage is Stage.SUSPENDED:
        return {"back": decision.duties.back.value, "days": _rest_days(session, agreement, decision)}
    return {}


def _rest_days(session: Session, agreement: Agreement, decision: Decision) -> int:
    since = duty_decisions.latest(session, agreement)
    return duty_change.rested_days(since.entered_on, decision.entered_on) if since else 0


def _outlook(session: Session, agreement: Agreement, decision: Decision, told: Mapping[str, Any]) -> Outlook:
    anchors = reading.anchors_of(session, agreement)
    if decision.to is Stage.ACTIVE and decision.signed_on:
        anchors = replace(anchors, signed_on=decision.signed_on)
    survival = {int(key): Survival(one) for key, one in told.get("survival", {}).items()}
    rests = told.get("hold") == Hold.ALL
    return Outlook(
        stage=decision.to,
        anchors=anchors,
        ended_on=decision.entered_on if decision.to is Stage.TERMINATED else None,
        survival=survival,
        rest=(decision.reason or "").strip() or None if rests else None,
    )


def _overlay(
    session: Session, agreement: Agreement, decision: Decision, told: Mapping[str, Any], actor: Actor
) -> Overlay | None:
    if decision.to is Stage.SUSPENDED:
        return _Suspending(decision=decision, by_id=actor.account_id)
    if agreement.stage is not Stage.SUSPENDED:
        return _Ending(decision=decision, told=told, since=None) if decision.to is Stage.TERMINATED else None
    since = duty_decisions.latest(session, agreement)
    if decision.to is Stage.TERMINATED:
        return _Ending(decision=decision, told=told, since=since)
    return _TakingUp(since=since, days=told["days"] if told["back"] == Back.PUSH else 0)


AWAKE: State = {"stage": OccurrenceStage.OPEN, "reason": None, "decided_on": None, "decided_by_id": None}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Suspending:
    """Let the open dates rest that people chose."""

    decision: Decision
    by_id: int | None

    def __call__(self, obligation: Obligation, period_key: str, state: State) -> State:
        duties = self.decision.duties
        chosen = duties.hold is Hold.ALL or (
            duties.hold is Hold.CHOSEN and duty_change.key_of(obligation.id, period_key) in duties.chosen
        )
        if not chosen or state["stage"] is not OccurrenceStage.OPEN:
            return state
        by = {"decided_on": self.decision.entered_on, "decided_by_id": self.by_id}
        return {**state, "stage": OccurrenceStage.HELD, "reason": (self.decision.reason or "").strip() or None, **by}


def _rests_since(obligation: Obligation, period_key: str, state: State, since: StageChange | None) -> bool:
    """Return whether an occurrence rests because of the suspension, not because it was given rest by itself."""
    if state["stage"] is not OccurrenceStage.HELD or since is None:
        return False
    keys = (since.duties or {}).get("keys", ())
    came_later = state["decided_on"] is None and state["reason"] == since.reason
    return came_later or duty_change.key_of(obligation.id, period_key) in keys


@dataclass(frozen=True, kw_only=True, slots=True)
class _TakingUp:
    """Take up what the suspension let rest, some days later if people decided so."""

    since: StageChange | None
    days: int

    def __call__(self, obligation: Obligation, period_key: str, state: State) -> State:
        if not _rests_since(obligation, period_key, state, self.since):
            return state
        if not self.days:
            return {**state, **AWAKE}
        later = {
            "scheduled_on": state["scheduled_on"] or state["due_on"],
            "due_on": duty_change.pushed(state["due_on"], self.days),
        }
        if state.get("due_at"):
            later["due_at"] = state["due_at"] + timedelta(days=self.days)
        return {**state, **AWAKE, **later}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ending:
    """At an early end what rested is owed if it was due before the rest or outlives the end; else it falls away."""

    decision: Decision
    told: Mapping[str, Any]
    since: StageChange | None

    def __call__(self, obligation: Obligation, period_key: str, state: State) -> State:
        if state["stage"] is not OccurrenceStage.HELD:
            return state
        survives = str(obligation.id) in self.told["survival"]
        rests = _rests_since(obligation, period_key, state, self.since)
        if rests and self.since and (survives or state["due_on"] < self.since.entered_on):
            return {**state, **AWAKE}
        if survives or (not rests and state["due_on"] <= self.decision.entered_on):
            return state
        return {**state, "stage": OccurrenceStage.CANCELLED}
