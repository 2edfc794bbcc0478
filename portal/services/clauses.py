"""The clause library: approving a proposal, declining it, retiring a clause, making a variant, who answers for it.

A published wording never changes; drafts keep the text they took (design: ux W7). Shipped clauses come in by
`clause_seed`; proposals are made by `clause_proposals`.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain import clause_placing, policy
from portal.domain.agreement import AgreementKind
from portal.domain.clause import Condition
from portal.domain.clause_placing import Placing
from portal.domain.errors import Conflict, RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor
from portal.domain.publication import PUBLICATIONS, Publication
from portal.models import Clause, ClauseVersion
from portal.queries import clause_places
from portal.services import audit, clause_order
from portal.services.clause_proposals import Change, Wording, begin, newest, plain, propose, touch, wording_of, write
from portal.services.clause_seed import seed

__all__ = [
    "Change",
    "Variant",
    "Wording",
    "begin",
    "change_owner",
    "decline",
    "make_variant",
    "newest",
    "propose",
    "publish",
    "retire",
    "seed",
    "wording_of",
]

DECLINED: Final = "clause_declined"


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """What a variant is called, for which kinds of agreement it is and when it belongs to one."""

    title: str
    kinds: tuple[AgreementKind, ...]
    condition: Condition


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
    clause_order.place(session, clause, clause_placing.read(row.placing))
    row.stage, row.approved_by_id, row.approved_at = Publication.PUBLISHED, actor.account_id, now
    touch(clause, now=now)
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
    clause, declined = row.clause, plain(wording_of(row))
    row.stage = Publication.RETIRED
    row.note = f"{row.note}\n{reason.strip()}".strip()
    touch(clause, now=now)
    session.flush()
    changed = audit.differences(declined, plain(wording_of(newest(clause))))
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
    touch(clause, now=now)
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
    start = wording_of(newest(clause))
    placing = Placing(block=clause.block, kinds=facts.kinds, condition=facts.condition)
    variant = Clause(
        code=_variant_code(session, clause),
        block=clause.block,
        position=clause.position,
        kinds=[kind.value for kind in facts.kinds],
        mandatory_kinds=[],
        condition=facts.condition,
        variant_of_id=clause.variant_of_id or clause.id,
        owner_unit=clause.owner_unit,
        owner_id=actor.account_id,
        created_at=now,
        updated_at=now,
    )
    session.add(variant)
    row = ClauseVersion(number=1, stage=Publication.DRAFT, made_by_id=actor.account_id, made_at=now)
    write(row, replace(start, title=facts.title.strip(), placing=placing))
    variant.versions.append(row)
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


def change_owner(
    session: Session, clause: Clause, *, unit: str, account_id: int | None, actor: Actor, now: datetime
) -> Clause:
    """Name the unit that answers for a clause, and who of it is asked first. Raises RuleBroken naming the field."""
    policy.check(actor, Action.PUBLISH_CLAUSE)
    unit = " ".join(unit.split())
    if not unit:
        raise RuleBroken(N_("Tulis unit pemilik, misalnya Biro Hukum."), field="unit")
    if account_id is not None and account_id not in {one.id for one in clause_places.possible_owners(session)}:
        raise RuleBroken(N_("Pilih orang dari daftar."), field="account")
    changed = audit.differences(
        {"unit": clause.owner_unit, "account": clause.owner_id}, {"unit": unit, "account": account_id}
    )
    if not changed:
        raise RuleBroken(N_("Pemiliknya sama seperti sebelumnya."), field="unit")
    clause.owner_unit, clause.owner_id = unit, account_id
    touch(clause, now=now)
    session.flush()
    detail = {"version": clause.version, "code": clause.code, "owner": changed}
    audit.record(session, "clause_owner_changed", subject=clause, actor=actor, now=now, detail=detail)
    session.flush()
    return clause
