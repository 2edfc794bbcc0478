"""The clause library: proposing a wording, approving it, declining it, retiring a clause, making a variant.

A published wording never changes; drafts keep the text they took (design: ux W7). Shipped clauses come in by
`clause_seed`.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.domain import clause_check, policy
from portal.domain.agreement import AgreementKind
from portal.domain.clause import Condition
from portal.domain.editing import EditConflict, compare
from portal.domain.errors import Conflict, RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor
from portal.domain.publication import PUBLICATIONS, Publication
from portal.models import Account, Clause, ClauseVersion, Entry
from portal.queries import clauses as reading
from portal.services import audit, clause_lint
from portal.services.clause_seed import seed

__all__ = [
    "Change",
    "Variant",
    "Wording",
    "decline",
    "make_variant",
    "newest",
    "propose",
    "publish",
    "retire",
    "seed",
    "wording_of",
]

PROPOSED: Final = "clause_proposed"
DECLINED: Final = "clause_declined"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """What a version says, as people write it; `fallbacks` are pairs of name and text, best first."""

    title: str
    text: str
    title_en: str = ""
    text_en: str = ""
    guidance: str = ""
    fallbacks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A wording that is proposed: why, and the version of the clause it was written upon."""

    wording: Wording
    note: str
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """What a variant is called, for which kinds of agreement it is and when it belongs to one."""

    title: str
    kinds: tuple[AgreementKind, ...]
    condition: Condition


TEXTS: Final = tuple(one.name for one in fields(Wording) if one.name != "fallbacks")


def wording_of(version: ClauseVersion) -> Wording:
    """Return what a version says."""
    fallbacks = tuple((one["name"], one["text"]) for one in version.fallbacks)
    return Wording(**{name: getattr(version, name) for name in TEXTS}, fallbacks=fallbacks)


def newest(clause: Clause) -> ClauseVersion:
    """Return the wording that a change begins with: the waiting proposal, else the published one, else the last."""
    return reading.proposal(clause) or reading.published(clause) or clause.versions[-1]


def _plain(wording: Wording) -> dict[str, Any]:
    texts = {name: getattr(wording, name) for name in TEXTS}
    return texts | {"fallbacks": [f"{name}: {text}" for name, text in wording.fallbacks]}


def propose(session: Session, clause: Clause, change: Change, *, actor: Actor, now: datetime) -> ClauseVersion:
    """Propose a wording, as seen at a version of the clause; a proposal that waits already is rewritten.

    Raises EditConflict, with both people's values, when somebody saved a later version; RuleBroken naming the field
    (and the line of a text that is not in order).
    """
    policy.check(actor, Action.EDIT_CLAUSE)
    start, wording = newest(clause), change.wording
    before, mine = _plain(wording_of(start)), _plain(wording)
    if change.version != clause.version:
        raise _conflict(session, clause, version=change.version, mine=mine, stored=before)
    _check(clause, change)
    changed = audit.differences(before, mine)
    if not changed:
        raise RuleBroken(N_("Belum ada yang berubah. Ubah teksnya lebih dulu."), field="text")
    row = reading.proposal(clause) or _next_version(clause, like=start)
    for name in TEXTS:
        setattr(row, name, getattr(wording, name))
    row.fallbacks = [{"name": name, "text": text} for name, text in wording.fallbacks]
    row.note, row.made_by_id, row.made_at = change.note.strip(), actor.account_id, now
    _touch(clause, now=now)
    session.flush()
    detail = {"version": clause.version, "code": clause.code, "number": row.number, "changes": changed}
    audit.record(session, PROPOSED, subject=clause, actor=actor, now=now, detail=detail)
    session.flush()
    return row


def _check(clause: Clause, change: Change) -> None:
    if clause.retired_at is not None:
        raise RuleBroken(N_("Klausul ini sudah pensiun. Buat varian bila teksnya masih diperlukan."))
    if not change.wording.title.strip():
        raise RuleBroken(N_("Tulis judul Pasal."), field="title")
    if not change.note.strip():
        raise RuleBroken(N_("Tulis alasan perubahan, supaya Biro Hukum dapat menilainya."), field="note")
    texts = {"text": change.wording.text, "text_en": change.wording.text_en}
    clause_check.check(**texts)
    for fault in clause_lint.faults(clause, **texts):
        raise RuleBroken(fault.finding.message, field=fault.field, **fault.finding.values)


def _next_version(clause: Clause, *, like: ClauseVersion) -> ClauseVersion:
    row = ClauseVersion(
        clause_id=clause.id,
        number=max(one.number for one in clause.versions) + 1,
        stage=Publication.DRAFT,
        patterns=list(like.patterns),
    )
    clause.versions.append(row)
    return row


def publish(
    session: Session, row: ClauseVersion, *, seen: int | None = None, actor: Actor, now: datetime
) -> ClauseVersion:
    """Approve a proposal: drafts take it from now on, the wording before it is retired. Existing drafts keep theirs.

    Raises Conflict when the clause is no longer at the version `seen`: nobody approves a text that was not read.
    """
    policy.check(actor, Action.PUBLISH_CLAUSE)
    PUBLICATIONS.check(row.stage, Publication.PUBLISHED)
    clause = row.clause
    if seen is not None and seen != clause.version:
        raise Conflict(N_("Usulan ini diubah orang lain sesudah Anda membukanya. Baca lagi sebelum menerbitkan."))
    for other in clause.versions:
        if other.stage is Publication.PUBLISHED:
            other.stage = Publication.RETIRED
    row.stage, row.approved_by_id, row.approved_at = Publication.PUBLISHED, actor.account_id, now
    _touch(clause, now=now)
    session.flush()
    detail = {"version": clause.version, "code": clause.code, "number": row.number}
    audit.record(session, "clause_published", subject=clause, actor=actor, now=now, detail=detail)
    session.flush()
    return row


