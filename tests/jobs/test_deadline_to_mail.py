"""From a date that comes near to a mail at a real SMTP server: once, in the reader's hours, and true when it leaves."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.config import Smtp
from portal.domain.obligation import OccurrenceStage
from portal.domain.organisation import Zone
from portal.domain.policy import Role
from portal.domain.reminder import Audience, MessageStage, ReminderStage
from portal.jobs import deliver, remind
from portal.models import Account, Message, Reminder
from portal.services import notices, outbox
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar


def wib(day, hour=8, minute=0):
    """An hour in Jakarta."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=Zone.WIB.timezone).astimezone(UTC)


TUESDAY = date(2026, 11, 24)
"""Seven days before 1 December 2026."""


@pytest.fixture
def occurrence(session):
    """A report that a partner in Jakarta owes on Tuesday 1 December 2026."""
    make_calendar(session)
    ministry, debtor = make_ministry(session), make_partner(session, name="Yayasan Debitur")
    officer = make_account(session, Role.OFFICER, ministry, email="petugas@contoh.test")
    make_account(session, Role.PARTNER_WRITER, debtor, email="penyusun@contoh.test", name="Bu Penyusun")
    parties = (ministry, debtor, make_partner(session))
    agreement = make_agreement(session, parties, officer_id=officer.id, unit_id=ministry.id, ends_on=date(2029, 1, 1))
    found = make_occurrence(session, make_obligation(session, agreement))
    session.commit()
    return found


@pytest.fixture
def post(make_app, smtp, occurrence):
    """The application, sending to the test's SMTP server."""
    app = make_app(smtp=Smtp(host=smtp.host, port=smtp.port, tls="none"))
    yield app
    deliver.transport(app).close()


def messages(session):
    session.expire_all()
    found = session.scalars(select(Message).order_by(Message.id)).all()
    session.rollback()
    return found


def test_one_mail_arrives_and_a_second_run_adds_none(post, smtp, session):
    for _ in range(2):
        remind.run(post, now=wib(TUESDAY), slot="sekali")
        deliver.run(post, now=wib(TUESDAY))
    (mail,) = smtp.received
    assert mail.recipients == ("penyusun@contoh.test",)
    assert mail.subject == "7 hari lagi: Laporan pelaksanaan (PKS-2024-0001)"
    assert "Selasa, 1 Desember 2026 (7 hari lagi)" in mail.text
    assert mail.message["Auto-Submitted"] == "auto-generated"
    (row,) = messages(session)
    assert mail.message_id == f"<{row.message_id}@localhost>"
    assert row.stage is MessageStage.SENT
    assert session.scalars(select(Reminder)).one().stage is ReminderStage.SENT


def test_nothing_leaves_before_eight_after_five_or_on_a_free_day(post, smtp):
    remind.run(post, now=wib(TUESDAY, 0, 1))
    for hour in (0, 5, 7):
        deliver.run(post, now=wib(TUESDAY, hour, 59))
    assert smtp.received == []
    deliver.run(post, now=wib(TUESDAY, 8, 0))
    assert len(smtp.received) == 1


def test_what_is_planned_in_the_evening_waits_for_the_next_working_morning(post, smtp, session):
    friday = date(2026, 11, 27)
    remind.run(post, now=wib(friday, 18))
    for moment in (wib(friday, 18), wib(friday + timedelta(days=1), 10), wib(friday + timedelta(days=2), 10)):
        deliver.run(post, now=moment)
    assert smtp.received == []
    deliver.run(post, now=wib(date(2026, 11, 30), 8))
    (mail,) = smtp.received
    assert mail.subject.startswith("Besok: ")


@pytest.mark.parametrize(("zone", "hour"), [(Zone.WIB, 8), (Zone.WITA, 7), (Zone.WIT, 6)])
def test_quiet_hours_are_those_of_the_reader(post, smtp, session, occurrence, zone, hour):
    session.scalars(select(Account).where(Account.email == "penyusun@contoh.test")).one().organisation.zone = zone
    session.commit()
    remind.run(post, now=wib(TUESDAY, 0, 1))
    deliver.run(post, now=wib(TUESDAY, hour - 1, 59))
    assert smtp.received == []
    deliver.run(post, now=wib(TUESDAY, hour, 0))
    assert len(smtp.received) == 1


