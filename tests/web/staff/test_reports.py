"""Reports as the office reads them: list, review, acceptance, return."""

import pytest
from sqlalchemy import select

from portal.domain.obligation import OccurrenceStage
from portal.domain.policy import Role
from portal.domain.report import ReportStage
from portal.domain.report_answers import Answers, Sent, SentFile
from portal.models import Message, Occurrence, Report, ReportRound
from tests.factories import make_account, make_agreement, make_obligation, make_occurrence, make_report
from tests.harness.databases import statements


def sent_report(session, title="Laporan pelaksanaan", **changes):
    """A report that waits for review, with one file."""
    occurrence = make_occurrence(session, make_obligation(session, title=title), stage=OccurrenceStage.SUBMITTED)
    report = make_report(session, occurrence, **({"stage": ReportStage.SUBMITTED} | changes))
    if report.rounds:
        file = SentFile(name="daftar.pdf", media_type="application/pdf", size=9, digest="a" * 64)
        answers = Answers(narrative="Pelatihan\nmenjahit.", beneficiaries=1240, amount_rupiah=12_500_000)
        report.rounds[0].answers = Sent(answers=answers, files=(file,)).dump()
        session.flush()
    return report


def test_the_list_holds_what_was_sent_and_no_draft(session, as_staff) -> None:
    for title, stage in (
        ("Menunggu", ReportStage.SUBMITTED),
        ("Balik", ReportStage.RETURNED),
        ("Beres", ReportStage.ACCEPTED),
        ("Rahasia mitra", ReportStage.DRAFT),
    ):
        sent_report(session, title, stage=stage)
    visitor = as_staff()
    page = visitor.page("staff.reports.index")
    assert "Laporan mitra 3" in page.heading
    assert "Rahasia mitra" not in page.main
    waiting = visitor.page("staff.reports.index", tahap="menunggu")
    assert "Menunggu telaah 1" in waiting.main
    assert "Beres" not in waiting.main
    assert visitor.page("staff.reports.index", tahap="dikembalikan").link("Balik")


def test_the_agreement_is_a_filter_that_can_be_taken_off(session, as_staff) -> None:
    mine, other = sent_report(session, "Satu"), sent_report(session, "Dua")
    code = mine.occurrence.obligation.agreement.code
    page = as_staff().page("staff.reports.index", naskah=code, tahap="menunggu")
    assert "Satu" in page.main
    assert "Dua" not in page.main
    assert page.link(f"Naskah: {code}").endswith("?tahap=menunggu")
    assert other.code not in page.markup


def test_an_unknown_filter_is_named_and_shows_everything(session, as_staff) -> None:
    sent_report(session)
    page = as_staff().page("staff.reports.index", tahap="entah", hal="x")
    assert 'Saringan tahap "entah" tidak dikenal' in page.main
    assert "Laporan pelaksanaan" in page.main


def test_an_empty_list_says_so(as_staff) -> None:
    assert "Tidak ada laporan di sini." in as_staff().page("staff.reports.index").main


def test_long_lists_have_pages_and_ask_no_more_of_the_database(session, as_staff) -> None:
    agreement = make_agreement(session)
    obligation = make_obligation(session, agreement)
    visitor = as_staff()

    def fill(first, last):
        for number in range(first, last):
            occurrence = make_occurrence(session, obligation, period_key=f"{number}")
            make_report(session, occurrence, stage=ReportStage.SUBMITTED)

    fill(2000, 2003)
    visitor.page("staff.reports.index")
    with statements() as few:
        visitor.page("staff.reports.index")
    fill(2003, 2030)
    with statements() as many:
        page = visitor.page("staff.reports.index")
    assert len(many) == len(few)
    assert "1–25 dari 30" in page.main
    assert "26–30 dari 30" in visitor.page("staff.reports.index", hal="2").main


def test_the_review_shows_answers_files_and_receipt(session, as_staff) -> None:
    report = sent_report(session)
    page = as_staff().page("staff.reports.show", code=report.code)
    for words in ("1.240 orang", "Rp12.500.000", "daftar.pdf", f"TT-{report.code}-1", "Pasal 7 ayat (2)"):
        assert words in page.main
    assert "Pelatihan<br>menjahit." in page.markup
    assert page.link("daftar.pdf").endswith(f"/berkas/{'a' * 16}")


def test_the_review_shows_the_round_that_was_sent_not_what_is_being_mended(session, as_staff) -> None:
    report = sent_report(session, stage=ReportStage.RETURNED)
    report.narrative = "Sedang diperbaiki mitra."
    page = as_staff().page("staff.reports.show", code=report.code)
    assert "Sedang diperbaiki" not in page.main
    assert "Pelatihan menjahit." in page.main


