"""What happened, or was asked for, so that a duty comes due: recording, correcting and withdrawing of such events.

Each event makes one dated occurrence, known by the event's number. What people answered stays when its event is
corrected or withdrawn.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain import policy
from portal.domain.agreement import Stage
from portal.domain.duty import LIVING
from portal.domain.errors import Conflict, RuleBroken
from portal.domain.obligation import OccurrenceStage
from portal.domain.policy import Action, Actor
from portal.domain.schedule import Due, Happening
from portal.domain.schedule_check import FIRST_YEAR, WAITING
from portal.models import Obligation, ObligationEvent, Occurrence
from portal.queries import agreements as reading_agreements
from portal.services import audit, obligations, reminders


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What people write down about an event: its instant, and what they want to remember of it."""

    occurred_at: datetime
    note: str = ""


def record(session: Session, obligation: Obligation, told: Told, *, actor: Actor, now: datetime) -> ObligationEvent:
    """Record an event of a duty with the date that follows from it; return it, flushed.

    Raises RuleBroken naming the field, NotAllowed with the reason.
    """
    _check_may(obligation, actor)
    session.refresh(obligation, with_for_update={"of": Obligation})
    _check(obligation, told, now=now)
    event = ObligationEvent(
        obligation_id=obligation.id,
        agreement_id=obligation.agreement_id,
        number=next_number(session, obligation),
        occurred_at=told.occurred_at,
        note=told.note.strip() or None,
        recorded_by_id=actor.account_id,
        recorded_at=now,
    )
    session.add(event)
    session.flush()
    detail = {"obligation_id": obligation.id, "number": event.number, "occurred_at": event.occurred_at}
    audit.record(session, "duty_event_recorded", subject=event, actor=actor, now=now, detail=detail)
    _follow(session, obligation, now=now)
    return event


def correct(
    session: Session, obligation: Obligation, event: ObligationEvent, told: Told, *, actor: Actor, now: datetime
) -> ObligationEvent:
    """Bring an event to what was really the case; its date follows unless people have answered it."""
    _check_may(obligation, actor)
    _check_stands(event)
    _check(obligation, told, now=now)
    before = {"occurred_at": event.occurred_at, "note": event.note}
    event.occurred_at, event.note = told.occurred_at, told.note.strip() or None
    changed = audit.differences(before, {"occurred_at": event.occurred_at, "note": event.note})
    session.flush()
    if changed:
        detail = {"obligation_id": obligation.id, "number": event.number, **changed}
        audit.record(session, "duty_event_corrected", subject=event, actor=actor, now=now, detail=detail)
        _follow(session, obligation, now=now)
    return event


def withdraw(
    session: Session, obligation: Obligation, event: ObligationEvent, *, reason: str, actor: Actor, now: datetime
) -> None:
    """Take an event back with a reason: its date is cancelled while nobody has answered it; the record stays."""
    _check_may(obligation, actor)
    _check_stands(event)
    if not reason.strip():
        raise RuleBroken("Tulis alasan mengapa catatan ini dicabut.", field="reason")
    event.withdrawn_at, event.withdrawn_reason = now, reason.strip()
    session.flush()
    detail = {"obligation_id": obligation.id, "number": event.number, "reason": event.withdrawn_reason}
    audit.record(session, "duty_event_withdrawn", subject=event, actor=actor, now=now, detail=detail)
    _cancel(session, obligation, event, now=now)
    _follow(session, obligation, now=now)


def preview(
    session: Session, obligation: Obligation, told: Told, *, number: int | None = None, now: datetime
) -> Due | None:
    """Return the date that would follow from an event, without writing any; raises RuleBroken like `record`.

    None for a duty whose schedule says nothing about events.
    """
    _check(obligation, told, now=now)
    one = Happening(number=number or next_number(session, obligation), occurred_at=told.occurred_at)
    duty = obligations.duty_of(obligation)
    return next(iter(obligations.dues(session, obligation.agreement, duty, happenings=(one,), now=now)), None)


def next_number(session: Session, obligation: Obligation) -> int:
    """Return the number of the next event of a duty; numbers of withdrawn events are never given again."""
    last = select(func.max(ObligationEvent.number)).where(ObligationEvent.obligation_id == obligation.id)
    return (session.scalar(last) or 0) + 1


def _check_may(obligation: Obligation, actor: Actor) -> None:
    policy.check(actor, Action.EDIT_OBLIGATION)
    reading_agreements.check_readable(obligation.agreement, actor)


def _check(obligation: Obligation, told: Told, *, now: datetime) -> None:
    if obligation.schedule not in WAITING:
        raise RuleBroken("Kewajiban ini tidak menunggu peristiwa. Ubah jadwalnya lebih dulu.")
    if obligation.is_closed:
        raise RuleBroken("Kewajiban ini sudah dihentikan dan tidak dapat diubah lagi.")
    if obligation.agreement.stage not in LIVING | {Stage.TERMINATED}:
        raise RuleBroken("Naskah ini belum mengikat. Catat peristiwanya sesudah naskah dinyatakan berlaku.")
    if told.occurred_at.year < FIRST_YEAR:
        raise RuleBroken("Periksa tahunnya: tulis tahun antara 1945 dan 2199.", field="happened_on")
    if told.occurred_at > now and obligation.offset_count >= 0:
        raise RuleBroken("Peristiwa ini belum terjadi. Catat sesudah terjadi.", field="happened_on")


def _check_stands(event: ObligationEvent) -> None:
    if event.withdrawn_at is not None:
        raise Conflict("Catatan ini sudah dicabut. Muat ulang halaman untuk melihat keadaan terakhir.")


def _cancel(session: Session, obligation: Obligation, event: ObligationEvent, *, now: datetime) -> None:
    """Cancel the date of a withdrawn event, also in an ended agreement, where a schedule no longer does it."""
    row = session.scalar(
        select(Occurrence).where(
            Occurrence.obligation_id == obligation.id,
            Occurrence.period_key == f"event-{event.number}",
            Occurrence.stage == OccurrenceStage.OPEN,
        )
    )
    if row is not None:
        row.stage, row.updated_at = OccurrenceStage.CANCELLED, now
        session.flush()


def _follow(session: Session, obligation: Obligation, *, now: datetime) -> None:
    obligations.refresh(session, agreement_id=obligation.agreement_id, now=now)
    reminders.replan(session, agreement_id=obligation.agreement_id, now=now)
