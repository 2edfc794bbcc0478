"""One thing that waits for a person of the office, and what its sources share."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from portal.domain.agreement import Stage
from portal.domain.policy import Action, Actor, Role, may
from portal.models import Agreement, AgreementParty, Organisation

MOST = 200
"""Rows read from each source: a person with more has other worries than the rest of the list."""


class TaskKind(StrEnum):
    """What is to be done."""

    REVIEW_REPORT = "review_report"
    NOTE_FULFILMENT = "note_fulfilment"
    CHASE_REPORT = "chase_report"
    DECIDE_RELIEF = "decide_relief"
    DECIDE_RENEWAL = "decide_renewal"
    ANSWER_PROPOSAL = "answer_proposal"
    ANSWER_QUESTION = "answer_question"
    DECIDE_REPLIES = "decide_replies"
    CHASE_REPLIES = "chase_replies"
    MOVE_STAGE = "move_stage"
    NAME_OFFICER = "name_officer"
    ANSWER_DATA_REQUEST = "answer_data_request"


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One thing that waits for a person."""

    kind: TaskKind
    title: str
    agreement_code: str
    agreement_title: str
    partners: tuple[str, ...]
    on: date
    """The day it is to be done by; for a stage, since when it waits."""
    days: int
    """Days until then; negative when late, and for a stage the days that it has waited."""
    record_id: int | None = None
    number: int = 0
    """Place of the duty in its agreement."""
    report_code: str | None = None
    period_key: str = "once"
    stage: Stage | None = None
    due_at: datetime | None = None
    """The instant by which it is to be done, where hours count."""
    organisation_code: str | None = None
    """The partner whose card it is about; such a task has no agreement."""
    is_sample: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Asker:
    """Who asks for tasks, and when."""

    session: Session
    actor: Actor
    today: date

    @property
    def readable(self) -> ColumnElement[bool]:
        """Return the condition that the actor may read an agreement."""
        if may(self.actor, Action.SEE_CONFIDENTIAL):
            return true()
        return Agreement.is_confidential.is_(False)

    @property
    def own(self) -> ColumnElement[bool]:
        """Return the condition that an agreement is the actor's, or nobody's."""
        mine = or_(Agreement.officer_id == self.actor.account_id, Agreement.officer_id.is_(None))
        return mine if Role.OFFICER in self.actor.roles else true()


def task_of(asker: Asker, kind: TaskKind, agreement: Agreement, *, on: date, **more: Any) -> Task:
    """Return a task about an agreement; `more` are further fields."""
    values = {"title": agreement.title, "partners": (), **more}
    return Task(
        kind=kind,
        agreement_code=agreement.code,
        agreement_title=agreement.title,
        on=on,
        days=(on - asker.today).days,
        is_sample=agreement.is_sample,
        **values,
    )


def partners_of(session: Session, ids: list[int]) -> dict[int, tuple[str, ...]]:
    """Return the names of the partners of several agreements, as printed."""
    rows = session.execute(
        select(AgreementParty.agreement_id, AgreementParty.name_printed)
        .join(AgreementParty.organisation)
        .where(AgreementParty.agreement_id.in_(ids), Organisation.is_ours.is_(False))
        .order_by(AgreementParty.agreement_id, AgreementParty.position)
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        found[row.agreement_id] = (*found.get(row.agreement_id, ()), row.name_printed)
    return found
