"""Papers on the card of an organisation: taken in, compared by an officer, refused with a reason, withdrawn."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain import organisation_card as rules
from portal.domain import policy, upload
from portal.domain.organisation import OrganisationKind
from portal.domain.organisation_card import Paper, ProposalStage
from portal.domain.policy import Action, Actor
from portal.models import Organisation, OrganisationDocument
from portal.services import audit, card_notices, file_scans, organisations, taking_in
from portal.storage import Storage


def add(
    session: Session, organisation: Organisation, *, paper: Paper, storage: Storage, actor: Actor, now: datetime
) -> OrganisationDocument:
    """Keep a paper: a partner's own waits for an officer, an officer's counts at once.

    Raises RuleBroken (field `files`) saying what is wrong with the file.
    """
    if actor.is_partner:
        policy.check(actor, Action.PROPOSE_CARD)
        policy.check_own(actor, organisation.id)
    else:
        policy.check(actor, Action.EDIT_ORGANISATION)
    rules.check_paper(paper)
    taken = taking_in.taken(paper.file_name, paper.content)
    row = OrganisationDocument(
        organisation_id=organisation.id,
        kind=paper.kind,
        number=paper.number,
        issuer=paper.issuer,
        issued_on=paper.issued_on,
        expires_on=paper.expires_on,
        name=upload.safe_name(paper.file_name),
        media_type=taken.media_type,
        size=len(taken.content),
        digest=file_scans.keep(session, taken.content, storage=storage, now=now),
        stage=ProposalStage.WAITING,
        sent_by_id=actor.account_id,
        sent_at=now,
        created_at=now,
        updated_at=now,
    )
    if not actor.is_partner:
        row.stage, row.decided_by_id, row.decided_at = ProposalStage.ACCEPTED, actor.account_id, now
    session.add(row)
    session.flush()
    detail = {"kind": row.kind, "name": row.name, "expires_on": row.expires_on}
    audit.record(session, "card_document_sent", subject=row, actor=actor, now=now, detail=detail)
    session.flush()
    return row


def withdraw(session: Session, row: OrganisationDocument, *, actor: Actor, now: datetime) -> None:
    """Take a paper back before it is compared."""
    policy.check(actor, Action.PROPOSE_CARD)
    policy.check_own(actor, row.organisation_id)
    rules.check_waiting(row.stage)
    _decide(row, ProposalStage.WITHDRAWN, "", actor=actor, now=now)
    session.flush()
    audit.record(session, "card_document_withdrawn", subject=row, actor=actor, now=now, detail={"name": row.name})
    session.flush()


def accept(
    session: Session, row: OrganisationDocument, *, carry: bool, answer: str = "", actor: Actor, now: datetime
) -> None:
    """Let a paper count; with `carry` number and dates on it become facts of the welfare institution."""
    policy.check(actor, Action.EDIT_ORGANISATION)
    rules.check_waiting(row.stage)
    organisation = row.organisation
    if carry and organisation.kind is OrganisationKind.LKS:
        facts = rules.facts_with_paper(organisations.facts_of(organisation), row)
        organisations.edit(session, organisation, facts, version=organisation.version, actor=actor, now=now)
    _decide(row, ProposalStage.ACCEPTED, answer, actor=actor, now=now)
    session.flush()
    detail = {"name": row.name, "carried": carry}
    audit.record(session, "card_document_accepted", subject=row, actor=actor, now=now, detail=detail)
    card_notices.decided(session, row, what=row.kind.value, now=now)


def refuse(session: Session, row: OrganisationDocument, *, answer: str, actor: Actor, now: datetime) -> None:
    """Refuse a paper with a sentence, and tell the partner."""
    policy.check(actor, Action.EDIT_ORGANISATION)
    rules.check_waiting(row.stage)
    rules.check_refusal(answer)
    _decide(row, ProposalStage.REFUSED, answer, actor=actor, now=now)
    session.flush()
    detail = {"name": row.name, "reason": row.answer}
    audit.record(session, "card_document_refused", subject=row, actor=actor, now=now, detail=detail)
    card_notices.decided(session, row, what=row.kind.value, now=now)


def _decide(row: OrganisationDocument, stage: ProposalStage, answer: str, *, actor: Actor, now: datetime) -> None:
    row.stage, row.answer = stage, answer.strip() or None
    row.decided_by_id, row.decided_at, row.updated_at = actor.account_id, now, now
