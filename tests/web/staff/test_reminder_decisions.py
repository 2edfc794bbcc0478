"""Pages of single reminders and single people: decisions from the book, the mail beforehand, and why nothing came."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.domain.reminder import ReminderStage
from portal.models import Account, Reminder
from portal.services import reminders
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def occurrence(session, clock):
    """A report due on 1 December; its step H-7 has been planned for the partner's writer."""
    clock.set(TUESDAY)
    make_calendar(session)
    ministry, debtor = make_ministry(session), make_partner(session, name="Yayasan Debitur")
    officer = make_account(session, Role.OFFICER, ministry, name="Petugas Naskah")
    make_account(session, Role.PARTNER_WRITER, debtor, email="penyusun@contoh.test", name="Bu Penyusun")
    agreement = make_agreement(session, (ministry, debtor), officer_id=officer.id, ends_on=date(2029, 1, 1))
    found = make_occurrence(session, make_obligation(session, agreement, title="Laporan keuangan"))
    reminders.sweep(session, now=clock.now)
    return found


def writer(session):
    return session.scalars(select(Account).where(Account.email == "penyusun@contoh.test")).one()


def test_an_officer_declines_a_waiting_reminder_from_the_book(as_staff, session, occurrence):
    officer = as_staff()
    page = officer.read(officer.page("staff.reminders.index").link("Atur penyusun@contoh.test"))
    assert "7 hari lagi: Laporan keuangan" in page.main
    refused = officer.submit(page, "Simpan keputusan", {"act": "jangan"}, expect=422)
    assert "Tulis alasannya" in refused.main
    officer.submit(refused, "Simpan keputusan", {"act": "jangan", "reason": "Sudah lewat telepon."})
    assert session.scalars(select(Reminder.stage)).one() is ReminderStage.CANCELLED
    passed_over = officer.page("staff.reminders.index", tab="dilewati")
    assert "Sudah lewat telepon." in passed_over.main


def test_an_officer_declines_a_step_that_has_not_come(as_staff, session, occurrence):
    officer = as_staff()
    path = officer.page("staff.reminders.index").all("//a[contains(@href, 'akan-datang/kewajiban')]/@href")[0]
    page = officer.read(path)
    assert "Bu Penyusun (penyusun@contoh.test)" in page.main
    officer.submit(page, "Jangan kirim", {"reason": "Laporan sudah dijanjikan."})
    declined = session.scalars(select(Reminder).where(Reminder.stage == ReminderStage.CANCELLED)).one()
    assert declined.step == -3


def test_the_mail_beforehand_can_be_opened_in_a_mail_program(as_staff, occurrence, session):
    number = session.scalars(select(Reminder.id)).one()
    answer = as_staff().get("staff.reminder_decisions.mail", number=number)
    assert answer.mimetype == "message/rfc822"
    assert b"To: Bu Penyusun <penyusun@contoh.test>" in answer.data


def test_the_book_is_filtered_by_kind(as_staff, occurrence):
    officer = as_staff()
    assert "Laporan keuangan" in officer.page("staff.reminders.index", jenis="kewajiban").main
    assert "Laporan keuangan" not in officer.page("staff.reminders.index", jenis="akhir-masa").main


def test_the_page_of_a_person_says_what_came_and_what_will(as_staff, occurrence, session):
    page = as_staff().page("staff.reminder_people.show", number=writer(session).id)
    assert "Laporan keuangan" in page.main
    assert "Tidak ada pengingat dalam 90 hari terakhir." in page.main
    assert "7 hari sebelum 1 Des 2026" in page.main
    assert "Sesudah itu: 27 Nov 2026, 30 Nov 2026, 1 Des 2026, 8 Des 2026, dan 10 kali lagi." in page.main


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "Pengingat berikutnya 27 November 2026 (3 hari sebelumnya)."),
        ({"is_active": False}, "Akun ini ditutup"),
        ({"mail_refused_at": "now"}, "Server surel menolak alamat ini"),
    ],
)
def test_the_answer_says_when_somebody_hears_or_what_keeps_them(as_staff, occurrence, session, clock, change, said):
    account = writer(session)
    for name, value in change.items():
        setattr(account, name, clock.now if value == "now" else value)
    code = occurrence.obligation.agreement.code
    assert said in as_staff().page("staff.reminder_people.show", number=account.id, naskah=code).main


def test_the_answer_names_who_is_no_recipient(as_staff, occurrence, session):
    other = make_account(session, Role.LEGAL, make_ministry(session), name="Ahli Hukum")
    code = occurrence.obligation.agreement.code
    page = as_staff().page("staff.reminder_people.show", number=other.id, naskah=code)
    assert "Ahli Hukum bukan penerima pengingat ini" in page.main
    page = as_staff().page("staff.reminder_people.show", number=other.id, naskah="PKS-1999-0001")
    assert "Naskah PKS-1999-0001 tidak ditemukan." in page.main


def test_a_partner_reads_their_own_book_and_no_other(as_account, occurrence, session):
    stranger = make_account(session, Role.PARTNER_WRITER, make_partner(session, name="Lembaga Lain"))
    code = occurrence.obligation.agreement.code
    mine = as_account(writer(session)).page("partner.reminders.index", naskah=code)
    assert "Laporan keuangan" in mine.main
    assert "Bu Penyusun menerimanya sebagai: Pihak yang wajib." in mine.main
    theirs = as_account(stranger).page("partner.reminders.index", naskah=code)
    assert "Laporan keuangan" not in theirs.main
    assert f"Naskah {code} tidak ditemukan." in theirs.main


def test_the_page_of_an_agreement_shows_its_next_90_days(as_staff, occurrence):
    officer = as_staff()
    page = officer.page("staff.agreements.show", code=occurrence.obligation.agreement.code)
    shown = page.one("//section[@id='pengingat']").text_content()
    assert "Laporan keuangan (H-7)" in shown
    assert "27 Nov 2026 Laporan keuangan (H-3)" in shown
    assert shown.count("Laporan keuangan (H-7)") == 1, "one line for a step, whoever hears it"
