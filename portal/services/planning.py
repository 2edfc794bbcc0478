"""Planning with sets: rows are planned and ended by SQL, never one by one.

What is planned when is decided in `reminders` and `plan_agenda`; the statements are built in `plan_statements`; who is
told, in `queries.reminder_people`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Executable, func, select, text, update
from sqlalchemy.orm import Session

from portal.domain.dates import office_date
from portal.domain.reminder import NEAR, EndReason, ReminderStage, SubjectKind
from portal.models.running import run
from portal.queries import calendar_days
from portal.queries.reminder_subjects import LadderChoice
from portal.services import end_statements, plan_statements, revive_statements
from portal.services.plan_agenda import Day, Track, lines
from portal.services.plan_statements import TABLE, UNSENT, Shape


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """Which reminders are looked at: everything, those of one agreement or of one message, or those of messages."""

    column: str = "everything"
    value: int | Sequence[int] | None = None

    @property
    def values(self) -> dict[str, int | Sequence[int]]:
        """Return the value that the statements need."""
        return {} if self.value is None else {"scope": self.value}


EVERYTHING = Scope()

DECIDED_AHEAD = timedelta(days=366)
"""Nobody decides about a step more than a year before it comes."""

PLAN_LOCK = 20_030_013
"""Number of the lock; nothing but this module uses it."""


def _count(session: Session, statement: Executable, values: Mapping[str, Any] | None = None) -> int:
    return run(session, statement, values).rowcount


def _shape(session: Session, track: Track, day: Day, agreement_id: int | None) -> Shape:
    return Shape(
        dialect=session.get_bind().dialect.name,
        kind=track.kind,
        audiences=track.audiences,
        ladder=track.ladder,
        one_agreement=agreement_id is not None,
        with_stand_ins=day.somebody_away,
    )


def _asked(track: Track, day: Day, shape: Shape, agreement_id: int | None) -> dict[str, Any]:
    """Return what every statement of a track needs."""
    return {
        "agenda": lines(track, day.calendar, dialect=shape.dialect),
        "today": day.today,
        **({} if agreement_id is None else {"of_agreement": agreement_id}),
        **({"ladder_id": track.ladder_id} if track.ladder is LadderChoice.OWN else {}),
    }


def _constants(track: Track, day: Day) -> dict[str, Any]:
    """Return what is the same in all rows of a track."""
    is_over = track.stage not in UNSENT
    return {
        "row_channel": track.channel,
        "row_stage": track.stage,
        "row_planned_on": day.today,
        "row_planned_at": day.now,
        "row_ended_at": day.now if is_over else None,
        "row_end_reason": EndReason.MISSED.value if is_over else None,
    }


def insert(session: Session, track: Track, day: Day, *, agreement_id: int | None = None) -> int:
    """Plan one track and return how many rows are new; rows that exist already stay as they are."""
    shape = _shape(session, track, day, agreement_id)
    statement = plan_statements.insert(shape)
    if statement is None:
        return 0
    return _count(session, statement, _asked(track, day, shape, agreement_id) | _constants(track, day))


def insert_all(session: Session, tracks: Iterable[Track], day: Day, *, agreement_id: int | None = None) -> int:
    """Plan several tracks and return how many rows are new."""
    return sum(insert(session, track, day, agreement_id=agreement_id) for track in tracks)


def stands(session: Session, tracks: Iterable[Track], day: Day) -> bool:
    """Return whether the plan is what these tracks ask for: nothing is missing, and nothing unsent is told in vain."""
    waiting: int = run(session, plan_statements.unsent_count()).scalar_one()
    if not waiting:
        # Planning then costs no more than this look would.
        return False
    for track in tracks:
        shape = _shape(session, track, day, None)
        statement = plan_statements.standing(shape)
        if statement is not None:
            values = _asked(track, day, shape, None) | {"channel": track.channel}
            found = run(session, statement, values).one()
            if found.missing:
                return False
            waiting -= found.right
    return waiting == 0


def revive_all(session: Session, tracks: Sequence[Track], day: Day, *, agreement_id: int | None = None) -> int:
    """Plan ended rows of these tracks anew where their end was undone, and return how many.

    What was told, declined, given up, missed or overtaken stays as it is.
    """
    windows = [rung.window for track in tracks for rung in track.rungs]
    if not windows:
        return 0
    # A step stays current for as long as its window is wide, and free days may stretch that.
    since = day.today - NEAR - max(window.last_on - window.first_on for window in windows)
    asked = {"since": since} | ({} if agreement_id is None else {"of_agreement": agreement_id})
    ended = run(session, revive_statements.revivable(one_agreement=agreement_id is not None), asked).all()
    dates = {(row.subject_kind, row.channel): (row.first_on, row.last_on) for row in ended}
    revived = 0
    for track in tracks:
        first, last = dates.get((track.kind, track.channel), (date.max, date.min))
        if any(first <= rung.window.last_on and rung.window.first_on <= last for rung in track.rungs):
            revived += _revive(session, track, day, since, agreement_id)
    return revived


def _revive(session: Session, track: Track, day: Day, since: date, agreement_id: int | None) -> int:
    shape = _shape(session, track, day, agreement_id)
    statement = revive_statements.revive(shape)
    values = _asked(track, day, shape, agreement_id) | _constants(track, day) | {"since": since}
    return 0 if statement is None else _count(session, statement, values)


def is_somebody_away(session: Session, today: date) -> bool:
    """Return whether anybody is away on a day."""
    return run(session, plan_statements.any_absence(), {"today": today}).first() is not None


def keep_apart(session: Session, *, alone: bool) -> None:
    """Let a sweep be alone with the plan until its transaction ends; plans of single agreements go on side by side.

    On PostgreSQL two that insert the same reminders in different orders would wait for each other; a deadlock costs
    one of them its work, and that may be what somebody has just saved. SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        lock = func.pg_advisory_xact_lock if alone else func.pg_advisory_xact_lock_shared
        session.execute(select(lock(PLAN_LOCK)))


