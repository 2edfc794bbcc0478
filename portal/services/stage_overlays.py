"""What a decision about the stage does to dates that are written already: rest, waking up, an early end.

`duty_changes` tells with them what will happen; nothing here writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.domain import duty_change
from portal.domain.agreement import Stage
from portal.domain.duty_change import Back, Decision, Hold, State
from portal.domain.obligation import OccurrenceStage
from portal.domain.policy import Actor
from portal.models import Agreement, Obligation, StageChange
from portal.queries import duty_decisions
from portal.services.timetable import Overlay


def of(
    session: Session, agreement: Agreement, decision: Decision, told: Mapping[str, Any], *, actor: Actor
) -> Overlay | None:
    """Return what a decision does to written dates; `told` is the decision as it is kept. None: nothing of its own."""
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
