"""Reads about the worker: the database's own clock, what ran when, how it ended."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, Label, bindparam, case, exists, func, select, text
from sqlalchemy.orm import Session

from portal.domain.agreement import Stage
from portal.domain.obligation import ScheduleKind
from portal.domain.reminder import MessageStage
from portal.models import Account, Agreement, JobRun, Message, Obligation, SweepLog
from portal.models.running import run
from portal.queries.kept import among

HEARTBEAT = "heartbeat"
"""Slot of the one row of a job that runs on every tick."""
SWEEP_LATE_AFTER = timedelta(hours=26)
"""A sweep older than this is shown in red (design: ux W11)."""
SILENT_AFTER = timedelta(minutes=2)
"""No beat of sending for so long: the worker stands still (design: platform E15). It beats every half minute."""
NEVER_AFTER = timedelta(minutes=5)
"""A portal whose first account is older than this has had time to start its worker."""
TEST_MAIL = "test_mail"
"""The template of the mail with which somebody tries whether mail leaves."""


def database_now(session: Session) -> datetime:
    """Return the database's clock in UTC. Leases use it, so that hosts with different clocks agree (platform D5)."""
    if session.get_bind().dialect.name == "sqlite":
        found = session.execute(text("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")).scalar_one()
        return datetime.fromisoformat(found).replace(tzinfo=UTC)
    instant: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
    return instant.astimezone(UTC)


def last_sweep(session: Session) -> SweepLog | None:
    """Return the latest sweep of the planner."""
    return session.scalar(select(SweepLog).order_by(SweepLog.id.desc()).limit(1))


_PLANNED_BY_DAY = (
    select(func.sum(SweepLog.planned))
    .where(SweepLog.day > bindparam("since", type_=Date()), SweepLog.planned > 0)
    .group_by(SweepLog.day)
)


def planned_by_day(session: Session, *, today: date, days: int = 30) -> tuple[int, ...]:
    """Return how many reminders were planned on each of the last days on which any were."""
    rows = run(session, _PLANNED_BY_DAY, {"since": today - timedelta(days=days)})
    return tuple(int(row[0]) for row in rows)


def list_runs(session: Session, *, limit: int = 50) -> tuple[JobRun, ...]:
    """Return the latest runs of all jobs, newest first."""
    return tuple(session.scalars(select(JobRun).order_by(JobRun.started_at.desc(), JobRun.id.desc()).limit(limit)))


def is_done(session: Session, name: str, slot: str) -> bool:
    """Return whether a slot of a job has been run."""
    return session.scalar(select(JobRun.id).where(JobRun.name == name, JobRun.slot == slot)) is not None


def beaten_at(session: Session, name: str) -> datetime | None:
    """Return when something last left its heartbeat; None when it never did."""
    return session.scalar(select(JobRun.started_at).where(JobRun.name == name, JobRun.slot == HEARTBEAT))


