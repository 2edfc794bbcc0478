"""The names that Periksa Naskah looks for in a text: places, bodies of the register, those of other drafts."""

from collections.abc import Collection, Iterable
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.clause import Block
from portal.domain.organisation import fold
from portal.domain.publication import Publication
from portal.domain.review import terms_in
from portal.models import (
    Agreement,
    AgreementParty,
    AgreementRegion,
    Clause,
    ClauseVersion,
    Draft,
    Organisation,
    Province,
)

_LEVELS: Final = 5


def of(session: Session, agreement: Agreement, others: Iterable[Agreement | None], text: str) -> dict[str, Any]:
    """Return the names that the rules look for in a folded text, by the fields of the subject.

    Bodies and people of the agreements that this one rests on are its own, and so are the bodies above and directly
    below a party: a directorate speaks of its ministry.
    """
    own = [party for one in (agreement, *filter(None, others)) for party in one.parties]
    house = _house(session, {party.organisation_id for party in own})
    return {
        "regions": _regions(session, agreement),
        "regencies": _regencies(session, text),
        "organisations": _strangers(session, house, text),
        "other_names": _of_other_drafts(session, agreement, own, house, text),
    }


def _house(session: Session, parties: Collection[int]) -> frozenset[int]:
    """Return the organisations of parties with all above and those directly below."""
    house, wanted = set(parties), set(parties)
    for _level in range(_LEVELS):
        query = select(Organisation.parent_id).where(Organisation.id.in_(wanted), Organisation.parent_id.is_not(None))
        wanted = {one for one in session.scalars(query) if one is not None} - house
        house |= wanted
    return frozenset(house | {*session.scalars(select(Organisation.id).where(Organisation.parent_id.in_(parties)))})


def known_terms(session: Session) -> tuple[str, ...]:
    """Return the terms that the published definitions of the library define."""
    query = (
        select(ClauseVersion.text)
        .join(ClauseVersion.clause)
        .where(Clause.block == Block.DEFINITIONS, ClauseVersion.stage == Publication.PUBLISHED)
    )
    return tuple(sorted({term for text in session.scalars(query) for term in terms_in(text)}))


def _regions(session: Session, agreement: Agreement) -> tuple[str, ...]:
    provinces = select(Province.name).where(Province.code.in_({row.province_code for row in agreement.regions}))
    homes = [party.organisation.regency for party in agreement.parties if party.organisation.regency]
    return (*session.scalars(provinces), *(row.regency for row in agreement.regions if row.regency), *homes)


def _regencies(session: Session, text: str) -> tuple[str, ...]:
    """Return the regencies that the register knows and the text may name."""
    known = {*session.scalars(select(AgreementRegion.regency).distinct())}
    known |= {*session.scalars(select(Organisation.regency).where(Organisation.regency.is_not(None)).distinct())}
    return tuple(sorted(name for name in known if name and fold(name) in text))


def _strangers(session: Session, house: Collection[int], text: str) -> tuple[str, ...]:
    rows = session.execute(select(Organisation.id, Organisation.name, Organisation.sort_key))
    return tuple(row.name for row in rows if row.id not in house and row.sort_key in text)


def _of_other_drafts(
    session: Session, agreement: Agreement, own: Iterable[AgreementParty], house: Collection[int], text: str
) -> tuple[str, ...]:
    """Return bodies and people of other drafts that the text names and that are not its own."""
    known = {fold(name) for party in own for name in (party.name_printed, party.signatory_name) if name}
    rows = session.execute(
        select(AgreementParty.organisation_id, AgreementParty.name_printed, AgreementParty.signatory_name)
        .join(Draft, Draft.agreement_id == AgreementParty.agreement_id)
        .where(AgreementParty.agreement_id != agreement.id)
    ).all()
    bodies = {row.name_printed for row in rows if row.organisation_id not in house}
    names = bodies | {row.signatory_name for row in rows}
    return tuple(sorted(name for name in names if name and fold(name) not in known and fold(name) in text))
