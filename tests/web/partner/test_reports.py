"""A partner's report through the pages: begin, step by step, attach, check, send, mend."""

import io

import pytest
from sqlalchemy import select

from portal.domain.obligation import OccurrenceStage
from portal.domain.policy import Role
from portal.domain.report import ReportStage
from portal.models import Occurrence, Report, ReportFile, ReportRound
from tests.factories import make_account, make_agreement, make_obligation, make_occurrence, make_report

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
ACTIVITY = {"narrative": "Pelatihan menjahit.\nUntuk 60 anak."}
NUMBERS, FINANCE = {"beneficiaries": "60"}, {"amount_rupiah": "12.500.000"}


@pytest.fixture
def occurrence(session):
    """A report that the second of three parties owes on 1 December; its agreement has an officer."""
    officer = make_account(session, Role.OFFICER, name="Ratna Wulandari", phone="0812-3456-7890")
    agreement = make_agreement(session, officer_id=officer.id)
    return make_occurrence(session, make_obligation(session, agreement, evidence="Daftar hadir dan foto"))


@pytest.fixture
def partner(occurrence):
    return occurrence.obligation.agreement.parties[1].organisation


@pytest.fixture
def visitor(as_partner, partner):
    return as_partner(partner)


@pytest.fixture
def start(visitor):
    """The first page of the one report that the home page offers."""
    return visitor.submit(visitor.page("partner.home.show"), "Mulai laporan")


@pytest.fixture
def step(visitor, start):
    """Open a step of that report: `step("jumlah")`."""
    return lambda slug: visitor.read(f"{start.path}/{slug}")


@pytest.fixture
def filled(visitor, start, step):
    """The check page of that report, filled in from the first step to the last."""
    page = visitor.submit(step("kegiatan"), "Lanjut", ACTIVITY)
    page = visitor.submit(page, "Lanjut", NUMBERS)
    page = visitor.submit(page, "Lanjut", FINANCE)
    return visitor.submit(page, "Lanjut: periksa dan kirim")


def pdf(name, mark=b""):
    return io.BytesIO(PDF + mark), name


def only_report(session):
    return session.scalars(select(Report)).one()


def test_a_report_goes_from_the_first_page_to_its_receipt(session, visitor, start, occurrence) -> None:
    assert "Daftar hadir dan foto" in start.main
    page = visitor.read(start.link("Mulai mengisi"))
    assert "Langkah 1 dari 5" in page.main
    page = visitor.submit(page, "Lanjut", ACTIVITY)
    assert "Langkah 2 dari 5" in page.main
    page = visitor.submit(page, "Lanjut", NUMBERS)
    page = visitor.submit(page, "Lanjut", FINANCE)
    files = [pdf("daftar.pdf"), pdf("foto.pdf", b"%%EOF")]
    check = visitor.submit(page, "Lanjut: periksa dan kirim", {"files": files})
    assert "Belum dikirim" in check.main
    assert "Rp12.500.000" in check.main
    assert "Ratna Wulandari akan memeriksanya" in check.main
    receipt = visitor.submit(check, "Kirim laporan")
    report = only_report(session)
    assert receipt.path.endswith(f"/mitra/laporan/{report.code}/tanda-terima")
    for words in (f"TT-{report.code}-1", "daftar.pdf, foto.pdf", "60 orang", "paling lama 14 hari kerja"):
        assert words in receipt.main
    assert report.stage is ReportStage.SUBMITTED
    assert session.get(Occurrence, occurrence.id).stage is OccurrenceStage.SUBMITTED


def test_opening_pages_begins_nothing(session, visitor) -> None:
    visitor.page("partner.home.show")
    visitor.page("partner.reports.index")
    assert session.scalars(select(Report)).all() == []


def test_beginning_twice_leads_to_the_same_report(session, visitor) -> None:
    home = visitor.page("partner.home.show")
    first, second = (visitor.submit(home, "Mulai laporan") for _ in range(2))
    assert first.path == second.path
    assert "Lanjutkan laporan" in visitor.page("partner.home.show").main
    assert "0 dari 4 langkah sudah diisi" in visitor.page("partner.home.show").main