def test_a_worker_that_was_away_until_evening_sends_the_next_morning(post, smtp, session):
    remind.run(post, now=wib(TUESDAY))
    # The message is made in the morning; the worker dies, and comes back at eight in the evening.
    deliver.run(post, now=wib(TUESDAY, 7))
    deliver.run(post, now=wib(TUESDAY, 20))
    assert smtp.received == []
    deliver.run(post, now=wib(TUESDAY + timedelta(days=1), 8))
    assert len(smtp.received) == 1


def test_a_changed_date_sends_no_mail_of_the_old_date(post, smtp, session, occurrence):
    remind.run(post, now=wib(TUESDAY, 1))
    deliver.run(post, now=wib(TUESDAY, 1))
    occurrence.due_on = date(2027, 3, 1)
    session.commit()
    deliver.run(post, now=wib(TUESDAY, 9))
    assert smtp.received == []
    assert [row.stage for row in messages(session)] == [MessageStage.CANCELLED]


def test_a_finished_duty_sends_no_mail(post, smtp, session, occurrence):
    remind.run(post, now=wib(TUESDAY, 1))
    deliver.run(post, now=wib(TUESDAY, 1))
    occurrence.stage = OccurrenceStage.MET
    session.commit()
    deliver.run(post, now=wib(TUESDAY, 9))
    assert smtp.received == []


def test_many_reminders_of_one_person_are_one_mail(post, smtp, session, occurrence):
    for number in range(499):
        key = (date(2020, 1, 1) + timedelta(days=number)).isoformat()
        make_occurrence(session, occurrence.obligation, period_key=key)
    session.commit()
    remind.run(post, now=wib(TUESDAY))
    deliver.run(post, now=wib(TUESDAY))
    (mail,) = smtp.received
    assert "500 hal" in mail.subject


def test_after_five_days_without_a_worker_each_thing_is_told_once_as_it_stands(post, smtp, session, occurrence):
    other = make_occurrence(session, occurrence.obligation, period_key="2026-12-03", due_on=date(2026, 12, 3))
    session.commit()
    first, second = occurrence.id, other.id
    session.rollback()
    remind.run(post, now=wib(date(2026, 11, 20), 1))
    deliver.run(post, now=wib(date(2026, 11, 20)))
    smtp.received.clear()
    # Asleep from the 27th to the 1st: -3 of both, then -1 and 0 of the first, pass unseen.
    remind.run(post, now=wib(date(2026, 11, 26), 1))
    deliver.run(post, now=wib(date(2026, 11, 26)))
    smtp.received.clear()
    back = date(2026, 12, 2)
    for _ in range(2):
        remind.run(post, now=wib(back))
        deliver.run(post, now=wib(back))
    (mail,) = smtp.to("penyusun@contoh.test")
    assert mail.subject.startswith("2 hal")
    sent = session.execute(
        select(Reminder.subject_id, Reminder.step).where(
            Reminder.planned_on == back, Reminder.stage == ReminderStage.SENT, Reminder.audience == Audience.DEBTOR
        )
    ).all()
    missed = session.execute(
        select(Reminder.subject_id, Reminder.step).where(
            Reminder.planned_on == back, Reminder.stage == ReminderStage.OVERTAKEN, Reminder.audience == Audience.DEBTOR
        )
    ).all()
    session.rollback()
    assert sorted(map(tuple, sent)) == [(first, 0), (second, -1)]
    assert sorted(map(tuple, missed)) == [(first, -3), (first, -1), (second, -3)]


def test_lateness_is_told_alone_to_the_partner_and_in_the_digest_to_the_officer(post, smtp, session, occurrence):
    late = date(2026, 12, 8)
    remind.run(post, now=wib(late))
    deliver.run(post, now=wib(late))
    (partner,) = smtp.to("penyusun@contoh.test")
    (officer,) = smtp.to("petugas@contoh.test")
    assert partner.subject.startswith("Terlambat 7 hari: ")
    assert "seharusnya kami terima" in partner.text
    assert "Yayasan Debitur" in officer.text


def enqueue(session, account_email="penyusun@contoh.test", slot="uji"):
    account = session.scalars(select(Account).where(Account.email == account_email)).one()
    values = {
        "report_code": "8K2M-7Q4D",
        "title": "Laporan",
        "period_key": "2026-S1",
        "agreement_code": "PKS-2024-0001",
        "agreement_title": "Rehabilitasi",
        "path": "/mitra/laporan/8K2M-7Q4D",
        "decided_on": "2026-11-24",
    }
    made = notices.enqueue(
        session, template="report_accepted", account=account, values=values, slot=slot, now=wib(TUESDAY)
    )
    session.commit()
    return made


