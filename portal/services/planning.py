"""The set-based statements behind a sweep: rows are planned and ended by SQL, never one by one.

One INSERT … SELECT … ON CONFLICT DO NOTHING for each step with the window's two constants (design: platform A2.2,
A3). Which statements run when is decided in `reminders`; who is told, in `queries.reminder_subjects`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Subquery,
    Table,
    and_,
    case,
    delete,
    exists,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from portal.domain.calendar import WorkingCalendar
from portal.domain.dates import local_instant
from portal.domain.organisation import Zone
from portal.domain.reminder import (
    Audience,
    Channel,
    EndReason,
    ReminderStage,
    SubjectKind,
    Window,
    day_of,
)
from portal.models import Reminder
from portal.models.base import UtcDateTime
from portal.queries import reminder_subjects
from portal.queries.reminder_subjects import AUDIENCES, live, recipients, targets_between

UNSENT = (ReminderStage.PLANNED, ReminderStage.HELD)
KEY = ("subject_kind", "subject_id", "target_on", "step", "account_id", "channel")
_TABLE = cast(Table, Reminder.__table__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rung:
    """One step of one ladder today: the target dates it is told for, to whom, and what its rows become."""

    kind: SubjectKind
    window: Window
    audiences: frozenset[Audience]
    stage: ReminderStage = ReminderStage.PLANNED


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """When a plan is made: the office's date, the instant, and the calendar."""

    today: date
    now: datetime
    calendar: WorkingCalendar


def _count(session: Session, statement: Any) -> int:
    result = session.execute(statement, execution_options={"synchronize_session": False, "preserve_rowcount": True})
    return result.rowcount if isinstance(result, CursorResult) else 0


def _may_fire(subject: Subquery, rung: Rung, calendar: WorkingCalendar) -> ColumnElement[bool]:
    """Whether the step's day did not come before `remind_from`: back-dated records stay silent."""
    borders = [
        (max(days), day + timedelta(days=1))
        for day, days in groupby(rung.window.days(), key=lambda target: day_of(target, rung.window.step, calendar))
    ]
    limit = case(
        *(
            (subject.c.target_on <= last_on, literal(local_instant(ends_on, 0, Zone.WIB), UtcDateTime()))
            for last_on, ends_on in borders
        )
    )
    return or_(subject.c.remind_from.is_(None), subject.c.remind_from < limit)


def _subjects(rung: Rung, day: Day, agreement_id: int | None) -> Subquery:
    wanted = targets_between(rung.kind, rung.window.first_on, rung.window.last_on)
    subject = wanted.subquery("subject")
    chosen = select(subject)
    if rung.kind is SubjectKind.OCCURRENCE:
        chosen = chosen.where(_may_fire(subject, rung, day.calendar))
    if agreement_id is not None:
        chosen = chosen.where(subject.c.agreement_id == agreement_id)
    return chosen.subquery("chosen")


def _audience(place: ColumnElement[int]) -> ColumnElement[Any]:
    kind = _TABLE.c.audience.type
    return case({index: literal(who, kind) for index, who in enumerate(AUDIENCES)}, value=place)


def _insert(session: Session, table: Table) -> Any:
    dialect = session.get_bind().dialect.name
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def insert(session: Session, rung: Rung, day: Day, *, agreement_id: int | None = None) -> int:
    """Plan one rung and return how many rows are new; rows that exist already stay as they are."""
    who = recipients(rung.kind, _subjects(rung, day, agreement_id), rung.audiences, day.today)
    if who is None:
        return 0
    ends = None if rung.stage in UNSENT else day.now
    constants: dict[str, Any] = {
        "subject_kind": rung.kind,
        "step": rung.window.step,
        "channel": Channel.MAIL,
        "stage": rung.stage,
        "planned_on": day.today,
        "planned_at": day.now,
        "reason": {"first_on": rung.window.first_on.isoformat(), "last_on": rung.window.last_on.isoformat()},
        "ended_at": ends,
        "end_reason": EndReason.MISSED.value if ends else None,
    }
    columns: dict[str, ColumnElement[Any]] = {
        name: literal(value, _TABLE.c[name].type) for name, value in constants.items()
    }
    columns |= {name: who.c[name] for name in ("subject_id", "target_on", "agreement_id", "account_id")}
    columns["audience"] = _audience(who.c.place)
    rows = select(*(value.label(name) for name, value in columns.items()))
    # The condition that is always true keeps SQLite from reading ON CONFLICT as the ON of a join.
    filled = _insert(session, _TABLE).from_select(list(columns), rows.where(who.c.account_id.is_not(None)))
    return _count(session, filled.on_conflict_do_nothing(index_elements=list(KEY)))


