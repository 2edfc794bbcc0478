"""Who is told what when an officer answers a change or a paper that a partner sent for its card."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.organisation_card import ProposalStage
from portal.models import Account, CardProposal, OrganisationDocument
from portal.services import notices


def decided(session: Session, row: CardProposal | OrganisationDocument, *, what: str, now: datetime) -> None:
    """Tell the person who sent it, while that person still works for the organisation.

    `what` is the code of the part or of the kind of paper.
    """
    account = session.get(Account, row.sent_by_id) if row.sent_by_id else None
    if account is None or not account.is_active or account.organisation_id != row.organisation_id:
        return
    is_paper = isinstance(row, OrganisationDocument)
    values = {
        "what": what,
        "is_paper": is_paper,
        "accepted": row.stage is ProposalStage.ACCEPTED,
        "answer": row.answer,
        "organisation": row.organisation.name,
        "path": "/mitra/profil",
    }
    slot = f"card-{'paper' if is_paper else 'change'}-{row.id}"
    notices.enqueue(session, template="card_decided", account=account, values=values, slot=slot, now=now)
