"""What is written down of backups, by the job and by hand alike."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.models import BackupRun
from portal.services.backups import Made
from portal.services.job_runs import FAILED, OK


def note(session: Session, made: Made, *, began: datetime, ended: datetime) -> str:
    """Write down a backup that went well and return the sentence about it."""
    told = f"{made.path.name}: {made.rows} baris, {made.files} berkas, {made.size / 1e6:.1f} MB"
    if made.absent:
        told += f"; {made.absent} berkas tidak ada atau rusak"
    session.add(_row(OK, told, began, ended, made))
    return told


def fail(session: Session, detail: str, *, began: datetime, ended: datetime) -> None:
    """Write down a backup that failed."""
    session.add(_row(FAILED, detail[:500], began, ended))


def _row(outcome: str, detail: str, began: datetime, ended: datetime, made: Made | None = None) -> BackupRun:
    row = BackupRun(started_at=began, ended_at=ended, outcome=outcome, detail=detail)
    if made is not None:
        row.name, row.size, row.digest = made.path.name, made.size, made.digest
    return row
