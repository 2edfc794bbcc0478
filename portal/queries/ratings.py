"""Reads of what partners say about the ministry: own answers, what may be rated now, answers together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from portal.domain import rating as rules
from portal.domain.agreement import Stage
from portal.domain.errors import NotFound
from portal.domain.rating import Ending, Question, Score, Summary
from portal.models import Agreement, AgreementParty, Rating, StageChange


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A cooperation that is over and that the partner has not rated yet."""

    code: str
    title: str
    ended_on: date


def ended_on(session: Session, agreement: Agreement, *, organisation_id: int, today: date) -> date | None:
    """Return since when an agreement is over for a party on its own `today`, None while it lasts; else NotFound."""
    row = session.execute(_endings(organisation_id).where(Agreement.id == agreement.id)).one_or_none()
    if row is None:
        raise NotFound
    return rules.ended_on(_ending(row), today)


def _endings(organisation_id: int) -> Select[Agreement, date | None, date | None]:
    terminated = (
        select(func.max(StageChange.entered_on))
        .where(StageChange.agreement_id == Agreement.id, StageChange.stage == Stage.TERMINATED)
        .correlate(Agreement)
        .scalar_subquery()
    )
    return (
        select(Agreement, AgreementParty.withdrawn_on, terminated.label("terminated_on"))
        .join(AgreementParty, AgreementParty.agreement_id == Agreement.id)
        .where(AgreementParty.organisation_id == organisation_id)
    )


def _ending(row: Any) -> Ending:
    agreement, withdrawn_on, terminated_on = row
    return Ending(
        kind=agreement.kind,
        stage=agreement.stage,
        ends_on=agreement.ends_on,
        stage_on=terminated_on,
        withdrawn_on=withdrawn_on,
    )


def list_offers(session: Session, *, organisation_id: int, today: date) -> tuple[Offer, ...]:
    """Return what the first page asks a partner to rate, the latest end first. One statement."""
    answered = select(Rating.id).where(Rating.agreement_id == Agreement.id, Rating.organisation_id == organisation_id)
    found = []
    for row in session.execute(_endings(organisation_id).where(~answered.exists())):
        ended = rules.ended_on(_ending(row), today)
        if ended is not None and rules.is_offered(ended, today):
            found.append(Offer(code=row.Agreement.code, title=row.Agreement.title, ended_on=ended))
    return tuple(sorted(found, key=lambda offer: (offer.ended_on, offer.code), reverse=True))


def find_own(session: Session, *, agreement_id: int, organisation_id: int) -> Rating | None:
    """Return what an organisation said about an agreement, None when it said nothing."""
    mine = (Rating.agreement_id == agreement_id, Rating.organisation_id == organisation_id)
    return session.scalars(select(Rating).where(*mine)).one_or_none()


def list_of_agreement(session: Session, agreement_id: int) -> tuple[Rating, ...]:
    """Return what the parties of an agreement said, in the order in which they did."""
    wanted = select(Rating).where(Rating.agreement_id == agreement_id).order_by(Rating.rated_at, Rating.id)
    return tuple(session.scalars(wanted.options(joinedload(Rating.organisation), joinedload(Rating.rated_by))))


def scores_of(row: Rating) -> dict[Question, Score]:
    """Return the answers of one row by question."""
    return {question: Score(getattr(row, question.value)) for question in Question}


def summary_of_partner(session: Session, organisation_id: int) -> Summary:
    """Return everything that one partner said, together."""
    return _summary(session, (Rating.organisation_id == organisation_id,))


def summary_since(session: Session, since: datetime, *, with_confidential: bool) -> Summary:
    """Return everything that partners said since an instant, together."""
    told: list[ColumnElement[bool]] = [Rating.rated_at >= since]
    if not with_confidential:
        told.append(Rating.agreement.has(Agreement.is_confidential.is_(False)))
    return _summary(session, told)


def _summary(session: Session, told: Iterable[ColumnElement[bool]]) -> Summary:
    columns = [getattr(Rating, question.value) for question in Question]
    rows = session.execute(select(*columns).where(*told)).all()
    return rules.summary({question: Score(row[place]) for place, question in enumerate(Question)} for row in rows)
