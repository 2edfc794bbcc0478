"""Reads of the trail of one agreement, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.models import Account, Entry

PAGE = 25


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One thing that happened: what (code of the action), by whom, when, with which details."""

    action: str
    actor: str | None
    at: datetime
    detail: Mapping[str, Any]


def of_agreement(session: Session, agreement_id: int, *, limit: int = 10, offset: int = 0) -> tuple[Event, ...]:
    """Return what happened to an agreement and all that belongs to it; `actor` None is the portal itself."""
    rows = session.execute(
        select(Entry.action, Account.name, Entry.at, Entry.detail)
        .outerjoin(Account, Account.id == Entry.actor_id)
        .where(Entry.agreement_id == agreement_id)
        .order_by(Entry.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return tuple(Event(action=action, actor=name, at=at, detail=detail) for action, name, at, detail in rows)


def count(session: Session, agreement_id: int) -> int:
    """Return how many things happened to an agreement."""
    return session.scalar(select(func.count(Entry.id)).where(Entry.agreement_id == agreement_id)) or 0
