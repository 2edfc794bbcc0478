"""A day of joint leave that is declared late moves the unsent reminders of that day, and no others (platform E10)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, select

from portal.config import Smtp
from portal.domain import calendar
from portal.domain.obligation import OccurrenceStage
from portal.domain.organisation import Zone
from portal.domain.policy import Actor, Role
from portal.jobs import deliver, remind
from portal.models import Message, Occurrence, Reminder, SweepLog
from portal.services import calendar_days, reminders
from portal.services.calendar_days import Holiday
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW

FIRST = date(2026, 11, 24)
"""A Tuesday; the days after it are swept one by one."""
DAYS = 16
LEAVE = date(2026, 12, 2)
"""A Wednesday."""
DECLARED = Holiday(day=LEAVE, name="Cuti uji", kind=calendar.JOINT_LEAVE, source="SKB uji", confirmed=True)


def wib(day, hour):
    return datetime(day.year, day.month, day.day, hour, tzinfo=Zone.WIB.timezone).astimezone(UTC)


@pytest.fixture
def legal(session):
    """Who keeps the calendar."""
    make_calendar(session)
    account = make_account(session, Role.LEGAL)
    roles = frozenset({Role.LEGAL})
    return Actor(account_id=account.id, name=account.name, organisation_id=account.organisation_id, roles=roles)


@pytest.fixture
def obligation(session, legal):
    """What a partner owes; one person of it and an officer are told."""
    reminders.seed_rules(session, now=NOW)
    ministry, debtor = make_ministry(session), make_partner(session)
    officer = make_account(session, Role.OFFICER, ministry)
    make_account(session, Role.PARTNER_WRITER, debtor, email="penyusun@contoh.test")
    agreement = make_agreement(
        session, (ministry, debtor), officer_id=officer.id, unit_id=ministry.id, ends_on=date(2028, 4, 11)
    )
    return make_obligation(session, agreement)


def planned_day_by_day(session):
    """What is planned on each of the days, when nothing was planned before them: the day by the key."""
    session.execute(delete(Reminder))
    session.execute(delete(SweepLog))
    for number in range(DAYS):
        reminders.sweep(session, now=wib(FIRST + timedelta(days=number), 1))
    rows = session.scalars(select(Reminder).where(Reminder.planned_on > FIRST))
    return {(row.subject_id, row.target_on, row.step, row.account_id): row.planned_on for row in rows}


def test_only_the_reminders_of_a_new_free_day_move_and_each_to_its_side(session, obligation, legal):
    stamps = {"created_at": NOW, "updated_at": NOW, "version": 1}
    owner = {"obligation_id": obligation.id, "agreement_id": obligation.agreement_id}
    dates = [{"due_on": FIRST + timedelta(days=n - 60), "period_key": f"{n}"} for n in range(120)]
    session.execute(insert(Occurrence), [each | owner | stamps | {"stage": OccurrenceStage.OPEN} for each in dates])
    before = planned_day_by_day(session)
    calendar_days.record(session, DECLARED, actor=legal, now=wib(FIRST, 0))
    after = planned_day_by_day(session)
    assert before.keys() == after.keys()
    moved = {key: after[key] for key in before if before[key] != after[key]}
    assert moved.keys() == {key for key, day in before.items() if day == LEAVE}
    days = {step > 0: {day for key, day in moved.items() if (key[2] > 0) is (step > 0)} for step in (-1, 1)}
    assert days == {False: {LEAVE - timedelta(days=1)}, True: {LEAVE + timedelta(days=1)}}
    assert LEAVE not in after.values()


@pytest.fixture
def post(make_app, smtp):
    app = make_app(smtp=Smtp(host=smtp.host, port=smtp.port, tls="none"))
    yield app
    deliver.transport(app).close()


def unsent(session):
    """The reminders that wait, whole, but for the message that carries them; and the days of the messages."""
    session.rollback()
    names = [column.name for column in Reminder.__table__.columns if column.name != "message_id"]
    rows = session.execute(select(*(Reminder.__table__.c[name] for name in names)).order_by(Reminder.id)).all()
    days = session.scalars(select(Message.local_day).where(Message.stage == "pending")).all()
    session.rollback()
    return rows, days


def test_mails_that_wait_for_a_new_free_day_leave_on_the_next_working_day(session, obligation, legal, post, smtp):
    make_occurrence(session, obligation, due_on=LEAVE + timedelta(days=6))
    session.commit()
    evening = wib(LEAVE - timedelta(days=1), 18)
    remind.run(post, now=evening)
    deliver.run(post, now=evening)
    rows, days = unsent(session)
    assert (len(rows), days) == (1, [LEAVE])
    calendar_days.record(session, DECLARED, actor=legal, now=evening)
    session.commit()
    for hour in (0, 8, 16):
        remind.run(post, now=wib(LEAVE, hour))
        deliver.run(post, now=wib(LEAVE, hour))
    assert smtp.received == []
    assert unsent(session) == (rows, [LEAVE + timedelta(days=1)])
    for _ in range(2):
        deliver.run(post, now=wib(LEAVE + timedelta(days=1), 8))
    assert [mail.recipients for mail in smtp.received] == [("penyusun@contoh.test",)]
