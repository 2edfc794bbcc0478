"""What partners asked and answered and what waits for the office, as tasks and as days of the day's numbers."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from portal.domain.agreement import UNSIGNED
from portal.domain.dates import office_date
from portal.domain.question import ANSWER_DAYS
from portal.domain.shared_draft import SharingStage
from portal.models import Agreement, AgreementQuestion, Organisation, SharedDraft
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


def replies(asker: Asker) -> list[Task]:
    """Return the answers to drafts that wait for decisions, and those that a partner still owes after its day."""
    rows = asker.session.execute(
        select(SharedDraft, Agreement, Organisation.name)
        .join(Agreement, Agreement.id == SharedDraft.agreement_id)
        .join(Organisation, Organisation.id == SharedDraft.organisation_id)
        .where(waits(asker.today), asker.own, asker.readable)
        .order_by(SharedDraft.due_on, SharedDraft.id)
        .limit(MOST)
    ).all()
    return [
        task_of(
            asker,
            TaskKind.CHASE_REPLIES if row.stage is SharingStage.SHARED else TaskKind.DECIDE_REPLIES,
            agreement,
            on=decide_by(row),
            partners=(name,),
            record_id=row.id,
        )
        for row, agreement, name in rows
    ]


def waits(today: date) -> ColumnElement[bool]:
    """Return the condition that a shared draft is the office's business: answered, or late, and not signed yet."""
    is_late = and_(SharedDraft.stage == SharingStage.SHARED, SharedDraft.due_on < today)
    return and_(Agreement.stage.in_(UNSIGNED), or_(SharedDraft.stage == SharingStage.SENT, is_late))


def decide_by(row: SharedDraft) -> date:
    """Return the day by which an answer is to be decided about; of one that is late, the day it was due."""
    return office_date(row.sent_at) + timedelta(days=ANSWER_DAYS) if row.sent_at else row.due_on
