"""Planning with sets: rows are planned and ended by SQL, never one by one.

Which rungs are planned when is decided in `reminders`; the statements are built in `plan_statements`; who is told, in
`queries.reminder_subjects`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import CursorResult, Executable, delete, or_, text, update
from sqlalchemy.engine.interfaces import CoreExecuteOptionsParameter
from sqlalchemy.orm import Session

from portal.domain.calendar import WorkingCalendar
from portal.domain.dates import local_instant
from portal.domain.organisation import Zone
from portal.domain.reminder import NEAR, Audience, Channel, EndReason, ReminderStage, SubjectKind, Window, day_of
from portal.queries.reminder_people import somebody_away
from portal.queries.reminder_subjects import LadderChoice
from portal.services import end_statements, plan_statements, revive_statements
from portal.services.plan_statements import TABLE, UNSENT, Shape


@dataclass(frozen=True, kw_only=True, slots=True)
class Rung:
    """One step of one ladder today: the target dates it is told for, to whom, and what its rows become."""

    kind: SubjectKind
    window: Window
    audiences: frozenset[Audience]
    channel: Channel = Channel.MAIL
    ladder: LadderChoice = LadderChoice.ANY
    ladder_id: int | None = None
    """Of a ladder that only some subjects have."""
    stage: ReminderStage = ReminderStage.PLANNED

    def serves(self, target_on: date, ladder_id: int | None) -> bool:
        """Return whether a subject with this date and ladder is told on this rung."""
        is_mine = self.ladder is LadderChoice.ANY or ladder_id == self.ladder_id
        return is_mine and self.window.first_on <= target_on <= self.window.last_on


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """When a plan is made: the office's date, the instant, and the calendar."""

    today: date
    now: datetime
    calendar: WorkingCalendar
    somebody_away: bool = True
    """Whether people who stand in must be looked for."""


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

COUNTING: CoreExecuteOptionsParameter = {"preserve_rowcount": True}


def _run(session: Session, statement: Executable, values: Mapping[str, Any] | None = None) -> CursorResult[Any]:
    """Run a kept statement beside the session's own machinery, which would look at each of them anew.

    The session works for the office, so there is nothing to narrow.
    """
    session.flush()
    return session.connection().execute(statement, values, execution_options=COUNTING)


def _count(session: Session, statement: Executable, values: Mapping[str, Any] | None = None) -> int:
    return _run(session, statement, values).rowcount


def _borders(rung: Rung, calendar: WorkingCalendar) -> dict[str, Any]:
    """Return last_n and limit_n: until the n-th last target date a record made before the n-th limit is told.

    The number is rounded up to a power of two, so that few different statements are ever made.
    """
    pairs = [
        (max(days), local_instant(day + timedelta(days=1), 0, Zone.WIB))
        for day, days in groupby(rung.window.days(), key=lambda target: day_of(target, rung.window.step, calendar))
    ]
    size = 1 << (len(pairs) - 1).bit_length()
    pairs += [pairs[-1]] * (size - len(pairs))
    return {
        name: value
        for n, (last_on, limit) in enumerate(pairs)
        for name, value in ((f"last_{n}", last_on), (f"limit_{n}", limit))
    }


def _shape(rung: Rung, day: Day, borders: int, agreement_id: int | None) -> Shape:
    return Shape(
        kind=rung.kind,
        audiences=rung.audiences,
        ladder=rung.ladder,
        borders=borders,
        one_agreement=agreement_id is not None,
        with_stand_ins=day.somebody_away,
    )


def _values(rung: Rung, day: Day, borders: Mapping[str, Any], agreement_id: int | None) -> dict[str, Any]:
    """Return what the statements of one rung need."""
    is_over = rung.stage not in UNSENT
    window = {"first_on": rung.window.first_on, "last_on": rung.window.last_on}
    return {
        **borders,
        **window,
        "today": day.today,
        "row_step": rung.window.step,
        "row_channel": rung.channel,
        "row_stage": rung.stage,
        "row_planned_on": day.today,
        "row_planned_at": day.now,
        "row_reason": {name: border.isoformat() for name, border in window.items()},
        "row_ended_at": day.now if is_over else None,
        "row_end_reason": EndReason.MISSED.value if is_over else None,
        **({} if agreement_id is None else {"of_agreement": agreement_id}),
        **({"ladder_id": rung.ladder_id} if rung.ladder is LadderChoice.OWN else {}),
    }


