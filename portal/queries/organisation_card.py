"""Reads of a partner's card: its papers, and what it proposes. All take the organisation; a foreign id is absent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from portal.domain.errors import NotFound
from portal.domain.organisation_card import CardPart, DocumentKind, ProposalStage
from portal.models import (
    Account,
    Agreement,
    AgreementParty,
    CardProposal,
    Contact,
    OfficeHolder,
    Organisation,
    OrganisationDocument,
)

MOST = 50
"""So many answered proposals and papers stand on a page."""
MOST_IDS = 2**31 - 1
"""No key of a row is larger; PostgreSQL refuses to compare with more."""
SINGLE = frozenset(set(DocumentKind) - {DocumentKind.OTHER, DocumentKind.POWER_OF_ATTORNEY})
"""Papers of which the newest takes the place of the ones before."""


def organisation(session: Session, organisation_id: int) -> Organisation:
    """Return an organisation with its profile; raise NotFound."""
    wanted = select(Organisation).where(Organisation.id == organisation_id).options(joinedload(Organisation.lks))
    found = session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def list_documents(session: Session, organisation_id: int) -> Sequence[OrganisationDocument]:
    """Return the papers of an organisation, the newest first; those withdrawn are left out."""
    return session.scalars(
        select(OrganisationDocument)
        .where(
            OrganisationDocument.organisation_id == organisation_id,
            OrganisationDocument.stage != ProposalStage.WITHDRAWN,
        )
        .order_by(OrganisationDocument.id.desc())
        .limit(MOST)
    ).all()


def current(documents: Iterable[OrganisationDocument]) -> tuple[OrganisationDocument, ...]:
    """Return the papers that count today: accepted, and not replaced by a newer one of the same kind."""
    seen: set[DocumentKind] = set()
    found = []
    for row in sorted(documents, key=lambda row: row.id, reverse=True):
        if row.stage is ProposalStage.ACCEPTED and not (row.kind in SINGLE and row.kind in seen):
            seen.add(row.kind)
            found.append(row)
    return tuple(found)


def get_document(session: Session, organisation_id: int, document_id: int) -> OrganisationDocument:
    """Return one paper of an organisation; raise NotFound for an absent and a foreign one."""
    found: OrganisationDocument = _own(session, OrganisationDocument, organisation_id, document_id)
    return found


def list_proposals(session: Session, organisation_id: int, *, waiting: bool) -> Sequence[CardProposal]:
    """Return what an organisation proposed: what waits, the oldest first, or what was answered, the newest first."""
    of_it = CardProposal.organisation_id == organisation_id
    if waiting:
        stage, order = CardProposal.stage == ProposalStage.WAITING, CardProposal.id.asc()
    else:
        stage, order = CardProposal.stage != ProposalStage.WAITING, CardProposal.id.desc()
    return session.scalars(select(CardProposal).where(of_it, stage).order_by(order).limit(MOST)).all()


def get_proposal(session: Session, organisation_id: int, proposal_id: int) -> CardProposal:
    """Return one proposal of an organisation; raise NotFound for an absent and a foreign one."""
    found: CardProposal = _own(session, CardProposal, organisation_id, proposal_id)
    return found


def _own(session: Session, kind: Any, organisation_id: int, row_id: int) -> Any:
    if not 0 < row_id <= MOST_IDS:
        raise NotFound
    found = session.scalar(select(kind).where(kind.id == row_id, kind.organisation_id == organisation_id))
    if found is None:
        raise NotFound
    return found


def waiting_for(session: Session, organisation_id: int, part: CardPart, target_id: int | None) -> CardProposal | None:
    """Return the proposal that waits for the same part of the same person, if there is one."""
    same = CardProposal.target_id == target_id if target_id else CardProposal.target_id.is_(None)
    return session.scalars(
        select(CardProposal).where(
            CardProposal.organisation_id == organisation_id,
            CardProposal.part == part,
            CardProposal.stage == ProposalStage.WAITING,
            same,
        )
    ).first()


def person(session: Session, organisation_id: int, part: CardPart, row_id: int) -> OfficeHolder | Contact | None:
    """Return the office holder or contact that a proposal is about, None when that row is gone or foreign."""
    kind: Any = OfficeHolder if part is CardPart.HOLDER else Contact
    found: OfficeHolder | Contact | None = session.scalar(
        select(kind).where(kind.id == row_id, kind.organisation_id == organisation_id)
    )
    return found


def names(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """Return the names of accounts by id."""
    wanted = {each for each in ids if each is not None}
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def number_waiting(session: Session, organisation_id: int) -> int:
    """Return how many proposals and papers of an organisation wait for an officer."""
    return sum(
        session.scalar(
            select(func.count(kind.id)).where(
                kind.organisation_id == organisation_id, kind.stage == ProposalStage.WAITING
            )
        )
        or 0
        for kind in (CardProposal, OrganisationDocument)
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """An organisation of which something waits, since when, and who looks after its agreements."""

    id: int
    code: str
    name: str
    is_sample: bool
    since: datetime
    officers: frozenset[int]


def list_waiting(session: Session) -> tuple[Waiting, ...]:
    """Return every organisation of which a proposal or a paper waits, the longest waiting first: four statements."""
    since: dict[int, datetime] = {}
    for kind in (CardProposal, OrganisationDocument):
        rows = session.execute(
            select(kind.organisation_id, func.min(kind.sent_at).label("since"))
            .where(kind.stage == ProposalStage.WAITING)
            .group_by(kind.organisation_id)
        )
        for row in rows:
            since[row.organisation_id] = min(row.since, since.get(row.organisation_id, row.since))
    officers = _officers(session, since)
    found = session.execute(
        select(Organisation.id, Organisation.code, Organisation.name, Organisation.is_sample).where(
            Organisation.id.in_(since)
        )
    )
    waiting = [
        Waiting(**row._asdict(), since=since[row.id], officers=officers.get(row.id, frozenset())) for row in found
    ]
    return tuple(sorted(waiting, key=lambda one: (one.since, one.id)))


def _officers(session: Session, ids: Iterable[int]) -> Mapping[int, frozenset[int]]:
    rows = session.execute(
        select(AgreementParty.organisation_id, Agreement.officer_id)
        .join(Agreement, Agreement.id == AgreementParty.agreement_id)
        .where(AgreementParty.organisation_id.in_(tuple(ids)), Agreement.officer_id.is_not(None))
        .distinct()
    )
    found: dict[int, frozenset[int]] = {}
    for row in rows:
        found[row.organisation_id] = found.get(row.organisation_id, frozenset()) | {row.officer_id}
    return found
