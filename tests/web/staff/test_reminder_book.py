"""The book of reminders shows what is planned, sent, failed and passed over, and why."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.domain.obligation import OccurrenceStage
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


def wib(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=Zone.WIB.timezone).astimezone(UTC)


TUESDAY = date(2026, 11, 24)
LETTERHEAD = Letterhead(
    base_url="http://localhost",
    office_name="Kementerian Sosial",
    sender="simpul@contoh.test",
    reply_to="kerjasama@contoh.test",
    help_phone=None,
)


@pytest.fixture
def occurrence(session, clock):
    """A report due on Tuesday 1 December 2026; today is a week before."""
    clock.set(TUESDAY)
    make_calendar(session)
    ministry, debtor = make_ministry(session), make_partner(session, name="Yayasan Debitur")
    officer = make_account(session, Role.OFFICER, ministry, name="Petugas Naskah")
    make_account(session, Role.PARTNER_WRITER, debtor, email="penyusun@contoh.test", name="Bu Penyusun")
    agreement = make_agreement(
        session, (ministry, debtor), officer_id=officer.id, unit_id=ministry.id, ends_on=date(2029, 1, 1)
    )
    return make_occurrence(session, make_obligation(session, agreement, title="Laporan keuangan"))


@pytest.fixture
def sent(session, occurrence, clock):
    """The reminder of today has been planned, put into a digest and sent."""
    reminders.sweep(session, now=clock.now)
    calendar = calendar_days.working_calendar(session)
    digests.gather(session, now=clock.now, calendar=calendar)
    (message_id,) = outbox.claim(session, worker="uji", lease=timedelta(minutes=5), now=clock.now)
    desk = filling.Desk(worker="uji", letterhead=LETTERHEAD, now=clock.now, calendar=calendar)
    (mail,) = filling.prepare(session, [message_id], desk=desk)
    letter = mail.letter(LETTERHEAD)
    assert outbox.mark_sent(session, message_id, worker="uji", now=clock.now, forget_secrets=True, letter=letter)
    session.expire_all()
    return session.get(Message, message_id)


def test_the_plan_shows_what_waits_and_what_will_come(as_staff, session, occurrence, clock):
    reminders.sweep(session, now=clock.now)
    page = as_staff().page("staff.reminders.index")
    assert "Laporan keuangan" in page.main
    assert "Bu Penyusun" in page.main
    assert "Selasa, 1 Desember 2026 − 7 hari = Selasa, 24 November 2026." in page.main
    # Three days before is a Saturday: the sum says so.
    assert "Hari itu libur, jadi digeser ke Jumat, 27 November 2026." in page.main
    assert "Akan datang" in page.main


def test_a_sent_mail_says_why(as_staff, sent):
    page = as_staff().page("staff.reminders.index", tab="terkirim")
    assert "7 hari lagi: Laporan keuangan" in page.main
    assert "Aturan: Tenggat kewajiban, 7 hari sebelumnya, untuk Pihak yang wajib." in page.main
    assert "penyusun@contoh.test" in page.main


def test_what_was_passed_over_says_why(as_staff, session, occurrence, clock):
    reminders.sweep(session, now=clock.now)
    occurrence.stage = OccurrenceStage.MET
    reminders.replan(session, agreement_id=occurrence.agreement_id, now=clock.now)
    page = as_staff().page("staff.reminders.index", tab="dilewati")
    assert "Tidak dikirim: sudah selesai." in page.main


def make_dead(session, clock):
    """A mail that the server refused for good."""
    account = session.scalars(select(Account).where(Account.email == "penyusun@contoh.test")).one()
    values = dict.fromkeys(notices.NEEDS["report_accepted"], "x")
    message = notices.enqueue(
        session, template="report_accepted", account=account, values=values, slot="uji", now=clock.now
    )
    message.stage, message.tries, message.first_failed_at = MessageStage.DEAD, 1, clock.now
    message.last_error, message.subject = "550 5.1.1 unknown", "Laporan diterima: uji"
    account.mail_refused_at = clock.now
    session.flush()
    return message


def test_a_failed_mail_shows_the_answer_and_is_resent_after_a_question(as_staff, session, occurrence, clock):
    message = make_dead(session, clock)
    officer = as_staff()
    page = officer.page("staff.reminders.index", tab="gagal")
    assert "550 5.1.1 unknown" in page.main
    key = message.message_id
    question = officer.read(page.link("Kirim ulang"))
    assert "penyusun@contoh.test" in question.main
    assert session.get(Message, message.id).stage is MessageStage.DEAD
    officer.submit(question, "Kirim ulang")
    session.refresh(message)
    assert (message.stage, message.message_id) == (MessageStage.PENDING, key)
    assert session.get(Account, message.account_id).mail_refused_at is None


def test_a_mail_that_did_not_fail_is_not_resent(as_staff, sent):
    officer = as_staff()
    question = officer.page("staff.reminders.resend", key=sent.message_id)
    answer = officer.submit(question, "Kirim ulang", expect=422)
    assert "tidak gagal" in answer.main


def test_only_officers_and_admins_resend(as_staff, session, occurrence, clock):
    message = make_dead(session, clock)
    head = as_staff(Role.HEAD)
    assert "Kirim ulang" not in head.page("staff.reminders.index", tab="gagal").main
    assert head.get("staff.reminders.resend", key=message.message_id).status_code == 403


@pytest.mark.parametrize(
    ("link", "button", "stage"),
    [
        ("Lepaskan", "Lepaskan pengingat", ReminderStage.PLANNED),
        ("Jangan kirim", "Batalkan pengingat", ReminderStage.CANCELLED),
    ],
)
def test_what_the_brake_held_is_released_or_declined_after_a_question(
    as_staff, session, occurrence, clock, link, button, stage
):
    reminders.sweep(session, now=clock.now - timedelta(days=20))
    reminders.sweep(session, now=clock.now)
    held = session.scalars(select(Reminder).where(Reminder.stage == ReminderStage.HELD)).one()
    officer = as_staff()
    page = officer.page("staff.reminders.index")
    assert "1 pengingat ditahan" in page.main
    officer.submit(officer.read(page.link(link)), button)
    session.refresh(held)
    assert held.stage is stage


def test_a_debtor_whom_nobody_can_write_to_is_shown(as_staff, session, occurrence, clock):
    session.scalars(select(Account).where(Account.email == "penyusun@contoh.test")).one().is_active = False
    page = as_staff().page("staff.reminders.index")
    assert "Tidak ada yang dapat diberi tahu" in page.main
    assert "Yayasan Debitur" in page.main


def test_filters_stand_in_the_address(as_staff, session, occurrence, clock):
    reminders.sweep(session, now=clock.now)
    officer = as_staff()
    assert "Laporan keuangan" in officer.page("staff.reminders.index", orang="penyusun").main
    assert "Tidak ada yang cocok" in officer.page("staff.reminders.index", orang="tidak ada").main
    assert "Tidak ada yang cocok" in officer.page("staff.reminders.index", naskah="PKS-1999-0001").main
    assert "tidak dikenal" in officer.page("staff.reminders.index", tab="entah").main


def test_the_strip_tells_when_the_planner_ran_and_turns_red_when_that_is_long_ago(as_staff, session, occurrence, clock):
    assert "belum pernah berjalan" in as_staff().page("staff.reminders.index").main
    reminders.sweep(session, now=clock.now)
    assert "24 Nov 2026, 09.00 WIB" in as_staff().page("staff.reminders.index").main
    clock.advance(hours=27)
    page = as_staff().page("staff.reminders.index")
    assert page.all("//*[contains(@class, 'flash-bad')]")


def test_an_admin_does_not_read_restricted_titles(as_staff, session, occurrence, clock):
    occurrence.obligation.agreement.is_confidential = True
    reminders.sweep(session, now=clock.now)
    page = as_staff(Role.ADMIN).page("staff.reminders.index")
    assert "Laporan keuangan" not in page.main
    assert "Naskah dibatasi" in page.main


def test_the_mailbox_shows_text_with_links_and_html_as_words(as_staff, sent):
    officer = as_staff()
    page = officer.read(officer.page("staff.mailbox.index").link("7 hari lagi"))
    assert "Bu Penyusun" in page.main
    assert page.all("//main//a[@href='/mitra/laporan']")
    assert "<h1 style=" in page.one("//pre").text


def test_the_mailbox_is_shut_where_mail_goes_to_a_server(make_app, session, occurrence, as_staff):
    from portal.config import Smtp
    from tests.harness.visitors import Visitor

    officer = as_staff()
    other = make_app(smtp=Smtp(host="127.0.0.1", port=1, tls="none"))
    visitor = Visitor(other, session, officer.account, officer.cookies[0][1])
    assert visitor.get("staff.mailbox.index").status_code == 404


def test_no_tab_runs_more_statements_for_more_rows(as_staff, session, occurrence, clock):
    officer = as_staff()

    def count(tab):
        with statements() as ran:
            officer.page("staff.reminders.index", tab=tab)
        return len(ran)

    reminders.sweep(session, now=clock.now)
    few = {tab: count(tab) for tab in ("rencana", "terkirim", "gagal", "dilewati")}
    for number in range(30):
        key = (date(2000, 1, 1) + timedelta(days=number)).isoformat()
        make_occurrence(session, occurrence.obligation, period_key=key)
    reminders.sweep(session, now=clock.now + timedelta(minutes=1))
    assert all(count(tab) <= few[tab] for tab in few)
