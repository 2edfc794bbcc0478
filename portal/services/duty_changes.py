"""What a change of an agreement does to its dated duties: told before it is made, and made as it was told.

A stage that people decide, new dates of the record, and the end that an addendum or an extension gives to another
agreement. Nothing here writes: `agreements` does, through `timetable`, which knows what schedules want.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.domain import duty_change, policy
from portal.domain.agreement import UNSIGNED, Relation, Stage
from portal.domain.agreement_facts import AgreementFacts
from portal.domain.duty import LIVING
from portal.domain.duty_change import Decision, Fate, Hold, Survival
from portal.domain.period import Period
from portal.domain.policy import Action, Actor
from portal.domain.schedule import Anchors
from portal.models import Agreement, AgreementRelation, Obligation
from portal.queries import duty_decisions, kinship
from portal.queries import obligations as reading
from portal.services import stage_overlays, timetable
from portal.services.timetable import Line, Outlook

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
    children: tuple[DutyPlan, ...]
    """What the date of signing moves in agreements beneath this one, as far as the reader may read them."""
    told: Mapping[str, Any]
    """The decision about duties as it is kept with the change of stage."""


def of_decision(
    session: Session, agreement: Agreement, decision: Decision, *, actor: Actor, now: datetime
) -> StagePlan:
    """Return what a decision about the stage would do, without writing anything."""
    told = _kept(session, agreement, decision)
    outlook = _outlook(session, agreement, decision, told)
    overlay = stage_overlays.of(session, agreement, decision, told, actor=actor)
    lines = timetable.project(session, agreement, outlook=outlook, overlay=overlay, now=now)
    own = DutyPlan(agreement=agreement, outlook=outlook, lines=lines)
    if decision.to is Stage.SUSPENDED:
        held = [
            duty_change.key_of(line.obligation.id, line.period_key) for line, fate in own.fates if fate is Fate.HELD
        ]
        told = {**told, "keys": held}
    moved = new_ends(session, agreement, actor=actor, now=now) if _signs(agreement, decision) else ()
    follows = [{"code": plan.agreement.code, "counts": plan.counts} for plan in moved if decision.follow]
    told = {**told, "counts": own.counts, **({"followed": follows} if follows else {})}
    beneath = counted_from(session, agreement, outlook.anchors.signed_on, actor=actor, now=now)
    return StagePlan(own=own, followers=moved, children=beneath, told=told)


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
    others = select(AgreementRelation.other_id).where(
        AgreementRelation.agreement_id == agreement.id, AgreementRelation.relation.in_(FOLLOWED_BY)
    )
    return _without_end(session, Agreement.id.in_(others), agreement.ends_on, actor=actor)


def _without_end(
    session: Session, which: ColumnElement[bool], ends_on: date | None, *, actor: Actor
) -> tuple[Agreement, ...]:
    if ends_on is None:
        return ()
    rows = session.scalars(select(Agreement).where(which, Agreement.stage.in_(LIVING)).order_by(Agreement.id))
    reads_all = bool(policy.may(actor, Action.SEE_CONFIDENTIAL))
    return tuple(row for row in rows if row.ends_on != ends_on and (reads_all or not row.is_confidential))


def new_ends(session: Session, agreement: Agreement, *, actor: Actor, now: datetime) -> tuple[DutyPlan, ...]:
    """Return what the end of `agreement` would do to the dates of those that it amends or extends."""
    others = given_new_end(session, agreement, actor=actor)
    return tuple(_with_end(session, other, agreement.ends_on, now=now) for other in others)


def of_record(session: Session, facts: AgreementFacts, *, actor: Actor, now: datetime) -> tuple[DutyPlan, ...]:
    """Return the same before an agreement in force is recorded, by what is told of it; nothing is written."""
    codes = [one.other_code for one in facts.relations if one.relation in FOLLOWED_BY]
    others = _without_end(session, Agreement.code.in_(codes), facts.ends_on, actor=actor) if codes else ()
    return tuple(_with_end(session, other, facts.ends_on, now=now) for other in others)


def counted_from(
    session: Session, agreement: Agreement, signed_on: date | None, *, actor: Actor, now: datetime
) -> tuple[DutyPlan, ...]:
    """Return what another day of signing of `agreement` does beneath it, for who may read those agreements."""
    if signed_on == agreement.signed_on:
        return ()
    reads_all = bool(policy.may(actor, Action.SEE_CONFIDENTIAL))
    found = []
    for child in kinship.list_counted_from_signing(session, agreement):
        if reads_all or not child.is_confidential:
            recorded = timetable.recorded(session, child)
            outlook = replace(recorded, anchors=replace(recorded.anchors, parent_signed_on=signed_on))
            lines = timetable.project(session, child, outlook=outlook, now=now)
            found.append(DutyPlan(agreement=child, outlook=outlook, lines=lines))
    return tuple(found)


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