def insert(session: Session, rung: Rung, day: Day, *, agreement_id: int | None = None) -> int:
    """Plan one rung and return how many rows are new; rows that exist already stay as they are."""
    borders = _borders(rung, day.calendar) if rung.kind is SubjectKind.OCCURRENCE else {}
    shape = _shape(rung, day, len(borders) // 2, agreement_id)
    statement = plan_statements.insert(session.get_bind().dialect.name, shape)
    return 0 if statement is None else _count(session, statement, _values(rung, day, borders, agreement_id))


def insert_all(session: Session, rungs: Sequence[Rung], day: Day, *, agreement_id: int | None = None) -> int:
    """Plan several rungs and return how many rows are new."""
    return sum(insert(session, rung, day, agreement_id=agreement_id) for rung in rungs)


def revive_all(session: Session, rungs: Sequence[Rung], day: Day, *, agreement_id: int | None = None) -> int:
    """Plan ended rows of these rungs anew where their end was undone, and return how many.

    What was told, declined, given up, missed or overtaken stays as it is.
    """
    if not rungs:
        return 0
    # A step stays current for as long as its window is wide, and free days may stretch that.
    since = day.today - NEAR - max(rung.window.last_on - rung.window.first_on for rung in rungs)
    asked = {"since": since} | ({} if agreement_id is None else {"of_agreement": agreement_id})
    ended = _run(session, revive_statements.revivable(one_agreement=agreement_id is not None), asked).all()
    dates = {(row.subject_kind, row.step, row.channel): (row.first_on, row.last_on) for row in ended}
    revived = 0
    for rung in rungs:
        first, last = dates.get((rung.kind, rung.window.step, rung.channel), (date.max, date.min))
        if first <= rung.window.last_on and rung.window.first_on <= last:
            revived += _revive(session, rung, day, since, agreement_id)
    return revived


def _revive(session: Session, rung: Rung, day: Day, since: date, agreement_id: int | None) -> int:
    borders = _borders(rung, day.calendar) if rung.kind is SubjectKind.OCCURRENCE else {}
    statement = revive_statements.revive(_shape(rung, day, len(borders) // 2, agreement_id))
    values = _values(rung, day, borders, agreement_id) | {"since": since}
    return 0 if statement is None else _count(session, statement, values)


def is_somebody_away(session: Session, today: date) -> bool:
    """Return whether anybody is away on a day."""
    return session.scalar(somebody_away(today)) is not None


def worth_trying(session: Session, rungs: Sequence[Rung]) -> tuple[Rung, ...]:
    """Return the rungs without those of kinds with few dates on which nothing falls."""
    found = [rung for rung in rungs if rung.kind is SubjectKind.OCCURRENCE]
    for kind in SubjectKind:
        mine = [rung for rung in rungs if rung.kind is kind and kind is not SubjectKind.OCCURRENCE]
        if mine:
            first, last = min(rung.window.first_on for rung in mine), max(rung.window.last_on for rung in mine)
            days = _run(session, plan_statements.dates(kind), {"first_on": first, "last_on": last}).scalars().all()
            found += [rung for rung in mine if any(rung.serves(day, None) for day in days)]
    return tuple(found)


def settle(session: Session, scope: Scope, day: Day, *, kinds: Iterable[SubjectKind] = SubjectKind) -> int:
    """End unsent reminders in `scope` whose subject is finished, has another date, or concerns others now."""
    values = {"ended": day.now, "today": day.today, **scope.values}
    waiting = set(_run(session, end_statements.waiting_kinds(scope.column), scope.values).scalars())
    ended = 0
    for kind in (each for each in kinds if each in waiting):
        doubting = end_statements.doubting(kind, scope.column, with_stand_ins=day.somebody_away)
        if doubting is not None and _run(session, doubting, values).first() is None:
            continue
        ended += _count(session, end_statements.ending_subjects(kind, scope.column), values)
        people = end_statements.ending_people(kind, scope.column)
        if doubting is not None and people is not None and _run(session, doubting, values).first() is not None:
            ended += _count(session, people, values)
    return ended


def overtake(session: Session, scope: Scope, now: datetime) -> int:
    """End unsent reminders for which a later step of the same ladder is planned or sent already."""
    return _count(session, end_statements.overtaking(scope.column), {"ended": now, **scope.values})


def prepare(session: Session) -> None:
    """Let the database know its tables before it looks for the way through them: both go badly astray without.

    SQLite takes its small samples of tables that have grown; PostgreSQL may keep the list of one sweep in memory.
    """
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    session.execute(text("PRAGMA optimize=0x10002" if is_sqlite else "SET LOCAL work_mem = '48MB'"))


def forget_future(session: Session, today: date) -> int:
    """Remove unsent rows that a wrong clock planned for days after today; they are planned again on their day."""
    future = TABLE.c.planned_on > today
    unsent = or_(TABLE.c.stage.in_((*UNSENT, ReminderStage.OVERTAKEN)), TABLE.c.channel == Channel.BELL)
    return _count(session, delete(TABLE).where(future, unsent, TABLE.c.message_id.is_(None)))


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
        rows = _run(session, plan_statements.targets(kind), {"agreement_id": agreement_id})
        found[kind] = frozenset((row.target_on, row.ladder_id) for row in rows)
    return found
