"""What is known of files from outside: their state at the scanner, what waits, and where the same bytes are kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.file_scan import ScanState
from portal.models import (
    Account,
    Agreement,
    AgreementFile,
    BulkRun,
    CardProposal,
    DocTemplateVersion,
    FileScan,
    OrganisationDocument,
    Rendition,
    Report,
    ReportFile,
    SharedDraft,
    WorkbookReceipt,
)

KEPT = (
    (ReportFile, ReportFile.digest, ReportFile.name, ReportFile.uploaded_by_id),
    (AgreementFile, AgreementFile.digest, AgreementFile.name, AgreementFile.uploaded_by_id),
    (
        OrganisationDocument,
        OrganisationDocument.digest,
        OrganisationDocument.name,
        OrganisationDocument.sent_by_id,
    ),
    (CardProposal, CardProposal.digest, CardProposal.file_name, CardProposal.sent_by_id),
    (SharedDraft, SharedDraft.own_digest, SharedDraft.own_name, SharedDraft.sent_by_id),
    (WorkbookReceipt, WorkbookReceipt.digest, WorkbookReceipt.name, WorkbookReceipt.uploaded_by_id),
    (Rendition, Rendition.digest, Rendition.name, Rendition.made_by_id),
    (Rendition, Rendition.sent_digest, Rendition.sent_name, Rendition.made_by_id),
    (DocTemplateVersion, DocTemplateVersion.digest, DocTemplateVersion.name, DocTemplateVersion.uploaded_by_id),
    (BulkRun, BulkRun.digest, BulkRun.name, BulkRun.made_by_id),
)
"""Every column that names bytes which came from outside, with the name of the file and who sent it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One row that keeps certain bytes: the row, the file's name on it, and whom it concerns."""

    row: Any
    name: str
    people: tuple[Account, ...]
    """The sender, and the officer of the agreement, where known and still active."""


def state_of(session: Session, digest: str) -> ScanState | None:
    """Return what is known of some bytes; None when nobody was asked. What waits rules over what was said before."""
    found = set(session.scalars(select(FileScan.state).where(FileScan.digest == digest)))
    return next((each for each in (ScanState.PENDING, ScanState.INFECTED, ScanState.CLEAN) if each in found), None)


def rows(session: Session, digest: str) -> tuple[FileScan, ...]:
    """Return every question about some bytes, the oldest first."""
    return tuple(session.scalars(select(FileScan).where(FileScan.digest == digest).order_by(FileScan.id)))


def waiting(session: Session, *, limit: int) -> tuple[str, ...]:
    """Return the digests that wait for the scanner, the oldest first."""
    first = func.min(FileScan.id)
    rows = select(FileScan.digest).where(FileScan.state == ScanState.PENDING).group_by(FileScan.digest)
    return tuple(session.scalars(rows.order_by(first).limit(limit)))


def count_waiting(session: Session) -> int:
    """Return how many files wait."""
    rows = select(func.count(FileScan.digest.distinct())).where(FileScan.state == ScanState.PENDING)
    return session.scalar(rows) or 0


def places(session: Session, digest: str) -> Iterator[Place]:
    """Yield every row that keeps these bytes, with whom it concerns. For the office's sessions."""
    for kind, column, name, sender in KEPT:
        for row, shown, sender_id in session.execute(select(kind, name, sender).where(column == digest)):
            sent_by = session.get(Account, sender_id) if sender_id else None
            people = {each.id: each for each in (sent_by, _officer(session, row)) if each and each.is_active}
            yield Place(row=row, name=shown or "", people=tuple(people.values()))


def _officer(session: Session, row: Any) -> Account | None:
    agreement_id = getattr(row, "agreement_id", None)
    if isinstance(row, ReportFile):
        agreement_id = session.get_one(Report, row.report_id).agreement_id
    return session.get_one(Agreement, agreement_id).officer if agreement_id else None
