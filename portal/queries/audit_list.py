"""Reads of the whole trail for the office: by time, person, kind of thing, act and result; newest first, by keyset.

What happened to a restricted agreement is told without its particulars to who may not read it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from portal.domain import audit_chain as chain
from portal.domain.audit_chain import ERASED
from portal.domain.errors import NotFound
from portal.domain.wording.events import REFUSED
from portal.models import Account, Agreement, Entry
from portal.models.audit_chain import SEALED_COLUMNS, facts_of_rows

PAGE = 50
_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditFilter:
    """What is asked of the trail; None asks nothing. `since` and `until` are instants, the second one outside."""

    since: datetime | None = None
    until: datetime | None = None
    person: str = ""
    thing: str | None = None
    action: str | None = None
    is_refused: bool | None = None
    agreement_code: str = ""
    request_id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditRow:
    """One entry; `detail` None where the reader may not know the particulars of a restricted agreement."""

    id: int
    at: datetime
    actor: str | None
    action: str
    subject_kind: str
    subject_id: int | None
    agreement_code: str | None
    detail: Mapping[str, Any] | None
    request_id: str | None
    sequence: int | None
    mac: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditPage:
    """One page of the trail; `older` is the key of the next one, None at the end."""

    rows: tuple[AuditRow, ...]
    older: int | None


def _rows(asked: AuditFilter) -> Select[Any]:
    columns: tuple[Any, ...] = (Entry, Account.name.label("actor"), Agreement.code, Agreement.is_confidential)
    found: Select[Any] = (
        select(*columns)
        .outerjoin(Account, Account.id == Entry.actor_id)
        .outerjoin(Agreement, Agreement.id == Entry.agreement_id)
    )
    return found.where(*_conditions(asked)).order_by(Entry.id.desc())


def _conditions(asked: AuditFilter) -> list[ColumnElement[bool]]:
    same = (
        (Entry.subject_kind, asked.thing),
        (Entry.action, asked.action),
        (Entry.request_id, asked.request_id),
        (Agreement.code, asked.agreement_code.upper()),
    )
    found = [column == value for column, value in same if value]
    if asked.since is not None:
        found.append(Entry.at >= asked.since)
    if asked.until is not None:
        found.append(Entry.at < asked.until)
    if asked.is_refused is not None:
        found.append(Entry.action.in_(REFUSED) if asked.is_refused else Entry.action.not_in(REFUSED))
    if asked.person:
        found.append(_by(asked.person))
    return found


def _by(words: str) -> ColumnElement[bool]:
    """Return the condition that a person acted whose name or address has every word."""
    people = select(Account.id)
    for word in words.lower().split():
        name, email = func.lower(Account.name), func.lower(Account.email)
        people = people.where(or_(name.contains(word, autoescape=True), email.contains(word, autoescape=True)))
    return Entry.actor_id.in_(people)


def _row(found: Any, *, readable: bool) -> AuditRow:
    entry = found.Entry
    return AuditRow(
        id=entry.id,
        at=entry.at,
        actor=found.actor,
        action=entry.action,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        agreement_code=found.code,
        detail=None if found.is_confidential and not readable else entry.detail,
        request_id=entry.request_id,
        sequence=entry.sequence,
        mac=entry.mac,
    )


def find_page(session: Session, asked: AuditFilter, *, before: int | None, readable: bool) -> AuditPage:
    """Return the newest entries, or those before a key; one more is read to know whether there are older ones."""
    wanted = _rows(asked) if before is None else _rows(asked).where(Entry.id < before)
    rows = [_row(each, readable=readable) for each in session.execute(wanted.limit(PAGE + 1))]
    return AuditPage(rows=tuple(rows[:PAGE]), older=rows[PAGE - 1].id if len(rows) > PAGE else None)


def iterate(session: Session, asked: AuditFilter, *, limit: int, readable: bool) -> Iterator[AuditRow]:
    """Yield entries, newest first, a few hundred at a time."""
    found = session.execute(_rows(asked).limit(limit), execution_options={"yield_per": _AT_ONCE})
    for each in found:
        yield _row(each, readable=readable)


def get(session: Session, number: int, *, readable: bool) -> AuditRow:
    """Return one entry; raise NotFound."""
    found = session.execute(_rows(AuditFilter()).where(Entry.id == number)).one_or_none()
    if found is None:
        raise NotFound
    return _row(found, readable=readable)


def actions(session: Session) -> Sequence[str]:
    """Return every action that is in the trail, in alphabetical order."""
    return session.scalars(select(Entry.action).distinct().order_by(Entry.action)).all()


def is_whole(session: Session, number: int, keys: Sequence[bytes]) -> bool | None:
    """Return whether one sealed entry is as it was recorded; None before it is sealed. Its place is checked by all."""
    seal = [getattr(Entry, name) for name in SEALED_COLUMNS]
    row = session.execute(facts_of_rows().add_columns(*seal).where(Entry.id == number)).one()
    entry_id, at, *told, detail, sequence, detail_digest, previous, mac = row
    if sequence is None:
        return None
    facts = (entry_id, chain.instant(at), *told, detail_digest)
    is_sealed = any(chain.mac(key, sequence, previous, facts) == mac for key in keys)
    return is_sealed and (detail == ERASED or chain.digest(detail) == detail_digest)
