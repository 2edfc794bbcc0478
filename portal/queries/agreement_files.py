"""Reads of the files of an agreement. Their bytes are kept by `storage`."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.agreement_file import FileKind
from portal.domain.errors import NotFound
from portal.models import Account, AgreementFile

MOST_FILES = 10_000
"""Beyond this no number is looked for: databases count no further than their integers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FileRow:
    """One file as pages show it; `number` counts the files of one agreement from 1, oldest first."""

    number: int
    kind: FileKind
    name: str
    size: int
    digest: str
    uploaded_at: datetime
    uploaded_by: str | None
    released_at: datetime | None


def of_agreement(session: Session, agreement_id: int) -> tuple[FileRow, ...]:
    """Return the files of an agreement, newest first."""
    rows = session.execute(
        select(AgreementFile, Account.name)
        .outerjoin(Account, Account.id == AgreementFile.uploaded_by_id)
        .where(AgreementFile.agreement_id == agreement_id)
        .order_by(AgreementFile.id)
    )
    counted = [_row(number, row, name) for number, (row, name) in enumerate(rows, start=1)]
    return tuple(reversed(counted))


def rows_of(session: Session, agreement_id: int) -> tuple[AgreementFile, ...]:
    """Return the files of an agreement themselves, newest first: for choosing one."""
    query = select(AgreementFile).where(AgreementFile.agreement_id == agreement_id)
    return tuple(session.scalars(query.order_by(AgreementFile.id.desc()).limit(60)))


def _row(number: int, row: AgreementFile, uploaded_by: str | None) -> FileRow:
    return FileRow(
        number=number,
        kind=FileKind(row.kind),
        name=row.name,
        size=row.size,
        digest=row.digest,
        uploaded_at=row.uploaded_at,
        uploaded_by=uploaded_by,
        released_at=row.released_at,
    )


def get(session: Session, agreement_id: int, number: int) -> AgreementFile:
    """Return one file of an agreement by its number; raise NotFound."""
    if not 1 <= number <= MOST_FILES:
        raise NotFound
    found = session.scalar(
        select(AgreementFile)
        .where(AgreementFile.agreement_id == agreement_id)
        .order_by(AgreementFile.id)
        .offset(number - 1)
        .limit(1)
    )
    if found is None:
        raise NotFound
    return found
