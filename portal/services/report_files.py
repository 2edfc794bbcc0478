"""Files of a report: checked, kept by content, attached and taken off again. A sent round keeps what it carried."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain import policy, upload
from portal.domain.errors import RuleBroken
from portal.domain.policy import Action, Actor
from portal.domain.report import MAX_FILES, check_editable
from portal.models import Report, ReportFile
from portal.queries import reports as report_queries
from portal.services import audit, file_scans, taking_in
from portal.storage import Storage


@dataclass(frozen=True, kw_only=True, slots=True)
class Incoming:
    """A file as it came: the name that the sender's machine gave it, and its bytes."""

    name: str
    content: bytes


def attach(
    session: Session, report: Report, incoming: Incoming, *, storage: Storage, actor: Actor, now: datetime
) -> ReportFile:
    """Attach one file; raise RuleBroken (field `files`) with what to do when it is refused.

    A file whose bytes are attached already is answered as it is, so that a second sending adds nothing.
    """
    policy.check(actor, Action.WRITE_REPORT)
    policy.check_own(actor, report.organisation_id)
    check_editable(report.stage)
    taken = taking_in.taken(incoming.name, incoming.content)
    digest = file_scans.keep(session, taken.content, storage=storage, now=now)
    for file in report_queries.kept_files(report):
        if file.digest == digest:
            return file
    _check_room(report)
    file = ReportFile(
        report_id=report.id,
        organisation_id=report.organisation_id,
        name=upload.safe_name(incoming.name),
        media_type=taken.media_type,
        size=len(taken.content),
        digest=digest,
        is_safe_picture=taken.is_reencoded,
        uploaded_by_id=actor.account_id,
        uploaded_at=now,
    )
    session.add(file)
    session.flush()
    session.expire(report, ["files"])
    audit.record(session, "report_file_attached", subject=report, actor=actor, now=now, detail={"name": file.name})
    return file


def _check_room(report: Report) -> None:
    if len(report_queries.kept_files(report)) >= MAX_FILES:
        raise RuleBroken("Laporan memuat paling banyak 10 berkas. Hapus satu berkas lebih dulu.", field="files")


def attach_all(
    session: Session,
    report: Report,
    files: Iterable[Incoming],
    *,
    storage: Storage,
    actor: Actor,
    now: datetime,
) -> tuple[RuleBroken, ...]:
    """Attach those that may be; return the refusals of the others, so that no good file is lost."""
    refusals = []
    for incoming in files:
        try:
            attach(session, report, incoming, storage=storage, actor=actor, now=now)
        except RuleBroken as refusal:
            refusals.append(refusal)
    return tuple(refusals)


def remove(session: Session, report: Report, file: ReportFile, *, actor: Actor, now: datetime) -> None:
    """Take a file off the report; rounds that carried it keep it."""
    policy.check(actor, Action.WRITE_REPORT)
    policy.check_own(actor, report.organisation_id)
    check_editable(report.stage)
    if file.removed_at is None:
        file.removed_at = now
        audit.record(session, "report_file_removed", subject=report, actor=actor, now=now, detail={"name": file.name})
        session.flush()
        session.expire(report, ["files"])


def restore(session: Session, report: Report, file: ReportFile, *, actor: Actor, now: datetime) -> None:
    """Put a file that was taken off back on the report."""
    policy.check(actor, Action.WRITE_REPORT)
    policy.check_own(actor, report.organisation_id)
    check_editable(report.stage)
    _check_room(report)
    file.removed_at = None
    audit.record(session, "report_file_restored", subject=report, actor=actor, now=now, detail={"name": file.name})
    session.flush()
    session.expire(report, ["files"])
