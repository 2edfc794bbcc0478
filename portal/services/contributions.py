"""What parties give each other: planning, noting the hand-over, correcting, calling off. Rules are in the domain."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.domain import contribution as rules
from portal.domain import duty, policy
from portal.domain.contribution import ContributionKind, ContributionStage, Delivery, Promise
from portal.domain.dates import office_date
from portal.domain.errors import Conflict, RuleBroken
from portal.domain.obligation import UNFINISHED
from portal.domain.policy import Action, Actor
from portal.models import Agreement, AgreementFile, Contribution, Occurrence
from portal.queries import agreements as reading
from portal.queries import obligations as reading_duties
from portal.services import audit, obligations

_COLUMNS = (
    "giver_id",
    "receiver_id",
    "kind",
    "description",
    "instalment",
    "amount_rupiah",
    "quantity",
    "unit",
    "planned_on",
    "occurrence_id",
    "note",
)


def plan(session: Session, agreement: Agreement, promise: Promise, *, actor: Actor, now: datetime) -> Contribution:
    """Write down what one party is to give another; raises RuleBroken naming the field."""
    policy.check(actor, Action.EDIT_OBLIGATION)
    reading.check_readable(agreement, actor)
    _check(session, agreement, promise)
    row = Contribution(agreement_id=agreement.id, created_at=now, updated_at=now, **_values(promise))
    session.add(row)
    session.flush()
    detail = {"title": row.description, "amount_rupiah": row.amount_rupiah, "planned_on": row.planned_on}
    audit.record(session, "contribution_planned", subject=row, actor=actor, now=now, detail=detail)
    return row


def plan_stages(
    session: Session,
    agreement: Agreement,
    promise: Promise,
    percents: tuple[int, ...],
    *,
    actor: Actor,
    now: datetime,
) -> tuple[Contribution, ...]:
    """Write down a sum in stages, "70/30": one entry each, numbered from 1, the first on the day of `promise`."""
    parts = rules.shares(promise.amount_rupiah or 0, percents)
    made = []
    for place, amount in enumerate(parts, start=1):
        told = {name: getattr(promise, name) for name in _COLUMNS}
        told |= {"kind": ContributionKind.MONEY, "instalment": place, "amount_rupiah": amount}
        told["planned_on"] = promise.planned_on if place == 1 else None
        made.append(plan(session, agreement, Promise(**told), actor=actor, now=now))
    return tuple(made)


def correct(
    session: Session,
    row: Contribution,
    promise: Promise,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> Contribution:
    """Change a plan as seen at `version`; what was handed over keeps what was promised for it."""
    agreement = _opened(session, row, version, actor)
    rules.check_open(row.stage)
    _check(session, agreement, promise)
    before = {name: getattr(row, name) for name in _COLUMNS}
    for name, value in _values(promise).items():
        setattr(row, name, value)
    changed = audit.differences(before, _values(promise))
    if changed:
        row.updated_at = now
        session.flush()
        detail = {"title": row.description, "fields": changed}
        audit.record(session, "contribution_corrected", subject=row, actor=actor, now=now, detail=detail)
    return row


def deliver(
    session: Session,
    row: Contribution,
    delivery: Delivery,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> Contribution:
    """Note the hand-over, or put its record right; the dated duty behind it counts as met on that day.

    A duty that is met by an accepted report waits for that report all the same.
    """
    agreement = _opened(session, row, version, actor)
    rules.check_delivery(row.stage, row.kind, delivery, today=office_date(now))
    _check_file(session, agreement, delivery.file_id)
    row.stage = ContributionStage.DELIVERED
    row.delivered_on = delivery.delivered_on
    row.record_number = (delivery.record_number or "").strip() or None
    row.record_on = delivery.record_on
    row.file_id = delivery.file_id
    row.updated_at = now
    session.flush()
    detail = {"title": row.description, "delivered_on": row.delivered_on, "record_number": row.record_number}
    audit.record(session, "contribution_delivered", subject=row, actor=actor, now=now, detail=detail)
    _fulfil(session, row, delivery.delivered_on, actor=actor, now=now)
    return row


def cancel(
    session: Session,
    row: Contribution,
    *,
    reason: str,
    version: int,
    actor: Actor,
    now: datetime,
) -> Contribution:
    """Call a planned entry off; the reason is kept."""
    _opened(session, row, version, actor)
    rules.check_open(row.stage)
    if not reason.strip():
        raise RuleBroken("Tulis alasan pembatalan.", field="reason")
    row.stage, row.cancel_reason, row.updated_at = ContributionStage.CANCELLED, reason.strip(), now
    session.flush()
    detail = {"title": row.description, "reason": row.cancel_reason}
    audit.record(session, "contribution_cancelled", subject=row, actor=actor, now=now, detail=detail)
    return row


def _fulfil(session: Session, row: Contribution, met_on: date, *, actor: Actor, now: datetime) -> None:
    occurrence = session.get(Occurrence, row.occurrence_id) if row.occurrence_id else None
    if occurrence is None or occurrence.stage not in UNFINISHED:
        return
    partner_debtor = reading_duties.has_partner_debtor(session, occurrence.obligation_id)
    if duty.is_reported(occurrence.obligation.kind, has_partner_debtor=partner_debtor):
        return
    note = " ".join(filter(None, [row.description, row.record_number]))
    fulfilment = obligations.Fulfilment(met_on=met_on, note=note)
    obligations.mark_met(session, occurrence, fulfilment=fulfilment, version=occurrence.version, actor=actor, now=now)


def _check(session: Session, agreement: Agreement, promise: Promise) -> None:
    parties = frozenset(party.organisation_id for party in agreement.parties)
    rules.check_promise(promise, parties=parties)
    if promise.occurrence_id is not None:
        occurrence = session.get(Occurrence, promise.occurrence_id)
        if occurrence is None or occurrence.agreement_id != agreement.id:
            raise RuleBroken("Pilih tenggat dari naskah ini.", field="occurrence_id")


def _check_file(session: Session, agreement: Agreement, file_id: int | None) -> None:
    if file_id is None:
        return
    file = session.get(AgreementFile, file_id)
    if file is None or file.agreement_id != agreement.id:
        raise RuleBroken("Pilih berkas dari dokumen naskah ini.", field="file_number")


def _opened(session: Session, row: Contribution, version: int, actor: Actor) -> Agreement:
    """Return the agreement of an entry that `actor` may change as seen at `version`; raise like `correct`."""
    policy.check(actor, Action.EDIT_OBLIGATION)
    agreement = session.get_one(Agreement, row.agreement_id)
    reading.check_readable(agreement, actor)
    if row.version != version:
        raise Conflict("Catatan ini diubah orang lain sesudah Anda membukanya. Muat ulang halaman, lalu ulangi.")
    return agreement


def _values(promise: Promise) -> dict[str, Any]:
    values = {name: getattr(promise, name) for name in _COLUMNS}
    return {name: (value.strip() or None) if type(value) is str else value for name, value in values.items()}
