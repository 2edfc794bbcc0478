"""Reports filled in away from the portal: the workbook goes out, comes back, and is judged cell by cell."""

import io
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal.domain.policy import Role
from portal.domain.report import ReportStage
from portal.domain.report_answers import LONGEST_TEXT
from portal.models import Entry, Report, ReportRound, WorkbookReceipt
from tests.factories import make_agreement, make_obligation, make_occurrence, make_partner, make_report
from tests.harness.databases import POSTGRESQL, SQLITE
from tests.harness.workbooks import Filled

pytestmark = pytest.mark.minutes
MANY = {SQLITE: 200, POSTGRESQL: 80}
"""Rows of the long workbook; the statements are the same for every row."""
WRONG = 20


@pytest.fixture
def obligation(session):
    return make_obligation(session, make_agreement(session))


@pytest.fixture
def partner(obligation):
    return obligation.agreement.parties[1].organisation


@pytest.fixture
def owed(session, obligation):
    """Three reports that are asked for."""
    days = [date(2026, 11, 23) + timedelta(days=n) for n in range(3)]
    return [make_occurrence(session, obligation, period_key=f"event-{n}", due_on=day) for n, day in enumerate(days, 1)]


@pytest.fixture
def visitor(as_partner, partner):
    return as_partner(partner)


def download(visitor):
    answer = visitor.get("partner.offline_packs.download")
    assert answer.status_code == 200
    return Filled(answer.data)


def upload(visitor, content, name="isian-laporan.xlsx", expect=200):
    page = visitor.page("partner.offline_packs.index")
    return visitor.submit(page, "Unggah dan periksa", {"workbook": (io.BytesIO(content), name)}, expect=expect)


def pointed_out(page):
    """The cells that a page names."""
    return sorted(re.findall(r"Laporan!([A-Z]+\d+)", page.main))


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


def seeded(book):
    """Fill in every row and put a fault into twenty of them; return the cells with a fault."""
    for row in range(book.count):
        book.put(row, "narrative", f"Kegiatan ke-{row + 1}: pelatihan menjahit.")
        book.put(row, "beneficiaries", 40 + row)
        book.put(row, "amount_rupiah", "12.500.000")
    numbers = ("enam puluh", 60.5, "60 orang lebih", -4, "1e9", 12_345_678_901)
    faults = [book.put(row, "beneficiaries", value) for row, value in enumerate(numbers)]
    sums = ("dua juta", "12,5", "Rp", "12.50.000")
    faults += [book.put(10 + row, "amount_rupiah", value) for row, value in enumerate(sums)]
    faults += [book.put(20 + row, "beneficiaries", value) for row, value in enumerate(("=6*10", "=A1"))]
    faults += [book.put(30 + row, "narrative", value) for row, value in enumerate((None, "   ", ""))]
    faults += [book.put(40, "narrative", "a" * (LONGEST_TEXT + 1)), book.put(41, "narrative", "=HYPERLINK(1)")]
    faults += [book.put(42, "narrative", "#REF!")]
    book.put(50, "occurrence", book.page[book.place(51, "occurrence")].value)
    book.put(60, "seal", "0" * 24)
    return sorted([*faults, "A53", "A63"])


def test_two_hundred_rows_with_twenty_faults_and_sent_twice(session, database, visitor, obligation):
    many = MANY[database.kind]
    for n in range(many):
        make_occurrence(session, obligation, period_key=f"event-{n}", due_on=date(2026, 11, 1) + timedelta(days=n % 28))
    book = download(visitor)
    assert book.count == many
    faults = seeded(book)
    assert len(faults) == WRONG
    content = book.save()
    check = upload(visitor, content)
    assert pointed_out(check) == faults
    assert count(session, Report) == 0
    done = visitor.submit(check, f"Terima {many - WRONG} baris", {"then": "kirim"})
    assert "TI-" in done.main
    assert pointed_out(done) == faults
    assert count(session, ReportRound) == many - WRONG
    before = {model: count(session, model) for model in (Report, ReportRound, WorkbookReceipt, Entry)}
    again = upload(visitor, content)
    assert again.path == done.path
    assert visitor.open(done.path.replace("tanda-terima", "terima"), method="POST").status_code == 400
    assert {model: count(session, model) for model in before} == before


def test_rows_are_kept_as_drafts_when_that_is_asked(session, visitor, owed):
    book = download(visitor)
    book.put(0, "narrative", "Pelatihan menjahit.")
    book.put(0, "beneficiaries", 60)
    done = visitor.submit(upload(visitor, book.save()), "Terima 1 baris", {"then": "simpan"})
    report = session.scalars(select(Report)).one()
    assert (report.stage, report.occurrence_id) == (ReportStage.DRAFT, owed[0].id)
    assert (report.narrative, report.beneficiaries) == ("Pelatihan menjahit.", 60)
    assert "Laporan disimpan, belum dikirim" in done.main


