"""The eight numbers by which a monitor sees how the portal does; every process reads the same."""

from dataclasses import astuple, dataclass, fields
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from portal.models import BackupRun, JobRun
from portal.queries import jobs
from portal.queries.jobs import HEARTBEAT

_SIZES = {
    "postgresql": "SELECT pg_database_size(current_database())",
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Health:
    """Eight numbers; None for what never happened. Ages in seconds."""

    mails_waiting: int
    mails_dead: int
    oldest_due_mail_seconds: float
    worker_silent_seconds: float | None
    sweep_age_seconds: float | None
    jobs_failed: int
    database_bytes: int
    backup_age_seconds: float | None

    def items(self) -> tuple[tuple[str, float | None], ...]:
        """Return the numbers with their names."""
        return tuple(zip((each.name for each in fields(self)), astuple(self), strict=True))


def read(session: Session, *, now: datetime) -> Health:
    """Return the numbers at this moment, for a session of the office."""
    queue, swept = jobs.queue(session, now=now, since=now), jobs.last_sweep(session)
    beaten = session.scalar(select(func.max(JobRun.started_at)).where(JobRun.slot == HEARTBEAT))
    backed = session.scalar(select(func.max(BackupRun.ended_at)).where(BackupRun.outcome == "ok"))
    return Health(
        mails_waiting=queue.waiting,
        mails_dead=queue.dead,
        oldest_due_mail_seconds=_age(queue.oldest_due, now) or 0.0,
        worker_silent_seconds=_age(beaten, now),
        sweep_age_seconds=_age(swept.at if swept else None, now),
        jobs_failed=sum(ran.failure is not None for ran in jobs.last_runs(session).values()),
        database_bytes=int(session.scalar(text(_SIZES[session.get_bind().dialect.name])) or 0),
        backup_age_seconds=_age(backed, now),
    )


def _age(at: datetime | None, now: datetime) -> float | None:
    return max(0.0, (now - at).total_seconds()) if at else None
