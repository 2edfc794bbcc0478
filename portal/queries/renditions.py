"""Reads of renditions: the Word files of an agreement, made or brought back. Their bytes are kept by `storage`."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal.domain import rendition as reports
from portal.domain.errors import NotFound
from portal.domain.rendition import IntakeReport, RenditionOrigin
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
    """One rendition as pages show it; `missing` in the order of the text, `report` empty for one that was made."""

    number: int
    origin: RenditionOrigin
    name: str
    size: int
    made_at: datetime
    made_by: str | None
    missing: tuple[MissingFact, ...]
    report: IntakeReport


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
        origin=rendition.origin,
        name=rendition.name,
        size=rendition.size,
        made_at=rendition.made_at,
        made_by=made_by,
        missing=tuple(MissingFact(label=one["label"], place=one["place"]) for one in rendition.missing),
        report=reports.read(rendition.report),
    )


def get(session: Session, agreement_id: int, number: int) -> Rendition:
    """Return one rendition of an agreement; raise NotFound."""
    if number > MOST_RENDITIONS:
        raise NotFound
    found = session.scalar(select(Rendition).where(Rendition.agreement_id == agreement_id, Rendition.number == number))
    if found is None:
        raise NotFound
    return found


def with_bytes(session: Session, agreement_id: int, digest: str) -> int | None:
    """Return the number of the newest rendition that has these bytes, kept or as they came; None when there is none."""
    return session.scalar(
        select(func.max(Rendition.number)).where(
            Rendition.agreement_id == agreement_id, or_(Rendition.digest == digest, Rendition.sent_digest == digest)
        )
    )


def writer_of(session: Session, rendition: Rendition) -> str | None:
    """Return the name of who made or brought a rendition; None for the portal itself."""
    return session.scalar(select(Account.name).where(Account.id == rendition.made_by_id))


def last_number(session: Session, agreement_id: int) -> int:
    """Return the number of the newest rendition, 0 when there is none."""
    return session.scalar(select(func.max(Rendition.number)).where(Rendition.agreement_id == agreement_id)) or 0
