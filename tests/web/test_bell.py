"""The bell: what came and is still open, counted in the header, opened by a button, never anybody else's."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.dates import office_date
from portal.domain.obligation import OccurrenceStage
from portal.domain.policy import Role
from portal.models import Account, Message, Reminder
from portal.queries import bell
from portal.services import notices, reminders
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar
from tests.harness.databases import statements

TUESDAY, FRIDAY = date(2026, 11, 24), date(2026, 11, 27)


@pytest.fixture
def occurrence(session, clock):
    """A report due on 1 December; its step H-7 has come for the partner's writer."""
    clock.set(TUESDAY)
    make_calendar(session)
    ministry, debtor = make_ministry(session), make_partner(session, name="Yayasan Debitur")
    officer = make_account(session, Role.OFFICER, ministry, email="petugas@contoh.test", name="Petugas Naskah")
    make_account(session, Role.PARTNER_WRITER, debtor, email="penyusun@contoh.test", name="Bu Penyusun")
    agreement = make_agreement(session, (ministry, debtor), officer_id=officer.id, ends_on=date(2029, 1, 1))
    found = make_occurrence(session, make_obligation(session, agreement, title="Laporan keuangan"))
    reminders.sweep(session, now=clock.now)
    return found


def account(session, email="penyusun@contoh.test"):
    return session.scalars(select(Account).where(Account.email == email)).one()


def unread(session, clock, email="penyusun@contoh.test"):
    session.expire_all()
    return bell.unread(session, account(session, email).id, now=clock.now, today=office_date(clock.now))


def notify(session, clock, email, **values):
    known = dict.fromkeys(notices.NEEDS["report_accepted"], "x") | {"title": "Laporan lama", "path": "/mitra/laporan"}
    notices.enqueue(
        session, template="report_accepted", account=account(session, email), values=known, slot="uji", now=clock.now
    )


def test_a_partner_reads_opens_and_empties_the_bell(as_account, session, occurrence, clock):
    notify(session, clock, "penyusun@contoh.test")
    writer = as_account(account(session))
    page = writer.page("partner.bell.index")
    assert "Lonceng: 2 belum dibaca" in page.text
    assert "Laporan diterima: Laporan lama" in page.main
    answer = writer.send(page, "Buka Laporan keuangan")
    assert answer.headers["Location"] == "/mitra/laporan"
    assert unread(session, clock) == 1
    left = writer.submit(writer.page("partner.bell.index"), "Tandai semua sudah dibaca")
    assert unread(session, clock) == 0
    assert "belum dibaca" not in left.text


def test_only_the_newest_step_of_what_is_open_stands_under_the_bell(session, occurrence, clock):
    assert unread(session, clock) == 1
    clock.set(FRIDAY)
    reminders.sweep(session, now=clock.now)
    assert unread(session, clock) == 1
    occurrence.stage = OccurrenceStage.MET
    session.flush()
    assert unread(session, clock) == 0


def test_a_digest_is_no_notice(session, occurrence, clock):
    notify(session, clock, "penyusun@contoh.test")
    assert unread(session, clock) == 2
    session.scalars(select(Message)).one().template = "digest_partner"
    session.flush()
    assert unread(session, clock) == 1


def test_nobody_opens_what_was_told_to_somebody_else(app, as_account, session, occurrence, clock):
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    notify(session, clock, "penyusun@contoh.test")
    number, key = session.scalars(select(Reminder.id)).one(), session.scalars(select(Message.message_id)).one()
    stranger = make_account(session, Role.PARTNER_WRITER, make_partner(session, name="Lembaga Lain"))
    colleague = make_account(session, Role.PARTNER_WRITER, account(session).organisation)
    for person in (stranger, colleague):
        visitor = as_account(person)
        assert "Laporan" not in visitor.page("partner.bell.index").one("//*[@id='isi']").text_content()
        assert visitor.post("partner.bell.open_reminder", number=number).status_code == 404
        assert visitor.post("partner.bell.open_notice", key=key).status_code == 404
    officer = as_account(account(session, "petugas@contoh.test"))
    assert officer.post("staff.bell.open_reminder", number=number).status_code == 404
    assert unread(session, clock) == 2


def test_the_number_costs_one_statement(session, occurrence, clock):
    with statements() as asked:
        unread(session, clock)
    assert sum("reminder" in each for each in asked) == 1


def test_the_bell_of_the_office_begins_with_the_numbers_of_the_first_page(as_account, session, occurrence, clock):
    clock.set(date(2026, 12, 8))
    reminders.sweep(session, now=clock.now)
    officer = as_account(account(session, "petugas@contoh.test"))
    assert "1 terlambat, 0 dalam 7 hari ke depan, 0 menunggu telaah." in officer.page("staff.bell.index").main
    assert "Ada 1 hal terlambat dan 0 tenggat" in officer.page("staff.home.show").main
