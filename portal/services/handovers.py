"""Handing a person's work over (mutasi): everything of a kind goes to one successor, in one act, with its record.

Who is responsible stands in `queries.handovers`. Reminders follow: what is planned for the old person ends at once,
and the next sweep plans what is open for the new one.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.domain import policy
from portal.domain.dates import office_date
from portal.domain.errors import RuleBroken
from portal.domain.handover import Holding
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor
from portal.models import Absence, Account, Agreement, BulkRun, Clause, Handover
from portal.queries import handovers
from portal.services import audit, notices, planning


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """Who takes what of a person; kinds that are not named stay. `seen` is the fingerprint of what was shown."""

    successors: Mapping[Holding, int]
    basis: str
    seen: str | None = None


def fingerprint(held: Mapping[Holding, Sequence[int]]) -> str:
    """Return a short text that differs when somebody holds other things than were shown."""
    text = ";".join(f"{kind}:{','.join(map(str, held[kind]))}" for kind in sorted(held))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def check(session: Session, account: Account, plan: Plan, *, now: datetime) -> dict[Holding, Account]:
    """Return who takes what; raise RuleBroken naming the field when a plan cannot be followed."""
    today = office_date(now)
    held = handovers.held(session, account.id, today=today)
    if plan.seen is not None and plan.seen != fingerprint(held):
        raise RuleBroken(N_("Daftarnya berubah sejak halaman ini dibuka. Periksa lagi, lalu mutasikan."))
    found = {}
    for kind, number in plan.successors.items():
        if kind in held:
            able = {row.id: row for row in handovers.takers(session, kind, but=account.id, today=today)}
            if number not in able:
                raise RuleBroken(N_("Pilih penerima dari daftar."), field=kind.value)
            found[kind] = able[number]
    if Holding.DEPUTY in found:
        _check_deputy(session, held[Holding.DEPUTY], found[Holding.DEPUTY].id)
    if not found:
        raise RuleBroken(N_("Pilih penerima untuk paling sedikit satu kelompok."), field="everything")
    if not plan.basis.strip():
        raise RuleBroken(N_("Tulis nomor surat yang menjadi dasar mutasi."), field="basis")
    return found


def _check_deputy(session: Session, ids: Sequence[int], deputy_id: int) -> None:
    own = select(Absence.id).where(Absence.id.in_(ids), Absence.account_id == deputy_id)
    if session.scalar(own.limit(1)) is not None:
        raise RuleBroken(
            N_("Orang ini sendiri yang cuti pada salah satunya. Pilih pengganti lain."), field=Holding.DEPUTY.value
        )


def make(session: Session, account: Account, plan: Plan, *, actor: Actor, now: datetime) -> Handover:
    """Give what a person holds to the successors of the plan, record it, and tell them; return the record.

    Raises RuleBroken naming the field, NotAllowed for who is no administrator.
    """
    policy.check(actor, Action.MANAGE_ACCOUNTS)
    successors = check(session, account, plan, now=now)
    held = handovers.held(session, account.id, today=office_date(now))
    groups = [
        {"kind": kind.value, "successor_id": successors[kind].id, "ids": list(held[kind])}
        for kind in Holding
        if kind in successors
    ]
    agreements = held.get(Holding.AGREEMENT, ()) if Holding.AGREEMENT in successors else ()
    row = Handover(
        account_id=account.id,
        basis=plan.basis.strip(),
        made_at=now,
        made_by_id=actor.account_id,
        content={"groups": groups, "numbers": handovers.numbers(session, agreements)},
    )
    session.add(row)
    session.flush()
    stamp: dict[str, Any] = {"actor": actor, "now": now}
    for kind, successor in successors.items():
        _GIVE[kind](session, held[kind], account, successor, stamp)
    detail = {
        "handover": row.id,
        "basis": row.basis,
        "counts": {kind.value: len(held[kind]) for kind in successors},
    }
    audit.record(session, "work_handed_over", subject=account, detail=detail, **stamp)
    planning.settle_at_once(session, now=now)
    _tell(session, row, account, successors, held, now=now)
    return row


def _give_agreements(session: Session, ids: Sequence[int], old: Account, new: Account, stamp: dict[str, Any]) -> None:
    for agreement in session.scalars(select(Agreement).where(Agreement.id.in_(ids)).order_by(Agreement.id)):
        agreement.officer_id, agreement.updated_at = new.id, stamp["now"]
        audit.record(session, "officer_changed", subject=agreement, detail={"officer": [old.name, new.name]}, **stamp)
    session.flush()


def _give_clauses(session: Session, ids: Sequence[int], old: Account, new: Account, stamp: dict[str, Any]) -> None:
    for clause in session.scalars(select(Clause).where(Clause.id.in_(ids)).order_by(Clause.id)):
        clause.owner_id, clause.updated_at = new.id, stamp["now"]
        detail = {"code": clause.code, "owner": {"account": [old.id, new.id]}}
        audit.record(session, "clause_owner_changed", subject=clause, detail=detail, **stamp)
    session.flush()


def _give_runs(session: Session, ids: Sequence[int], old: Account, new: Account, stamp: dict[str, Any]) -> None:
    # In one statement, as the worker may be at work on one of them.
    session.execute(update(BulkRun).where(BulkRun.id.in_(ids)).values(made_by_id=new.id))
    for run in session.scalars(select(BulkRun).where(BulkRun.id.in_(ids)).order_by(BulkRun.id)):
        detail = {"code": run.code, "made_by": [old.name, new.name]}
        audit.record(session, "bulk_run_given", subject=run, detail=detail, **stamp)


def _give_deputies(session: Session, ids: Sequence[int], old: Account, new: Account, stamp: dict[str, Any]) -> None:
    for absence in session.scalars(select(Absence).where(Absence.id.in_(ids)).order_by(Absence.id)):
        absence.deputy_id = new.id
        audit.record(session, "deputy_changed", subject=absence, detail={"deputy": [old.name, new.name]}, **stamp)
    session.flush()


_GIVE = {
    Holding.AGREEMENT: _give_agreements,
    Holding.CLAUSE: _give_clauses,
    Holding.BULK_RUN: _give_runs,
    Holding.DEPUTY: _give_deputies,
}


def _tell(
    session: Session,
    row: Handover,
    account: Account,
    successors: Mapping[Holding, Account],
    held: Mapping[Holding, Sequence[int]],
    *,
    now: datetime,
) -> None:
    """Tell each successor once what is theirs from now on."""
    for person in sorted(set(successors.values()), key=lambda each: each.id):
        counts = {kind.value: len(held[kind]) for kind in Holding if successors.get(kind) is person}
        values = {"giver": account.name, "basis": row.basis, "counts": counts, "path": f"/kantor/mutasi/{row.id}"}
        slot = f"handover-{row.id}"
        notices.enqueue(session, template="handover_received", account=person, values=values, slot=slot, now=now)
