"""What waits for whom: each role its own, the most urgent first, without more statements for more rows."""

from datetime import date, timedelta

import pytest

from portal.domain.agreement import Relation, Stage
from portal.domain.obligation import ObligationKind, OccurrenceStage, OffsetUnit
from portal.domain.policy import Actor, Role
from portal.domain.report import ReportStage
from portal.models import AgreementRelation, Report
from portal.queries import mornings, tasks
from portal.queries.task import TaskKind
from tests.factories import make_account, make_agreement, make_obligation, make_occurrence, make_parties
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW, TODAY
from tests.queries.statements import statements_of


def actor_of(session, *roles: Role) -> Actor:
    """A person of the ministry with these roles."""
    account = make_account(session, roles[0])
    return Actor(
        account_id=account.id, name=account.name, organisation_id=account.organisation_id, roles=frozenset(roles)
    )


def kinds(session, actor: Actor) -> list[TaskKind]:
    """What waits for a person, in order."""
    return [task.kind for task in tasks.list_tasks(session, actor=actor, today=TODAY)]


def send_report(session, occurrence, days_ago: int):
    """A report that waits since some days."""
    seat = occurrence.obligation.parties[0]
    sent_at = NOW - timedelta(days=days_ago)
    occurrence.stage = OccurrenceStage.SUBMITTED
    session.add(
        Report(
            code=f"AAAA-{occurrence.id:04d}",
            occurrence_id=occurrence.id,
            agreement_id=occurrence.agreement_id,
            organisation_id=seat.organisation_id,
            stage=ReportStage.SUBMITTED,
            submitted_at=sent_at,
            created_at=sent_at,
            updated_at=sent_at,
        )
    )
    session.flush()


def due_in(session, days: int, *, agreement=None, kind=ObligationKind.REPORTING, **changes):
    """A dated duty so many days from today."""
    duty = make_obligation(session, agreement, kind=kind, **changes)
    return make_occurrence(session, duty, due_on=TODAY + timedelta(days=days))


def test_a_report_waits_until_the_fourteenth_working_day(session):
    make_calendar(session)
    officer = actor_of(session, Role.OFFICER)
    send_report(session, due_in(session, -30), days_ago=30)
    (task,) = tasks.list_tasks(session, actor=officer, today=TODAY)
    assert (task.kind, task.on, task.days) == (TaskKind.REVIEW_REPORT, date(2026, 11, 11), -10)


def test_late_reports_are_chased_and_other_duties_noted(session):
    make_calendar(session)
    officer = actor_of(session, Role.OFFICER)
    due_in(session, -2)
    due_in(session, 3)
    due_in(session, -5, kind=ObligationKind.HANDOVER)
    due_in(session, 7, kind=ObligationKind.FUNDING)
    due_in(session, 8, kind=ObligationKind.FUNDING)
    assert kinds(session, officer) == [TaskKind.NOTE_FULFILMENT, TaskKind.CHASE_REPORT, TaskKind.NOTE_FULFILMENT]


def test_an_officer_sees_own_agreements_and_those_of_nobody(session):
    make_calendar(session)
    officer, other = actor_of(session, Role.OFFICER), actor_of(session, Role.OFFICER)
    for holder in (officer.account_id, other.account_id, None):
        due_in(session, -2, agreement=make_agreement(session, officer_id=holder))
    assert len(kinds(session, officer)) == len(kinds(session, other)) == 2


def test_a_renewal_must_be_decided_before_the_notice_unless_it_is(session):
    make_calendar(session)
    officer = actor_of(session, Role.OFFICER)
    notice = {"notice_count": 3, "notice_unit": OffsetUnit.MONTHS}
    agreement = make_agreement(session, ends_on=date(2027, 4, 11), **notice)
    make_agreement(session, ends_on=date(2027, 12, 31), **notice)
    (task,) = tasks.list_tasks(session, actor=officer, today=TODAY)
    assert (task.kind, task.on) == (TaskKind.DECIDE_RENEWAL, date(2027, 1, 11))
    child = make_agreement(session, stage=Stage.DRAFTING, ends_on=None)
    session.add(AgreementRelation(agreement_id=child.id, other_id=agreement.id, relation=Relation.EXTENDS))
    session.flush()
    assert kinds(session, officer) == []