def test_every_button_keeps_what_was_typed(session, visitor, start, step) -> None:
    visitor.submit(step("kegiatan"), "Simpan, lanjutkan nanti", ACTIVITY)
    back = visitor.submit(step("jumlah"), "Kembali", NUMBERS)
    assert back.path.endswith("/kegiatan")
    page = visitor.read(start.path)
    assert "Kegiatan Lengkap Jumlah Lengkap Keuangan Belum diisi" in page.main
    assert page.link("Lanjutkan mengisi").endswith("/keuangan")
    assert only_report(session).beneficiaries == 60


def test_a_wrong_number_stays_as_typed_with_its_sentence(visitor, start, step) -> None:
    visitor.submit(step("kegiatan"), "Lanjut", ACTIVITY)
    page = visitor.submit(step("jumlah"), "Lanjut", {"beneficiaries": "enam puluh"})
    assert page.path.endswith("/jumlah#beneficiaries")
    assert page.one("//input[@name='beneficiaries']/@value") == "enam puluh"
    assert "Tulis jumlah penerima dengan angka bulat, misalnya 60." in page.main
    assert visitor.submit(page, "Lanjut").path.endswith("/keuangan")
    assert "Sedang diisi" in visitor.read(start.path).main
    check = visitor.read(f"{start.path}/periksa")
    assert check.link("Tulis jumlah penerima").endswith("/jumlah#beneficiaries")
    refused = visitor.submit(check, "Kirim laporan", expect=422)
    assert refused.title.startswith("Kesalahan:")


def test_a_report_without_activity_is_not_sent(session, visitor, start, step) -> None:
    visitor.submit(step("jumlah"), "Lanjut", NUMBERS)
    refused = visitor.submit(visitor.read(f"{start.path}/periksa"), "Kirim laporan", expect=422)
    assert "Tulis kegiatan yang dilaksanakan" in refused.main
    assert only_report(session).stage is ReportStage.DRAFT


def test_line_ends_are_kept_and_markup_is_text(visitor, start, step) -> None:
    visitor.submit(step("kegiatan"), "Lanjut", {"narrative": "Satu\n<b>dua</b> & tiga"})
    assert "Satu<br>&lt;b&gt;dua&lt;/b&gt; &amp; tiga" in visitor.read(f"{start.path}/periksa").markup


def test_a_good_file_stays_when_another_is_refused(session, visitor, step) -> None:
    page = visitor.submit(
        step("bukti"), "Unggah berkas", {"files": [pdf("daftar.pdf"), (io.BytesIO(b"MZ"), "virus.exe")]}
    )
    assert "Berkas virus.exe tidak dapat dilampirkan. Pilih PDF, Word, Excel, PNG, atau JPG." in page.main
    assert "daftar.pdf" in page.main
    assert page.heading == "Bukti"


def test_files_are_added_taken_off_and_put_back(session, visitor, step) -> None:
    one = visitor.submit(step("bukti"), "Unggah berkas", {"files": pdf("daftar.pdf")})
    none = visitor.submit(one, "Hapus daftar.pdf")
    assert "Berkas daftar.pdf dilepas dari laporan." in none.main
    assert session.scalars(select(ReportFile)).one().removed_at is not None
    back = visitor.submit(none, "Batalkan penghapusan daftar.pdf")
    assert "Berkas daftar.pdf dilampirkan lagi." in back.main
    assert "Dihapus:" not in back.main
    assert session.scalars(select(ReportFile)).one().removed_at is None


def test_uploading_nothing_says_what_to_do_first(visitor, step) -> None:
    assert "Pilih berkas lebih dulu" in visitor.submit(step("bukti"), "Unggah berkas").main


def test_a_file_comes_back_as_an_attachment_that_runs_nothing(visitor, step) -> None:
    page = visitor.submit(step("bukti"), "Unggah berkas", {"files": pdf("Daftar hadir.pdf")})
    answer = visitor.open(page.link("Daftar hadir.pdf"))
    assert answer.data == PDF
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_sending_the_same_check_page_twice_shows_the_same_receipt(session, visitor, filled) -> None:
    first, second = visitor.submit(filled, "Kirim laporan"), visitor.submit(filled, "Kirim laporan")
    assert first.path == second.path
    assert len(session.scalars(select(ReportRound)).all()) == 1


