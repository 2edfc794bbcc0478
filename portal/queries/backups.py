"""Reads about backups: when the last good one was made, and whether that is too long ago."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import BackupRun

LATE_AFTER = timedelta(hours=26)


@dataclass(frozen=True, kw_only=True, slots=True)
class BackupStanding:
    """How backups do: the last good one, and the failure after it if there was any."""

    at: datetime | None
    size: int | None
    name: str | None
    failure: str | None
    is_late: bool
    """Never made, failed since, or too long ago."""


def standing(session: Session, *, now: datetime) -> BackupStanding:
    """Return how backups do."""
    last = session.scalar(select(BackupRun).order_by(BackupRun.started_at.desc(), BackupRun.id.desc()).limit(1))
    good = last
    if last is not None and last.outcome != "ok":
        went_well = select(BackupRun).where(BackupRun.outcome == "ok")
        good = session.scalar(went_well.order_by(BackupRun.started_at.desc(), BackupRun.id.desc()).limit(1))
    failed = last if last is not None and last.outcome != "ok" else None
    return BackupStanding(
        at=good.started_at if good else None,
        size=good.size if good else None,
        name=good.name if good else None,
        failure=failed.detail if failed else None,
        is_late=failed is not None or good is None or now - good.started_at > LATE_AFTER,
    )
