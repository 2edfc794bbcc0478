"""Agreements of members as their central board reads them: those in which a member names it, and no others."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.domain.agreement import Stage
from portal.domain.errors import NotFound
from portal.domain.organisation import OrganisationKind
from portal.models import Agreement, AgreementParty, Organisation


def _named(organisation_id: int) -> Select[Agreement]:
    seat = select(AgreementParty.id).where(
        AgreementParty.agreement_id == Agreement.id, AgreementParty.umbrella_id == organisation_id
    )
    return select(Agreement).where(seat.exists(), Agreement.is_confidential.is_(False))


def list_of_members(session: Session, *, organisation_id: int) -> Sequence[Agreement]:
    """Return the agreements that name this central board, those that end first at the top; restricted ones stay out."""
    query = (
        _named(organisation_id)
        .options(selectinload(Agreement.parties))
        .order_by(Agreement.stage != Stage.ACTIVE, Agreement.ends_on.is_(None), Agreement.ends_on, Agreement.id)
    )
    return session.scalars(query).all()


def get_of_member(session: Session, code: str, *, organisation_id: int) -> Agreement:
    """Return one of these agreements; raise NotFound for absent and foreign ones."""
    query = _named(organisation_id).where(Agreement.code == code).options(selectinload(Agreement.parties))
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def member_names(agreement: Agreement, organisation_id: int) -> str:
    """Return the printed names of the members that named this board."""
    return ", ".join(party.name_printed for party in agreement.parties if party.umbrella_id == organisation_id)


def list_umbrellas(session: Session) -> Sequence[Organisation]:
    """Return the organisations that can be a central board, by name."""
    return session.scalars(
        select(Organisation).where(Organisation.kind == OrganisationKind.ASSOCIATION).order_by(Organisation.sort_key)
    ).all()


def get_seat(session: Session, agreement_id: int, position: int) -> AgreementParty:
    """Return a partner's place in an agreement; raise NotFound for an absent one and for the ministry's."""
    found = session.scalar(
        select(AgreementParty)
        .where(AgreementParty.agreement_id == agreement_id, AgreementParty.position == position)
        .options(joinedload(AgreementParty.organisation), joinedload(AgreementParty.umbrella))
    )
    if found is None or found.organisation.is_ours:
        raise NotFound
    return found