def test_a_check_page_that_is_out_of_date_sends_nothing(session, visitor, filled, step) -> None:
    visitor.submit(step("kegiatan"), "Lanjut", {"narrative": "Lain."})
    visitor.submit(filled, "Kirim laporan", expect=409)
    assert only_report(session).stage is ReportStage.DRAFT


def test_a_returned_report_is_mended_and_sent_again(session, visitor, occurrence) -> None:
    occurrence.stage = OccurrenceStage.RETURNED
    report = make_report(
        session,
        occurrence,
        stage=ReportStage.RETURNED,
        return_reason="Lampirkan daftar hadir.",
        fix_due_on=occurrence.due_on,
    )
    home = visitor.page("partner.home.show")
    assert "Lampirkan daftar hadir." in home.main
    page = visitor.read(home.link("Perbaiki laporan"))
    assert "Dikembalikan (putaran 1)" in page.main
    assert "Kirim lagi paling lambat Selasa, 1 Desember 2026" in page.main
    evidence = visitor.read(page.link("Bukti"))
    check = visitor.submit(evidence, "Lanjut: periksa dan kirim", {"files": pdf("daftar.pdf")})
    receipt = visitor.submit(check, "Kirim laporan")
    assert f"TT-{report.code}-2" in receipt.main
    assert "Putaran 1 dikirim" in receipt.main
    assert "Lampirkan daftar hadir." in receipt.main


@pytest.mark.parametrize("stage", [ReportStage.SUBMITTED, ReportStage.ACCEPTED])
def test_a_report_that_is_not_the_partners_turn_shows_its_receipt(session, visitor, occurrence, stage) -> None:
    report = make_report(session, occurrence, stage=stage)
    for endpoint in ("edit", "check"):
        answer = visitor.get(f"partner.reports.{endpoint}", code=report.code)
        assert answer.headers["Location"].endswith("/tanda-terima")


def test_a_draft_has_no_receipt_yet(visitor, start) -> None:
    code = start.path.rsplit("/", 1)[-1]
    assert visitor.get("partner.reports.receipt", code=code).headers["Location"].endswith(code)


def test_the_list_says_what_is_to_be_done_with_each(session, visitor, occurrence) -> None:
    obligation = occurrence.obligation
    waits = make_occurrence(session, obligation, period_key="2026-Q2", due_on=occurrence.due_on)
    make_report(session, waits, stage=ReportStage.SUBMITTED)
    done = make_occurrence(session, obligation, period_key="2026-Q1", stage=OccurrenceStage.MET)
    make_report(session, done, stage=ReportStage.ACCEPTED)
    make_occurrence(session, obligation, period_key="2027", due_on=occurrence.due_on.replace(year=2027))
    page = visitor.page("partner.reports.index")
    headings = [" ".join(h.text_content().split()) for h in page.all("//main//h2")]
    assert headings == ["Perlu dikirim", "Sedang kami periksa", "Belum dibuka", "Sudah diterima"]
    assert "Triwulan II 2026" in page.main
    assert visitor.submit(page, "Mulai laporan").heading == "Laporan pelaksanaan"


def test_a_viewer_reads_and_is_told_who_may_write(session, as_partner, partner, occurrence) -> None:
    report = make_report(session, occurrence)
    viewer = as_partner(partner, Role.PARTNER_VIEWER)
    page = viewer.page("partner.reports.edit", code=report.code)
    assert "Akun Anda hanya dapat melihat" in page.main
    assert "Pelatihan menjahit untuk 48 anak." in page.main
    assert page.all("//main//textarea | //main//button") == []
    assert page.all("//main//a[contains(@href, 'kirim')]") == []
    assert "Kirim laporan" in viewer.page("partner.reports.check", code=report.code).main
    assert "Akun Anda hanya dapat melihat" in viewer.page("partner.reports.index").main
