"""What waits for one person of the office, from all its sources, each read by a fixed number of statements.

Words and addresses are made by the page. Here are the duties and reports; `tasks_of_agreements` has the rest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.agreement import Stage
from portal.domain.calendar import CalendarNotLoaded, WorkingCalendar
from portal.domain.dates import office_date
from portal.domain.obligation import ObligationStanding
from portal.domain.policy import Action, Actor, Role, may
from portal.domain.report import ReportStage
from portal.domain.report_turn import REVIEW_WORKING_DAYS
from portal.models import Agreement, Obligation, Occurrence, Organisation, Report
from portal.queries import (
    calendar_days,
    obligation_list,
    tasks_of_agreements,
    tasks_of_cards,
    tasks_of_reliefs,
    tasks_of_requests,
    tasks_of_talk,
)
from portal.queries.obligation_filter import DutyFilter
from portal.queries.obligation_list import DutyRow
from portal.queries.task import MOST, Asker, Task, TaskKind, task_of

SOON_DAYS = 7
HEAD_AFTER_DAYS, DIRECTOR_AFTER_DAYS = 14, 28
"""Days late after which heads and directors hear of a duty (design: domain §3.1)."""


STAGES_OF_LEGAL = (Stage.REVIEW, Stage.DRAFTING, Stage.INITIALLING, Stage.SIGNING)
STAGES_OF_BOSSES = (Stage.INITIALLING, Stage.SIGNING)


def list_tasks(session: Session, *, actor: Actor, today: date) -> tuple[Task, ...]:
    """Return everything that waits for `actor`, the most urgent first; a fixed number of statements."""
    asker = Asker(session=session, actor=actor, today=today)
    found: list[Task] = []
    if Role.OFFICER in actor.roles:
        found += [
            *_reports(asker),
            *_duties(asker),
            *tasks_of_agreements.renewals(asker),
            *tasks_of_cards.waiting(asker),
            *tasks_of_talk.questions(asker),
            *tasks_of_talk.replies(asker),
        ]
    if actor.roles & {Role.HEAD, Role.DIRECTOR}:
        found += [*_escalated(asker), *tasks_of_agreements.renewals(asker)]
    if may(actor, Action.DECIDE_RELIEF) and Role.ADMIN not in actor.roles:
        found += tasks_of_reliefs.waiting(asker)
    stages = _stages_for(actor.roles)
    if stages:
        found += tasks_of_agreements.moving(asker, stages)
    if may(actor, Action.DECIDE_DATA_REQUEST):
        found += tasks_of_requests.waiting(asker)
    if Role.ADMIN in actor.roles:
        found += tasks_of_agreements.without_officer(asker)
    unique = {(task.kind, task.agreement_code, task.record_id): task for task in found}
    return tuple(sorted(unique.values(), key=lambda task: (task.stage is not None, task.on, task.agreement_code)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Morning:
    """The numbers of a person's day: what is late, what is due within seven days, which reports wait for review."""

    late: int
    soon: int
    review: int


def morning(found: Sequence[Task]) -> Morning:
    """Return the numbers of a list of tasks: the same on the first page, under the bell and in the digest."""
    dated = [task.days for task in found if task.stage is None]
    return Morning(
        late=sum(days < 0 for days in dated),
        soon=sum(0 <= days <= SOON_DAYS for days in dated),
        review=sum(task.kind is TaskKind.REVIEW_REPORT for task in found),
    )


def _stages_for(roles: Iterable[Role]) -> tuple[Stage, ...]:
    if Role.LEGAL in roles:
        return STAGES_OF_LEGAL
    return STAGES_OF_BOSSES if {Role.HEAD, Role.DIRECTOR} & set(roles) else ()


def _reports(asker: Asker) -> list[Task]:
    """Reports that wait for review; the office takes at most 14 working days."""
    rows = asker.session.execute(
        select(Report, Occurrence.period_key, Obligation.title, Agreement, Organisation.name)
        .join(Occurrence, Occurrence.id == Report.occurrence_id)
        .join(Obligation, Obligation.id == Occurrence.obligation_id)
        .join(Agreement, Agreement.id == Report.agreement_id)
        .join(Organisation, Organisation.id == Report.organisation_id)
        .where(Report.stage == ReportStage.SUBMITTED, asker.own, asker.readable)
        .order_by(Report.submitted_at)
        .limit(MOST)
    ).all()
    calendar = calendar_days.working_calendar(asker.session)
    return [
        task_of(
            asker,
            TaskKind.REVIEW_REPORT,
            agreement,
            on=review_by(report, calendar, asker.today),
            title=title,
            partners=(name,),
            record_id=report.id,
            report_code=report.code,
            period_key=period_key,
        )
        for report, period_key, title, agreement, name in rows
    ]


def review_by(report: Report, calendar: WorkingCalendar, today: date) -> date:
    """Return the day by which the office reviews a report that was sent."""
    sent_on = office_date(report.submitted_at) if report.submitted_at else today
    try:
        return calendar.add_working(sent_on, REVIEW_WORKING_DAYS)
    except CalendarNotLoaded:
        return calendar.assumed().add_working(sent_on, REVIEW_WORKING_DAYS)


def _duties(asker: Asker) -> list[Task]:
    """Duties without a report that are to be noted, and reports of partners that are late."""
    asked = DutyFilter(
        unfinished=True,
        due_to=asker.today + timedelta(days=SOON_DAYS),
        with_confidential=bool(may(asker.actor, Action.SEE_CONFIDENTIAL)),
        officer_id=asker.actor.account_id,
        or_without_officer=True,
    )
    rows = obligation_list.list_rows(asker.session, asked, limit=MOST, today=asker.today)
    return [task for row in rows if (task := _duty_task(row)) is not None]


def _duty_task(row: DutyRow) -> Task | None:
    if row.is_reported:
        if row.standing is not ObligationStanding.OVERDUE:
            return None
        kind = TaskKind.CHASE_REPORT
    else:
        kind = TaskKind.NOTE_FULFILMENT
    partners = tuple(p.name for p in (*row.debtors, *row.creditors) if not p.is_ours)
    return Task(
        kind=kind,
        title=row.title,
        agreement_code=row.agreement_code,
        agreement_title=row.agreement_title,
        partners=tuple(dict.fromkeys(partners)),
        on=row.due_on,
        days=row.days,
        record_id=row.id,
        number=row.number,
        period_key=row.period_key,
        is_sample=row.is_sample,
    )


def _escalated(asker: Asker) -> list[Task]:
    """Duties so late that heads and directors hear of them."""
    late_days = HEAD_AFTER_DAYS if Role.HEAD in asker.actor.roles else DIRECTOR_AFTER_DAYS
    asked = DutyFilter(
        standings=frozenset({ObligationStanding.OVERDUE}),
        due_to=asker.today - timedelta(days=late_days),
        with_confidential=bool(may(asker.actor, Action.SEE_CONFIDENTIAL)),
    )
    rows = obligation_list.list_rows(asker.session, asked, limit=MOST, today=asker.today)
    return [task for row in rows if (task := _duty_task(row)) is not None]
