"""The light of each partner of an agreement on one day, by the one rule of `domain.readiness`."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.domain import readiness
from portal.domain.readiness import Readiness
from portal.models import AgreementParty, OfficeHolder, Organisation


@dataclass(frozen=True, kw_only=True, slots=True)
class PartnerLight:
    """A partner of an agreement and how it stands with its papers."""

    code: str
    name: str
    readiness: Readiness


def of_agreement(session: Session, agreement_id: int, day: date) -> tuple[PartnerLight, ...]:
    """Return the light of every partner of an agreement on `day`, in the order of the parties: two statements."""
    rows = session.scalars(
        select(Organisation)
        .join(AgreementParty, AgreementParty.organisation_id == Organisation.id)
        .where(AgreementParty.agreement_id == agreement_id, Organisation.is_ours.is_(False))
        .order_by(AgreementParty.position)
        .options(joinedload(Organisation.lks))
    ).all()
    holders: dict[int, list[OfficeHolder]] = {row.id: [] for row in rows}
    for holder in session.scalars(select(OfficeHolder).where(OfficeHolder.organisation_id.in_(holders))):
        holders[holder.organisation_id].append(holder)
    return tuple(
        PartnerLight(code=row.code, name=row.name, readiness=readiness.judge(row.lks, holders[row.id], day))
        for row in rows
    )
