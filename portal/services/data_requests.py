"""Requests of people about their own data: noted, told to those who decide, answered. What is done stands elsewhere.

Copies are made by `personal_export`, freezing is in `freezing`, erasure in `erasure`; corrections are made on the usual
pages and linked as the result.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain import personal, policy
from portal.domain.dates import office_date
from portal.domain.errors import NotFound, RuleBroken
from portal.domain.marking import N_
from portal.domain.personal import Asked, Outcome, RequestStage
from portal.domain.policy import Action, Actor
from portal.models import Account, DataRequest
from portal.queries import data_requests as reading
from portal.services import audit, notices


def ask(session: Session, account: Account, *, asked: Asked, actor: Actor, now: datetime) -> DataRequest:
    """Note what a signed-in person asks about its own data; its time begins at `now`. Raises RuleBroken by field."""
    if account.id != actor.account_id:
        raise NotFound
    personal.check_asked(asked, has_account=True, now=now)
    return _add(session, account.organisation_id, asked=asked, account=account, actor=actor, now=now)


def note(
    session: Session, organisation_id: int | None, *, asked: Asked, account: Account | None, actor: Actor, now: datetime
) -> DataRequest:
    """Note a request that came by letter or telephone at `asked.asked_at`. Raises RuleBroken by field, NotAllowed."""
    policy.check(actor, Action.NOTE_DATA_REQUEST)
    if organisation_id is None:
        raise RuleBroken(N_("Kode lembaga ini tidak dikenal. Lihat kodenya pada kartu mitra."), field="organisation")
    personal.check_asked(asked, has_account=account is not None, now=now)
    row = _add(session, organisation_id, asked=asked, account=account, actor=actor, now=now)
    row.recorded_by_id = actor.account_id
    return row


def _add(
    session: Session, organisation_id: int, *, asked: Asked, account: Account | None, actor: Actor, now: datetime
) -> DataRequest:
    begins = asked.asked_at or now
    row = DataRequest(
        organisation_id=organisation_id,
        account_id=account.id if account else None,
        kind=asked.kind,
        stage=RequestStage.OPEN,
        way=asked.way,
        name=account.name if account else asked.name.strip(),
        email=account.email if account else asked.email,
        phone=account.phone if account else asked.phone,
        words=asked.words.strip(),
        asked_at=begins,
        due_at=personal.due_at(begins),
        created_at=now,
        updated_at=now,
    )
    session.add(row)
    session.flush()
    detail = {"kind": row.kind, "way": row.way, "due_at": row.due_at}
    audit.record(session, "data_requested", subject=row, actor=actor, now=now, detail=detail)
    return row


def decide(session: Session, row: DataRequest, *, outcome: Outcome, actor: Actor, now: datetime) -> DataRequest:
    """Answer a request; the person is told by mail where an address is known. Raises RuleBroken, NotAllowed."""
    policy.check(actor, Action.DECIDE_DATA_REQUEST)
    personal.check_outcome(outcome, is_open=row.stage is RequestStage.OPEN)
    row.stage = RequestStage.GRANTED if outcome.is_granted else RequestStage.REFUSED
    row.answer, row.result_path = outcome.answer.strip(), outcome.path
    row.decided_by_id, row.decided_at, row.updated_at = actor.account_id, now, now
    session.flush()
    detail = {"kind": row.kind, "granted": outcome.is_granted, "late": now > row.due_at}
    audit.record(session, "data_request_decided", subject=row, actor=actor, now=now, detail=detail)
    _tell_person(session, row, now=now)
    return row


def _tell_person(session: Session, row: DataRequest, *, now: datetime) -> None:
    account = row.account
    if not row.email:
        return
    values = {
        "kind": row.kind.value,
        "name": row.name,
        "granted": row.stage is RequestStage.GRANTED,
        "answer": row.answer,
        "asked_at": row.asked_at.isoformat(),
        "path": (row.result_path or "/akun/data") if account is not None else None,
    }
    slot = f"data-request-{row.id}"
    notices.enqueue(
        session,
        template="data_request_decided",
        account=account,
        recipient=row.email,
        values=values,
        slot=slot,
        now=now,
    )


def tell_deciders(session: Session, *, now: datetime) -> int:
    """Tell those who decide of new requests, and once more when the time is nearly over; return how many mails."""
    made = 0
    people = None
    for row in reading.untold(session, now=now):
        people = reading.deciders(session, today=office_date(now)) if people is None else people
        last = row.due_at <= now + personal.LAST_CALL
        values = {
            "kind": row.kind.value,
            "due_at": row.due_at.isoformat(),
            "last": last,
            "path": f"/kantor/kelola/data-pribadi/{row.id}",
        }
        slot = f"data-request-{row.id}-{'last' if last else 'new'}"
        for account in people:
            sent = notices.enqueue(
                session, template="data_request_waits", account=account, values=values, slot=slot, now=now
            )
            made += sent is not None
        row.told_at = row.told_at or now
        row.reminded_at = now if last else row.reminded_at
    return made


def note_copy(session: Session, subject: Account | DataRequest, *, actor: Actor, now: datetime) -> None:
    """Write down that a copy of everything about an account's owner, or about who asks, was given out."""
    audit.record(session, "data_copied", subject=subject, actor=actor, now=now)
