"""Requests for relief that wait for somebody of the office: the list, and the same as tasks."""

from datetime import timedelta

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from portal.domain.dates import office_date
from portal.domain.policy import Action, Actor, may
from portal.models import Agreement
from portal.queries import reliefs
from portal.queries.reliefs import Request
from portal.queries.task import Asker, Task, TaskKind, task_of

ANSWER_DAYS = 7
"""A request is to be answered within a week; an own rule of the office, no law."""


def list_waiting(session: Session, *, actor: Actor) -> tuple[Request, ...]:
    """Return the requests that wait and that `actor` may read, the longest waiting first."""
    return reliefs.list_waiting(session, *_readable(actor))


def _readable(actor: Actor) -> list[ColumnElement[bool]]:
    return [] if may(actor, Action.SEE_CONFIDENTIAL) else [Agreement.is_confidential.is_(False)]


def waiting(asker: Asker) -> list[Task]:
    """Return the requests that wait for this person: of own agreements, and of those that nobody looks after."""
    return [_task(asker, each) for each in reliefs.list_waiting(asker.session, asker.own, asker.readable)]


def _task(asker: Asker, request: Request) -> Task:
    relief = request.relief
    return task_of(
        asker,
        TaskKind.DECIDE_RELIEF,
        relief.occurrence.obligation.agreement,
        on=office_date(relief.asked_at) + timedelta(days=ANSWER_DAYS),
        title=relief.occurrence.obligation.title,
        partners=(request.organisation,),
        record_id=relief.id,
        number=request.number,
        period_key=relief.occurrence.period_key,
    )
