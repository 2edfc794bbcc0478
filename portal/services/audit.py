"""The audit trail: every change leaves an entry in its own transaction."""

import json
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from portal.domain.audit_chain import ERASED
from portal.domain.policy import Actor
from portal.models import Entry
from portal.queries.audit_chain import ERASURE

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
"""Set by the web's door, so that entries and logs of one request can be matched."""


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(v) for v in value]
    return value


def record(
    session: Session,
    action: str,
    *,
    subject: Any,
    actor: Actor,
    now: datetime,
    detail: Mapping[str, Any] | None = None,
) -> Entry:
    """Add one entry: `actor` did `action` (past tense, e.g. `agreement_recorded`) to `subject` at `now`.

    `subject` is a mapped row with an id; `detail` holds what changed, as plain values or {field: [before, after]}.
    """
    table = subject.__tablename__
    agreement_id = subject.id if table == "agreement" else getattr(subject, "agreement_id", None)
    entry = Entry(
        at=now,
        actor_id=actor.account_id,
        organisation_id=actor.organisation_id,
        action=action,
        subject_kind=table,
        subject_id=getattr(subject, "id", None),
        agreement_id=agreement_id,
        detail=_plain(detail or {}),
        request_id=request_id.get(),
    )
    session.add(entry)
    return entry


def erase_details(
    session: Session, entries: Iterable[Entry], *, reason: str, actor: Actor, now: datetime
) -> Entry | None:
    """Erase what entries say in their detail, and add the entry that names them; None when there is nothing to erase.

    What happened, when and by whom stays, and so does the chain. `reason` is chained: it names nobody.
    """
    erased = [each for each in entries if each.action != ERASURE and each.detail != json.loads(ERASED)]
    if not erased:
        return None
    session.flush()
    for each in erased:
        each.detail = json.loads(ERASED)
    session.flush()
    detail = {"ids": [each.id for each in erased], "reason": reason}
    return record(session, ERASURE, subject=erased[0], actor=actor, now=now, detail=detail)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return {field: [before, after]} for every field that differs."""
    return {key: [before.get(key), value] for key, value in after.items() if before.get(key) != value}
