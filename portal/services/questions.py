"""Questions about agreements: asked by a partner, answered by the office. Who is told stands in `talk_notices`."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain import policy
from portal.domain import question as rules
from portal.domain.policy import Action, Actor
from portal.domain.question import Answer, Asked
from portal.models import Agreement, AgreementQuestion
from portal.queries import agreements as reading_agreements
from portal.queries import questions as reading
from portal.services import audit, talk_notices


def ask(
    session: Session, agreement: Agreement, *, asked: Asked, organisation_id: int, actor: Actor, now: datetime
) -> AgreementQuestion:
    """Write down what a party asks about its agreement, with the next number, and tell the officer.

    Raises RuleBroken naming the field.
    """
    policy.check(actor, Action.ASK_QUESTION)
    policy.check_own(actor, organisation_id)
    rules.check_asked(asked)
    question = AgreementQuestion(
        agreement_id=agreement.id,
        organisation_id=organisation_id,
        number=reading.last_number(session, agreement.id, organisation_id) + 1,
        place=asked.place.strip() or None,
        text=asked.text.strip(),
        asked_by_id=actor.account_id,
        asked_at=now,
        created_at=now,
        updated_at=now,
    )
    session.add(question)
    session.flush()
    detail = {"number": question.number, "place": question.place}
    audit.record(session, "question_asked", subject=question, actor=actor, now=now, detail=detail)
    talk_notices.question_asked(session, question, now=now)
    return question


def answer(
    session: Session, question: AgreementQuestion, *, answer: Answer, actor: Actor, now: datetime
) -> AgreementQuestion:
    """Answer a question, or note what was answered by telephone; the asker is told. Raises RuleBroken (`text`)."""
    policy.check(actor, Action.ANSWER_QUESTION)
    reading_agreements.check_readable(question.agreement, actor)
    rules.check_answer(answer, is_answered=question.answered_at is not None)
    question.answer, question.is_by_phone = answer.text.strip(), answer.is_by_phone
    question.answered_by_id, question.answered_at, question.updated_at = actor.account_id, now, now
    session.flush()
    detail = {"number": question.number, "by_phone": answer.is_by_phone}
    audit.record(session, "question_answered", subject=question, actor=actor, now=now, detail=detail)
    talk_notices.question_answered(session, question, now=now)
    return question
