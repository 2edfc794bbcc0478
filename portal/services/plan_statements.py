"""The statements of the planner, built once and kept: set-based inserts and endings with named values.

One INSERT … SELECT … ON CONFLICT DO NOTHING for each track, which reads the intervals of target dates of its steps from
one value (design: platform A2.2, A3). Nothing is run here; `planning` runs them.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    CTE,
    TIMESTAMP,
    ColumnElement,
    Date,
    Delete,
    FromClause,
    Integer,
    Select,
    String,
    Table,
    Update,
    and_,
    bindparam,
    case,
    column,
    delete,
    distinct,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
    update,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB

from portal.domain.reminder import Audience, Channel, ReminderStage, SubjectKind
from portal.models import Agreement, Occurrence, PlanChange, Reminder, SweepLog
from portal.models.base import UtcDateTime
from portal.queries.kept import one_of, settled
from portal.queries.reminder_people import AUDIENCES, hearers, somebody_away
from portal.queries.reminder_subjects import LadderChoice, live, targets_between

TABLE = cast(Table, Reminder.__table__)
UNSENT = (ReminderStage.PLANNED, ReminderStage.HELD)
KEY = ("subject_kind", "subject_id", "target_on", "step", "account_id", "channel")
CONSTANTS = ("channel", "stage", "planned_on", "planned_at", "ended_at", "end_reason")
"""Columns that have the same value in every row of one insert; the value's name is the column's with `row_` before."""

TODAY = bindparam("today", type_=Date())
UNTOLD = frozenset({"remind_from", "ladder_id"})
"""Columns of a subject that nobody asks for once it is chosen."""
AGENDA = ("first_on", "last_on", "step", "heard", "reason", "may_begin")
"""What a line of the value `agenda` says (`plan_agenda.lines`)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """What makes the statements of one track others than those of the next."""

    dialect: str
    kind: SubjectKind
    audiences: frozenset[Audience]
    ladder: LadderChoice
    one_agreement: bool
    with_stand_ins: bool


def _agenda(dialect: str) -> CTE:
    """Return the lines of the value `agenda` as rows, read once."""
    types: dict[str, Any] = {
        "first_on": Date(),
        "last_on": Date(),
        "step": Integer(),
        "heard": Integer(),
        "may_begin": UtcDateTime(),
    }
    given = bindparam("agenda", type_=String())
    if dialect == "sqlite":
        line = func.json_each(given).table_valued("value").alias("line")
        read: list[ColumnElement[Any]] = [
            type_coerce(func.json_extract(line.c.value, f"$.{name}"), types.get(name, String())).label(name)
            for name in AGENDA
        ]
        rows = select(*read).select_from(line)
    else:
        types |= {"reason": JSONB(), "may_begin": TIMESTAMP(timezone=True)}
        columns: list[ColumnElement[Any]] = [column(name, types[name]) for name in AGENDA]
        line = func.jsonb_to_recordset(sql_cast(given, JSONB())).table_valued(*columns, name="line")
        rows = select(*line.render_derived(with_types=True).c)
    return rows.cte("agenda", nesting=True).prefix_with("MATERIALIZED")


def chosen_subjects(shape: Shape, among: Select[Any] | None = None, *, with_reason: bool = True) -> CTE:
    """Return what a track tells of today, with step, heard and reason; `among` names the only subjects looked at."""
    agenda = _agenda(shape.dialect)
    subject = targets_between(shape.kind, agenda.c.first_on, agenda.c.last_on, shape.ladder)
    told = [each for each in subject.selected_columns if each.key not in UNTOLD]
    chosen = subject.with_only_columns(
        *told, agenda.c.step, agenda.c.heard, *([agenda.c.reason] if with_reason else []), maintain_column_froms=True
    )
    if shape.kind is SubjectKind.OCCURRENCE:
        begins = Occurrence.remind_from
        chosen = chosen.where(or_(begins.is_(None), begins < agenda.c.may_begin))
    if shape.one_agreement:
        chosen = chosen.where(Agreement.id == bindparam("of_agreement", type_=Integer()))
    if among is not None:
        chosen = chosen.where(chosen.selected_columns.subject_id.in_(among))
    # Made once and read for each audience.
    return chosen.cte("chosen").prefix_with("MATERIALIZED")


def role_at(place: ColumnElement[int]) -> ColumnElement[Any]:
    """Return the audience at a place in AUDIENCES."""
    role = TABLE.c.audience.type
    return case({n: literal(each, role) for n, each in enumerate(AUDIENCES)}, value=place)


@cache
def insert(shape: Shape) -> Any:
    """Return the insert of one track, or None when nobody can be in its audiences.

    Values: agenda, today, row_… of CONSTANTS, and of_agreement and ladder_id where asked.
    """
    # Whoever hears in two roles is found twice, in the order of AUDIENCES; the key lets the first one in.
    who = hearers(shape.kind, chosen_subjects(shape), shape.audiences, TODAY, with_stand_ins=shape.with_stand_ins)
    if who is None:
        return None
    columns: dict[str, ColumnElement[Any]] = {
        name: bindparam(f"row_{name}", type_=TABLE.c[name].type) for name in CONSTANTS
    }
    columns["subject_kind"] = literal(shape.kind, TABLE.c.subject_kind.type)
    columns["audience"] = role_at(who.c.place)
    columns |= {name: who.c[name] for name in ("subject_id", "target_on", "agreement_id", "step", "account_id")}
    columns["reason"] = who.c.reason if shape.dialect == "sqlite" else sql_cast(who.c.reason, TABLE.c.reason.type)
    # The condition that is always true keeps SQLite from reading ON CONFLICT as the ON of a join.
    rows = select(*(value.label(name) for name, value in columns.items())).where(who.c.account_id.is_not(None))
    if shape.with_stand_ins:
        # Joining the people who stand in may lose the order in which the roles were found.
        rows = rows.order_by(who.c.place)
    filled = postgresql.insert(TABLE) if shape.dialect == "postgresql" else sqlite.insert(TABLE)
    return settled(filled.from_select(list(columns), rows).on_conflict_do_nothing(index_elements=list(KEY)))


