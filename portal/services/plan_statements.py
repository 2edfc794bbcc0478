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
    CompoundSelect,
    Date,
    FromClause,
    Integer,
    Select,
    String,
    Subquery,
    Table,
    Update,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from portal.domain.reminder import Audience, Channel, EndReason, ReminderStage, SubjectKind
from portal.models import Occurrence, Reminder, ReminderLadder, ReminderRule
from portal.models.base import UtcDateTime
from portal.queries.reminder_people import AUDIENCES, hearers
from portal.queries.reminder_subjects import LadderChoice, is_resting, live, targets_between

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


def _chosen(kind: SubjectKind, ladder: LadderChoice, borders: int, *, one_agreement: bool) -> CTE:
    between = (bindparam("first_on", type_=Date()), bindparam("last_on", type_=Date()))
    subject = targets_between(kind, *between, ladder).subquery("subject")
    chosen = select(subject)
    if borders:
        chosen = chosen.where(_may_fire(subject, borders))
    if one_agreement:
        chosen = chosen.where(subject.c.agreement_id == bindparam("agreement_id", type_=Integer()))
    # Made once and read for each audience.
    return chosen.cte("chosen")


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """What makes one insert another statement than the next."""

    kind: SubjectKind
    audiences: frozenset[Audience]
    ladder: LadderChoice
    borders: int
    one_agreement: bool
    with_stand_ins: bool


@cache
def insert(dialect: str, shape: Shape) -> Any:
    """Return the insert of one rung, or None when nobody can be in its audiences.

    Values: first_on, last_on, today, row_… of CONSTANTS, last_n and limit_n, agreement_id and ladder_id where asked.
    """
    kind = shape.kind
    chosen = _chosen(kind, shape.ladder, shape.borders, one_agreement=shape.one_agreement)
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


EVERYTHING = "everything"
"""A settling looks at this, or at the reminders of one agreement or message; the value is named `scope`."""


def _unsent(reminder: FromClause, scope: str) -> ColumnElement[bool]:
    unsent = reminder.c.stage.in_(UNSENT)
    return unsent if scope == EVERYTHING else and_(unsent, reminder.c[scope] == bindparam("scope", type_=Integer()))


def _scoped(scope: str) -> ColumnElement[bool]:
    return _unsent(TABLE, scope)


def _ending(where: ColumnElement[bool], stage: Any, why: Any) -> Update:
    return (
        update(TABLE).where(where).values(stage=stage, ended_at=bindparam("ended", type_=UtcDateTime()), end_reason=why)
    )


def _is_rung(pending: FromClause, ladder_id: Any, kind: SubjectKind, audience: Any) -> ColumnElement[bool]:
    """Whether a ladder, None for the default one, has the step and channel of a reminder for an audience.

    While the ladders are the seed nobody can have changed them.
    """
    stored = select(ReminderLadder.id).where(ReminderLadder.subject_kind == kind)
    default = stored.where(ReminderLadder.is_default.is_(True)).scalar_subquery()
    rung = exists(
        select(ReminderRule.id).where(
            ReminderRule.ladder_id == func.coalesce(ladder_id, default),
            ReminderRule.step == pending.c.step,
            ReminderRule.channel == pending.c.channel,
            ReminderRule.is_active.is_(True),
            audience,
        )
    )
    return or_(rung, ~exists(stored))


@cache
def ending_subjects(kind: SubjectKind, scope: str) -> Update:
    """Return the statement that ends unsent reminders whose subject rests, is finished or has another date.

    Values: ended (an instant), and scope unless the scope is everything.
    """
    mine = and_(TABLE.c.subject_kind == kind, _unsent(TABLE, scope))
    alive = live(kind).subquery("alive")
    same = select(alive.c.subject_id).where(alive.c.subject_id == TABLE.c.subject_id).correlate(TABLE)
    is_alive, is_right = exists(same), exists(same.where(alive.c.target_on == TABLE.c.target_on))
    stage = TABLE.c.stage.type
    why = case(
        (is_alive, EndReason.DATE_MOVED.value),
        (is_resting(kind, TABLE.c.subject_id, TABLE.c.agreement_id), EndReason.SUBJECT_HELD.value),
        else_=EndReason.FINISHED.value,
    )
    becomes = case((is_alive, literal(ReminderStage.SUPERSEDED, stage)), else_=literal(ReminderStage.CANCELLED, stage))
    return _ending(and_(mine, ~is_right), becomes, why)


@cache
def doubting(kind: SubjectKind, scope: str, *, with_stand_ins: bool) -> Select[Any] | None:
    """Return the select of unsent reminders whose reader does not hear in the same role any more; None: has no roles.

    Values: today, and scope unless the scope is everything.
    """
    right = _rightly_told(kind, scope, with_stand_ins=with_stand_ins)
    waiting = TABLE.alias("waiting")
    where = (waiting.c.subject_kind == kind, _unsent(waiting, scope))
    return None if right is None else select(waiting.c.id).where(*where, waiting.c.id.not_in(right))


