"""Rounds of a report as its partner reads them: each as it was sent, compared, with the days of each side."""

import re
from datetime import timedelta

import pytest

from portal.domain.report import ReportStage
from portal.domain.report_answers import Answers, Sent, SentFile
from portal.models import ReportMark, ReportReopening, ReportRound
from tests.factories import make_partner, make_report
from tests.factories.instants import NOW

NUMBER = re.compile(r"kejadian: \w+")
PAPER = SentFile(name="daftar.pdf", media_type="application/pdf", size=9, digest="a" * 64)


@pytest.fixture
def report(session):
    """A report that was sent twice: the first round came back with two marks, the second is accepted."""
    made = make_report(session, stage=ReportStage.ACCEPTED, submitted_at=NOW - timedelta(days=10))
    first = made.rounds[0]
    first.answers = Sent(answers=Answers(narrative="Pelatihan menjahit."), files=(PAPER,)).dump()
    first.outcome, first.decided_at, first.reason = ReportStage.RETURNED, NOW - timedelta(days=7), "Lihat tanda."
    session.add(
        ReportRound(
            report_id=made.id,
            organisation_id=made.organisation_id,
            number=2,
            submitted_at=NOW - timedelta(days=2),
            answers=Sent(answers=Answers(narrative="Pelatihan memasak.")).dump(),
            outcome=ReportStage.ACCEPTED,
            decided_at=NOW,
        )
    )
    made.round, made.decided_at = 2, NOW
    for item, sentence, told_at in (
        ("narrative", "Jelaskan kegiatannya.", NOW),
        (f"file:{'a' * 16}", "Berkas buram.", NOW),
        ("obstacles", "Catatan petugas saja.", None),
    ):
        session.add(
            ReportMark(
                report_id=made.id,
                organisation_id=made.organisation_id,
                number=1,
                item=item,
                sentence=sentence,
                made_at=NOW,
                told_at=told_at,
            )
        )
    session.flush()
    session.refresh(made)
    return made


def test_each_round_can_be_read_with_what_was_to_be_mended(report, as_partner) -> None:
    visitor = as_partner(report.organisation)
    receipt = visitor.page("partner.reports.receipt", code=report.code)
    page = visitor.read(receipt.link("Putaran 1 dikirim"))
    for words in ("Pelatihan menjahit.", "Jelaskan kegiatannya.", "daftar.pdf", "Berkas buram."):
        assert words in page.main
    assert "Catatan petugas" not in page.main
    assert "Pelatihan memasak." not in page.main
    last = visitor.page("partner.report_rounds.show", code=report.code, number=2)
    assert "Pelatihan memasak." in last.main
    assert "Yang perlu diperbaiki" not in last.main


def test_two_rounds_are_compared(report, as_partner) -> None:
    visitor = as_partner(report.organisation)
    page = visitor.page("partner.report_rounds.show", code=report.code, number=2)
    found = visitor.read(page.link("Putaran 1 dan 2"))
    assert [each.text_content() for each in found.all("//main//del")] == ["[dihapus: menjahit]"]
    assert "Dihapus daftar.pdf" in found.main


def test_the_days_of_each_side_are_shown_to_the_partner(report, as_partner) -> None:
    main = as_partner(report.organisation).page("partner.reports.receipt", code=report.code).main
    assert "Pada kami 5 hari" in main
    assert "Pada Anda 5 hari" in main
    assert "Seluruhnya 10 hari" in main
    assert "Hari kerja ke-" not in main


def test_while_we_review_the_partner_reads_which_day_it_is(session, as_partner) -> None:
    waiting = make_report(session, stage=ReportStage.SUBMITTED, submitted_at=NOW - timedelta(days=3))
    main = as_partner(waiting.organisation).page("partner.reports.receipt", code=waiting.code).main
    assert "Hari kerja ke-2 dari 14" in main


def test_a_reopening_is_told_with_its_reason(session, report, as_partner) -> None:
    session.add(
        ReportReopening(
            report_id=report.id,
            organisation_id=report.organisation_id,
            number=2,
            accepted_at=NOW - timedelta(hours=30),
            reason="Ada bukti baru.",
            reopened_at=NOW - timedelta(hours=5),
        )
    )
    session.flush()
    main = as_partner(report.organisation).page("partner.reports.receipt", code=report.code).main
    assert main.index("Diterima oleh") < main.index("Dibuka kembali oleh petugas") < main.index("Putaran 2 dikirim")
    assert "Ada bukti baru." in main


@pytest.mark.parametrize(
    ("endpoint", "values"), [("show", {"number": 1}), ("show", {"number": 9}), ("compare", {"pair": "1...2"})]
)
def test_a_foreign_round_answers_like_an_absent_one(session, report, as_partner, endpoint, values) -> None:
    stranger = as_partner(make_partner(session))
    foreign = stranger.get(f"partner.report_rounds.{endpoint}", code=report.code, **values)
    absent = stranger.get(f"partner.report_rounds.{endpoint}", code="AAAA-AAAA", **values)
    assert foreign.status_code == absent.status_code == 404
    said = [NUMBER.sub("", each.get_data(as_text=True)) for each in (foreign, absent)]
    assert said[0].replace(report.code, "AAAA-AAAA") == said[1]


def test_the_first_page_says_how_many_things_are_to_be_mended(session, report, as_partner) -> None:
    report.stage, report.round, report.return_reason = ReportStage.RETURNED, 1, "Lihat tanda."
    session.flush()
    main = as_partner(report.organisation).page("partner.home.show").main
    assert "2 hal perlu diperbaiki." in main
    assert "Lihat tanda." not in main