@cache
def standing(shape: Shape) -> Select[Any] | None:
    """Return the select of (missing, right) of one track; None: nobody can be in its audiences.

    `missing` counts what has no row yet, `right` the unsent rows whose reader still hears in the same role. Values:
    those of `insert` without row_…, and channel.
    """
    chosen = chosen_subjects(shape, with_reason=False)
    # Each audience is looked at apart: rows that pass through a union first cost half as much again.
    found = [_standing_of(shape, chosen, audience) for audience in AUDIENCES if audience in shape.audiences]
    counts = [each for each in found if each is not None]
    if not counts:
        return None
    counted = union_all(*counts).subquery("counted")
    total: list[Any] = [func.sum(counted.c.missing).label("missing"), func.sum(counted.c.right).label("right")]
    return settled(select(*total))


def _standing_of(shape: Shape, chosen: CTE, audience: Audience) -> Select[Any] | None:
    """Return the select of (missing, right) for one audience of a track."""
    audiences = frozenset({audience})
    who = hearers(shape.kind, chosen, audiences, TODAY, with_stand_ins=shape.with_stand_ins, is_nested=False)
    if who is None:
        return None
    row = TABLE.alias(f"planned_{audience.value}")
    same = and_(
        row.c.subject_kind == shape.kind,
        row.c.channel == bindparam("channel", type_=TABLE.c.channel.type),
        *(row.c[name] == who.c[name] for name in ("subject_id", "target_on", "step", "account_id")),
    )
    is_right = and_(one_of(row.c.stage, UNSENT), row.c.audience == audience)
    counted: list[Any] = [
        (func.count() - func.count(row.c.id)).label("missing"),
        func.count(distinct(case((is_right, row.c.id)))).label("right"),
    ]
    return select(*counted).select_from(who.outerjoin(row, same))


EVERYTHING, MESSAGES = "everything", "messages"
"""A settling looks at one of these, or at the reminders of one agreement or message; the value is named `scope`."""


def unsent(reminder: FromClause, scope: str) -> ColumnElement[bool]:
    """Return whether a reminder has not left yet and lies in a scope."""
    waits = one_of(reminder.c.stage, UNSENT)
    if scope == MESSAGES:
        return and_(waits, reminder.c.message_id.in_(bindparam("scope", expanding=True)))
    return waits if scope == EVERYTHING else and_(waits, reminder.c[scope] == bindparam("scope", type_=Integer()))


@cache
def seeing_changes() -> Delete:
    """Return the statement that removes the notes of changes since the last sweep."""
    return delete(PlanChange)


@cache
def any_absence() -> Select[Any]:
    """Return the select of one absence that counts on the day `today`, whichever."""
    return somebody_away(TODAY)


@cache
def beginning() -> Select[Any]:
    """Return the select of what a sweep begins with: swept_on, is_empty, somebody_away; the value is `today`."""
    last = select(SweepLog.day).order_by(SweepLog.id.desc()).limit(1).scalar_subquery()
    found: list[Any] = [
        last.label("swept_on"),
        (~exists(select(TABLE.c.id))).label("is_empty"),
        exists(somebody_away(TODAY)).label("somebody_away"),
    ]
    return select(*found)


@cache
def unsent_count() -> Select[Any]:
    """Return the select of how many reminders have not left yet."""
    return select(func.count()).select_from(TABLE).where(one_of(TABLE.c.stage, UNSENT))


@cache
def forgetting() -> Delete:
    """Return the statement that removes what was planned for days after the value today and told to nobody."""
    # Every stage is named, so that the index by stage and day is used.
    is_future = and_(one_of(TABLE.c.stage, ReminderStage), TABLE.c.planned_on > TODAY)
    untold = or_(one_of(TABLE.c.stage, (*UNSENT, ReminderStage.OVERTAKEN)), TABLE.c.channel == Channel.BELL)
    return delete(TABLE).where(is_future, untold, TABLE.c.message_id.is_(None))


@cache
def ringing(scope: str) -> Update:
    """Return the statement that finishes what is shown in the portal only: the row itself is what the bell shows.

    Values: ended (an instant), today, and scope unless the scope is everything.
    """
    is_bell = and_(TABLE.c.channel == Channel.BELL, TABLE.c.stage == ReminderStage.PLANNED, is_time(TODAY))
    return (
        update(TABLE)
        .where(unsent(TABLE, scope), is_bell)
        .values(stage=ReminderStage.SENT, ended_at=bindparam("ended", type_=UtcDateTime()))
    )


def is_time(today: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Return whether nobody has put a reminder off to a day after `today`."""
    return or_(TABLE.c.postponed_to.is_(None), TABLE.c.postponed_to <= today)


@cache
def targets(kind: SubjectKind) -> Select[Any]:
    """Return the select of the dates of one agreement and their ladders; its id is the value agreement_id."""
    subject = live(kind).subquery("subject")
    owner = bindparam("agreement_id", type_=Integer())
    return select(subject.c.target_on, subject.c.ladder_id).where(subject.c.agreement_id == owner)
