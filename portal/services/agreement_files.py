"""Files of an agreement: taking them in, showing them to partners and taking them back. Bytes are in `storage`."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain import policy, upload
from portal.domain.agreement_file import FileKind
from portal.domain.policy import Action, Actor
from portal.models import Agreement, AgreementFile
from portal.queries import agreements as reading
from portal.services import audit, file_scans, taking_in
from portal.storage import Storage


@dataclass(frozen=True, kw_only=True, slots=True)
class Incoming:
    """A file as it was sent."""

    name: str
    kind: FileKind
    content: bytes = field(repr=False)


def add(
    session: Session,
    agreement: Agreement,
    *,
    incoming: Incoming,
    storage: Storage,
    actor: Actor,
    now: datetime,
) -> AgreementFile:
    """Keep a file of the agreement after checking it; partners do not see it before `release`.

    Raises RuleBroken (field `files`) saying what is wrong with it.
    """
    policy.check(actor, Action.ADD_FILE)
    reading.check_readable(agreement, actor)
    taken = taking_in.taken(incoming.name, incoming.content)
    row = AgreementFile(
        agreement_id=agreement.id,
        kind=incoming.kind.value,
        name=upload.safe_name(incoming.name),
        media_type=taken.media_type,
        size=len(taken.content),
        digest=file_scans.keep(session, taken.content, storage=storage, now=now),
        uploaded_by_id=actor.account_id,
        uploaded_at=now,
    )
    session.add(row)
    session.flush()
    detail = {"name": row.name, "kind": incoming.kind, "size": row.size}
    audit.record(session, "file_added", subject=row, actor=actor, now=now, detail=detail)
    return row


def release(session: Session, row: AgreementFile, *, actor: Actor, now: datetime) -> AgreementFile:
    """Show a file to every partner of the agreement."""
    policy.check(actor, Action.RELEASE_FILE)
    if row.released_at is None:
        row.released_at = now
        audit.record(session, "file_released", subject=row, actor=actor, now=now, detail={"name": row.name})
        session.flush()
    return row


def withhold(session: Session, row: AgreementFile, *, actor: Actor, now: datetime) -> AgreementFile:
    """Hide a file from the partners again."""
    policy.check(actor, Action.RELEASE_FILE)
    if row.released_at is not None:
        row.released_at = None
        audit.record(session, "file_withheld", subject=row, actor=actor, now=now, detail={"name": row.name})
        session.flush()
    return row
