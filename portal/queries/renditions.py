"""Reads of renditions: the Word files made from an agreement. Their bytes are kept by `storage`."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.errors import NotFound
from portal.models import Account, Rendition

MOST_RENDITIONS = 10_000
"""Beyond this no number is looked for: databases count no further than their integers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MissingFact:
    """A fact that a rendition lacks: its label and the first place that needs it."""

    label: str
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RenditionRow:
    """One rendition as pages show it; `missing` in the order of the text."""

    number: int
    name: str
    size: int
    made_at: datetime
    made_by: str | None
    template_code: str
    missing: tuple[MissingFact, ...]


def of_agreement(session: Session, agreement_id: int) -> tuple[RenditionRow, ...]:
    """Return the renditions of an agreement, newest first."""
    rows = session.execute(
        select(Rendition, Account.name)
        .outerjoin(Account, Account.id == Rendition.made_by_id)
        .where(Rendition.agreement_id == agreement_id)
        .order_by(Rendition.number.desc())
    )
    return tuple(_row(rendition, name) for rendition, name in rows)


def _row(rendition: Rendition, made_by: str | None) -> RenditionRow:
    return RenditionRow(
        number=rendition.number,
        name=rendition.name,
        size=rendition.size,
        made_at=rendition.made_at,
        made_by=made_by,
        template_code=rendition.template_code,
        missing=tuple(MissingFact(label=one["label"], place=one["place"]) for one in rendition.missing),
    )


def get(session: Session, agreement_id: int, number: int) -> Rendition:
    """Return one rendition of an agreement; raise NotFound."""
    if number > MOST_RENDITIONS:
        raise NotFound
    found = session.scalar(select(Rendition).where(Rendition.agreement_id == agreement_id, Rendition.number == number))
    if found is None:
        raise NotFound
    return found


def last_number(session: Session, agreement_id: int) -> int:
    """Return the number of the newest rendition, 0 when there is none."""
    return session.scalar(select(func.max(Rendition.number)).where(Rendition.agreement_id == agreement_id)) or 0
