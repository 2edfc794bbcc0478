"""Reads of what became of one section of a draft: its saves with who made them, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.drafting import Section
from portal.models import Account, DraftSave

MOST = 30
"""So many saves are shown; older ones are kept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One save of a section that changed something, by its number; `who` is None when the portal itself saved it."""

    number: int
    at: datetime
    who: str | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def changes(session: Session, draft_id: int, section: Section) -> tuple[Change, ...]:
    """Return the newest saves of a section that changed something, each with the values before and after it."""
    rows = session.execute(
        select(DraftSave.values, DraftSave.stamp, DraftSave.saved_at, Account.name)
        .outerjoin(Account, Account.id == DraftSave.saved_by_id)
        .where(DraftSave.draft_id == draft_id, DraftSave.section == section)
        .order_by(DraftSave.stamp.desc())
        .limit(MOST + 1)
    ).all()
    return tuple(
        Change(number=number, at=at, who=who, before=before, after=after)
        for (after, number, at, who), (before, *_) in pairwise(rows)
        if before != after
    )
