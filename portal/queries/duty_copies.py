"""Reads for copying duties into a draft: which agreements have any, and their open ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, selectinload

from portal.domain.organisation import fold
from portal.models import Agreement, Obligation

SHOWN = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """An agreement whose duties can be copied."""

    code: str
    title: str


def sources(session: Session, agreement: Agreement, *, words: str, with_confidential: bool) -> tuple[Source, ...]:
    """Return other agreements that have open duties, newest first, whose code or title has all the words."""
    has_duties = exists().where(Obligation.agreement_id == Agreement.id, Obligation.is_closed.is_(False))
    query = select(Agreement.code, Agreement.title).where(has_duties, Agreement.id != agreement.id)
    for word in fold(words).split():
        in_code = func.lower(Agreement.code).contains(word, autoescape=True)
        query = query.where(or_(Agreement.sort_key.contains(word, autoescape=True), in_code))
    if not with_confidential:
        query = query.where(Agreement.is_confidential.is_(False))
    rows = session.execute(query.order_by(Agreement.updated_at.desc(), Agreement.id.desc()).limit(SHOWN))
    return tuple(Source(code=row.code, title=row.title) for row in rows)


def open_duties(session: Session, agreement_id: int) -> Sequence[Obligation]:
    """Return the open duties of an agreement with their parties, in the order of recording."""
    query = select(Obligation).where(Obligation.agreement_id == agreement_id, Obligation.is_closed.is_(False))
    return session.scalars(query.options(selectinload(Obligation.parties)).order_by(Obligation.id)).all()
