"""The numbers of many officers' day in a few statements, for a batch of digests: the same as `tasks.morning` of each.

Who has more than the officer's role is counted by `tasks` itself; those are few.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from portal.domain.dates import office_date
from portal.domain.duty import is_reported
from portal.domain.obligation import DutyRole, ObligationStanding, standing
from portal.domain.policy import Action, Actor, Role, may
from portal.domain.relief import ReliefStage
from portal.domain.report import ReportStage
from portal.models import (
    Agreement,
    AgreementQuestion,
    Obligation,
    ObligationParty,
    Occurrence,
    Organisation,
    Relief,
    Report,
    SharedDraft,
)
from portal.queries import calendar_days, organisation_card, tasks, tasks_of_agreements, tasks_of_cards, tasks_of_talk
from portal.queries.obligation_filter import DutyFilter, conditions, rows_with
from portal.queries.organisation_card import Waiting
from portal.queries.task import MOST
from portal.queries.tasks import SOON_DAYS, Morning
from portal.queries.tasks_of_reliefs import ANSWER_DAYS


@dataclass(frozen=True, kw_only=True, slots=True)
class _Due:
    """Something that waits: whose it is (None: nobody's), whether few may read of it, and the day it is due."""

    officer_id: int | None
    is_confidential: bool
    on: date | None
    """None: it is no task at all, but has its place among the first rows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """What waits for some officers, each source in the order in which it is cut off."""

    reviews: Sequence[_Due]
    duties: Sequence[_Due]
    renewals: Sequence[_Due]
    reliefs: Sequence[_Due]
    questions: Sequence[_Due]
    replies: Sequence[_Due]
    cards: Sequence[Waiting]


def count(session: Session, actors: Iterable[Actor], *, today: date) -> dict[int, Morning]:
    """Return the numbers of each actor by account, with the same number of statements for one officer and for many."""
    officers: dict[int, Actor] = {}
    found: dict[int, Morning] = {}
    for each in actors:
        if each.account_id is None:
            continue
        if each.roles == {Role.OFFICER}:
            officers[each.account_id] = each
        else:
            found[each.account_id] = tasks.morning(tasks.list_tasks(session, actor=each, today=today))
    if officers:
        waiting = _read(session, list(officers), today)
        found |= {account_id: _morning(waiting, each, today) for account_id, each in officers.items()}
    return found


def _mine(rows: Sequence[_Due], actor: Actor) -> Iterator[_Due]:
    """Return the first rows of one source that are the actor's or nobody's, and that they may read."""
    sees_all = bool(may(actor, Action.SEE_CONFIDENTIAL))
    own = (row for row in rows if row.officer_id in (None, actor.account_id) and (sees_all or not row.is_confidential))
    return islice(own, MOST)


def _morning(found: _Found, actor: Actor, today: date) -> Morning:
    sources = [found.reviews, found.duties, found.renewals, found.questions, found.replies]
    if may(actor, Action.DECIDE_RELIEF):
        sources.append(found.reliefs)
    on = tasks_of_cards.days(found.cards, actor.account_id)
    days = [(day - today).days for day in on] + [
        (row.on - today).days for source in sources for row in _mine(source, actor) if row.on is not None
    ]
    return Morning(
        late=sum(each < 0 for each in days),
        soon=sum(0 <= each <= SOON_DAYS for each in days),
        review=sum(1 for _ in _mine(found.reviews, actor)),
    )


def _read(session: Session, account_ids: Sequence[int], today: date) -> _Found:
    own = or_(Agreement.officer_id.in_(account_ids), Agreement.officer_id.is_(None))
    return _Found(
        reviews=_reviews(session, own, today),
        duties=_duties(session, own, today),
        renewals=[
            _Due(officer_id=row.officer_id, is_confidential=row.is_confidential, on=by)
            for row, by in tasks_of_agreements.with_notice(session, today, own, limit=None)
        ],
        reliefs=_reliefs(session, own),
        questions=_questions(session, own),
        replies=_replies(session, own, today),
        cards=organisation_card.list_waiting(session),
    )


def _with_owner(*columns: Any) -> Select[Any]:
    return select(Agreement.officer_id, Agreement.is_confidential, *columns)


def _reviews(session: Session, own: ColumnElement[bool], today: date) -> list[_Due]:
    rows = session.execute(
        _with_owner(Report)
        .join(Report, Report.agreement_id == Agreement.id)
        .where(Report.stage == ReportStage.SUBMITTED, own)
        .order_by(Report.submitted_at)
    ).all()
    calendar = calendar_days.working_calendar(session)
    return [
        _Due(officer_id=owner, is_confidential=secret, on=tasks.review_by(report, calendar, today))
        for owner, secret, report in rows
    ]


def _duties(session: Session, own: ColumnElement[bool], today: date) -> list[_Due]:
    owed_by_partner = exists(
        select(ObligationParty.id)
        .join(Organisation, Organisation.id == ObligationParty.organisation_id)
        .where(
            ObligationParty.obligation_id == Obligation.id,
            ObligationParty.duty_role == DutyRole.DEBTOR,
            Organisation.is_ours.is_(False),
        )
    )
    asked = DutyFilter(unfinished=True, due_to=today + timedelta(days=SOON_DAYS))
    rows = session.execute(
        rows_with(
            Agreement.officer_id,
            Agreement.is_confidential,
            Obligation.kind,
            Occurrence.stage,
            Occurrence.due_on,
            owed_by_partner.label("owed_by_partner"),
        )
        .where(and_(*conditions(asked, today)), own)
        .order_by(Occurrence.due_on, Occurrence.id)
    )
    return [_due_of(row, today) for row in rows]


def _due_of(row: Any, today: date) -> _Due:
    """A partner's report that is not late yet is no task."""
    waits_for_report = is_reported(row.kind, has_partner_debtor=row.owed_by_partner)
    is_task = not waits_for_report or standing(row, today) is ObligationStanding.OVERDUE
    on = row.due_on if is_task else None
    return _Due(officer_id=row.officer_id, is_confidential=row.is_confidential, on=on)


def _reliefs(session: Session, own: ColumnElement[bool]) -> list[_Due]:
    rows = session.execute(
        _with_owner(Relief.asked_at)
        .join(Relief, Relief.agreement_id == Agreement.id)
        .where(Relief.stage == ReliefStage.ASKED, own)
        .order_by(Relief.asked_at, Relief.id)
    )
    return [
        _Due(
            officer_id=row.officer_id,
            is_confidential=row.is_confidential,
            on=office_date(row.asked_at) + timedelta(days=ANSWER_DAYS),
        )
        for row in rows
    ]


def _questions(session: Session, own: ColumnElement[bool]) -> list[_Due]:
    rows = session.execute(
        _with_owner(AgreementQuestion)
        .join(AgreementQuestion, AgreementQuestion.agreement_id == Agreement.id)
        .where(AgreementQuestion.answered_at.is_(None), own)
        .order_by(AgreementQuestion.asked_at, AgreementQuestion.id)
    )
    return [
        _Due(officer_id=owner, is_confidential=secret, on=tasks_of_talk.answer_by(question))
        for owner, secret, question in rows
    ]


def _replies(session: Session, own: ColumnElement[bool], today: date) -> list[_Due]:
    rows = session.execute(
        _with_owner(SharedDraft)
        .join(SharedDraft, SharedDraft.agreement_id == Agreement.id)
        .where(tasks_of_talk.waits(today), own)
        .order_by(SharedDraft.due_on, SharedDraft.id)
    )
    return [
        _Due(officer_id=owner, is_confidential=secret, on=tasks_of_talk.decide_by(row)) for owner, secret, row in rows
    ]
