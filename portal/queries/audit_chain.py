"""Checks the chain of the trail: is every entry that was sealed still there, unchanged and in its place?

Reads only, row by row, so that memory does not grow with the trail. Design: platform B5, E25.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import CursorResult, Select, Text, cast, func, select
from sqlalchemy.orm import Session

from portal.domain import audit_chain as chain
from portal.domain.audit_chain import ERASED, Head
from portal.domain.marking import N_
from portal.models import AuditHead, Entry
from portal.models.audit_chain import SEALED_COLUMNS, facts_of_rows

ERASURE: Final = "details_erased"
"""The action that names, in `ids`, the entries whose detail was erased."""
_AT_ONCE: Final = 2000
_ACTION: Final = 2
"""Where the action stands among the facts behind the instant."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """The first thing that is wrong: a sentence for the catalogue and its values."""

    message: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        """Return the sentence in Indonesian."""
        return self.message % self.values


@dataclass(kw_only=True, slots=True)
class Verdict:
    """What the check found: how many entries it read, where the chain ends, and what is wrong."""

    checked: int = 0
    sequence: int = 0
    mac: str | None = None
    fault: Fault | None = None
    erased: dict[int, int] = field(default_factory=dict)
    """Entries whose detail is erased, with their places; an entry must name them."""
    named: set[int] = field(default_factory=set)

    @property
    def is_whole(self) -> bool:
        """Return whether nothing is wrong."""
        return self.fault is None


def heads(session: Session, *, limit: int | None = None) -> tuple[AuditHead, ...]:
    """Return the daily heads that the portal keeps itself, newest first."""
    return tuple(session.scalars(select(AuditHead).order_by(AuditHead.day.desc()).limit(limit)))


def kept_heads(session: Session) -> tuple[Head, ...]:
    """Return the same as plain heads."""
    return tuple(
        Head(day=each.day, sequence=each.sequence, mac=each.mac, signature=each.signature) for each in heads(session)
    )


def has_head(session: Session, day: date) -> bool:
    """Return whether the head of a day is kept."""
    return session.scalar(select(AuditHead.id).where(AuditHead.day == day)) is not None


def verify(session: Session, keys: Sequence[bytes], outside: Sequence[Head] = ()) -> Verdict:
    """Check the whole chain, and that it holds every head: the portal's own and those kept `outside`."""
    verdict = Verdict()
    known = (*outside, *kept_heads(session))
    forged = next((each for each in known if not each.is_signed_by(keys)), None)
    wanted = {each.sequence: each for each in known if each.is_signed_by(keys)}
    instant = chain.instant_of_text if _keeps_text(session) else chain.instant
    with _rows(session) as rows:
        looked = (_look(verdict, row, instant, keys, wanted) for row in rows)
        verdict.fault = next((fault for fault in looked if fault), None)
    if verdict.fault is not None:
        return verdict
    verdict.fault = _end(session, verdict, wanted)
    if verdict.fault is None and forged is not None:
        verdict.fault = _fault(N_("Kepala rantai tanggal %(day)s tidak ditandatangani kunci kita."), day=forged.day)
    return verdict


def _keeps_text(session: Session) -> bool:
    """Return whether the database keeps instants as text: read as such, a row costs half."""
    return session.get_bind().dialect.name == "sqlite"


def _rows(session: Session) -> CursorResult[Any]:
    seal = [getattr(Entry, name) for name in SEALED_COLUMNS]
    wanted = facts_of_rows().add_columns(*seal).where(Entry.sequence.is_not(None)).order_by(Entry.sequence)
    columns = list(wanted.selected_columns)
    if _keeps_text(session):
        columns[1] = cast(Entry.at, Text)
    read: Select[Any] = wanted.with_only_columns(*columns)
    return session.connection().execute(read, execution_options={"yield_per": _AT_ONCE})


def _look(
    verdict: Verdict, row: Sequence[Any], instant: Callable[[Any], str], keys: Sequence[bytes], heads: dict[int, Head]
) -> Fault | None:
    """Compare one row with what it must be; write down where the chain stands."""
    entry_id, at, *told, detail, sequence, detail_digest, previous, mac = row
    if sequence != verdict.sequence + 1:
        return _fault(N_("Baris %(n)s hilang dari rantai."), n=verdict.sequence + 1)
    if previous != verdict.mac:
        return _fault(N_("Baris %(n)s tidak menyambung dengan baris sebelumnya."), n=sequence)
    if not _is_sealed(keys, sequence, previous, (entry_id, instant(at), *told, detail_digest), mac):
        return _fault(N_("Isi baris %(n)s berubah sesudah dicatat."), n=sequence)
    if chain.digest(detail) != detail_digest:
        if detail != ERASED:
            return _fault(N_("Rincian baris %(n)s berubah sesudah dicatat."), n=sequence)
        verdict.erased[entry_id] = sequence
    verdict.checked, verdict.sequence, verdict.mac = verdict.checked + 1, sequence, mac
    if told[_ACTION] == ERASURE:
        verdict.named.update(json.loads(detail)["ids"])
    return _beside(heads.pop(sequence), mac) if sequence in heads else None


def _beside(head: Head, mac: str) -> Fault | None:
    """Compare a head with the entry at its place."""
    if head.mac == mac:
        return None
    return _fault(N_("Baris %(n)s berbeda dari kepala yang dikirim tanggal %(day)s."), head)


def _is_sealed(keys: Sequence[bytes], sequence: int, previous: str | None, facts: tuple[Any, ...], mac: str) -> bool:
    """Return whether one of our keys sealed these facts at this place; nearly always the newest."""
    return chain.mac(keys[0], sequence, previous, facts) == mac or mac in (
        chain.mac(key, sequence, previous, facts) for key in keys[1:]
    )


def _end(session: Session, verdict: Verdict, wanted: Mapping[int, Head]) -> Fault | None:
    """Return what is wrong with the chain as a whole."""
    silent = sorted(place for entry_id, place in verdict.erased.items() if entry_id not in verdict.named)
    if silent:
        return _fault(N_("Rincian baris %(n)s dihapus tanpa catatan."), n=silent[0])
    if wanted:
        head = wanted[min(wanted)]
        return _fault(N_("Rantai terpotong: baris %(n)s, kepala tanggal %(day)s, tidak ada lagi."), head)
    waiting = (func.count(Entry.id), func.min(Entry.id))
    count, first = session.execute(select(*waiting).where(Entry.sequence.is_(None))).one()
    if count:
        return _fault(N_("%(count)s baris tidak bersegel, yang pertama nomor %(id)s."), count=count, id=first)
    return None


def _fault(message: str, head: Head | None = None, **values: object) -> Fault:
    told = {"n": head.sequence, "day": head.day} if head is not None else values
    return Fault(message=message, values=told)
