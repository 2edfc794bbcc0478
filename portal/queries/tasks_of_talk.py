"""What partners asked and answered and what waits for the office, as tasks and as days of the day's numbers."""

from datetime import date, timedelta

from sqlalchemy import select

from portal.domain.dates import office_date
from portal.domain.question import ANSWER_DAYS
from portal.models import Agreement, AgreementQuestion, Organisation
from portal.queries.task import MOST, Asker, Task, TaskKind, task_of


def questions(asker: Asker) -> list[Task]:
    """Return the questions that wait for this person: about own agreements, and about those that nobody looks after."""
    rows = asker.session.execute(
        select(AgreementQuestion, Agreement, Organisation.name)
        .join(Agreement, Agreement.id == AgreementQuestion.agreement_id)
        .join(Organisation, Organisation.id == AgreementQuestion.organisation_id)
        .where(AgreementQuestion.answered_at.is_(None), asker.own, asker.readable)
        .order_by(AgreementQuestion.asked_at, AgreementQuestion.id)
        .limit(MOST)
    ).all()
    return [
        task_of(
            asker,
            TaskKind.ANSWER_QUESTION,
            agreement,
            on=answer_by(question),
            title=question.place or agreement.title,
            partners=(name,),
            record_id=question.id,
        )
        for question, agreement, name in rows
    ]


def answer_by(question: AgreementQuestion) -> date:
    """Return the day by which a question is to be answered."""
    return office_date(question.asked_at) + timedelta(days=ANSWER_DAYS)
