"""The rows below an agreement: parties in order, regions, relations. `agreements` calls it and checks the policy."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.agreement import Relation, check_parties
from portal.domain.agreement_facts import PartyFacts, RegionFacts, RelationFacts
from portal.domain.errors import RuleBroken
from portal.models import (
    Agreement,
    AgreementParty,
    AgreementRegion,
    AgreementRelation,
    ObligationParty,
    Organisation,
    Province,
)
from portal.queries.agreements import SNAPSHOT

ASIDE = 100
"""Places while parties change theirs: two rows may never hold one place, not even for a moment."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """One party that is to sit in its place; its facts carry the name to print."""

    organisation: Organisation
    facts: PartyFacts


def resolve_parties(session: Session, parties: Sequence[PartyFacts]) -> tuple[Seat, ...]:
    """Return the organisations of the parties, in order; raise RuleBroken when they cannot be parties together."""
    codes = [party.organisation_code for party in parties]
    known = {row.code: row for row in session.scalars(select(Organisation).where(Organisation.code.in_(codes)))}
    missing = [code for code in codes if code not in known]
    if missing:
        raise RuleBroken("Pilih organisasi untuk setiap pihak.", field="parties")
    check_parties(tuple(known[code].id for code in codes))
    if not any(known[code].is_ours for code in codes):
        raise RuleBroken("Salah satu pihak harus Kementerian Sosial atau unitnya.", field="parties")
    return tuple(_seat(known[party.organisation_code], party) for party in parties)


def _seat(organisation: Organisation, facts: PartyFacts) -> Seat:
    """Keep the name as printed: what the facts say, else what the organisation is called now."""
    return Seat(organisation=organisation, facts=replace(facts, name_printed=facts.name_printed or organisation.name))


def set_parties(session: Session, agreement: Agreement, seats: Sequence[Seat]) -> None:
    """Seat the parties in this order; a party that has duties stays, rows of those who stay are kept."""
    rows = {row.organisation_id: row for row in agreement.parties}
    wanted = {seat.organisation.id for seat in seats}
    _remove(session, agreement, [row for row in rows.values() if row.organisation_id not in wanted])
    for place, row in enumerate(row for row in rows.values() if row.organisation_id in wanted):
        row.position = ASIDE + place
    session.flush()
    for place, seat in enumerate(seats, start=1):
        row = rows.get(seat.organisation.id) or AgreementParty(organisation=seat.organisation)
        _print(row, seat)
        row.position = place
        if row.agreement is None:
            agreement.parties.append(row)
    session.flush()


def with_addresses(seats: Sequence[Seat]) -> tuple[Seat, ...]:
    """Return the seats of a new record; an address that is not told is the organisation's of today."""
    return tuple(
        replace(
            seat, facts=replace(seat.facts, address_printed=seat.facts.address_printed or seat.organisation.address)
        )
        for seat in seats
    )


def _print(row: AgreementParty, seat: Seat) -> None:
    for name in SNAPSHOT:
        setattr(row, name, getattr(seat.facts, name))


def _remove(session: Session, agreement: Agreement, leaving: Sequence[AgreementParty]) -> None:
    if not leaving:
        return
    duties = session.scalar(
        select(func.count(ObligationParty.id)).where(
            ObligationParty.agreement_id == agreement.id,
            ObligationParty.organisation_id.in_([row.organisation_id for row in leaving]),
        )
    )
    if duties:
        raise RuleBroken(
            "Pihak yang masih tercatat pada kewajiban tidak dapat dihapus. Ubah dulu kewajibannya.", field="parties"
        )
    for row in leaving:
        agreement.parties.remove(row)


def set_regions(session: Session, agreement: Agreement, regions: Sequence[RegionFacts]) -> None:
    """Let the agreement work in exactly these regions."""
    wanted = set(regions)
    known = set(session.scalars(select(Province.code)))
    if any(region.province_code not in known for region in wanted):
        raise RuleBroken("Pilih provinsi dari daftar.", field="regions")
    kept = set()
    for row in list(agreement.regions):
        one = RegionFacts(province_code=row.province_code, regency=row.regency)
        if one in wanted:
            kept.add(one)
        else:
            agreement.regions.remove(row)
    for one in sorted(wanted - kept):
        agreement.regions.append(AgreementRegion(province_code=one.province_code, regency=one.regency))
    session.flush()


def set_relations(session: Session, agreement: Agreement, relations: Sequence[RelationFacts]) -> None:
    """Let the agreement stand in exactly these relations; raise RuleBroken for itself, an unknown code or a circle."""
    codes = {one.other_code for one in relations}
    others = {
        row.code: row.id
        for row in session.execute(select(Agreement.code, Agreement.id).where(Agreement.code.in_(codes)))
    }
    wanted = set()
    for one in relations:
        other_id = others.get(one.other_code)
        if other_id is None:
            raise RuleBroken("Naskah %(code)s tidak ditemukan.", field="relations", code=one.other_code)
        if other_id == agreement.id:
            raise RuleBroken("Naskah tidak dapat berhubungan dengan dirinya sendiri.", field="relations")
        wanted.add((one.relation, other_id))
    rows = session.scalars(select(AgreementRelation).where(AgreementRelation.agreement_id == agreement.id)).all()
    _check_circle(session, agreement, wanted)
    for row in rows:
        if (row.relation, row.other_id) not in wanted:
            session.delete(row)
    stored = {(row.relation, row.other_id) for row in rows}
    for relation, other_id in sorted(wanted - stored):
        session.add(AgreementRelation(agreement_id=agreement.id, other_id=other_id, relation=relation))
    session.flush()


def _check_circle(session: Session, agreement: Agreement, wanted: set[tuple[Relation, int]]) -> None:
    """Refuse a relation that the other agreement already has to this one: nobody is the child of its child."""
    back = session.execute(
        select(AgreementRelation.relation, AgreementRelation.agreement_id).where(
            AgreementRelation.other_id == agreement.id,
            AgreementRelation.agreement_id.in_([other for _, other in wanted]),
        )
    )
    if wanted & {(relation, other_id) for relation, other_id in back}:
        raise RuleBroken("Kedua naskah saling menunjuk dengan hubungan yang sama.", field="relations")
