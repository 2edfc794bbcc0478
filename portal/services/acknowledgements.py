"""A partner says that it has received and read a released document: once for each document, with name and time."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain import policy
from portal.domain.policy import Action, Actor
from portal.models import Acknowledgement, Agreement, AgreementFile
from portal.queries import acknowledgements as reading
from portal.services import audit


def acknowledge(
    session: Session, agreement: Agreement, file: AgreementFile, *, organisation_id: int, actor: Actor, now: datetime
) -> Acknowledgement:
    """Keep that a party has received and read `file`; saying it again changes nothing."""
    policy.check(actor, Action.ACKNOWLEDGE)
    policy.check_own(actor, organisation_id)
    known = reading.of_partner(session, agreement, organisation_id=organisation_id).get(file.id)
    if known is not None:
        return known
    row = Acknowledgement(
        agreement_id=agreement.id,
        organisation_id=organisation_id,
        file_id=file.id,
        made_by_id=actor.account_id,
        made_at=now,
    )
    session.add(row)
    session.flush()
    audit.record(session, "file_acknowledged", subject=row, actor=actor, now=now, detail={"name": file.name})
    return row
