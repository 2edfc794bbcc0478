"""Files of reports that come in parts, so that a cut line goes on where it was: begun, continued, finished, forgotten.

What may be attached is decided by `report_files` when the last part is here; until then nothing is shown to anybody.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain import policy, retention, upload
from portal.domain.errors import NotFound, RuleBroken
from portal.domain.policy import Action, Actor
from portal.domain.report import MAX_FILES, check_editable
from portal.models import Report, ReportUpload
from portal.queries import report_uploads
from portal.queries import reports as report_queries
from portal.services import report_files
from portal.services.report_files import Incoming
from portal.storage import Storage

LARGEST_PART = 256 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """How far a file has come: the next part begins at `offset`; `refusal` says why the whole one was not taken."""

    key: str
    offset: int
    is_done: bool = False
    refusal: RuleBroken | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Coming:
    """What a browser says of a file before it comes: its name, its bytes, and a short sum of them."""

    name: str
    size: int
    mark: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Some bytes of the file `key`, and where they begin in it."""

    key: str
    offset: int
    content: bytes


def begin(session: Session, report: Report, coming: Coming, *, actor: Actor, now: datetime) -> ReportUpload:
    """Begin a file, or go on with the one of the same mark and size; raise RuleBroken (field `files`)."""
    _check(report, actor)
    name, mark, size = upload.safe_name(coming.name), coming.mark[:16], coming.size
    on_way = report_uploads.open_of(session, report)
    for row in on_way:
        if (row.mark, row.size) == (mark, size):
            return row
    if not 0 < size <= upload.MAX_BYTES:
        raise RuleBroken(
            "Berkas %(name)s lebih dari 20 MB. Kecilkan atau bagi berkas itu.",
            field="files",
            name=name,
        )
    if len(on_way) + len(report_queries.kept_files(report)) >= MAX_FILES:
        raise RuleBroken("Laporan memuat paling banyak 10 berkas. Hapus satu berkas lebih dulu.", field="files")
    row = ReportUpload(
        key=secrets.token_hex(16),
        report_id=report.id,
        organisation_id=report.organisation_id,
        name=name,
        mark=mark,
        size=size,
        received=0,
        begun_by_id=actor.account_id,
        begun_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _check(report: Report, actor: Actor) -> None:
    policy.check(actor, Action.WRITE_REPORT)
    policy.check_own(actor, report.organisation_id)
    check_editable(report.stage)


def add(session: Session, report: Report, part: Part, *, storage: Storage, actor: Actor, now: datetime) -> Progress:
    """Take one part; one that does not begin where the last ended changes nothing. The answer says where to go on.

    With the last part the file is attached to the report, or refused as any other file is.
    """
    _check(report, actor)
    key, offset, content = part.key, part.offset, part.content
    row = report_uploads.get(session, report, key)
    if row is None:
        raise NotFound
    if row.finished_at is not None:
        return _told(row)
    if row.received > storage.size_of_parts(key):
        row.received = 0
    if offset == row.received and 0 < len(content) <= min(LARGEST_PART, row.size - offset):
        storage.put_part(key, offset, content)
        row.received += len(content)
        session.flush()
    if row.received < row.size:
        return Progress(key=key, offset=row.received)
    return _finish(session, report, row, storage=storage, actor=actor, now=now)


def _finish(
    session: Session, report: Report, row: ReportUpload, *, storage: Storage, actor: Actor, now: datetime
) -> Progress:
    incoming = Incoming(name=row.name, content=storage.parts_of(row.key)[: row.size])
    refusals = report_files.attach_all(session, report, (incoming,), storage=storage, actor=actor, now=now)
    row.finished_at = now
    row.refusal = {"message": refusals[0].message, "values": dict(refusals[0].values)} if refusals else None
    session.flush()
    storage.drop_parts(row.key)
    return _told(row)


def _told(row: ReportUpload) -> Progress:
    """What became of a file that came whole, however often it is asked."""
    refusal = RuleBroken(row.refusal["message"], field="files", **row.refusal["values"]) if row.refusal else None
    return Progress(key=row.key, offset=row.size, is_done=True, refusal=refusal)


def forget(session: Session, *, storage: Storage, now: datetime) -> int:
    """Forget files that were begun more than two days ago, finished or not; return how many. For the office's job."""
    rows = session.scalars(select(ReportUpload).where(ReportUpload.begun_at < now - retention.UPLOADS)).all()
    for row in rows:
        storage.drop_parts(row.key)
        session.delete(row)
    session.flush()
    return len(rows)
