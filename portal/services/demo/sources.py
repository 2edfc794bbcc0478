"""Where each fact of the real set comes from: one row per fact, not yet verified by anybody."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.organisation import Confidence
from portal.models import FactSource

Row = Mapping[str, Any]


def citation(source: Row) -> str:
    """Return how a source is named: outlet (or that it is unknown), title, initials or name of the writer."""
    outlet = source.get("outlet", "media belum diketahui")
    byline = f" ({source['byline']})" if "byline" in source else ""
    return f"{source['title']} — {outlet}{byline}"


def put_facts(session: Session, subject: Any, facts: tuple[str, ...], *, source: Row) -> None:
    """Record that `source` tells each of `facts` about `subject`, unless that is known already."""
    kind = subject.__tablename__
    known = set(
        session.scalars(
            select(FactSource.fact).where(FactSource.subject_kind == kind, FactSource.subject_id == subject.id)
        )
    )
    for fact in facts:
        if fact in known:
            continue
        session.add(
            FactSource(
                subject_kind=kind,
                subject_id=subject.id,
                fact=fact,
                source=citation(source),
                source_on=source["published_on"],
                confidence=Confidence(source["confidence"]),
            )
        )
    session.flush()
