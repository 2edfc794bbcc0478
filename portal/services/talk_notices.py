"""Who is told what about questions and shared drafts. The texts live in `templates/mail`."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.domain.dates import office_date
from portal.domain.policy import Actor, Role
from portal.models import Account, Agreement, AgreementQuestion, Organisation, SharedDraft
from portal.queries import role_holders, shared_drafts
from portal.services import notices

TOLD = (Role.PARTNER_WRITER, Role.PARTNER_RESPONSIBLE, Role.PARTNER_MANAGER)
"""Who of a partner hears of a shared draft."""


def _values(session: Session, row: AgreementQuestion | SharedDraft) -> dict[str, Any]:
    """Return what every text may name, as plain values."""
    agreement = session.get_one(Agreement, row.agreement_id)
    return {
        "number": row.number,
        "title": agreement.title,
        "agreement_code": agreement.code,
        "organisation": session.get_one(Organisation, row.organisation_id).name,
        "officer": agreement.officer.name if agreement.officer else None,
    }


def _officer(session: Session, agreement_id: int) -> Account | None:
    return session.get_one(Agreement, agreement_id).officer


def question_asked(session: Session, question: AgreementQuestion, *, now: datetime) -> None:
    """Tell the officer that a partner asks; without one it stands among the tasks of all."""
    officer = _officer(session, question.agreement_id)
    if officer is None:
        return
    values = _values(session, question)
    values |= {"place": question.place, "text": question.text}
    values |= {"path": f"/kantor/naskah/{values['agreement_code']}/pertanyaan/{question.id}"}
    slot = f"question-asked-{question.id}"
    notices.enqueue(session, template="question_asked", account=officer, values=values, slot=slot, now=now)


def question_answered(session: Session, question: AgreementQuestion, *, now: datetime) -> None:
    """Tell the asker; when that person has left, those who answer for the partner."""
    values = _values(session, question)
    path = f"/mitra/perjanjian/{values['agreement_code']}/pertanyaan/{question.number}"
    values |= {"place": question.place, "text": question.text, "answer": question.answer, "path": path}
    asker = session.get(Account, question.asked_by_id) if question.asked_by_id else None
    is_there = asker is not None and asker.is_active and asker.organisation_id == question.organisation_id
    today = office_date(now)
    people = (asker,) if is_there else role_holders.responsible(session, question.organisation_id, today=today)
    slot = f"question-answered-{question.id}"
    for account in people:
        notices.enqueue(session, template="question_answered", account=account, values=values, slot=slot, now=now)


def draft_shared(session: Session, row: SharedDraft, *, now: datetime) -> None:
    """Tell the partner's people that a draft waits for their answer."""
    values = _values(session, row) | {"due_on": row.due_on.isoformat(), "note": row.note}
    _tell_partner(session, row, template="draft_shared", values=values, now=now)


def draft_decided(session: Session, row: SharedDraft, *, now: datetime) -> None:
    """Tell the partner's people that the office has decided about their proposals and questions."""
    _tell_partner(session, row, template="draft_decided", values=_values(session, row), now=now)


def _tell_partner(session: Session, row: SharedDraft, *, template: str, values: dict[str, Any], now: datetime) -> None:
    values |= {"path": f"/mitra/perjanjian/{values['agreement_code']}/rancangan/{row.number}"}
    slot = f"{template.replace('_', '-')}-{row.id}"
    for account in role_holders.holders(session, row.organisation_id, TOLD, today=office_date(now)):
        notices.enqueue(session, template=template, account=account, values=values, slot=slot, now=now)


def draft_answered(session: Session, row: SharedDraft, *, actor: Actor, now: datetime) -> None:
    """Tell the officer of the agreement and whoever shared the draft that the answer has come."""
    values = _values(session, row) | {"person": actor.name, "counts": shared_drafts.counts(row.replies)}
    values |= {"path": f"/kantor/naskah/{values['agreement_code']}/tanggapan/{row.id}"}
    people = {each.id: each for each in (_officer(session, row.agreement_id), row.shared_by) if each and each.is_active}
    slot = f"draft-answered-{row.id}"
    for account in people.values():
        notices.enqueue(session, template="draft_answered", account=account, values=values, slot=slot, now=now)
