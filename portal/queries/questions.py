"""Reads of questions about agreements: a party's own, all of one agreement, what waits for an answer."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from portal.domain.errors import NotFound
from portal.domain.obligation import ScheduleKind
from portal.models import Agreement, AgreementQuestion, Obligation, SharedDraft
from portal.queries.shared_drafts import SEEN

MOST = 200
MOST_NUMBERS = 100_000
"""Beyond this no number is looked for."""


def of_partner(session: Session, agreement: Agreement, *, organisation_id: int) -> tuple[AgreementQuestion, ...]:
    """Return what a party asked about an agreement, the newest first."""
    return tuple(
        session.scalars(
            select(AgreementQuestion)
            .where(AgreementQuestion.agreement_id == agreement.id, AgreementQuestion.organisation_id == organisation_id)
            .options(joinedload(AgreementQuestion.asked_by), joinedload(AgreementQuestion.answered_by))
            .order_by(AgreementQuestion.number.desc())
            .limit(MOST)
        )
    )


def get_of_partner(session: Session, agreement: Agreement, number: int, *, organisation_id: int) -> AgreementQuestion:
    """Return one question of a party; raise NotFound."""
    if number > MOST_NUMBERS:
        raise NotFound
    found = session.scalar(
        select(AgreementQuestion)
        .where(
            AgreementQuestion.agreement_id == agreement.id,
            AgreementQuestion.organisation_id == organisation_id,
            AgreementQuestion.number == number,
        )
        .options(joinedload(AgreementQuestion.asked_by), joinedload(AgreementQuestion.answered_by))
    )
    if found is None:
        raise NotFound
    return found


def last_number(session: Session, agreement_id: int, organisation_id: int) -> int:
    """Return the number of the newest question of a party about an agreement, 0 before the first."""
    mine = (AgreementQuestion.agreement_id == agreement_id, AgreementQuestion.organisation_id == organisation_id)
    return session.scalar(select(func.max(AgreementQuestion.number)).where(*mine)) or 0


def known_places(session: Session, agreement: Agreement, *, organisation_id: int) -> tuple[str, ...]:
    """Return the Pasal that a party can name: those of the draft it was shown last, else those of its duties."""
    shared = session.scalar(
        select(SharedDraft)
        .where(
            SharedDraft.agreement_id == agreement.id,
            SharedDraft.organisation_id == organisation_id,
            SharedDraft.stage.in_(SEEN),
        )
        .order_by(SharedDraft.number.desc())
        .limit(1)
    )
    if shared is not None:
        return tuple(f"{row['label']} {row['title']}".strip() for row in shared.articles)
    named = session.execute(
        select(Obligation.article, Obligation.schedule)
        .where(Obligation.agreement_id == agreement.id, Obligation.article.is_not(None))
        .order_by(Obligation.schedule == ScheduleKind.CONTINUOUS, Obligation.id)
    )
    return tuple(dict.fromkeys(row.article for row in named if row.article))


def of_agreement(session: Session, agreement_id: int) -> tuple[AgreementQuestion, ...]:
    """Return all questions about an agreement, those that wait first, then the newest."""
    return tuple(
        session.scalars(
            _for_office()
            .where(AgreementQuestion.agreement_id == agreement_id)
            .order_by(AgreementQuestion.answered_at.is_not(None), AgreementQuestion.id.desc())
            .limit(MOST)
        )
    )


def get(session: Session, agreement: Agreement, question_id: int) -> AgreementQuestion:
    """Return one question about an agreement; raise NotFound."""
    if question_id > 2**31 - 1:
        raise NotFound
    found = session.scalar(
        _for_office().where(AgreementQuestion.agreement_id == agreement.id, AgreementQuestion.id == question_id)
    )
    if found is None:
        raise NotFound
    return found


def _for_office() -> Select[AgreementQuestion]:
    return select(AgreementQuestion).options(
        joinedload(AgreementQuestion.organisation),
        joinedload(AgreementQuestion.asked_by),
        joinedload(AgreementQuestion.answered_by),
    )