@cache
def ending_people(kind: SubjectKind, scope: str) -> Update | None:
    """Return the statement that ends unsent reminders of those who hear in no role now, and those whose rung is gone.

    Values: ended (an instant), today, and scope unless the scope is everything.
    """
    wrong = _wrong_people(kind, scope)
    if wrong is None:
        return None
    return _ending(TABLE.c.id == wrong.c.id, ReminderStage.CANCELLED, wrong.c.why)


def _rightly_told(kind: SubjectKind, scope: str, *, with_stand_ins: bool) -> CompoundSelect[Any] | None:
    """The unsent reminders of those who still hear in the role in which they were told: nearly all, found by keys."""
    found = []
    for audience in Audience:
        pending = TABLE.alias(f"pending_{audience.value}")
        subject = live(kind).subquery("subject")
        asked = (
            select(subject, pending.c.id.label("reminder_id"), pending.c.account_id.label("wanted_id"))
            .join(pending, pending.c.subject_id == subject.c.subject_id)
            .where(
                pending.c.subject_kind == kind,
                pending.c.audience == audience,
                _unsent(pending, scope),
                _is_rung(pending, subject.c.ladder_id, kind, ReminderRule.audience == audience),
            )
            .subquery("asked")
        )
        who = hearers(kind, asked, frozenset({audience}), TODAY, with_stand_ins=with_stand_ins)
        if who is not None:
            found.append(select(who.c.reminder_id).where(who.c.account_id == who.c.wanted_id))
    return union_all(*found) if found else None


def _wrong_people(kind: SubjectKind, scope: str) -> Subquery | None:
    """The unsent reminders (id) of those who are not to hear of them in any role, and why."""
    right = _rightly_told(kind, scope, with_stand_ins=True)
    if right is None:
        return None
    waiting = TABLE.alias("waiting")
    names = ("id", "subject_id", "account_id", "step", "channel", "audience")
    keys = [waiting.c[name] for name in names]
    doubtful = (
        select(*keys)
        .where(waiting.c.subject_kind == kind, _unsent(waiting, scope), waiting.c.id.not_in(right))
        .cte("doubtful")
    )
    subject = live(kind).subquery("subject")
    chosen = select(subject).where(subject.c.subject_id.in_(select(doubtful.c.subject_id))).subquery("chosen")
    rows = hearers(kind, chosen, frozenset(Audience), TODAY)
    if rows is None:
        return None
    who = select(rows.c.subject_id, rows.c.account_id, rows.c.place).distinct().subquery("who")
    own: Any = null()
    if kind is SubjectKind.OCCURRENCE:
        own = select(Occurrence.ladder_id).where(Occurrence.id == doubtful.c.subject_id).scalar_subquery()
    audience = case({n: each.value for n, each in enumerate(AUDIENCES)}, value=who.c.place)
    is_theirs = type_coerce(ReminderRule.audience, String()) == audience
    is_told = case((_is_rung(doubtful, own, kind, is_theirs), 1), else_=0)
    is_stranger = func.max(who.c.account_id).is_(None)
    # The rung in whose name it was planned still stands: then it is the person that has changed.
    stands = case((_is_rung(doubtful, own, kind, ReminderRule.audience == doubtful.c.audience), 1), else_=0)
    has_left = or_(is_stranger, func.max(stands) == 1)
    return (
        select(
            doubtful.c.id,
            case((has_left, EndReason.NOT_RESPONSIBLE.value), else_=EndReason.RULE_CHANGED.value).label("why"),
        )
        .outerjoin(who, and_(who.c.subject_id == doubtful.c.subject_id, who.c.account_id == doubtful.c.account_id))
        .group_by(doubtful.c.id)
        .having(or_(is_stranger, func.max(is_told) == 0))
        .add_cte(doubtful, nest_here=True)
        .subquery("wrong")
    )


@cache
def waiting_kinds(scope: str) -> Select[Any]:
    """Return the select of the kinds that have unsent reminders in a scope."""
    return select(TABLE.c.subject_kind).where(_unsent(TABLE, scope)).distinct()


@cache
def dates(kind: SubjectKind) -> Select[Any]:
    """Return the select of the dates of a kind between the values first_on and last_on."""
    between = (bindparam("first_on", type_=Date()), bindparam("last_on", type_=Date()))
    return select(targets_between(kind, *between).subquery("subject").c.target_on).distinct()


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
    return _ending(where, ReminderStage.OVERTAKEN, EndReason.NEWER_STEP.value)


@cache
def ringing(scope: str) -> Update:
    """Return the statement that finishes what is shown in the portal only: the row itself is what the bell shows.

    Values: ended (an instant), today, and scope unless the scope is everything.
    """
    is_bell = and_(TABLE.c.channel == Channel.BELL, TABLE.c.stage == ReminderStage.PLANNED, is_time(TODAY))
    return (
        update(TABLE)
        .where(_scoped(scope), is_bell)
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
