"""Reads of partners that may be recorded twice: like one that is recorded, like one that is typed, and all pairs."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain import organisation_likeness as rules
from portal.domain.organisation_facts import OrganisationFacts
from portal.domain.organisation_likeness import Body, Likeness
from portal.models import LksProfile, Organisation

MOST_PAIRS = 100
"""So many pairs stand on the list."""

Found = tuple[tuple[Body, tuple[Likeness, ...]], ...]
Pair = tuple[Body, Body, tuple[Likeness, ...]]


def _bodies(session: Session) -> Sequence[Body]:
    rows = session.execute(
        select(
            Organisation.id,
            Organisation.code,
            Organisation.name,
            Organisation.aliases,
            Organisation.regency,
            LksProfile.tax_number,
            LksProfile.registration_number,
        )
        .outerjoin(LksProfile, LksProfile.organisation_id == Organisation.id)
        .where(Organisation.is_ours.is_(False), Organisation.merged_into_id.is_(None))
        .order_by(Organisation.id)
    )
    return [
        Body(
            id=row.id,
            code=row.code,
            name=row.name,
            names=tuple(row.aliases),
            tax_number=row.tax_number,
            registration_number=row.registration_number,
            place=row.regency,
        )
        for row in rows
    ]


def of_organisation(session: Session, organisation_id: int) -> Found:
    """Return the partners that may be the same as one that is recorded."""
    bodies = _bodies(session)
    own = next((body for body in bodies if body.id == organisation_id), None)
    return rules.like(own, bodies) if own else ()


def of_facts(session: Session, facts: OrganisationFacts) -> Found:
    """Return the recorded partners that may be the same as one that is being typed."""
    typed = Body(
        id=0,
        code="",
        name=facts.name,
        names=facts.aliases,
        tax_number=facts.lks.tax_number if facts.lks else None,
        registration_number=facts.lks.registration_number if facts.lks else None,
    )
    return rules.like(typed, _bodies(session))


def list_pairs(session: Session) -> tuple[Pair, ...]:
    """Return every pair of partners that may be the same, those with a common number first."""
    found = sorted(rules.pairs(_bodies(session)), key=lambda pair: (pair[2] == (Likeness.NAME,), pair[0].name))
    return tuple(found[:MOST_PAIRS])
