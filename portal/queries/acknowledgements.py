"""Reads of acknowledgements: which released documents a party has received and read."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.models import Acknowledgement, Agreement


def of_partner(session: Session, agreement: Agreement, *, organisation_id: int) -> dict[int, Acknowledgement]:
    """Return what one party acknowledged of an agreement, by the id of the file."""
    mine = (Acknowledgement.agreement_id == agreement.id, Acknowledgement.organisation_id == organisation_id)
    rows = session.scalars(select(Acknowledgement).where(*mine).options(joinedload(Acknowledgement.made_by)))
    return {row.file_id: row for row in rows}


def of_agreement(session: Session, agreement_id: int) -> tuple[Acknowledgement, ...]:
    """Return everything that was acknowledged of an agreement, the newest first."""
    return tuple(
        session.scalars(
            select(Acknowledgement)
            .where(Acknowledgement.agreement_id == agreement_id)
            .options(
                joinedload(Acknowledgement.file),
                joinedload(Acknowledgement.organisation),
                joinedload(Acknowledgement.made_by),
            )
            .order_by(Acknowledgement.id.desc())
        )
    )
