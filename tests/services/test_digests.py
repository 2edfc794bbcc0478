"""Reminders become messages: one digest a person and day, singles for lateness, nothing added to what is on its way."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.domain.organisation import Zone
from portal.domain.policy import Role
from portal.domain.reminder import MessageStage, ReminderStage
from portal.mail.compose import Letterhead
from portal.models import Account, Message, Reminder
from portal.queries import calendar_days
from portal.services import digests, filling, notices, outbox, reminders
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar
from tests.harness.databases import statements

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
LETTERHEAD = Letterhead(
    base_url="http://localhost", office_name="Kantor", sender="a@contoh.test", reply_to="b@contoh.test", help_phone=None
)


def wib(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=Zone.WIB.timezone).astimezone(UTC)


@pytest.fixture
def obligation(session):
    """A duty of a partner with one writer."""
    make_calendar(session)
    debtor = make_partner(session)
    make_account(session, Role.PARTNER_WRITER, debtor, email="penyusun@contoh.test")
    return make_obligation(session, make_agreement(session, (make_ministry(session), debtor), ends_on=None))


def add(session, obligation, due_on, count=1):
    taken = len(obligation.agreement.code) + len(session.scalars(select(Reminder.id)).all())
    for number in range(count):
        key = (date(2000, 1, 1) + timedelta(days=taken * 400 + number)).isoformat()
        make_occurrence(session, obligation, period_key=key, due_on=due_on)


def gather(session, now):
    return digests.gather(session, now=now, calendar=calendar_days.working_calendar(session))


def send(session, now, *, sent=True):
    """Claim and fill everything that is due; mark it as sent or not."""
    desk = filling.Desk(worker="uji", letterhead=LETTERHEAD, now=now, calendar=calendar_days.working_calendar(session))
    leased = outbox.claim(session, worker="uji", lease=timedelta(minutes=5), now=now)
    for mail in filling.prepare(session, leased, desk=desk):
        if sent:
            outbox.mark_sent(session, mail.id, worker="uji", now=now, forget_secrets=True)
        else:
            outbox.mark_failed(session, mail.id, worker="uji", error="451", is_final=False, now=now)


def messages(session):
    session.expire_all()
    return session.scalars(select(Message).order_by(Message.id)).all()


def test_what_comes_after_the_digest_has_left_waits_for_the_next_day(session, obligation):
    add(session, obligation, date(2026, 12, 1))
    reminders.sweep(session, now=wib(TUESDAY))
    gather(session, wib(TUESDAY))
    send(session, wib(TUESDAY))
    add(session, obligation, date(2026, 12, 1))
    reminders.sweep(session, now=wib(TUESDAY, 10))
    gather(session, wib(TUESDAY, 10))
    first, second = messages(session)
    assert (first.stage, first.local_day) == (MessageStage.SENT, TUESDAY)
    assert (second.stage, second.local_day) == (MessageStage.PENDING, WEDNESDAY)
    assert second.not_before == wib(WEDNESDAY, 8)


def test_what_comes_before_it_leaves_is_in_the_same_digest(session, obligation):
    for hour in (1, 2, 3):
        add(session, obligation, date(2026, 12, 1))
        reminders.sweep(session, now=wib(TUESDAY, hour))
        gather(session, wib(TUESDAY, hour))
    (message,) = messages(session)
    send(session, wib(TUESDAY, 8))
    assert len(messages(session)[0].values["lines"]) == 3
    assert message.not_before == wib(TUESDAY, 8)


def test_what_is_put_in_while_it_leaves_goes_into_the_next_one(session, obligation):
    add(session, obligation, date(2026, 12, 1), count=2)
    reminders.sweep(session, now=wib(TUESDAY))
    gather(session, wib(TUESDAY))
    (message,) = messages(session)
    (message_id,) = outbox.claim(session, worker="uji", lease=timedelta(minutes=5), now=wib(TUESDAY))
    desk = filling.Desk(
        worker="uji", letterhead=LETTERHEAD, now=wib(TUESDAY), calendar=calendar_days.working_calendar(session)
    )
    filling.prepare(session, [message_id], desk=desk)
    late = session.scalars(select(Reminder).order_by(Reminder.id.desc())).first()
    message.values = message.values | {"reminders": [each for each in message.values["reminders"] if each != late.id]}
    session.flush()
    outbox.mark_sent(session, message_id, worker="uji", now=wib(TUESDAY), forget_secrets=True)
    session.refresh(late)
    assert (late.stage, late.message_id) == (ReminderStage.PLANNED, None)


@pytest.mark.parametrize(("count", "slots"), [(3, 3), (4, 1)])
def test_up_to_three_late_duties_are_told_alone_more_in_one_digest(session, obligation, count, slots):
    add(session, obligation, date(2026, 11, 17), count=count)
    reminders.sweep(session, now=wib(TUESDAY))
    gather(session, wib(TUESDAY))
    made = messages(session)
    assert len(made) == slots
    assert {message.slot == digests.DIGEST for message in made} == {slots == 1}


def test_a_digest_that_was_tried_keeps_its_message_id_over_night(session, obligation):
    add(session, obligation, date(2026, 12, 1))
    reminders.sweep(session, now=wib(TUESDAY))
    gather(session, wib(TUESDAY, 16))
    send(session, wib(TUESDAY, 16), sent=False)
    key = messages(session)[0].message_id
    send(session, wib(TUESDAY, 18))
    (message,) = messages(session)
    assert (message.stage, message.message_id, message.not_before) == (MessageStage.PENDING, key, wib(WEDNESDAY, 8))
    send(session, wib(WEDNESDAY, 8))
    assert messages(session)[0].stage is MessageStage.SENT


def test_a_secret_link_is_forgotten_once_it_has_left(session, clock):
    make_calendar(session)
    values = dict.fromkeys(notices.NEEDS["invitation"], "rahasia") | {"expires_at": "2026-11-27T02:00:00+00:00"}
    notices.enqueue(
        session,
        template="invitation",
        account=None,
        recipient="baru@contoh.test",
        values=values,
        slot="invitation-1",
        now=clock.now,
    )
    send(session, clock.now)
    (message,) = messages(session)
    assert message.stage is MessageStage.SENT
    assert (message.values, message.body_text, message.body_html) == ({}, None, None)


def test_who_has_no_address_left_is_told_nothing(session, obligation):
    add(session, obligation, date(2026, 12, 1))
    session.scalars(select(Account).where(Account.email == "penyusun@contoh.test")).one().mail_refused_at = wib(TUESDAY)
    session.flush()
    assert reminders.sweep(session, now=wib(TUESDAY)).planned == 0


def test_gathering_takes_no_more_statements_for_more_reminders(session, obligation):
    add(session, obligation, date(2026, 12, 1))
    reminders.sweep(session, now=wib(TUESDAY))
    with statements() as few:
        gather(session, wib(TUESDAY))
    add(session, obligation, date(2026, 12, 1), count=60)
    reminders.sweep(session, now=wib(TUESDAY, 10))
    with statements() as many:
        gather(session, wib(TUESDAY, 10))
    assert len(many) == len(few)


def test_filling_takes_as_many_statements_for_many_mails_as_for_one(session, tell):
    make_calendar(session)
    ministry = make_ministry(session)
    for _ in range(12):
        debtor, officer = make_partner(session), make_account(session, Role.OFFICER, ministry)
        make_account(session, Role.PARTNER_WRITER, debtor)
        agreement = make_agreement(session, (ministry, debtor), ends_on=None, officer_id=officer.id)
        add(session, make_obligation(session, agreement), date(2026, 11, 17), count=4)
    reminders.sweep(session, now=wib(TUESDAY))
    gather(session, wib(TUESDAY))
    desk = filling.Desk(
        worker="uji", letterhead=LETTERHEAD, now=wib(TUESDAY), calendar=calendar_days.working_calendar(session)
    )
    ran = {}
    for count in (2, 20):
        ids = outbox.claim(session, worker="uji", lease=timedelta(minutes=5), now=wib(TUESDAY), limit=count)
        with statements() as ran[count]:
            assert len(filling.prepare(session, ids, desk=desk)) == count
    tell("statements of filling mails", [f"{len(ran[2])} for 2, {len(ran[20])} for 20"])
    assert len(ran[20]) == len(ran[2]) <= 25


def test_a_host_whose_clock_runs_ahead_takes_over_no_lease(session, obligation):
    add(session, obligation, date(2026, 12, 1))
    reminders.sweep(session, now=wib(TUESDAY))
    gather(session, wib(TUESDAY))
    lease = timedelta(seconds=30)
    assert len(outbox.claim(session, worker="uji", lease=lease, now=wib(TUESDAY))) == 1
    assert outbox.claim(session, worker="maju", lease=lease, now=wib(TUESDAY) + 2 * lease) == ()
