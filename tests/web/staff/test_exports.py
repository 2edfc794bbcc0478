"""Excel files of the list of duties and of the book of reminders: what the page shows, for who may see it."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from openpyxl import load_workbook

from portal.domain.obligation import OccurrenceStage
from portal.domain.organisation import Zone
from portal.domain.policy import Role
from portal.domain.reminder import MessageStage
from portal.models import Account, Occurrence, Reminder
from portal.queries.obligation_list import AT_ONCE
from portal.services import notices, reminders
from portal.web.staff.sheet_limit import limited
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW
from tests.harness.databases import statements

TUESDAY = date(2026, 11, 24)
DUE = datetime(2026, 12, 1)  # noqa: DTZ001 - as Excel has it


@pytest.fixture
def occurrence(session, clock):
    """A report due on Tuesday 1 December 2026; today is a week before. Its title would be a formula."""
    clock.set(datetime(2026, 11, 24, 9, tzinfo=Zone.WIB.timezone).astimezone(UTC))
    make_calendar(session)
    ministry, debtor = make_ministry(session), make_partner(session, name="Yayasan Debitur")
    officer = make_account(session, Role.OFFICER, ministry, name="Petugas Naskah")
    make_account(session, Role.PARTNER_WRITER, debtor, email="penyusun@contoh.test", name="Bu Penyusun")
    agreement = make_agreement(
        session, (ministry, debtor), officer_id=officer.id, unit_id=ministry.id, ends_on=date(2029, 1, 1)
    )
    return make_occurrence(session, make_obligation(session, agreement, title="=Laporan keuangan"))


def sheets(visitor, endpoint, **asked):
    """The sheets of a file as rows by heading."""
    answer = visitor.get(endpoint, **asked)
    assert (answer.status_code, answer.mimetype.rpartition(".")[2]) == (200, "sheet")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    found = {}
    for page in load_workbook(io.BytesIO(answer.data)).worksheets:
        headings, *rows = page.iter_rows(values_only=True)
        found[page.title] = [dict(zip(headings, row, strict=True)) for row in rows]
    return found


def duties(visitor, **asked):
    return sheets(visitor, "staff.exports.duties", **asked)["Kewajiban"]


def book(visitor, **asked):
    return sheets(visitor, "staff.exports.reminders", **asked)


def test_the_list_of_duties_says_who_owes_what_until_when(as_staff, occurrence):
    [row] = duties(as_staff())
    told = {name: row[name] for name in ("Kewajiban", "Pasal", "Yang wajib", "Tenggat", "Sisa hari", "Keadaan")}
    assert told == {
        "Kewajiban": "=Laporan keuangan",
        "Pasal": "Pasal 7 ayat (2)",
        "Yang wajib": "Yayasan Debitur",
        "Tenggat": DUE,
        "Sisa hari": 7,
        "Keadaan": "Segera",
    }
    assert row["Kode naskah"] == occurrence.obligation.agreement.code


def test_the_file_follows_the_filters_and_the_order_of_the_page(as_staff, session, occurrence):
    for days in (-9, 40):
        make_occurrence(
            session, occurrence.obligation, due_on=TUESDAY + timedelta(days=days), period_key=f"event-{days + 10}"
        )
    make_occurrence(session, occurrence.obligation, stage=OccurrenceStage.MET, period_key="event-99")
    officer = as_staff()
    assert [row["Sisa hari"] for row in duties(officer)] == [-9, 7, 40, None]
    assert [row["Sisa hari"] for row in duties(officer, keadaan="terlambat")] == [-9]
    assert duties(officer, naskah="PKS-1999-0001") == []


def test_all_pages_come_however_many_are_read_at_once(as_staff, session, occurrence):
    values = {"obligation_id": occurrence.obligation_id, "agreement_id": occurrence.agreement_id}
    stamp = {"stage": OccurrenceStage.OPEN, "created_at": NOW, "updated_at": NOW}
    last = AT_ONCE + 1
    for number in range(1, last + 1):
        due_on = TUESDAY + timedelta(days=7 + number)
        session.add(Occurrence(**values, **stamp, period_key=f"event-{number}", due_on=due_on))
    days = [row["Sisa hari"] for row in duties(as_staff())]
    assert days == list(range(7, 8 + last))


@pytest.mark.sqlite_only
@pytest.mark.parametrize("endpoint", ["staff.exports.duties", "staff.exports.reminders"])
def test_more_rows_ask_no_more_often(as_staff, session, occurrence, clock, endpoint):
    reminders.sweep(session, now=clock.now)
    officer = as_staff()

    def asked():
        sheets(officer, endpoint)
        with statements() as ran:
            found = sheets(officer, endpoint)
        return len(ran), sum(map(len, found.values()))

    before = asked()
    for number in range(1, 40):
        make_occurrence(session, occurrence.obligation, period_key=f"event-{number}", due_on=TUESDAY)
    reminders.replan(session, agreement_id=occurrence.agreement_id, now=clock.now)
    after = asked()
    assert after[0] == before[0]
    assert after[1] >= before[1] + 39


def test_a_list_that_is_cut_says_so(app):
    with app.test_request_context():
        assert list(limited([["a"], ["b"]], most=2)) == [["a"], ["b"]]
        kept, said = limited([["a"], ["b"]], most=1)
    assert (kept, said) == (["a"], ["Hanya 1 baris pertama. Persempit saringan untuk mengunduh sisanya."])


def test_the_plan_says_why_in_words_and_what_will_come(as_staff, session, occurrence, clock):
    reminders.sweep(session, now=clock.now)
    rows = book(as_staff())["Rencana"]
    assert (rows[0]["Kepada"], rows[0]["Alamat"]) == ("Bu Penyusun", "penyusun@contoh.test")
    assert (rows[0]["Perihal"], rows[0]["Langkah"], rows[0]["Tanggal sasaran"]) == ("=Laporan keuangan", "H-7", DUE)
    assert "Selasa, 1 Desember 2026 − 7 hari = Selasa, 24 November 2026." in rows[0]["Mengapa"]
    ahead = [row for row in rows if row["Keadaan"] == "Akan datang"]
    assert "Hari itu libur, jadi digeser ke Jumat, 27 November 2026." in ahead[0]["Mengapa"]
    assert [row["Kapan (WIB)"] for row in rows] == sorted(row["Kapan (WIB)"] for row in rows)


def test_mails_stand_by_reminder_with_the_answer_of_the_server(as_staff, session, occurrence, clock):
    reminders.sweep(session, now=clock.now)
    reminder = session.query(Reminder).one()
    values = dict.fromkeys(notices.NEEDS["report_accepted"], "x")
    account = session.get(Account, reminder.account_id)
    asked = {"template": "report_accepted", "account": account, "values": values, "slot": "uji", "now": clock.now}
    message = notices.enqueue(session, **asked)
    message.stage, message.subject, message.last_error = MessageStage.DEAD, "1 tenggat", "550 5.1.1 unknown"
    reminder.message_id = message.id
    found = book(as_staff())
    [row] = found["Gagal"]
    assert (row["Perihal"], row["Perihal surel"], row["Keadaan"]) == (
        "=Laporan keuangan",
        "1 tenggat",
        "Gagal",
    )
    assert "550 5.1.1 unknown" in row["Mengapa"]
    assert row["Kapan (WIB)"] == datetime(2026, 11, 24, 9)  # noqa: DTZ001 - as Excel has it
    assert found["Terkirim"] == []


def test_what_was_passed_over_says_why_and_filters_hold_on_every_sheet(as_staff, session, occurrence, clock):
    reminders.sweep(session, now=clock.now)
    occurrence.stage = OccurrenceStage.MET
    reminders.replan(session, agreement_id=occurrence.agreement_id, now=clock.now)
    officer = as_staff()
    [row] = book(officer)["Dilewati"]
    assert "Tidak dikirim: sudah selesai." in row["Mengapa"]
    assert set(map(tuple, map(list, book(officer, orang="tidak ada").values()))) == {()}


def test_restricted_agreements_stay_restricted(as_staff, session, occurrence, clock):
    occurrence.obligation.agreement.is_confidential = True
    reminders.sweep(session, now=clock.now)
    admin = as_staff(Role.ADMIN)
    assert duties(admin) == []
    assert {row["Perihal"] for row in book(admin)["Rencana"]} == {"Naskah dibatasi"}


@pytest.mark.parametrize("endpoint", ["staff.exports.duties", "staff.exports.reminders"])
def test_partners_find_neither(as_partner, occurrence, endpoint):
    partner = as_partner(occurrence.obligation.agreement.parties[1].organisation)
    assert partner.get(endpoint).status_code == 404


def test_the_pages_offer_the_file_with_their_filters(as_staff, occurrence):
    officer = as_staff()
    page = officer.page("staff.obligations.index", keadaan="terlambat")
    assert page.link("Unduh Excel").endswith("/kewajiban/unduh?keadaan=terlambat")
    page = officer.page("staff.reminders.index", tab="gagal", orang="bu")
    assert "orang=bu" in page.link("Unduh Excel")
