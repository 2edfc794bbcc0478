"""Files from outside and the virus scanner: kept waiting, opened once they are clean, removed when they are not.

Without a scanner nothing waits. The scanner is asked by the worker (`jobs/scan_files.py`); bytes are in `storage`.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session, object_session

from portal.domain import file_scan
from portal.domain.errors import NotFound
from portal.domain.file_scan import ScanState
from portal.domain.policy import SYSTEM
from portal.models import FileScan
from portal.queries import file_scans
from portal.services import audit, notices
from portal.storage import Storage


def keep(session: Session, content: bytes, *, storage: Storage, now: datetime) -> str:
    """Keep bytes that came from outside and return their digest; with a scanner they wait for its word.

    What it called clean is not asked about again; what it removed is, when it comes again.
    """
    digest = storage.keep(content)
    ask(session, digest, storage=storage, now=now)
    return digest


def ask(session: Session, digest: str, *, storage: Storage, now: datetime) -> None:
    """Let kept bytes that came from outside wait for the scanner, where there is one."""
    if storage.is_scanned and file_scans.state_of(session, digest) in {None, ScanState.INFECTED}:
        session.add(FileScan(digest=digest, state=ScanState.PENDING, asked_at=now))
        session.flush()


def check_open(session: Session, digest: str, *, storage: Storage) -> None:
    """Raise FileClosed, with what to do, for a file that waits for the scanner or was removed by it."""
    refusal = file_scan.closed(file_scans.state_of(session, digest)) if storage.is_scanned else None
    if refusal is not None:
        raise refusal


def read_of(row: Any, digest: str, *, storage: Storage) -> bytes:
    """Return the bytes that a kept row names; raises FileClosed and NotFound as `read` does."""
    session = object_session(row)
    if session is None:
        raise NotFound
    return read(session, digest, storage=storage)


def read(session: Session, digest: str, *, storage: Storage) -> bytes:
    """Return the bytes of a file; raises FileClosed for one that may not be opened, NotFound when they are gone."""
    check_open(session, digest, storage=storage)
    try:
        return storage.read(digest)
    except FileNotFoundError as gone:
        raise NotFound from gone


def settle(session: Session, digest: str, finding: str | None, *, storage: Storage, now: datetime) -> bool:
    """Write down what the scanner said of some bytes; False when somebody else did so meanwhile.

    What is infected leaves the store at once; who sent it and the officer are told.
    """
    state = ScanState.INFECTED if finding else ScanState.CLEAN
    asked = (FileScan.digest == digest, FileScan.state != state)
    values = {"state": state, "checked_at": now, "finding": (finding or "")[: file_scan.MOST_OF_A_FINDING] or None}
    result = session.execute(
        update(FileScan).where(*asked).values(values), execution_options={"synchronize_session": False}
    )
    if not result.rowcount:  # type: ignore[attr-defined]
        return False
    if finding:
        storage.drop(digest)
        _tell(session, digest, finding, now=now)
    return True


def forget(session: Session, digest: str) -> None:
    """Ask no longer about bytes that are gone: they count as removed where the scanner removed them before."""
    known = file_scans.rows(session, digest)
    was_removed = any(row.state is ScanState.INFECTED for row in known)
    for row in known:
        if row.state is ScanState.PENDING:
            if was_removed:
                row.state = ScanState.INFECTED
            else:
                session.delete(row)
    session.flush()


def _tell(session: Session, digest: str, finding: str, *, now: datetime) -> None:
    told: set[int] = set()
    for place in tuple(file_scans.places(session, digest)):
        detail = {"name": place.name, "finding": finding}
        audit.record(session, "file_infected", subject=place.row, actor=SYSTEM, now=now, detail=detail)
        for account in place.people:
            if account.id not in told:
                told.add(account.id)
                values = {"name": place.name, "finding": finding}
                slot = f"file-infected-{digest[:24]}"
                notices.enqueue(session, template="file_infected", account=account, values=values, slot=slot, now=now)
    session.flush()