def test_a_writer_keeps_rows_and_leaves_sending_to_the_responsible_person(session, as_partner, partner, visitor, owed):
    writer = as_partner(partner, Role.PARTNER_WRITER)
    book = download(writer)
    book.put(0, "narrative", "Pelatihan menjahit.")
    check = upload(writer, book.save())
    assert "dikirim oleh penanggung jawab" in check.main
    writer.submit(check, "Terima 1 baris")
    assert session.scalars(select(Report.stage)).one() is ReportStage.DRAFT


def test_a_mended_workbook_is_taken_after_its_first_rows_were(session, visitor, owed):
    book = download(visitor)
    book.put(0, "narrative", "Pelatihan menjahit.")
    book.put(1, "narrative", "Pelatihan memasak.")
    wrong = book.put(1, "beneficiaries", "banyak")
    check = upload(visitor, book.save())
    assert pointed_out(check) == [wrong]
    visitor.submit(check, "Terima 1 baris")
    book.put(1, "beneficiaries", "1.240")
    book.put(0, "obstacles", "Mesin kurang.")
    visitor.submit(upload(visitor, book.save()), "Terima 2 baris")
    first, second = session.scalars(select(Report).order_by(Report.occurrence_id))
    assert (first.obstacles, second.beneficiaries) == ("Mesin kurang.", 1240)


def test_what_stands_in_a_report_is_in_the_workbook(session, visitor, owed):
    make_report(session, owed[1], beneficiaries=60, narrative="=1+1 tertulis apa adanya")
    book = download(visitor)
    cell = book.page[book.place(1, "narrative")]
    assert (cell.value, cell.data_type, cell.protection.locked) == ("=1+1 tertulis apa adanya", "s", False)
    assert book.page[book.place(1, "beneficiaries")].value == "60"
    assert pointed_out(upload(visitor, book.save())) == []


def test_a_row_that_was_changed_in_the_portal_meanwhile_is_refused(session, visitor, owed):
    report = make_report(session, owed[0])
    book = download(visitor)
    book.put(0, "narrative", "Dari buku kerja.")
    report.narrative = "Dari portal."
    session.flush()
    check = upload(visitor, book.save())
    assert pointed_out(check) == ["A3"]
    assert "sudah diubah di portal" in check.main


def test_a_row_of_a_report_that_was_sent_meanwhile_is_refused(session, visitor, owed):
    book = download(visitor)
    book.put(0, "narrative", "Dari buku kerja.")
    make_report(session, owed[0], stage=ReportStage.SUBMITTED)
    check = upload(visitor, book.save())
    assert "sudah dikirim atau tidak perlu lagi" in check.main


def test_a_workbook_of_another_organisation_is_refused(session, as_partner, visitor, owed):
    book = download(visitor)
    book.put(0, "narrative", "Dari buku kerja.")
    page = upload(as_partner(make_partner(session)), book.save(), expect=422)
    assert "bukan untuk lembaga Anda" in page.main
    assert count(session, WorkbookReceipt) == 0


def test_a_workbook_whose_seal_was_changed_is_refused(visitor, owed):
    book = download(visitor)
    book.book["simpul"]["C1"] = "0" * 24
    assert "bukan untuk lembaga Anda" in upload(visitor, book.save(), expect=422).main


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("isian.xlsx", b"", "kosong"),
        ("isian.docx", b"PK\x03\x04", "Pilih buku kerja Excel"),
        ("isian.xlsx", b"PK\x03\x04" + bytes(90), "rusak"),
    ],
)
def test_what_is_no_workbook_is_refused_with_a_sentence(session, visitor, name, content, words):
    assert words in upload(visitor, content, name=name, expect=422).main
    assert count(session, WorkbookReceipt) == 0


def test_a_list_of_other_making_is_refused(visitor):
    book = Filled(download(visitor).save())
    del book.book["simpul"]
    assert "bukan buku kerja dari portal" in upload(visitor, book.save(), expect=422).main


def test_a_receipt_is_not_found_by_another_partner(session, as_partner, visitor, owed):
    book = download(visitor)
    book.put(0, "narrative", "Dari buku kerja.")
    path = upload(visitor, book.save()).path
    stranger = as_partner(make_partner(session))
    assert stranger.open(path).status_code == 404


def test_a_viewer_is_refused_with_the_reason(as_partner, partner):
    answer = as_partner(partner, Role.PARTNER_VIEWER).get("partner.offline_packs.download")
    assert answer.status_code == 403
    assert "hanya dapat melihat" in answer.get_data(as_text=True)
