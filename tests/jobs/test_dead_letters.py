"""A mail that does not arrive: staff see it after the tick that tried it, and what they send again is the same mail."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.config import Smtp
from portal.domain.policy import Role
from portal.domain.reminder import MessageStage, ReminderStage
from portal.jobs import deliver, worker
from portal.models import Account, Message, Reminder
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar

TUESDAY = date(2026, 11, 24)
"""Seven days before the report is due."""
READER = "penyusun@contoh.test"


@pytest.fixture
def ticker(make_app, smtp, session, clock):
    """A worker that sends to the test's SMTP server; a report of a partner is due in seven days."""
    clock.set(TUESDAY)
    make_calendar(session)
    ministry, debtor = make_ministry(session), make_partner(session)
    make_account(session, Role.PARTNER_WRITER, debtor, email=READER)
    make_occurrence(session, make_obligation(session, make_agreement(session, (ministry, debtor), ends_on=None)))
    session.commit()
    app = make_app(smtp=Smtp(host=smtp.host, port=smtp.port, tls="none"))
    yield worker.Ticker(app)
    deliver.transport(app).close()


def message(session):
    session.expire_all()
    found = session.scalars(select(Message)).one()
    session.rollback()
    return found


def test_a_refused_mail_is_seen_after_one_tick_and_sent_again_as_the_same_mail(ticker, smtp, session, clock, as_staff):
    smtp.refuse[READER] = "550 5.1.1 unknown"
    officer = as_staff()
    session.commit()
    ticker.tick()
    dead = message(session)
    assert (dead.stage, dead.tries) == (MessageStage.DEAD, 1)
    assert "1 surel gagal terkirim" in officer.page("staff.home.show").main
    assert "550 5.1.1 unknown" in officer.page("staff.reminders.index", tab="gagal").main
    assert "Gagal 1" in " ".join(officer.page("staff.jobs.index").main.split())
    smtp.refuse.clear()
    clock.advance(minutes=1)
    ticker.tick()
    assert smtp.received == []
    failed = officer.page("staff.reminders.index", tab="gagal")
    officer.submit(officer.read(failed.link("Kirim ulang")), "Kirim ulang")
    session.commit()
    clock.advance(minutes=1)
    ticker.tick()
    (mail,) = smtp.received
    assert mail.message_id == f"<{dead.message_id}@localhost>"
    assert message(session).stage is MessageStage.SENT
    assert session.scalars(select(Reminder.stage)).all() == [ReminderStage.SENT]
    assert session.scalars(select(Account.mail_refused_at).where(Account.email == READER)).one() is None
    session.rollback()
    assert "gagal terkirim" not in officer.page("staff.home.show").main


def test_a_mail_that_waits_for_its_next_try_is_seen_after_one_tick_and_may_be_sent_at_once(
    ticker, smtp, session, clock, as_staff
):
    smtp.answers.append("451 4.3.0 later")
    officer = as_staff()
    session.commit()
    ticker.tick()
    waiting = message(session)
    assert (waiting.stage, waiting.tries) == (MessageStage.PENDING, 1)
    failing = officer.page("staff.reminders.index", tab="gagal")
    assert "451 4.3.0 later" in failing.main
    assert "Menunggu waktunya 1" in " ".join(officer.page("staff.jobs.index").main.split())
    ticker.tick()
    assert smtp.received == []
    officer.submit(officer.read(failing.link("Kirim ulang")), "Kirim ulang")
    session.commit()
    ticker.tick()
    assert [mail.message_id for mail in smtp.received] == [f"<{waiting.message_id}@localhost>"]
