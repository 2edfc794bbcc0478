"""Reads of single agreements: the record with its parties, its facts as values, what stands beside it."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from portal.domain import policy
from portal.domain.agreement import Relation
from portal.domain.agreement_facts import AgreementFacts, PartyFacts, RegionFacts, RelationFacts
from portal.domain.errors import NotFound
from portal.domain.policy import Action, Actor
from portal.models import Agreement, AgreementParty, AgreementRelation, FactSource, Organisation, StageChange


def find(session: Session, code: str) -> Agreement | None:
    """Return the agreement with this public code and its parties, or None."""
    return session.scalar(
        select(Agreement)
        .where(Agreement.code == code)
        .options(
            selectinload(Agreement.parties).joinedload(AgreementParty.organisation).joinedload(Organisation.lks),
            selectinload(Agreement.regions),
            joinedload(Agreement.unit),
            joinedload(Agreement.officer),
            joinedload(Agreement.signing_event),
        )
        .execution_options(populate_existing=True)
    )


def get(session: Session, code: str) -> Agreement:
    """Return the agreement with this public code; raise NotFound."""
    found = find(session, code)
    if found is None:
        raise NotFound
    return found


def get_for(session: Session, code: str, *, actor: Actor) -> Agreement:
    """Return an agreement that `actor` may read; raise NotFound, or NotAllowed when it is confidential."""
    found = get(session, code)
    check_readable(found, actor)
    return found


def check_readable(agreement: Agreement, actor: Actor) -> None:
    """Raise NotAllowed with its reason when the agreement is confidential and `actor` may not read such."""
    if agreement.is_confidential and not actor.is_partner:
        policy.check(actor, Action.SEE_CONFIDENTIAL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Related:
    """Another agreement; `outgoing` when the asked one stands in the relation to it, else the other way round."""

    relation: Relation
    outgoing: bool
    other: Agreement


def related(session: Session, agreement_id: int) -> tuple[Related, ...]:
    """Return the agreements in relation to this one, both directions, oldest relation first."""
    rows = session.execute(
        select(AgreementRelation)
        .where(or_(AgreementRelation.agreement_id == agreement_id, AgreementRelation.other_id == agreement_id))
        .options(joinedload(AgreementRelation.agreement), joinedload(AgreementRelation.other))
        .order_by(AgreementRelation.id)
    ).scalars()
    found = []
    for row in rows:
        outgoing = row.agreement_id == agreement_id
        found.append(Related(relation=row.relation, outgoing=outgoing, other=row.other if outgoing else row.agreement))
    return tuple(found)


def stage_changes(session: Session, agreement_id: int) -> tuple[StageChange, ...]:
    """Return when the agreement entered its stages, in the order of recording."""
    return tuple(
        session.scalars(
            select(StageChange)
            .where(StageChange.agreement_id == agreement_id)
            .order_by(StageChange.entered_on, StageChange.id)
        )
    )


def sources(session: Session, agreement_id: int) -> tuple[FactSource, ...]:
    """Return where the recorded facts come from."""
    return tuple(
        session.scalars(
            select(FactSource)
            .where(FactSource.subject_kind == "agreement", FactSource.subject_id == agreement_id)
            .order_by(FactSource.id)
        )
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class SameNumber:
    """A number that the same body printed on another agreement too: a warning, never a refusal."""

    party: str
    number: str
    other_code: str


def same_numbers(session: Session, agreement: Agreement) -> tuple[SameNumber, ...]:
    """Return the numbers that another agreement of the same issuing party and year carries (design: domain §2.7)."""
    own, other = aliased(AgreementParty), aliased(AgreementParty)
    rows = session.execute(
        select(own.name_printed, own.number_printed, Agreement.code, Agreement.signed_on)
        .join(other, (other.organisation_id == own.organisation_id) & (other.number_printed == own.number_printed))
        .join(Agreement, Agreement.id == other.agreement_id)
        .where(own.agreement_id == agreement.id, other.agreement_id != agreement.id)
        .order_by(Agreement.code)
    )
    year = agreement.signed_on.year if agreement.signed_on else None
    return tuple(
        SameNumber(party=name, number=number or "", other_code=code)
        for name, number, code, signed_on in rows
        if year is None or signed_on is None or signed_on.year == year
    )


def facts(session: Session, agreement: Agreement) -> AgreementFacts:
    """Return what is recorded of an agreement as plain values, ready to be changed and given to the service."""
    return AgreementFacts(
        kind=agreement.kind,
        title=agreement.title,
        parties=tuple(_party_facts(party) for party in agreement.parties),
        signing_event_code=agreement.signing_event.code if agreement.signing_event else None,
        scope=tuple(agreement.scope),
        unit_code=agreement.unit.code if agreement.unit else None,
        officer_email=agreement.officer.email if agreement.officer else None,
        client_groups=tuple(agreement.client_groups),
        atensi=tuple(agreement.atensi),
        regions=tuple(sorted(RegionFacts(province_code=r.province_code, regency=r.regency) for r in agreement.regions)),
        relations=_relation_facts(session, agreement.id),
        **{name: getattr(agreement, name) for name in SAME_NAME},
    )


SAME_NAME = (
    "printed_label",
    "is_foreign",
    "is_confidential",
    "signed_on",
    "signed_place",
    "starts_on",
    "ends_on",
    "term_years",
    "term_months",
    "notice_count",
    "notice_unit",
    "notice_article",
    "purpose",
    "beneficiaries",
    "value_rupiah",
    "funding_source",
    "originals",
    "note",
)
"""Facts that stand in a column of the same name."""

SNAPSHOT = (
    "name_printed",
    "address_printed",
    "number_printed",
    "signatory_name",
    "signatory_office",
    "capacity",
    "principal",
    "instrument",
    "contact_name",
    "contact_phone",
    "contact_email",
)
"""Facts of a party that stand in a column of the same name."""


def _party_facts(party: AgreementParty) -> PartyFacts:
    values = {name: getattr(party, name) for name in SNAPSHOT}
    return PartyFacts(organisation_code=party.organisation.code, **values)


def _relation_facts(session: Session, agreement_id: int) -> tuple[RelationFacts, ...]:
    rows = session.execute(
        select(AgreementRelation.relation, Agreement.code)
        .join(Agreement, Agreement.id == AgreementRelation.other_id)
        .where(AgreementRelation.agreement_id == agreement_id)
    )
    return tuple(sorted(RelationFacts(relation=relation, other_code=code) for relation, code in rows))