def test_a_refused_address_is_dead_at_once_and_flagged(post, smtp, session):
    enqueue(session)
    smtp.refuse["penyusun@contoh.test"] = "550 5.1.1 unknown"
    deliver.run(post, now=wib(TUESDAY))
    (row,) = messages(session)
    assert (row.stage, row.tries) == (MessageStage.DEAD, 1)
    assert "550" in row.last_error
    flagged = session.scalars(select(Account).where(Account.email == "penyusun@contoh.test")).one()
    assert flagged.mail_refused_at is not None


def test_a_busy_server_is_tried_again_with_growing_pauses_and_given_up_after_three_days(post, smtp, session):
    enqueue(session)
    key = messages(session)[0].message_id
    moment, pauses = wib(TUESDAY), []
    while messages(session)[0].stage is MessageStage.PENDING:
        smtp.answers.append("451 4.3.0 later")
        deliver.run(post, now=moment)
        row = messages(session)[0]
        pauses.append(row.next_try_at - moment)
        moment = row.next_try_at
    assert row.stage is MessageStage.DEAD
    assert row.tries >= 8
    assert row.message_id == key
    assert timedelta(hours=60) < moment - wib(TUESDAY) <= timedelta(hours=84)
    assert timedelta(seconds=30) <= pauses[0] <= timedelta(seconds=91)
    assert max(pauses) <= timedelta(hours=6, seconds=10)
    assert pauses[5] > 4 * pauses[0]


def test_after_a_busy_answer_the_same_mail_goes_through(post, smtp, session):
    enqueue(session)
    smtp.answers.append("451 4.3.0 later")
    deliver.run(post, now=wib(TUESDAY))
    key = messages(session)[0].message_id
    deliver.run(post, now=wib(TUESDAY, 9))
    assert [mail.message_id for mail in smtp.received] == [f"<{key}@localhost>"]


def test_a_server_that_is_away_is_no_loss(make_app, session, occurrence, smtp):
    app = make_app(smtp=Smtp(host="127.0.0.1", port=1, tls="none"))
    enqueue(session)
    deliver.run(app, now=wib(TUESDAY))
    assert messages(session)[0].stage is MessageStage.PENDING


def test_a_mail_that_cannot_be_made_is_dead_and_stops_no_other(post, smtp, session):
    enqueue(session, slot="satu").values = {"title": "tanpa isian lain"}
    enqueue(session, slot="dua")
    deliver.run(post, now=wib(TUESDAY))
    broken, whole = messages(session)
    assert (broken.stage, whole.stage) == (MessageStage.DEAD, MessageStage.SENT)
    assert "undefined" in broken.last_error
    assert len(smtp.received) == 1


def test_two_workers_never_hold_the_same_message(session, occurrence):
    for number in range(30):
        enqueue(session, slot=f"uji-{number}")
    minutes = timedelta(minutes=5)
    first = outbox.claim(session, worker="a", lease=minutes, now=wib(TUESDAY, 9))
    second = outbox.claim(session, worker="b", lease=minutes, now=wib(TUESDAY, 9))
    assert (len(first), len(second)) == (20, 10)
    assert not set(first) & set(second)
    assert outbox.claim(session, worker="c", lease=minutes, now=wib(TUESDAY, 23)) == ()
    assert outbox.give_back(session, first, worker="b") == 0
    assert outbox.give_back(session, first, worker="a") == 20


def test_a_lease_that_ran_out_is_taken_over(session, occurrence):
    enqueue(session)
    gone = outbox.claim(session, worker="a", lease=timedelta(seconds=-1), now=wib(TUESDAY, 9))
    taken = outbox.claim(session, worker="b", lease=timedelta(minutes=5), now=wib(TUESDAY, 9))
    assert gone == taken != ()
    assert not outbox.mark_sent(session, gone[0], worker="a", now=wib(TUESDAY, 9), forget_secrets=False)
    assert outbox.mark_sent(session, taken[0], worker="b", now=wib(TUESDAY, 9), forget_secrets=False)


def test_the_same_notice_twice_a_day_is_one_message(session, occurrence):
    assert enqueue(session) is not None
    assert enqueue(session) is None
    assert len(messages(session)) == 1