@pytest.mark.parametrize(
    ("role", "stages"),
    [
        (Role.LEGAL, {Stage.REVIEW, Stage.DRAFTING, Stage.INITIALLING, Stage.SIGNING}),
        (Role.HEAD, {Stage.INITIALLING, Stage.SIGNING}),
        (Role.DIRECTOR, {Stage.INITIALLING, Stage.SIGNING}),
    ],
)
def test_each_role_has_the_stages_it_works_on(session, role: Role, stages: set[Stage]):
    make_calendar(session)
    person = actor_of(session, role)
    for stage in Stage:
        make_agreement(session, stage=stage, ends_on=None)
    assert {task.stage for task in tasks.list_tasks(session, actor=person, today=TODAY)} == stages


@pytest.mark.parametrize(("role", "number"), [(Role.HEAD, 2), (Role.DIRECTOR, 1)])
def test_heads_hear_after_two_weeks_and_directors_after_four(session, role: Role, number: int):
    make_calendar(session)
    person = actor_of(session, role)
    for days in (-13, -14, -28):
        due_in(session, days)
    assert kinds(session, person) == [TaskKind.CHASE_REPORT] * number


def test_an_administrator_is_told_of_agreements_of_nobody_but_not_of_confidential_ones(session):
    admin, officer = actor_of(session, Role.ADMIN), actor_of(session, Role.OFFICER)
    make_agreement(session)
    make_agreement(session, is_confidential=True)
    make_agreement(session, officer_id=officer.account_id)
    assert kinds(session, admin) == [TaskKind.NAME_OFFICER]


def test_more_work_costs_no_more_statements(session):
    make_calendar(session)
    person = actor_of(session, Role.OFFICER, Role.LEGAL, Role.HEAD, Role.ADMIN)
    parties = make_parties(session)

    def add_one(n: int) -> None:
        make_agreement(session, parties, stage=Stage.REVIEW)
        agreement = make_agreement(session, parties, notice_count=3, notice_unit=OffsetUnit.MONTHS)
        due_in(session, -30, agreement=agreement)
        send_report(session, due_in(session, -30, agreement=agreement), days_ago=n)

    def read() -> tuple[int, int]:
        session.expire_all()
        with statements_of(session) as seen:
            found = tasks.list_tasks(session, actor=person, today=TODAY)
        return len(found), len(seen)

    add_one(1)
    few = read()
    for n in range(2, 12):
        add_one(n)
    many = read()
    assert many[0] > few[0]
    assert many[1] == few[1]


def test_the_numbers_of_many_officers_are_those_of_each(session):
    make_calendar(session)
    officers = [actor_of(session, Role.OFFICER) for _ in range(2)]
    boss = actor_of(session, Role.OFFICER, Role.HEAD)
    owners = [*(each.account_id for each in officers), boss.account_id, None]
    for number, owner in enumerate(owners):
        for secret in (False, True):
            agreement = make_agreement(
                session,
                make_parties(session),
                officer_id=owner,
                is_confidential=secret,
                ends_on=TODAY + timedelta(days=100),
                notice_count=90 + 20 * (number % 2),
                notice_unit=OffsetUnit.DAYS,
            )
            for days in (-30, -1, 0, 5, 7, 8):
                due_in(session, days, agreement=agreement)
                due_in(session, days - number, agreement=agreement, kind=ObligationKind.FACILITY)
            send_report(session, due_in(session, 3, agreement=agreement), days_ago=number * 20)
    found = mornings.count(session, [*officers, boss], today=TODAY)
    assert found == {
        each.account_id: tasks.morning(tasks.list_tasks(session, actor=each, today=TODAY)) for each in (*officers, boss)
    }
    assert min(found[officers[0].account_id].late, found[officers[0].account_id].review) > 0
    assert found[officers[0].account_id] != found[officers[1].account_id]
