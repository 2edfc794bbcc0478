"""A sweep looks again on a day that it has planned only when something changed on which the plan rests."""

from datetime import date, datetime

import pytest
from sqlalchemy import Table, delete, func, select, update
from sqlalchemy.sql import visitors

from portal.domain.policy import Role
from portal.domain.reminder import Audience, ReminderStage, SubjectKind
from portal.models import Account, AccountRole, Message, Occurrence, Organisation, PlanChange, Reminder
from portal.models.plan_change import RESTS_ON
from portal.models.scope import OfficeScope, ScopedSession
from portal.queries.reminder_people import hearers
from portal.queries.reminder_subjects import LadderChoice, is_resting, live
from portal.services import reminders
from portal.services.plan_statements import TODAY, Shape
from portal.services.revive_statements import revive
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW
from tests.harness.databases import statements

MORNING = datetime(2026, 11, 24, 2, tzinfo=NOW.tzinfo)
"""A Tuesday, a week before the report of the scene falls due."""


def notes(session):
    """How many changes no sweep has seen yet."""
    return session.scalar(select(func.count()).select_from(PlanChange))


def writes(ran):
    """The statements that insert reminders or end them."""
    return [each for each in ran if each.startswith(("INSERT INTO reminder", "UPDATE reminder"))]


@pytest.fixture
def scene(session):
    """A partner with two people owes a report on Tuesday 1 December 2026."""
    make_calendar(session)
    ministry, partner = make_ministry(session), make_partner(session)
    officer = make_account(session, Role.OFFICER, ministry)
    for _ in range(2):
        make_account(session, Role.PARTNER_WRITER, partner)
    agreement = make_agreement(
        session, (ministry, partner), officer_id=officer.id, unit_id=ministry.id, ends_on=date(2028, 4, 11)
    )
    return make_occurrence(session, make_obligation(session, agreement))


def test_a_second_sweep_of_a_day_does_not_look_at_any_reminder(session, scene):
    assert reminders.sweep(session, now=MORNING).planned == 2
    with statements() as ran:
        assert reminders.sweep(session, now=MORNING).planned == 0
    assert writes(ran) == []
    assert len(ran) <= 10


def test_a_change_that_concerns_no_reminder_costs_one_look_and_no_writing(session, scene):
    reminders.sweep(session, now=MORNING)
    session.scalars(select(Account)).first().name = "Nama baru"
    with statements() as ran:
        assert reminders.sweep(session, now=MORNING).planned == 0
    assert writes(ran) == []
    assert notes(session) == 0


def test_a_change_beside_the_services_is_found_by_the_next_sweep_of_the_day(session, scene):
    reminders.sweep(session, now=MORNING)
    gone = session.scalars(select(AccountRole).where(AccountRole.role == Role.PARTNER_WRITER)).first()
    session.delete(gone)
    found = reminders.sweep(session, now=MORNING)
    assert (found.planned, found.ended) == (0, 1)
    make_account(session, Role.PARTNER_WRITER, session.get(Organisation, gone.organisation_id))
    assert reminders.sweep(session, now=MORNING).planned == 1
    stages = sorted(session.scalars(select(Reminder.stage)))
    assert stages == [ReminderStage.CANCELLED, ReminderStage.PLANNED, ReminderStage.PLANNED]


@pytest.mark.parametrize("model", sorted(RESTS_ON, key=lambda each: each.__name__), ids=lambda each: each.__name__)
@pytest.mark.sqlite_only
def test_every_way_to_change_what_a_plan_rests_on_leaves_a_note(session, model):
    column = next(iter(model.__table__.primary_key.columns))
    session.execute(update(model).where(column < 0).values({column.name: column}))
    session.execute(delete(model).where(column < 0))
    session.execute(update(model.__table__).where(column < 0).values({column.name: column}))
    assert notes(session) == 3


def test_rows_added_changed_and_removed_leave_notes_and_others_do_not(session, scene):
    session.execute(delete(PlanChange))
    scene.due_on = date(2026, 12, 2)
    session.flush()
    assert notes(session) == 1
    session.delete(session.scalars(select(AccountRole)).first())
    session.flush()
    assert notes(session) == 2
    session.execute(update(Message).values(tries=1))
    session.flush()
    assert notes(session) == 2


def test_a_change_committed_after_a_sweep_has_looked_is_left_to_the_next(session, engine, scene):
    moved = update(Occurrence).where(Occurrence.id == scene.id).values(due_on=date(2026, 12, 31))
    session.commit()
    with ScopedSession(bind=engine) as other:
        other.work_for(OfficeScope())
        if engine.dialect.name == "postgresql":
            other.execute(moved)
        assert reminders.sweep(session, now=MORNING).planned == 2
        session.commit()
        if engine.dialect.name == "sqlite":  # which lets one write after the other
            other.execute(moved)
        other.commit()
    assert reminders.sweep(session, now=MORNING).ended == 2


@pytest.mark.parametrize("kind", SubjectKind)
@pytest.mark.sqlite_only
def test_the_statements_of_a_plan_read_nothing_that_leaves_no_note(database, kind):
    """What subjects, people and rungs are read from is all in the list; reminders and mails are the plan itself."""
    subject = live(kind).subquery("subject")
    who = hearers(kind, subject, frozenset(Audience), TODAY)
    shape = Shape(
        dialect=database.kind, kind=kind, audiences=frozenset(Audience), ladder=LadderChoice.ANY,
        one_agreement=False, with_stand_ins=True,
    )  # fmt: skip
    resting = is_resting(kind, subject.c.subject_id, subject.c.agreement_id)
    read = {
        each.name
        for tree in (who, revive(shape), resting)
        for each in visitors.iterate(tree)
        if isinstance(each, Table)
    }
    known = {model.__tablename__ for model in RESTS_ON}
    assert read - known <= {"reminder", "message"}
    assert read & known
