"""The statements of the planner, built once and kept: set-based inserts and endings with named values.

One INSERT … SELECT … ON CONFLICT DO NOTHING for each step of a ladder, with the window's two constants (design:
platform A2.2, A3). Nothing is run here; `planning` runs them.
"""

from datetime import date
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Subquery,
    Table,
    Update,
    and_,
    bindparam,
    case,
    exists,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from portal.domain.reminder import Audience, EndReason, ReminderStage, SubjectKind
from portal.models import Reminder
from portal.models.base import UtcDateTime
from portal.queries.reminder_subjects import AUDIENCES, live, recipients, targets_between

TABLE = cast(Table, Reminder.__table__)
UNSENT = (ReminderStage.PLANNED, ReminderStage.HELD)
KEY = ("subject_kind", "subject_id", "target_on", "step", "account_id", "channel")
CONSTANTS = ("step", "channel", "stage", "planned_on", "planned_at", "reason", "ended_at", "end_reason")
"""Columns that have the same value in every row of one insert; the value's name is the column's with `row_` before."""

TODAY = bindparam("today", type_=Date())


def _may_fire(subject: Subquery, borders: int) -> ColumnElement[bool]:
    """Whether the step's day did not come before `remind_from`; values `last_n` and `limit_n` for n < borders."""
    limit = case(
        *(
            (subject.c.target_on <= bindparam(f"last_{n}", type_=Date()), bindparam(f"limit_{n}", type_=UtcDateTime()))
            for n in range(borders)
        )
    )
    return or_(subject.c.remind_from.is_(None), subject.c.remind_from < limit)


def _chosen(kind: SubjectKind, borders: int, *, one_agreement: bool) -> Subquery:
    between = (bindparam("first_on", type_=Date()), bindparam("last_on", type_=Date()))
    subject = targets_between(kind, *between).subquery("subject")
    chosen = select(subject)
    if borders:
        chosen = chosen.where(_may_fire(subject, borders))
    if one_agreement:
        chosen = chosen.where(subject.c.agreement_id == bindparam("agreement_id", type_=Integer()))
    return chosen.subquery("chosen")


@cache
def insert(
    dialect: str, kind: SubjectKind, audiences: frozenset[Audience], borders: int, *, one_agreement: bool
) -> Any:
    """Return the insert of one rung, or None when nobody can be in these audiences.

    Values: first_on, last_on, today, row_… of CONSTANTS, last_n and limit_n, agreement_id where asked for.
    """
    who = recipients(kind, _chosen(kind, borders, one_agreement=one_agreement), audiences, TODAY)
    if who is None:
        return None
    role = TABLE.c.audience.type
    columns: dict[str, ColumnElement[Any]] = {
        name: bindparam(f"row_{name}", type_=TABLE.c[name].type) for name in CONSTANTS
    }
    columns["subject_kind"] = literal(kind, TABLE.c.subject_kind.type)
    columns["audience"] = case({n: literal(each, role) for n, each in enumerate(AUDIENCES)}, value=who.c.place)
    columns |= {name: who.c[name] for name in ("subject_id", "target_on", "agreement_id", "account_id")}
    # The condition that is always true keeps SQLite from reading ON CONFLICT as the ON of a join.
    rows = select(*(value.label(name) for name, value in columns.items())).where(who.c.account_id.is_not(None))
    filled = postgresql.insert(TABLE) if dialect == "postgresql" else sqlite.insert(TABLE)
    return filled.from_select(list(columns), rows).on_conflict_do_nothing(index_elements=list(KEY))


SCOPES = {
    "everything": None,
    "agreement_id": TABLE.c.agreement_id,
    "message_id": TABLE.c.message_id,
}
"""Which reminders a settling looks at; the value is named `scope`."""


def _scoped(scope: str) -> ColumnElement[bool]:
    column = SCOPES[scope]
    unsent = TABLE.c.stage.in_(UNSENT)
    return unsent if column is None else and_(unsent, column == bindparam("scope", type_=Integer()))


def _ending(where: ColumnElement[bool], stage: ReminderStage, why: EndReason) -> Update:
    return (
        update(TABLE)
        .where(where)
        .values(stage=stage, ended_at=bindparam("ended", type_=UtcDateTime()), end_reason=why.value)
    )


@cache
def settlements(kind: SubjectKind, scope: str) -> tuple[Update, ...]:
    """Return the statements that end unsent reminders of a kind: finished, of another date, of somebody else.

    Values: ended (an instant), today, and scope unless the scope is everything.
    """
    mine = and_(TABLE.c.subject_kind == kind, _scoped(scope))
    alive = live(kind).subquery("alive")
    same = alive.c.subject_id == TABLE.c.subject_id
    finished = ~exists(select(alive.c.subject_id).where(same))
    moved = ~exists(select(alive.c.subject_id).where(same, alive.c.target_on == TABLE.c.target_on))
    subject = live(kind).subquery("subject")
    pending = TABLE.alias("pending")
    asked = select(pending.c.subject_id).where(pending.c.subject_kind == kind, pending.c.stage.in_(UNSENT))
    if scope != "everything":
        asked = asked.where(pending.c[scope] == bindparam("scope", type_=Integer()))
    who = recipients(
        kind, select(subject).where(subject.c.subject_id.in_(asked)).subquery("chosen"), frozenset(Audience), TODAY
    )
    endings = [
        _ending(and_(mine, finished), ReminderStage.CANCELLED, EndReason.FINISHED),
        _ending(and_(mine, moved), ReminderStage.SUPERSEDED, EndReason.DATE_MOVED),
    ]
    if who is not None:
        heard = and_(who.c.subject_id == TABLE.c.subject_id, who.c.account_id == TABLE.c.account_id)
        stranger = ~exists(select(who.c.account_id).where(heard))
        endings.append(_ending(and_(mine, stranger), ReminderStage.CANCELLED, EndReason.NOT_RESPONSIBLE))
    return tuple(endings)


@cache
def overtaking(scope: str) -> Update:
    """Return the statement that ends unsent reminders for which a later step is planned or sent already."""
    newer = TABLE.alias("newer")
    same = and_(
        *(newer.c[name] == TABLE.c[name] for name in KEY if name != "step"),
        newer.c.step > TABLE.c.step,
        newer.c.stage.in_((*UNSENT, ReminderStage.SENT)),
    )
    where = and_(_scoped(scope), exists(select(newer.c.id).where(same)))
    return _ending(where, ReminderStage.OVERTAKEN, EndReason.NEWER_STEP)


@cache
def targets(kind: SubjectKind) -> Select[tuple[date]]:
    """Return the select of the dates of one agreement, whose id is the value agreement_id."""
    subject = live(kind).subquery("subject")
    owner = bindparam("agreement_id", type_=Integer())
    return select(subject.c.target_on).where(subject.c.agreement_id == owner)
