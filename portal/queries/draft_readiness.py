"""What the register says of the parties of a draft: papers that have run out, signatories out of office."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from portal.domain import readiness
from portal.domain.agreement_facts import PartyFacts
from portal.domain.marking import N_
from portal.domain.organisation import fold
from portal.domain.readiness import Light, Matter, serves
from portal.models import Agreement, AgreementParty, LksProfile, OfficeHolder, Organisation


@dataclass(frozen=True, kw_only=True, slots=True)
class Hint:
    """One sentence on one party: its place, whether it is a warning, a message and its values (dates among them)."""

    position: int
    is_warning: bool
    message: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Standings:
    """The office holders of the parties by place: who is in office on the day, and who is not."""

    in_office: Mapping[int, tuple[OfficeHolder, ...]]
    out_of_office: Mapping[int, tuple[OfficeHolder, ...]]


def hints(session: Session, agreement: Agreement, *, today: date) -> tuple[Hint, ...]:
    """Return what the register says of each party on the day of signing, or today while that is not known."""
    day = agreement.signed_on or today
    holders = _holders(session, [party.organisation_id for party in agreement.parties])
    return tuple(
        hint
        for party in agreement.parties
        for hint in (
            *_of_papers(party, party.organisation.lks, day),
            *_of_signatory(party, holders.get(party.organisation_id, []), day),
        )
    )


def standings(session: Session, agreement: Agreement, *, today: date) -> Standings:
    """Return who may sign for each party on the day of signing, or today while that is not known, and who may not."""
    day = agreement.signed_on or today
    known = _holders(session, [party.organisation_id for party in agreement.parties])
    seats = {party.position: known.get(party.organisation_id, []) for party in agreement.parties}
    return Standings(
        in_office={place: tuple(one for one in rows if serves(one, day)) for place, rows in seats.items()},
        out_of_office={place: tuple(one for one in rows if not serves(one, day)) for place, rows in seats.items()},
    )


def completed(session: Session, parties: Sequence[PartyFacts], *, day: date) -> tuple[PartyFacts, ...]:
    """Fill in what the register knows of each party and of its signatory in office on `day`.

    What was typed stays as it is; only name and address of an organisation that was replaced give way to those of
    the one that is chosen now.
    """
    rows = session.execute(_organisations(parties)).all()
    own = {row.code: row for row in rows}
    named = {row.sort_key: row for row in rows}
    holders = _holders(session, [row.id for row in rows])
    found: list[PartyFacts] = []
    for party in parties:
        chosen, typed = own.get(party.organisation_code), named.get(fold(party.name_printed or ""))
        if chosen is None:
            found.append(party)
            continue
        known = _with_register(party, holders.get(chosen.id, []), day)
        is_former = typed is not None and typed.sort_key != chosen.sort_key
        found.append(_renamed(known, typed, chosen) if is_former else known)
    return tuple(found)


def _organisations(parties: Sequence[PartyFacts]) -> Select[int, str, str, str, str | None]:
    codes, names = [one.organisation_code for one in parties], [fold(one.name_printed or "") for one in parties]
    return select(
        Organisation.id, Organisation.code, Organisation.name, Organisation.sort_key, Organisation.address
    ).where(or_(Organisation.code.in_(codes), Organisation.sort_key.in_(names)))


def _renamed(party: PartyFacts, former: Any, chosen: Any) -> PartyFacts:
    """Let the name of the former organisation, and its address unless it was changed, give way."""
    is_same = party.address_printed in (None, former.address)
    return replace(
        party, name_printed=chosen.name, address_printed=chosen.address if is_same else party.address_printed
    )


def _with_register(party: PartyFacts, holders: Sequence[OfficeHolder], day: date) -> PartyFacts:
    typed = fold(party.signatory_name or "")
    found = next((one for one in holders if typed and fold(one.name) == typed and serves(one, day)), None)
    if found is None:
        return party
    return replace(
        party,
        signatory_office=party.signatory_office or found.office,
        capacity=party.capacity or found.capacity,
        instrument=party.instrument or found.instrument,
    )


def _holders(session: Session, ids: Sequence[int]) -> dict[int, list[OfficeHolder]]:
    found: dict[int, list[OfficeHolder]] = {}
    query = select(OfficeHolder).where(OfficeHolder.organisation_id.in_(ids)).order_by(OfficeHolder.id)
    for row in session.scalars(query):
        found.setdefault(row.organisation_id, []).append(row)
    return found


def _of_papers(party: AgreementParty, profile: LksProfile | None, day: date) -> Iterator[Hint]:
    """Say what is wrong with the papers; only what bars signing is a warning: what has run out, or no registration."""
    for one in readiness.of_papers(profile, day) if profile else ():
        bars = one.light is Light.RED or one.matter is Matter.REGISTRATION
        yield Hint(position=party.position, is_warning=bars, message=one.message, values=one.values)


def _of_signatory(party: AgreementParty, holders: list[OfficeHolder], day: date) -> Iterator[Hint]:
    in_office = [one for one in holders if serves(one, day)]
    if not party.signatory_name:
        for one in in_office:
            told = N_("Pejabat menurut data mitra: %(name)s, %(office)s.")
            values = {"name": one.name, "office": one.office}
            yield Hint(position=party.position, is_warning=False, message=told, values=values)
        return
    known = [one for one in holders if fold(one.name) == fold(party.signatory_name)]
    if known and not any(serves(one, day) for one in known):
        late = N_("%(name)s tidak menjabat pada %(date)s menurut data mitra. Periksa dasar kewenangannya.")
        late_values: dict[str, Any] = {"name": party.signatory_name, "date": day}
        yield Hint(position=party.position, is_warning=True, message=late, values=late_values)
    elif in_office and not known:
        other = N_("%(name)s tidak tercatat sebagai pejabat; yang tercatat %(holder)s.")
        values = {"name": party.signatory_name, "holder": in_office[0].name}
        yield Hint(position=party.position, is_warning=True, message=other, values=values)