def settle(session: Session, scope: Scope, day: Day, *, kinds: Iterable[SubjectKind] = SubjectKind) -> int:
    """End unsent reminders in `scope` whose subject is finished, has another date, or concerns others now."""
    values = {"ended": day.now, "today": day.today, **scope.values}
    waiting = set(run(session, end_statements.waiting_kinds(scope.column), scope.values).scalars())
    ended = 0
    for kind in (each for each in kinds if each in waiting):
        doubting = end_statements.doubting(kind, scope.column, with_stand_ins=day.somebody_away)
        if doubting is not None and run(session, doubting, values).first() is None:
            continue
        ended += _count(session, end_statements.ending_subjects(kind, scope.column), values)
        people = end_statements.ending_people(kind, scope.column)
        if doubting is not None and people is not None and run(session, doubting, values).first() is not None:
            ended += _count(session, people, values)
    return ended


def settle_at_once(session: Session, *, now: datetime) -> None:
    """End what waits for the wrong people as somebody left, is away or handed work over; a sweep plans the rest."""
    day = Day(today=office_date(now), now=now, calendar=calendar_days.working_calendar(session))
    keep_apart(session, alone=False)
    settle(session, EVERYTHING, day)
    session.expire_all()


def follow_decisions(session: Session, now: datetime) -> int:
    """Decline what was just planned on steps that people declined before they came; return how many."""
    since = {"since": office_date(now) - DECIDED_AHEAD}
    if run(session, end_statements.decided_before(), since).first() is None:
        return 0
    return _count(session, end_statements.declining(), {"ended": now, **since})


def overtake(session: Session, scope: Scope, now: datetime) -> int:
    """End unsent reminders for which a later step of the same ladder is planned or sent already."""
    return _count(session, end_statements.overtaking(scope.column), {"ended": now, **scope.values})


def see_changes(session: Session) -> bool:
    """Return whether anything changed on which a plan rests since a sweep last asked; call it before reading."""
    return _count(session, plan_statements.seeing_changes()) > 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Beginning:
    """What a sweep begins with: the day of the last one, whether there is any reminder, whether anybody is away."""

    swept_on: date | None
    is_empty: bool
    somebody_away: bool


def begin(session: Session, today: date) -> Beginning:
    """Return what a sweep of a day begins with."""
    row = run(session, plan_statements.beginning(), {"today": today}).one()
    return Beginning(swept_on=row.swept_on, is_empty=row.is_empty, somebody_away=row.somebody_away)


def know_tables(session: Session) -> None:
    """Let the database take samples of tables that have grown: without them it goes badly astray.

    PostgreSQL does it by itself; there this does nothing.
    """
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA optimize=0x10002"))


def allow_memory(session: Session) -> None:
    """Let PostgreSQL keep the lists of one sweep in memory; SQLite does anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL work_mem = '48MB'"))


def forget_future(session: Session, today: date) -> int:
    """Remove unsent rows that a wrong clock planned for days after today; they are planned again on their day."""
    return _count(session, plan_statements.forgetting(), {"today": today})


def hold(session: Session, now: datetime) -> int:
    """Hold back what was planned at `now`, until people release it."""
    fresh = (TABLE.c.planned_at == now, TABLE.c.stage == ReminderStage.PLANNED, TABLE.c.message_id.is_(None))
    return _count(session, update(TABLE).where(*fresh).values(stage=ReminderStage.HELD))


def ring(session: Session, scope: Scope, day: Day) -> int:
    """Finish what is planned for the bell only: its reader sees the row itself."""
    return _count(
        session, plan_statements.ringing(scope.column), {"ended": day.now, "today": day.today, **scope.values}
    )


def targets_of(session: Session, agreement_id: int) -> dict[SubjectKind, frozenset[tuple[date, int | None]]]:
    """Return the dates of an agreement that are to be reminded of, with the ladder that each has of its own."""
    found = {}
    for kind in SubjectKind:
        rows = run(session, plan_statements.targets(kind), {"agreement_id": agreement_id})
        found[kind] = frozenset((row.target_on, row.ladder_id) for row in rows)
    return found
