"""What the book says will come is what the sweeps then plan; records made late are told of their current step alone."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.domain.reminder import Audience, Channel, SubjectKind
from portal.models import Reminder, ReminderLadder, ReminderRule
from portal.queries import calendar_days, ledger_coming
from portal.queries.ledger import LedgerFilter
from portal.services import reminders
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW

TODAY = date(2026, 11, 21)


def at(day):
    return datetime(day.year, day.month, day.day, 2, tzinfo=NOW.tzinfo)


@pytest.fixture
def agreement(session):
    make_calendar(session)
    reminders.seed_rules(session, now=NOW)
    ministry, debtor = make_ministry(session), make_partner(session)
    officer = make_account(session, Role.OFFICER, ministry)
    make_account(session, Role.PARTNER_WRITER, debtor)
    return make_agreement(
        session, (ministry, debtor), officer_id=officer.id, unit_id=ministry.id, ends_on=date(2028, 4, 11)
    )


def told(session):
    return {(row.planned_on, row.subject_id, row.step) for row in session.scalars(select(Reminder))}


def test_what_will_come_for_a_duty_with_its_own_ladder_is_what_the_sweeps_plan(session, agreement):
    duty = make_obligation(session, agreement)
    rules = [ReminderRule(step=step, audience=Audience.DEBTOR, channel=Channel.MAIL) for step in (-12, -5, 2)]
    urgent = ReminderLadder(
        subject_kind=SubjectKind.OCCURRENCE, name="Mendesak", rules=rules, created_at=NOW, updated_at=NOW
    )
    session.add(urgent)
    session.flush()
    make_occurrence(session, duty, due_on=date(2026, 12, 8), ladder_id=urgent.id)
    make_occurrence(session, duty, period_key="lain", due_on=date(2026, 12, 10))
    calendar = calendar_days.working_calendar(session)
    coming = ledger_coming.ahead_of(session, LedgerFilter(), today=TODAY, calendar=calendar)
    last = date(2026, 12, 18)
    expected = {(each.coming.on, each.coming.subject_id, each.coming.step) for each in coming if each.coming.on <= last}
    reminders.sweep(session, now=at(TODAY))
    before = told(session)
    for days in range(1, (last - TODAY).days + 1):
        reminders.sweep(session, now=at(TODAY + timedelta(days=days)))
    assert told(session) - before == expected
    assert {step for _, _, step in expected} >= {-12, -5, 2, -7, 0}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"ends_on": date(2025, 4, 11)}, set()),
        ({"ends_on": date(2026, 12, 1)}, {("term_end", -14)}),
        ({"ends_on": date(2028, 1, 1), "notice_on": date(2026, 12, 1)}, {("notice", -14)}),
        ({"ends_on": date(2028, 1, 1), "notice_on": date(2026, 8, 1)}, set()),
    ],
    ids=["an end long past", "an end that comes", "a notice that comes", "a notice long past"],
)
def test_an_agreement_recorded_late_is_told_of_its_current_step_alone(session, agreement, changes, expected):
    for name, value in changes.items():
        setattr(agreement, name, value)
    session.flush()
    reminders.replan(session, agreement_id=agreement.id, now=NOW)
    reminders.sweep(session, now=NOW)
    assert {(row.subject_kind.value, row.step) for row in session.scalars(select(Reminder))} == expected


def test_a_date_whose_steps_came_before_it_was_recorded_stays_silent_until_the_next_one(session, agreement):
    duty = make_obligation(session, agreement)
    make_occurrence(session, duty, due_on=date(2026, 12, 1), remind_from=at(TODAY))
    make_occurrence(session, duty, period_key="lalu", due_on=date(2026, 10, 1), remind_from=at(TODAY))
    reminders.sweep(session, now=at(TODAY))
    assert list(session.scalars(select(Reminder))) == []
    for day, expected in ((date(2026, 11, 24), (-7, date(2026, 12, 1))), (date(2026, 11, 26), (56, date(2026, 10, 1)))):
        reminders.sweep(session, now=at(day))
        newest = session.scalars(select(Reminder).order_by(Reminder.id.desc()).limit(1)).one()
        assert (newest.step, newest.target_on) == expected
