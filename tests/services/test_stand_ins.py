"""People who are away: who hears in their place, and that they hear again when they are back."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.domain.reminder import EndReason, ReminderStage
from portal.models import Absence, Account, Agreement, Reminder
from portal.services import planning, reminders
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW

DUE = date(2026, 12, 1)


def at(day):
    return datetime(day.year, day.month, day.day, 2, tzinfo=NOW.tzinfo)


@pytest.fixture
def people(session):
    """A report is due on 1 December; officer, deputy, head and director of the office, and the partner's writer."""
    make_calendar(session)
    reminders.seed_rules(session, now=NOW)
    ministry, debtor = make_ministry(session), make_partner(session)
    found = {
        name: make_account(session, role, ministry, name=name)
        for name, role in (
            ("officer", Role.OFFICER),
            ("deputy", Role.OFFICER),
            ("head", Role.HEAD),
            ("director", Role.DIRECTOR),
        )
    }
    make_account(session, Role.PARTNER_WRITER, debtor, name="writer")
    agreement = make_agreement(
        session,
        (ministry, debtor),
        officer_id=found["officer"].id,
        unit_id=ministry.id,
        ends_on=date(2028, 4, 11),
    )
    make_occurrence(session, make_obligation(session, agreement), due_on=DUE)
    return found


def away(session, account, deputy=None, *, until=DUE + timedelta(days=20), **values):
    absence = Absence(
        account_id=account.id,
        deputy_id=deputy.id if deputy else None,
        starts_on=date(2026, 11, 20),
        ends_on=until,
        recorded_at=NOW,
        **values,
    )
    session.add(absence)
    session.flush()
    return absence


def heard(session, day):
    reminders.sweep(session, now=at(day))
    return hearing(session)


def hearing(session):
    rows = session.execute(
        select(Account.name)
        .join(Reminder, Reminder.account_id == Account.id)
        .where(Reminder.stage == ReminderStage.PLANNED, Reminder.target_on == DUE)
    )
    return sorted(row.name for row in rows)


def test_a_deputy_hears_in_place_of_who_is_away(session, people):
    away(session, people["officer"], people["deputy"])
    assert heard(session, DUE) == ["deputy", "writer"]


def test_without_a_deputy_the_head_hears(session, people):
    away(session, people["officer"])
    assert heard(session, DUE) == ["head", "writer"]


def test_a_deputy_who_is_away_too_is_not_asked_for_another(session, people):
    away(session, people["officer"], people["deputy"])
    away(session, people["deputy"], people["director"])
    assert heard(session, DUE) == ["head", "writer"]


def test_in_place_of_a_head_another_head_hears_and_else_the_director(session, people):
    away(session, people["officer"])
    away(session, people["head"])
    assert heard(session, DUE) == ["director", "writer"]
    second = make_account(session, Role.HEAD, people["head"].organisation, name="second head")
    assert second.id
    assert heard(session, DUE) == ["second head", "writer"]


def test_when_nobody_is_left_the_person_hears_after_all(session, people):
    for name in ("officer", "head", "director"):
        away(session, people[name])
    assert heard(session, DUE) == ["officer", "writer"]


def test_an_absence_that_was_withdrawn_counts_no_more(session, people):
    away(session, people["officer"], people["deputy"], cancelled_at=NOW)
    assert heard(session, DUE) == ["officer", "writer"]


def test_who_comes_back_hears_and_the_deputy_no_more(session, people):
    away(session, people["officer"], people["deputy"], until=DUE)
    assert heard(session, DUE) == ["deputy", "writer"]
    assert heard(session, DUE + timedelta(days=1)) == ["officer", "writer"]
    ended = session.scalars(select(Reminder).where(Reminder.account_id == people["deputy"].id)).one()
    assert ended.end_reason == EndReason.NOT_RESPONSIBLE
    assert heard(session, DUE + timedelta(days=7)) == ["officer", "writer"]


def test_who_comes_back_before_anything_was_sent_hears_again(session, people):
    assert heard(session, DUE) == ["officer", "writer"]
    absence = away(session, people["officer"], people["deputy"])
    assert heard(session, DUE) == ["deputy", "writer"]
    absence.cancelled_at = NOW
    session.flush()
    assert heard(session, DUE) == ["officer", "writer"]
    absence.cancelled_at = None
    session.flush()
    assert heard(session, DUE) == ["deputy", "writer"]


def test_who_goes_away_hears_no_more_at_once_and_a_deputy_goes_on(session, people):
    assert heard(session, DUE) == ["officer", "writer"]
    away(session, people["officer"], people["deputy"])
    planning.settle_at_once(session, now=at(DUE))
    assert hearing(session) == ["writer"]
    assert heard(session, DUE) == ["deputy", "writer"]
    planning.settle_at_once(session, now=at(DUE))
    assert hearing(session) == ["deputy", "writer"]


def test_after_a_change_the_deputy_hears_at_once(session, people):
    away(session, people["officer"], people["deputy"])
    (agreement,) = session.scalars(select(Agreement))
    assert reminders.replan(session, agreement_id=agreement.id, now=at(DUE)) == 2
    assert hearing(session) == ["deputy", "writer"]
