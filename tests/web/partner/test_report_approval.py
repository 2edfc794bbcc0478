"""A writer asks, the responsible person approves by sending or hands back; the colleague is told what to do."""

import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.domain.report import ReportStage
from portal.models import Message, Report
from tests.factories import make_report


@pytest.fixture
def report(session):
    return make_report(session)


@pytest.fixture
def head(as_partner, report):
    return as_partner(report.organisation, Role.PARTNER_RESPONSIBLE)


@pytest.fixture
def writer(as_partner, report):
    return as_partner(report.organisation, Role.PARTNER_WRITER)


@pytest.fixture
def asked(head, writer, report):
    """The page of the writer after the head was asked."""
    return writer.submit(writer.page("partner.reports.check", code=report.code), "Minta persetujuan")


def mails(session):
    return session.execute(select(Message.template, Message.recipient).order_by(Message.id)).all()


def stored(session, report):
    session.expire_all()
    return session.get(Report, report.id)


def test_the_head_is_asked_by_mail_bell_and_card_and_nothing_is_sent_yet(session, head, asked, report) -> None:
    assert f"Persetujuan {head.account.name} sudah diminta. Laporan belum dikirim." in asked.main
    assert mails(session) == [("report_approval_asked", head.account.email)]
    home = head.page("partner.home.show")
    assert "Minta persetujuan Anda" in home.main
    assert head.read(home.link("Periksa dan setujui")).heading == "Periksa dan kirim"
    assert "Persetujuan Anda diminta" in head.page("partner.bell.index").main
    assert stored(session, report).stage is ReportStage.DRAFT


def test_approving_sends_with_the_name_of_the_head(session, head, asked, report) -> None:
    check = head.page("partner.reports.check", code=report.code)
    receipt = head.submit(check, "Setujui dan kirim laporan")
    assert f"Dikirim oleh {head.account.name}" in receipt.main
    row = stored(session, report)
    assert (row.stage, row.asked_at) == (ReportStage.SUBMITTED, None)


def test_handing_back_tells_the_writer_what_to_mend(session, head, writer, asked, report) -> None:
    check = head.page("partner.reports.check", code=report.code)
    head.submit(check, "Kembalikan kepada penyusun", {"reason": "Jumlah anak belum benar."})
    assert ("report_handed_back", writer.account.email) in mails(session)
    page = writer.page("partner.reports.edit", code=report.code)
    assert "Belum disetujui penanggung jawab: Jumlah anak belum benar." in page.main
    assert "Laporan belum disetujui" in writer.page("partner.bell.index").main


def test_handing_back_needs_a_sentence_that_is_not_too_long(session, head, asked, report) -> None:
    check = head.page("partner.reports.check", code=report.code)
    again = head.submit(check, "Kembalikan kepada penyusun", expect=422)
    assert "Apa yang perlu diperbaiki? Tulis apa yang perlu diperbaiki." in again.main
    long = "Jumlah anak belum benar. " * 21
    again = head.submit(check, "Kembalikan kepada penyusun", {"reason": long}, expect=422)
    assert "Paling banyak 500 huruf." in again.main
    assert again.one("//details[@open]//textarea").text_content().strip() == long.strip()
    assert stored(session, report).asked_at is not None


def test_what_was_typed_is_shown_when_a_colleague_has_handed_back_meanwhile(session, head, asked, report) -> None:
    check = head.page("partner.reports.check", code=report.code)
    head.submit(check, "Kembalikan kepada penyusun", {"reason": "Jumlah anak belum benar."})
    late = head.submit(check, "Kembalikan kepada penyusun", {"reason": "Foto kegiatan belum ada."}, expect=422)
    assert "tidak lagi menunggu persetujuan" in late.main
    assert "Foto kegiatan belum ada." in late.one("//section[@id='isian']").text_content()


def test_a_report_that_was_sent_meanwhile_is_not_shown_as_unsent(session, head, asked, report) -> None:
    check = head.page("partner.reports.check", code=report.code)
    head.submit(check, "Setujui dan kirim laporan")
    late = head.submit(check, "Kembalikan kepada penyusun", {"reason": "Foto kegiatan belum ada."}, expect=409)
    assert "Laporan yang sudah dikirim tidak dapat diubah." in late.main
    assert "Foto kegiatan belum ada." in late.one("//section[@id='isian']").text_content()
    assert "Belum dikirim" not in late.main


def test_a_writer_does_not_send_past_the_head(session, writer, head, report, app, monkeypatch) -> None:
    assert "Kirim laporan" not in writer.page("partner.reports.check", code=report.code).main
    monkeypatch.setitem(app.config, "WTF_CSRF_CHECK_DEFAULT", False)
    row = stored(session, report)
    answer = writer.post("partner.reports.submit", {"number": 1, "version": row.version}, code=report.code)
    assert answer.status_code == 422
    assert "Tekan Minta persetujuan" in answer.get_data(as_text=True)
    assert stored(session, report).stage is ReportStage.DRAFT


def test_what_is_missing_is_said_before_anybody_is_asked(session, head, writer, report) -> None:
    report.narrative = None
    session.commit()
    page = writer.submit(writer.page("partner.reports.check", code=report.code), "Minta persetujuan")
    assert "Tulis kegiatan yang dilaksanakan" in page.main
    assert mails(session) == []


def test_without_a_head_in_the_portal_the_writer_sends(session, writer, report) -> None:
    check = writer.page("partner.reports.check", code=report.code)
    writer.submit(check, "Kirim laporan")
    assert stored(session, report).stage is ReportStage.SUBMITTED