def decline(session: Session, row: ClauseVersion, *, reason: str, actor: Actor, now: datetime) -> ClauseVersion:
    """Let a proposal lie, with the reason; the published wording stays as it is."""
    policy.check(actor, Action.PUBLISH_CLAUSE)
    PUBLICATIONS.check(row.stage, Publication.RETIRED)
    if row.stage is not Publication.DRAFT:
        raise RuleBroken(N_("Hanya usulan yang menunggu yang dapat ditolak."))
    if not reason.strip():
        raise RuleBroken(N_("Tulis alasan penolakan, supaya pengusul tahu apa yang perlu diperbaiki."), field="reason")
    clause, declined = row.clause, _plain(wording_of(row))
    row.stage = Publication.RETIRED
    row.note = f"{row.note}\n{reason.strip()}".strip()
    _touch(clause, now=now)
    session.flush()
    changed = audit.differences(declined, _plain(wording_of(newest(clause))))
    detail = {"version": clause.version, "code": clause.code, "reason": reason.strip(), "changes": changed}
    audit.record(session, DECLINED, subject=clause, actor=actor, now=now, detail=detail)
    session.flush()
    return row


def retire(session: Session, clause: Clause, *, actor: Actor, now: datetime) -> Clause:
    """Take a clause out of the choices; drafts that hold it keep its text."""
    policy.check(actor, Action.PUBLISH_CLAUSE)
    if clause.retired_at is not None:
        raise RuleBroken(N_("Klausul ini sudah pensiun."))
    clause.retired_at = now
    for row in clause.versions:
        row.stage = Publication.RETIRED
    _touch(clause, now=now)
    session.flush()
    detail = {"version": clause.version, "code": clause.code}
    audit.record(session, "clause_retired", subject=clause, actor=actor, now=now, detail=detail)
    session.flush()
    return clause


def make_variant(session: Session, clause: Clause, facts: Variant, *, actor: Actor, now: datetime) -> Clause:
    """Make another clause of the same matter, its first version a proposal with the text of the old one.

    Raises RuleBroken naming the field.
    """
    policy.check(actor, Action.EDIT_CLAUSE)
    if not facts.title.strip():
        raise RuleBroken(N_("Tulis judul Pasal."), field="title")
    if not facts.kinds:
        raise RuleBroken(N_("Pilih paling sedikit satu jenis naskah."), field="kinds")
    start = newest(clause)
    variant = Clause(
        code=_variant_code(session, clause),
        block=clause.block,
        position=clause.position,
        kinds=[kind.value for kind in facts.kinds],
        mandatory_kinds=[],
        condition=facts.condition,
        variant_of_id=clause.variant_of_id or clause.id,
        owner_id=actor.account_id,
        created_at=now,
        updated_at=now,
    )
    session.add(variant)
    values = {name: getattr(start, name) for name in TEXTS} | {"title": facts.title.strip()}
    variant.versions.append(
        ClauseVersion(
            number=1,
            stage=Publication.DRAFT,
            **values,
            fallbacks=list(start.fallbacks),
            patterns=list(start.patterns),
            made_by_id=actor.account_id,
            made_at=now,
        )
    )
    session.flush()
    detail = {"version": variant.version, "code": variant.code, "variant_of": clause.code}
    audit.record(session, "clause_variant_made", subject=variant, actor=actor, now=now, detail=detail)
    session.flush()
    return variant


def _variant_code(session: Session, clause: Clause) -> str:
    root = clause if clause.variant_of_id is None else session.get_one(Clause, clause.variant_of_id)
    stem = f"{root.code}-varian-"
    taken = session.scalar(select(func.count(Clause.id)).where(Clause.code.startswith(stem, autoescape=True))) or 0
    return f"{stem}{taken + 1}"


def _touch(clause: Clause, *, now: datetime) -> None:
    """Write the row of the clause even within one instant, so that of two people the second is told."""
    clause.updated_at = now
    flag_modified(clause, "updated_at")


def _conflict(
    session: Session, clause: Clause, *, version: int, mine: dict[str, Any], stored: dict[str, Any]
) -> EditConflict:
    """Tell who saved meanwhile; what was there before them is read from the trail."""
    entries = session.scalars(
        select(Entry).where(Entry.subject_kind == "clause", Entry.subject_id == clause.id).order_by(Entry.id)
    )
    later = [entry for entry in entries if entry.detail.get("version", 0) > version]
    before = dict(stored)
    for entry in reversed(later):
        before.update({key: pair[0] for key, pair in entry.detail.get("changes", {}).items()})
    person = session.get(Account, later[-1].actor_id) if later and later[-1].actor_id else None
    return EditConflict(
        comparison=compare(before, mine, stored),
        version=clause.version,
        who=person.name if person else "Simpul",
        when=later[-1].at if later else clause.updated_at,
    )
