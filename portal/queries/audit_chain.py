"""Checks the chain of the trail: is every entry that was sealed still there, unchanged and in its place?

Reads only, row by row, so that memory does not grow with the trail. Design: platform B5, E25.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import CursorResult, func, select
from sqlalchemy.orm import Session

from portal.domain import audit_chain as chain
from portal.domain.audit_chain import ERASED, Head
from portal.domain.marking import N_
from portal.models import AuditHead, Entry
from portal.models.audit_chain import SEALED_COLUMNS, facts_of_rows

ERASURE: Final = "details_erased"
"""The action that names, in `ids`, the entries whose detail was erased."""
_AT_ONCE: Final = 2000


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
    with _rows(session) as rows:
        verdict.fault = next((fault for row in rows if (fault := _look(verdict, row, keys, wanted))), None)
    if verdict.fault is not None:
        return verdict
    verdict.fault = _end(session, verdict, wanted)
    if verdict.fault is None and forged is not None:
        verdict.fault = _fault(N_("Kepala rantai tanggal %(day)s tidak ditandatangani kunci kita."), day=forged.day)
    return verdict


def _rows(session: Session) -> CursorResult[Any]:
    seal = [getattr(Entry, name) for name in SEALED_COLUMNS]
    wanted = facts_of_rows().add_columns(*seal).where(Entry.sequence.is_not(None)).order_by(Entry.sequence)
    return session.connection().execute(wanted, execution_options={"yield_per": _AT_ONCE})


def _look(verdict: Verdict, row: Sequence[Any], keys: Sequence[bytes], heads: dict[int, Head]) -> Fault | None:
    """Compare one row with what it must be; write down where the chain stands."""
    entry_id, _, _, _, action, *_, detail, sequence, detail_digest, _, mac = row
    broken = _broken(verdict, row, keys)
    if broken is not None:
        return _fault(broken, n=verdict.sequence + 1)
    if detail == ERASED and chain.digest(detail) != detail_digest:
        verdict.erased[entry_id] = sequence
    if action == ERASURE:
        verdict.named.update(json.loads(detail)["ids"])
    verdict.checked, verdict.sequence, verdict.mac = verdict.checked + 1, sequence, mac
    head = heads.pop(sequence, None)
    if head is not None and head.mac != mac:
        return _fault(N_("Baris %(n)s berbeda dari kepala yang dikirim tanggal %(day)s."), head)
    return None


def _broken(verdict: Verdict, row: Sequence[Any], keys: Sequence[bytes]) -> str | None:
    """Return what is wrong with a row at this place of the chain."""
    entry_id, at, *told, detail, sequence, detail_digest, previous, mac = row
    if sequence != verdict.sequence + 1:
        return N_("Baris %(n)s hilang dari rantai.")
    if previous != verdict.mac:
        return N_("Baris %(n)s tidak menyambung dengan baris sebelumnya.")
    facts = (entry_id, chain.instant(at), *told, detail_digest)
    if chain.mac(keys[0], sequence, previous, facts) != mac and mac not in (
        chain.mac(key, sequence, previous, facts) for key in keys[1:]
    ):
        return N_("Isi baris %(n)s berubah sesudah dicatat.")
    if detail != ERASED and chain.digest(detail) != detail_digest:
        return N_("Rincian baris %(n)s berubah sesudah dicatat.")
    return None


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