def list_scheduled_agreements(session: Session) -> tuple[int, ...]:
    """Return the ids of agreements in force that have recurring duties still open."""
    return tuple(
        session.scalars(
            select(Agreement.id)
            .where(
                Agreement.stage == Stage.ACTIVE,
                exists(
                    select(Obligation.id).where(
                        Obligation.agreement_id == Agreement.id,
                        Obligation.schedule == ScheduleKind.RECURRING,
                        Obligation.is_closed.is_(False),
                    )
                ),
            )
            .order_by(Agreement.id)
        )
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class LastRuns:
    """How a job did: its last run that went well, and its last failure unless a later run went well."""

    at: datetime | None = None
    detail: str | None = None
    failed_at: datetime | None = None
    failure: str | None = None


def last_runs(session: Session) -> dict[str, LastRuns]:
    """Return how every job that ever ran did, from one statement."""
    place = func.row_number().over(
        partition_by=(JobRun.name, JobRun.outcome), order_by=(JobRun.started_at.desc(), JobRun.id.desc())
    )
    ranked = select(JobRun.id, place.label("place")).subquery("ranked")
    rows = session.scalars(select(JobRun).join(ranked, ranked.c.id == JobRun.id).where(ranked.c.place == 1)).all()
    found: dict[str, LastRuns] = {}
    for name in {row.name for row in rows}:
        good = next((row for row in rows if row.name == name and row.outcome == "ok"), None)
        bad = next((row for row in rows if row.name == name and row.outcome == "failed"), None)
        is_open = bad is not None and (good is None or bad.started_at > good.started_at)
        found[name] = LastRuns(
            at=good.started_at if good else None,
            detail=good.detail if good else None,
            failed_at=bad.started_at if bad and is_open else None,
            failure=bad.detail if bad and is_open else None,
        )
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Queue:
    """How much waits in the outbox, and since when something that is due does."""

    waiting: int
    due: int
    oldest_due: datetime | None
    dead: int
    sent_today: int


def queue(session: Session, *, now: datetime, since: datetime) -> Queue:
    """Return the numbers of the outbox; `since` is the beginning of today."""
    pending = Message.stage.in_((MessageStage.PENDING, MessageStage.LEASED))
    is_due = pending & (Message.next_try_at <= now)
    row = session.execute(
        select(
            func.sum(case((pending, 1), else_=0)).label("waiting"),
            func.sum(case((is_due, 1), else_=0)).label("due"),
            func.min(case((is_due, Message.next_try_at))).label("oldest"),
            func.sum(case((Message.stage == MessageStage.DEAD, 1), else_=0)).label("dead"),
            func.sum(case((Message.sent_at >= since, 1), else_=0)).label("sent"),
        )
    ).one()
    return Queue(
        waiting=row.waiting or 0, due=row.due or 0, oldest_due=row.oldest, dead=row.dead or 0, sent_today=row.sent or 0
    )


def trial_mails(session: Session, account_id: int, *, limit: int = 3) -> tuple[Message, ...]:
    """Return the latest test mails of a person, newest first."""
    mine = (Message.account_id == account_id, Message.template == TEST_MAIL)
    return tuple(session.scalars(select(Message).where(*mine).order_by(Message.id.desc()).limit(limit)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarm:
    """What stands still: since when, or None for what runs."""

    swept_at: datetime | None
    delivered_at: datetime | None
    never_ran: bool
    """No worker was ever started."""


def signs_of_life() -> tuple[Label[Any], ...]:
    """Return when the planner, the sender and the portal itself were last or first heard of, for `judged`."""
    return (
        select(SweepLog.at).order_by(SweepLog.id.desc()).limit(1).scalar_subquery().label("swept_at"),
        select(JobRun.started_at)
        .where(among(JobRun.name, ["deliver"]), among(JobRun.slot, [HEARTBEAT]))
        .scalar_subquery()
        .label("delivered_at"),
        select(Account.created_at).order_by(Account.id).limit(1).scalar_subquery().label("opened_at"),
    )


_SIGNS_OF_LIFE = select(*signs_of_life())
"""The signs alone, built once."""


def alarm(session: Session, *, now: datetime) -> Alarm | None:
    """Return what stands still, in one statement; None while everything runs."""
    return judged(session.execute(_SIGNS_OF_LIFE).one(), now=now)


def judged(row: Any, *, now: datetime) -> Alarm | None:
    """Return what stands still by these signs of life.

    The planner may be silent for 26 hours, sending for two minutes; what never ran is told five minutes after the
    first account was made.
    """
    is_swept_late = row.swept_at is not None and now - row.swept_at > SWEEP_LATE_AFTER
    is_silent = row.delivered_at is not None and now - row.delivered_at > SILENT_AFTER
    never_ran = row.delivered_at is None and row.opened_at is not None and now - row.opened_at > NEVER_AFTER
    if not (is_swept_late or is_silent or never_ran):
        return None
    return Alarm(
        swept_at=row.swept_at if is_swept_late else None,
        delivered_at=row.delivered_at if is_silent else None,
        never_ran=never_ran,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class SweepStanding:
    """How the planner does: when it last ran, what it did, whether that is too long ago or went wrong."""

    at: datetime | None
    planned: int
    is_late: bool
    failure: str | None


def sweep_standing(session: Session, *, now: datetime) -> SweepStanding:
    """Return how the planner does; its last failure is told until a later sweep went well."""
    last = last_sweep(session)
    failed = session.scalar(
        select(JobRun).where(JobRun.name == "remind", JobRun.outcome == "failed").order_by(JobRun.id.desc()).limit(1)
    )
    is_open = failed is not None and (last is None or failed.started_at > last.at)
    return SweepStanding(
        at=last.at if last else None,
        planned=last.planned if last else 0,
        is_late=last is None or now - last.at > SWEEP_LATE_AFTER,
        failure=failed.detail if failed is not None and is_open else None,
    )
