"""The statements that take up ended reminders again: what ended them was undone while their step is still current.

A row keeps its key when it ends, so that an insert of the same reminder does nothing; without these it would never be
told. An upsert cannot do it: PostgreSQL refuses to touch a row twice, and who has two roles is found twice. Nothing is
run here; `planning` runs them.
"""

from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    Update,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    null,
    select,
    update,
)

from portal.domain.reminder import EndReason, MessageStage, ReminderStage
from portal.models import Message
from portal.queries.kept import one_of
from portal.queries.reminder_people import recipients
from portal.services.plan_statements import TABLE, TODAY, Shape, chosen_subjects, role_at

UNDONE = tuple(
    reason.value
    for reason in (
        EndReason.DATE_MOVED,
        EndReason.FINISHED,
        EndReason.NOT_RESPONSIBLE,
        EndReason.RULE_CHANGED,
        EndReason.SUBJECT_HELD,
    )
)
"""Ends that the world can take back; what people declined, what was given up, missed or overtaken stays ended."""

ENDED = (ReminderStage.CANCELLED, ReminderStage.SUPERSEDED)
"""Neither waiting nor told."""


def _may_return(row: FromClause) -> ColumnElement[bool]:
    since = row.c.planned_on >= bindparam("since", type_=Date())
    return and_(one_of(row.c.stage, ENDED), since, one_of(row.c.end_reason, UNDONE))


@cache
def revivable(*, one_agreement: bool) -> Select[Any]:
    """Return the select of ways with rows that may return: kind, channel, first and last target date.

    Values: since (rows planned before this day have no current step), and of_agreement where asked.
    """
    ended = select(TABLE.c.subject_kind, TABLE.c.channel, TABLE.c.target_on).where(_may_return(TABLE))
    if one_agreement:
        ended = ended.where(TABLE.c.agreement_id == bindparam("of_agreement", type_=Integer()))
    # Found first, by the index of stages and days; grouping at once would read the whole table in another order.
    row = ended.cte("ended").prefix_with("MATERIALIZED")
    first, last = func.min(row.c.target_on).label("first_on"), func.max(row.c.target_on).label("last_on")
    return select(row.c.subject_kind, row.c.channel, first, last).group_by(row.c.subject_kind, row.c.channel)


@cache
def revive(shape: Shape) -> Update | None:
    """Return the statement that plans ended rows of one track anew, for whoever is to hear today; None: nobody can be.

    Values: those of `plan_statements.insert`, and since. A message that has not left yet keeps its row.
    """
    row = TABLE.alias("ended")
    channel = bindparam("row_channel", type_=TABLE.c.channel.type)
    mine = (TABLE.c.subject_kind == shape.kind, TABLE.c.channel == channel, _may_return(TABLE))
    ended = select(row.c.subject_id).where(row.c.subject_kind == shape.kind, row.c.channel == channel, _may_return(row))
    who = recipients(shape.kind, chosen_subjects(shape, among=ended), shape.audiences, TODAY)
    if who is None:
        return None
    same = (TABLE.c[name] == who.c[name] for name in ("subject_id", "target_on", "step", "account_id"))
    reason = who.c.reason if shape.dialect == "sqlite" else cast(who.c.reason, TABLE.c.reason.type)
    waits = exists(
        select(Message.id).where(
            Message.id == TABLE.c.message_id, one_of(Message.stage, (MessageStage.PENDING, MessageStage.LEASED))
        )
    ).correlate(TABLE)
    return (
        update(TABLE)
        .where(*mine, *same)
        .values(
            stage=ReminderStage.PLANNED,
            audience=role_at(who.c.place),
            planned_on=TODAY,
            planned_at=bindparam("row_planned_at", type_=TABLE.c.planned_at.type),
            reason=reason,
            message_id=case((waits, TABLE.c.message_id), else_=null()),
            ended_at=null(),
            end_reason=null(),
        )
    )
