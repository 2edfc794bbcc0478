"""Reads of incidents with personal data: the records themselves, and from the trail whom one concerns."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.domain.errors import NotFound
from portal.domain.incident import Search
from portal.models import Account, AgreementParty, Entry, Incident, Organisation

MOST = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Affected:
    """Whom the trail names in a span of time: how many entries, which organisations, which people."""

    entries: int
    organisations: Sequence[Organisation]
    people: Sequence[Account]


def list_all(session: Session) -> Sequence[Incident]:
    """Return every incident, open ones first, the most urgent before the others."""
    ordered = select(Incident).order_by(Incident.closed_at.is_not(None), Incident.due_at, Incident.id)
    return session.scalars(ordered.limit(MOST)).all()


def get(session: Session, incident_id: int) -> Incident:
    """Return one incident with its letters; raise NotFound for an absent one."""
    found = session.get(Incident, incident_id, options=[selectinload(Incident.letters)])
    if found is None:
        raise NotFound
    return found


def affected(session: Session, search: Search) -> Affected:
    """Return whom the entries of the trail concern that fit a search.

    An organisation is concerned when it acted, when its own record was touched, or when it is a party of an agreement
    that was; a person when it acted or when its account was touched, and everybody of the organisations.
    """
    fits = _fits(search)
    touched = select(Entry.agreement_id).where(fits, Entry.agreement_id.is_not(None))
    parties = select(AgreementParty.organisation_id).where(AgreementParty.agreement_id.in_(touched))
    own = select(Entry.subject_id).where(fits, Entry.subject_kind == "organisation")
    acted = select(Entry.organisation_id).where(fits, Entry.organisation_id.is_not(None))
    concerned = or_(Organisation.id.in_(parties), Organisation.id.in_(own), Organisation.id.in_(acted))
    organisations = session.scalars(select(Organisation).where(concerned).order_by(Organisation.sort_key).limit(MOST))
    found = organisations.all()
    accounts = select(Entry.subject_id).where(fits, Entry.subject_kind == "account")
    actors = select(Entry.actor_id).where(fits, Entry.actor_id.is_not(None))
    partners = [each.id for each in found if not each.is_ours]
    named = or_(Account.id.in_(accounts), Account.id.in_(actors), Account.organisation_id.in_(partners))
    people = select(Account).where(named).options(joinedload(Account.organisation)).order_by(Account.name).limit(MOST)
    number = session.scalar(select(func.count(Entry.id)).where(fits)) or 0
    return Affected(entries=number, organisations=found, people=session.scalars(people).all())


def _fits(search: Search) -> ColumnElement[bool]:
    fits: ColumnElement[bool] = Entry.at.between(search.begins_at, search.ends_at)
    if search.account_id is not None:
        about = (Entry.subject_kind == "account") & (Entry.subject_id == search.account_id)
        fits &= or_(Entry.actor_id == search.account_id, about)
    if search.organisation_id is not None:
        seats = select(AgreementParty.agreement_id).where(AgreementParty.organisation_id == search.organisation_id)
        of_agreements = Entry.agreement_id.in_(seats)
        fits &= or_(Entry.organisation_id == search.organisation_id, of_agreements)
    return fits
