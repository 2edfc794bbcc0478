"""The statements of the planner, built once and kept: set-based inserts and endings with named values.

One INSERT … SELECT … ON CONFLICT DO NOTHING for each step of a ladder, with the window's two constants (design:
platform A2.2, A3). Nothing is run here; `planning` runs them.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    Subquery,
    Table,
    Update,
    and_,
    bindparam,
    case,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from portal.domain.reminder import Audience, Channel, ReminderStage, SubjectKind
from portal.models import Reminder
from portal.models.base import UtcDateTime
from portal.queries.reminder_people import AUDIENCES, hearers
from portal.queries.reminder_subjects import LadderChoice, live, targets_between

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """What makes one insert another statement than the next."""

    kind: SubjectKind
    audiences: frozenset[Audience]
    ladder: LadderChoice
    borders: int
    one_agreement: bool
    with_stand_ins: bool


def chosen_subjects(shape: Shape, among: Select[Any] | None = None) -> CTE:
    """Return what a rung tells of today; `among` names the only subjects that are looked at."""
    between = (bindparam("first_on", type_=Date()), bindparam("last_on", type_=Date()))
    subject = targets_between(shape.kind, *between, shape.ladder).subquery("subject")
    chosen = select(subject)
    if shape.borders:
        chosen = chosen.where(_may_fire(subject, shape.borders))
    if shape.one_agreement:
        chosen = chosen.where(subject.c.agreement_id == bindparam("of_agreement", type_=Integer()))
    if among is not None:
        chosen = chosen.where(subject.c.subject_id.in_(among))
    # Made once and read for each audience.
    return chosen.cte("chosen")


@cache
def insert(dialect: str, shape: Shape) -> Any:
    """Return the insert of one rung, or None when nobody can be in its audiences.

    Values: first_on, last_on, today, row_… of CONSTANTS, last_n and limit_n, of_agreement and ladder_id where asked.
    """
    kind = shape.kind
    chosen = chosen_subjects(shape)
    # Whoever hears in two roles is found twice, in the order of AUDIENCES; the key lets the first one in.
    who = hearers(kind, chosen, shape.audiences, TODAY, with_stand_ins=shape.with_stand_ins)
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


EVERYTHING, MESSAGES = "everything", "messages"
"""A settling looks at one of these, or at the reminders of one agreement or message; the value is named `scope`."""


def unsent(reminder: FromClause, scope: str) -> ColumnElement[bool]:
    """Return whether a reminder has not left yet and lies in a scope."""
    waits = reminder.c.stage.in_(UNSENT)
    if scope == MESSAGES:
        return and_(waits, reminder.c.message_id.in_(bindparam("scope", expanding=True)))
    return waits if scope == EVERYTHING else and_(waits, reminder.c[scope] == bindparam("scope", type_=Integer()))


@cache
def dates(kind: SubjectKind) -> Select[Any]:
    """Return the select of the dates of a kind between the values first_on and last_on."""
    between = (bindparam("first_on", type_=Date()), bindparam("last_on", type_=Date()))
    return select(targets_between(kind, *between).subquery("subject").c.target_on).distinct()


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
