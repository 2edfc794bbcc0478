"""Reads of the log of contacts: how people of a party were reached outside the portal."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.domain.contact import ContactWay
from portal.models import Account, Agreement, ContactEntry, Obligation, Occurrence, Organisation

MOST = 10
"""So many of the latest stand on a page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Contacted:
    """One contact as pages show it."""

    way: ContactWay
    person: str | None
    note: str | None
    at: datetime
    by: str | None
    organisation: str
    agreement_code: str
    title: str | None
    """The duty that it was about, None for the agreement as a whole."""


def of_duty(session: Session, obligation_id: int) -> tuple[Contacted, ...]:
    """Return the latest contacts about the dates of one duty."""
    return _list(session, Occurrence.obligation_id == obligation_id)


def of_agreement(session: Session, agreement_id: int) -> tuple[Contacted, ...]:
    """Return the latest contacts about an agreement and its duties."""
    return _list(session, ContactEntry.agreement_id == agreement_id)


def of_organisation(session: Session, organisation_id: int, *, with_confidential: bool) -> tuple[Contacted, ...]:
    """Return the latest contacts with an organisation; those about agreements that the reader may not read are not."""
    own = [ContactEntry.organisation_id == organisation_id]
    if not with_confidential:
        own.append(Agreement.is_confidential.is_(False))
    return _list(session, *own)


def _list(session: Session, *where: ColumnElement[bool]) -> tuple[Contacted, ...]:
    rows = session.execute(
        select(
            ContactEntry.way,
            ContactEntry.person,
            ContactEntry.note,
            ContactEntry.at,
            Account.name.label("by"),
            Organisation.name.label("organisation"),
            Agreement.code.label("agreement_code"),
            Obligation.title,
        )
        .join(Agreement, Agreement.id == ContactEntry.agreement_id)
        .join(Organisation, Organisation.id == ContactEntry.organisation_id)
        .outerjoin(Occurrence, Occurrence.id == ContactEntry.occurrence_id)
        .outerjoin(Obligation, Obligation.id == Occurrence.obligation_id)
        .outerjoin(Account, Account.id == ContactEntry.by_id)
        .where(*where)
        .order_by(ContactEntry.at.desc(), ContactEntry.id.desc())
        .limit(MOST)
    )
    return tuple(Contacted(**row) for row in rows.mappings())
