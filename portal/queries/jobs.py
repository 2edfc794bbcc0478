"""Reads about the worker: the database's own clock, what ran when, how it ended."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median_low

from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import Session

from portal.domain.agreement import Stage
from portal.domain.obligation import ScheduleKind
from portal.models import Agreement, JobRun, Obligation, SweepLog

HEARTBEAT = "heartbeat"
"""Slot of the one row of a job that runs on every tick."""
SWEEP_LATE_AFTER = timedelta(hours=26)
"""A sweep older than this is shown in red (design: ux W11)."""


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


def planned_by_day(session: Session, *, today: date, days: int = 30) -> tuple[int, ...]:
    """Return how many reminders were planned on each of the last days on which any were."""
    rows = session.execute(
        select(func.sum(SweepLog.planned))
        .where(SweepLog.day > today - timedelta(days=days), SweepLog.planned > 0)
        .group_by(SweepLog.day)
    )
    return tuple(int(row[0]) for row in rows)


def usual_plan(session: Session, *, today: date) -> int:
    """Return the median of what is planned in a day."""
    return median_low(planned_by_day(session, today=today) or (0,))


def list_runs(session: Session, *, limit: int = 50) -> tuple[JobRun, ...]:
    """Return the latest runs of all jobs, newest first."""
    return tuple(session.scalars(select(JobRun).order_by(JobRun.started_at.desc(), JobRun.id.desc()).limit(limit)))


def is_done(session: Session, name: str, slot: str) -> bool:
    """Return whether a slot of a job has been run."""
    return session.scalar(select(JobRun.id).where(JobRun.name == name, JobRun.slot == slot)) is not None


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