def insert_all(session: Session, rungs: Sequence[Rung], day: Day, *, agreement_id: int | None = None) -> int:
    """Plan several rungs and return how many rows are new."""
    return sum(insert(session, rung, day, agreement_id=agreement_id) for rung in rungs)


def _end(session: Session, where: ColumnElement[bool], *, as_: ReminderStage, why: EndReason, now: datetime) -> int:
    return _count(
        session,
        update(Reminder).where(Reminder.stage.in_(UNSENT), where).values(stage=as_, ended_at=now, end_reason=why.value),
    )


def _settle_kind(session: Session, kind: SubjectKind, scope: ColumnElement[bool], day: Day) -> int:
    alive = live(kind).subquery("alive")
    of_kind = and_(Reminder.subject_kind == kind, scope)
    same_subject = alive.c.subject_id == Reminder.subject_id
    finished = and_(of_kind, ~exists(select(alive.c.subject_id).where(same_subject)))
    moved = and_(
        of_kind,
        ~exists(select(alive.c.subject_id).where(same_subject, alive.c.target_on == Reminder.target_on)),
    )
    ended = _end(session, finished, as_=ReminderStage.CANCELLED, why=EndReason.FINISHED, now=day.now)
    ended += _end(session, moved, as_=ReminderStage.SUPERSEDED, why=EndReason.DATE_MOVED, now=day.now)
    pending = select(Reminder.subject_id).where(Reminder.stage.in_(UNSENT), of_kind)
    subject = live(kind).subquery("subject")
    chosen = select(subject).where(subject.c.subject_id.in_(pending)).subquery("chosen")
    who = recipients(kind, chosen, frozenset(Audience), day.today)
    if who is not None:
        mine = and_(who.c.subject_id == Reminder.subject_id, who.c.account_id == Reminder.account_id)
        stranger = and_(of_kind, ~exists(select(who.c.account_id).where(mine)))
        ended += _end(session, stranger, as_=ReminderStage.CANCELLED, why=EndReason.NOT_RESPONSIBLE, now=day.now)
    return ended


def settle(session: Session, scope: ColumnElement[bool], day: Day) -> int:
    """End unsent reminders in `scope` whose subject is finished, has another date, or concerns others now."""
    return sum(_settle_kind(session, kind, scope, day) for kind in SubjectKind)


def overtake(session: Session, scope: ColumnElement[bool], now: datetime) -> int:
    """End unsent reminders for which a later step of the same ladder is planned or sent already."""
    newer = aliased(Reminder)
    same = and_(
        *(getattr(newer, name) == getattr(Reminder, name) for name in KEY if name != "step"),
        newer.step > Reminder.step,
        newer.stage.in_((*UNSENT, ReminderStage.SENT)),
    )
    has_newer = and_(scope, exists(select(newer.id).where(same)))
    return _end(session, has_newer, as_=ReminderStage.OVERTAKEN, why=EndReason.NEWER_STEP, now=now)


def forget_future(session: Session, today: date) -> int:
    """Remove unsent rows that a wrong clock planned for days after today; they are planned again on their day."""
    return _count(
        session,
        delete(Reminder).where(Reminder.planned_on > today, Reminder.stage.in_(UNSENT), Reminder.message_id.is_(None)),
    )


def hold(session: Session, now: datetime) -> int:
    """Hold back what was planned at `now`, until people release it."""
    return _count(
        session,
        update(Reminder)
        .where(Reminder.planned_at == now, Reminder.stage == ReminderStage.PLANNED, Reminder.message_id.is_(None))
        .values(stage=ReminderStage.HELD),
    )


def targets_of(session: Session, agreement_id: int) -> dict[SubjectKind, frozenset[date]]:
    """Return the dates of an agreement that are to be reminded of."""
    found = {}
    for kind in SubjectKind:
        subject = reminder_subjects.live(kind).subquery("subject")
        rows = session.execute(select(subject.c.target_on).where(subject.c.agreement_id == agreement_id))
        found[kind] = frozenset(row.target_on for row in rows)
    return found