def test_a_file_that_was_sent_comes_as_an_attachment(session, app, as_staff) -> None:
    report = sent_report(session)
    digest = app.extensions["storage"].keep(b"%PDF-1.7")
    round_ = session.scalars(select(ReportRound)).one()
    file = SentFile(name="daftar.pdf", media_type="application/pdf", size=8, digest=digest)
    round_.answers = Sent(answers=Answers(), files=(file,)).dump()
    visitor = as_staff()
    answer = visitor.get("staff.reports.file", code=report.code, key=digest[:16])
    assert (answer.data, answer.mimetype) == (b"%PDF-1.7", "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert visitor.get("staff.reports.file", code=report.code, key="0" * 16).status_code == 404


def test_a_draft_is_not_found_by_the_office(session, as_staff) -> None:
    report = sent_report(session, stage=ReportStage.DRAFT)
    assert as_staff().get("staff.reports.show", code=report.code).status_code == 404


def test_accepting_meets_the_duty_and_thanks_the_partner(session, as_staff) -> None:
    report = sent_report(session)
    sender = make_account(session, Role.PARTNER_RESPONSIBLE, report.organisation)
    occurrence_id = report.occurrence_id
    visitor = as_staff()
    page = visitor.submit(visitor.page("staff.reports.show", code=report.code), "Terima laporan")
    assert "Laporan diterima. Mitra diberi tahu lewat surel." in page.main
    assert session.get(Occurrence, occurrence_id).stage is OccurrenceStage.MET
    assert session.scalars(select(Message.recipient)).all() == [sender.email]
    assert page.all("//button[contains(., 'Terima laporan')]") == []


def test_sending_back_asks_for_reason_and_day_and_names_who_hears(session, as_staff) -> None:
    report = sent_report(session)
    responsible = make_account(session, Role.PARTNER_RESPONSIBLE, report.organisation, name="Siti Maryam")
    visitor = as_staff()
    review = visitor.page("staff.reports.show", code=report.code)
    ask = visitor.read(review.link("Kembalikan"))
    assert f"Siti Maryam ({responsible.email})" in ask.main
    assert ask.one("//input[@name='fix_due_on']").get("value") == "2026-12-01"
    undated = visitor.submit(ask, "Kembalikan laporan", {"reason": "Kurang.", "fix_due_on": ""}, expect=422)
    assert "Isi tanggal batas perbaikan." in undated.main
    empty = visitor.submit(ask, "Kembalikan laporan", {"reason": ""}, expect=422)
    assert "Tandai atau tulis apa yang perlu diperbaiki." in empty.main
    early = {"reason": "Kurang.", "fix_due_on": "2026-11-21"}
    past = visitor.submit(ask, "Kembalikan laporan", early, expect=422)
    assert "Pilih batas perbaikan sesudah hari ini." in past.main
    assert past.one("//textarea[@name='reason']").text.strip() == "Kurang."
    done = visitor.submit(ask, "Kembalikan laporan", {"reason": "Lampirkan daftar.", "fix_due_on": "2026-12-05"})
    assert "Lampirkan daftar." in done.main
    assert "Batas perbaikan: Sabtu, 5 Desember 2026" in done.main
    assert session.scalars(select(Report)).one().stage is ReportStage.RETURNED


def test_a_decision_on_a_round_that_is_past_is_refused(session, as_staff) -> None:
    report = sent_report(session)
    visitor = as_staff()
    page = visitor.page("staff.reports.show", code=report.code)
    answer = visitor.send(page, "Terima laporan", {"number": "7"})
    assert answer.status_code == 409
    assert session.get(Report, report.id).stage is ReportStage.SUBMITTED


@pytest.mark.parametrize("role", [Role.LEGAL, Role.ADMIN, Role.DIRECTOR])
def test_other_staff_see_why_they_cannot_decide(session, as_staff, role) -> None:
    report = sent_report(session)
    visitor = as_staff(role)
    page = visitor.page("staff.reports.show", code=report.code)
    assert "Hanya petugas kerja sama dan kepala unit" in page.main
    assert visitor.get("staff.reports.ask_send_back", code=report.code).status_code == 403


def test_partners_do_not_find_the_offices_pages(session, as_partner) -> None:
    report = sent_report(session)
    visitor = as_partner(report.organisation)
    for endpoint, values in (("index", {}), ("show", {"code": report.code}), ("ask_send_back", {"code": report.code})):
        assert visitor.get(f"staff.reports.{endpoint}", **values).status_code == 404
