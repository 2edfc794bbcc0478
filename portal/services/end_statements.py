"""The statements that end unsent reminders: the subject is over or moved, the reader or the rung is gone, a newer step.

They are built once and kept, with named values. Nothing is run here; `planning` runs them.
"""

from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    FromClause,
    Select,
    String,
    Subquery,
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

from portal.domain.reminder import Audience, EndReason, ReminderStage, SubjectKind
from portal.models import Occurrence, ReminderLadder, ReminderRule
from portal.models.base import UtcDateTime
from portal.queries.kept import one_of
from portal.queries.reminder_people import AUDIENCES, hearers
from portal.queries.reminder_subjects import is_resting, live
from portal.services.plan_statements import KEY, TABLE, TODAY, UNSENT, unsent


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
    mine = and_(TABLE.c.subject_kind == kind, unsent(TABLE, scope))
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
    """Return the select of one unsent reminder that does not stand as it was planned; None: its kind has no roles.

    It stands while its subject is live with the same date and its reader hears in the same role on the same rung.

    Values: today, and scope unless the scope is everything.
    """
    right = _rightly_told(kind, scope, with_stand_ins=with_stand_ins)
    waiting = TABLE.alias("waiting")
    where = (waiting.c.subject_kind == kind, unsent(waiting, scope))
    return None if right is None else select(waiting.c.id).where(*where, waiting.c.id.not_in(right)).limit(1)


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
                pending.c.target_on == subject.c.target_on,
                pending.c.subject_kind == kind,
                pending.c.audience == audience,
                unsent(pending, scope),
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
        .where(waiting.c.subject_kind == kind, unsent(waiting, scope), waiting.c.id.not_in(right))
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
        mine = select(Occurrence.ladder_id).where(Occurrence.id == doubtful.c.subject_id)
        own = mine.correlate(doubtful).scalar_subquery()
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
    return select(TABLE.c.subject_kind).where(unsent(TABLE, scope)).distinct()


@cache
def overtaking(scope: str) -> Update:
    """Return the statement that ends unsent reminders for which a later step is planned or sent already."""
    newer = TABLE.alias("newer")
    same = and_(
        *(newer.c[name] == TABLE.c[name] for name in KEY if name != "step"),
        newer.c.step > TABLE.c.step,
        one_of(newer.c.stage, (*UNSENT, ReminderStage.SENT)),
    )
    where = and_(unsent(TABLE, scope), exists(select(newer.c.id).where(same)))
    return _ending(where, ReminderStage.OVERTAKEN, EndReason.NEWER_STEP.value)


def _was_decided_before(row: FromClause) -> ColumnElement[bool]:
    """Return whether people declined a step before it came, for whoever would have heard of it then."""
    since = row.c.planned_on >= bindparam("since", type_=Date())
    decided = row.c.reason["decided_before"].as_boolean().is_(True)
    return and_(row.c.stage == ReminderStage.CANCELLED, since, row.c.end_reason == EndReason.DECLINED.value, decided)


@cache
def decided_before() -> Select[Any]:
    """Return the select of one reminder that was declined before its step came, on or after the day `since`."""
    return select(TABLE.c.id).where(_was_decided_before(TABLE)).limit(1)


@cache
def declining() -> Update:
    """Return the statement that declines for new readers, too, what was declined before its step came.

    Values: ended (the instant at which these were planned), and since.
    """
    former = TABLE.alias("former")
    same = and_(*(former.c[name] == TABLE.c[name] for name in ("subject_kind", "subject_id", "target_on", "step")))
    found = and_(same, _was_decided_before(former))

    def of_former(name: str) -> Any:
        return select(former.c[name]).where(found).order_by(former.c.id).limit(1).correlate(TABLE).scalar_subquery()

    fresh = and_(one_of(TABLE.c.stage, UNSENT), TABLE.c.planned_at == bindparam("ended", type_=UtcDateTime()))
    ending = _ending(
        and_(fresh, exists(select(former.c.id).where(found).correlate(TABLE))),
        ReminderStage.CANCELLED,
        EndReason.DECLINED.value,
    )
    return ending.values(decided_by_id=of_former("decided_by_id"), decision_reason=of_former("decision_reason"))
