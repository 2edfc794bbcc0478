"""Seals the trail: right before a commit the entries of its transaction are put at the end of the chain.

An entry is added without its place; the place is given when nothing else is left to do, under one lock for all
writers, so that the lock is held for moments and closes no circle of waiting. Only what this session added is sealed:
a row that came in beside the portal stays without a seal, and the check finds it. Design: platform B5.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final, cast

from sqlalchemy import Connection, Select, Table, Text, bindparam, event, inspect, select, text, update
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction

from portal import models as m
from portal.domain import audit_chain as chain
from portal.models.scope import ScopedSession

KEY: Final = "audit_key"
"""Where a session keeps the key by which it seals; a session without one seals nothing."""
SEALED_COLUMNS: Final = ("sequence", "detail_digest", "previous_hash", "mac")
"""What sealing writes; besides them only `detail` ever changes, when it is erased."""

_ADDED: Final = "entries_to_seal"
_BATCH: Final = 1000
_ENTRIES = cast(Table, m.Entry.__table__)
_LAST = (
    select(_ENTRIES.c.sequence, _ENTRIES.c.mac)
    .where(_ENTRIES.c.sequence.is_not(None))
    .order_by(_ENTRIES.c.sequence.desc())
    .limit(1)
)
_SEAL = (
    update(_ENTRIES)
    .where(_ENTRIES.c.id == bindparam("entry_id"), _ENTRIES.c.mac.is_(None))
    .values({name: bindparam(f"new_{name}") for name in SEALED_COLUMNS})
)
_LOCK = text(
    "SELECT pg_advisory_xact_lock(7301), (SELECT set_config('role', rolname, true) FROM pg_roles"
    " WHERE rolname = 'simpul_office' AND pg_has_role(session_user, oid, 'MEMBER'))"
)
"""One writer at a time, who sees the whole chain whatever the session was kept to: it is the last thing it does."""


class ChainError(Exception):
    """An entry that was to be sealed is not there, or was sealed already. A fault of ours, never of a user."""


def facts_of_rows() -> Select[Any]:
    """Return the select of what is counted in of an entry, first its own id; the last one is the text of its detail."""
    c = _ENTRIES.c
    named = (c.id, c.at, c.actor_id, c.organisation_id, c.action, c.subject_kind, c.subject_id, c.agreement_id)
    return select(*named, c.request_id, sql_cast(c.detail, Text).label("detail"))


def facts(row: Sequence[Any]) -> tuple[Any, ...]:
    """Return what the chain counts in of a row of `facts_of_rows`: the detail by its digest only."""
    entry_id, at, *rest, detail = row
    return (entry_id, chain.instant(at), *rest, chain.digest(detail))


def watch(session_class: type[ScopedSession]) -> None:
    """Let every session of this class and of those made from it seal what it adds to the trail."""
    event.listen(session_class, "after_flush", _on_flush)
    event.listen(session_class, "before_commit", _on_commit)
    event.listen(session_class, "after_transaction_end", _on_end)


def _on_flush(session: Session, context: UOWTransaction) -> None:
    del context
    for row in session.new:
        if type(row) is m.Entry:
            told = (row.subject_kind, row.subject_id, row.agreement_id, row.request_id)
            read = (row.id, row.at, row.actor_id, row.organisation_id, row.action, *told)
            session.info.setdefault(_ADDED, []).append((row, facts((*read, chain.detail_text(row.detail)))))


def _on_end(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_ADDED, None)


def _on_commit(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    added, key = session.info.pop(_ADDED, ()), session.info.get(KEY)
    kept = [facts for row, facts in added if not inspect(row).transient]
    if kept and key is not None:
        seal(Session.connection(session), key, kept)


def seal(connection: Connection, key: bytes, kept: Sequence[tuple[Any, ...]]) -> None:
    """Put entries of this transaction at the end of the chain; the first ever takes along what was there before it."""
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK)
    last = connection.execute(_LAST).one_or_none()
    if last is None:
        seal_earlier(connection, key)
    else:
        _append(connection, key, (last.sequence, last.mac), sorted(kept))


def seal_earlier(connection: Connection, key: bytes) -> int:
    """Begin the chain: seal every entry there is, in the order of their ids; return how many. Nothing is done later."""
    if connection.execute(_LAST).one_or_none() is not None:
        return 0
    end: tuple[int, str | None] = (0, None)
    waiting = facts_of_rows().where(_ENTRIES.c.mac.is_(None)).order_by(_ENTRIES.c.id).limit(_BATCH)
    while rows := connection.execute(waiting).all():
        end = _append(connection, key, end, [facts(tuple(row)) for row in rows])
    return end[0]


def _append(
    connection: Connection, key: bytes, end: tuple[int, str | None], kept: Iterable[tuple[Any, ...]]
) -> tuple[int, str | None]:
    last, previous = end
    seals: list[dict[str, Any]] = []
    for sequence, each in enumerate(kept, last + 1):
        made = chain.mac(key, sequence, previous, each)
        values = dict(zip(SEALED_COLUMNS, (sequence, each[-1], previous, made), strict=True))
        seals.append({"entry_id": each[0]} | {f"new_{name}": value for name, value in values.items()})
        previous = made
    done = connection.execute(_SEAL, seals, execution_options={"preserve_rowcount": True})
    if done.rowcount != len(seals):
        raise ChainError(f"{done.rowcount} of {len(seals)} entries could be sealed.")
    return last + len(seals), previous
