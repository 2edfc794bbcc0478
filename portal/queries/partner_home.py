"""What a partner's first page shows, in a fixed number of statements however much there is."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.domain.agreement import Stage
from portal.models import Agreement, Organisation, SharedDraft
from portal.queries import partner_agreements, partner_duties, shared_drafts
from portal.queries.partner_duties import Duty


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """The officer whom a partner may ask; the number only if it is known."""

    name: str
    phone: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PartnerHome:
    """Everything on the page: the next thing, what comes, what the ministry owes, the agreements, whom to ask."""

    organisation_name: str
    is_sample: bool
    to_act: tuple[Duty, ...]
    coming: tuple[Duty, ...]
    drafts: tuple[SharedDraft, ...]
    owed_to_us: tuple[Duty, ...]
    agreements: tuple[Agreement, ...]
    next_opening: date | None
    person: Person | None


def show(session: Session, *, organisation_id: int, today: date) -> PartnerHome:
    """Return the first page of one partner on `today`."""
    organisation = session.get_one(Organisation, organisation_id)
    owed = partner_duties.owed_by(session, organisation_id=organisation_id)
    to_act = partner_duties.to_act(owed, today=today)
    agreements = partner_agreements.list_of_partner(session, organisation_id=organisation_id)
    return PartnerHome(
        organisation_name=organisation.name,
        is_sample=organisation.is_sample,
        to_act=to_act,
        coming=tuple(duty for duty in owed if duty not in to_act),
        drafts=tuple(shared_drafts.open_of_partner(session, organisation_id=organisation_id)),
        owed_to_us=partner_duties.owed_to(session, organisation_id=organisation_id),
        agreements=agreements,
        next_opening=partner_duties.next_opening(owed, today=today),
        person=_person(agreements, to_act),
    )


def whom_to_ask(session: Session, *, organisation_id: int) -> Person | None:
    """Return the officer of the partner's agreements, the ones in force first; None when none is recorded."""
    agreements = partner_agreements.list_of_partner(session, organisation_id=organisation_id)
    return _person(agreements, ())


def officer_of(agreement: Agreement) -> Person | None:
    """Return the officer of one agreement; None when none is recorded."""
    officer = agreement.officer
    return Person(name=officer.name, phone=officer.phone) if officer else None


def _person(agreements: tuple[Agreement, ...], to_act: tuple[Duty, ...]) -> Person | None:
    urgent = to_act[0].agreement_code if to_act else None
    with_officer = [a for a in agreements if a.officer_id is not None]
    with_officer.sort(key=lambda a: (a.code != urgent, a.stage is not Stage.ACTIVE))
    return officer_of(with_officer[0]) if with_officer else None
