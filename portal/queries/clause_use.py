"""Reads of who uses a clause: the templates that start with it, the drafts that hold it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, cast, func, select, true
from sqlalchemy.orm import Session

from portal.domain.publication import Publication
from portal.models import Agreement, DocTemplate, DocTemplateVersion, Draft

SHOWN_DRAFTS = 10
"""So many drafts are named on the page of a clause."""


@dataclass(frozen=True, kw_only=True, slots=True)
class UsedBy:
    """An agreement whose draft holds a clause."""

    code: str
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftsWith:
    """The latest of the drafts that hold a clause, and how many there are."""

    rows: tuple[UsedBy, ...]
    total: int


def templates_by_clause(session: Session) -> dict[str, int]:
    """Return how many published templates start with each clause, by its code."""
    found: dict[str, int] = {}
    for slots in session.scalars(
        select(DocTemplateVersion.clauses).where(DocTemplateVersion.stage == Publication.PUBLISHED)
    ):
        for code in {slot["code"] for slot in slots}:
            found[code] = found.get(code, 0) + 1
    return found


def templates_with(session: Session, code: str) -> tuple[tuple[str, str], ...]:
    """Return code and name of the published templates that start with a clause."""
    rows = session.execute(
        select(DocTemplate.code, DocTemplate.name, DocTemplateVersion.clauses)
        .join(DocTemplateVersion, DocTemplateVersion.template_id == DocTemplate.id)
        .where(DocTemplateVersion.stage == Publication.PUBLISHED)
        .order_by(DocTemplate.id)
    )
    return tuple((known, name) for known, name, slots in rows if code in {slot["code"] for slot in slots})


def used_by(session: Session, code: str, *, with_confidential: bool) -> DraftsWith:
    """Return the agreements whose draft holds a clause, the latest changed first, at most `SHOWN_DRAFTS` named."""
    held = _holds(code, with_confidential=with_confidential)
    joined = select(Agreement).join(Draft, Draft.agreement_id == Agreement.id).where(*held)
    rows = session.execute(
        joined.with_only_columns(Agreement.code, Agreement.title)
        .order_by(Draft.updated_at.desc(), Draft.id.desc())
        .limit(SHOWN_DRAFTS)
    )
    total = session.scalar(joined.with_only_columns(func.count(Draft.id))) or 0
    return DraftsWith(rows=tuple(UsedBy(code=known, title=title) for known, title in rows), total=total)


def _holds(code: str, *, with_confidential: bool) -> tuple[ColumnElement[bool], ...]:
    return (
        cast(Draft.tree, String).contains(f'"clause": "{code}"', autoescape=True),
        true() if with_confidential else Agreement.is_confidential.is_(False),
    )
