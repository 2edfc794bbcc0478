"""The partner's first page and its agreements: what comes first, what is empty, how light the pages are."""

import gzip
from datetime import date

import pytest

from portal.domain.agreement import Stage
from portal.domain.obligation import ObligationKind, OccurrenceStage
from portal.domain.policy import Role
from portal.domain.report import ReportStage
from portal.models import AgreementFile
from tests.factories import (
    make_account,
    make_agreement,
    make_ministry,
    make_obligation,
    make_occurrence,
    make_partner,
    make_report,
)
from tests.factories.instants import NOW
from tests.harness.databases import statements

MOST_BYTES = 5 * 1024
MOST_NODES = 600


@pytest.fixture
def partner(session):
    return make_partner(session, name="Yayasan Harapan Bunda Sejahtera")


@pytest.fixture
def agreement(session, partner):
    officer = make_account(session, Role.OFFICER, name="Ratna Wulandari", phone="0812-3456-7890")
    parties = (make_ministry(session), partner, make_partner(session))
    return make_agreement(session, parties, officer_id=officer.id, title="Rehabilitasi Sosial Anak")


def due(session, agreement, day, **changes):
    """A report that the partner owes."""
    return make_occurrence(session, make_obligation(session, agreement, **changes), due_on=day)


def test_the_card_is_the_next_report_with_its_day_in_words(session, as_partner, partner, agreement) -> None:
    due(session, agreement, date(2026, 12, 1), title="Laporan Keuangan")
    page = as_partner(partner).page("partner.home.show")
    card = " ".join(page.one("//section[contains(@class, 'next-card')]").text_content().split())
    assert "10 hari lagi" in card
    assert "Paling lambat Selasa, 1 Desember 2026." in card
    assert "0 dari 4 langkah sudah diisi." in card
    assert page.heading.startswith("Halo, ")


def test_an_overdue_report_comes_before_a_near_one_and_a_returned_one_before_both(
    session, as_partner, partner, agreement
) -> None:
    due(session, agreement, date(2026, 12, 1), title="Dekat")
    due(session, agreement, date(2026, 11, 15), title="Lewat")
    visitor = as_partner(partner)
    first = visitor.page("partner.home.show")
    assert first.one("//h2[@id='next-card-title']").text_content() == "Lewat"
    assert "Terlambat 6 hari" in first.main
    back = due(session, agreement, date(2026, 11, 1), title="Kembali")
    back.stage = OccurrenceStage.RETURNED
    make_report(session, back, stage=ReportStage.RETURNED, return_reason="Kurang.", fix_due_on=date(2026, 12, 10))
    second = visitor.page("partner.home.show")
    assert second.one("//h2[@id='next-card-title']").text_content() == "Perbaiki: Kembali"
    assert "Kamis, 10 Desember 2026" in second.main


def test_what_comes_and_what_the_ministry_owes_stand_below(session, as_partner, partner, agreement) -> None:
    ministry = agreement.parties[0].organisation
    due(session, agreement, date(2026, 12, 15), kind=ObligationKind.MONEV, title="Kunjungan")
    grant = make_obligation(
        session, agreement, ministry, partner, kind=ObligationKind.FUNDING, title="Menyalurkan bantuan"
    )
    make_occurrence(session, grant, due_on=date(2026, 12, 20))
    make_report(session, due(session, agreement, date(2026, 11, 20), title="Terkirim"), stage=ReportStage.SUBMITTED)
    page = as_partner(partner).page("partner.home.show")
    assert "Tidak ada yang harus dikirim." in page.main
    assert "Sudah terkirim. Sedang kami periksa." in page.main
    assert page.link("Kunjungan").endswith(agreement.code)
    assert page.link("Menyalurkan bantuan").endswith(agreement.code)
    assert page.link("Rehabilitasi Sosial Anak").endswith(agreement.code)


def test_an_empty_first_page_names_the_next_opening(session, as_partner, partner, agreement) -> None:
    make_occurrence(
        session, make_obligation(session, agreement), period_ends_on=date(2026, 12, 31), due_on=date(2027, 1, 31)
    )
    page = as_partner(partner).page("partner.home.show")
    assert "Laporan berikutnya dibuka 1 Januari 2027." in page.main


def test_a_partner_without_anything_is_told_so(session, as_partner) -> None:
    page = as_partner(make_partner(session)).page("partner.home.show")
    for words in ("Belum ada laporan yang terjadwal.", "Belum ada perjanjian.", "belum tercatat"):
        assert words in page.main


def test_the_person_to_ask_is_offered_only_by_known_numbers(session, as_partner, partner, agreement) -> None:
    visitor = as_partner(partner)
    page = visitor.page("partner.guide.show")
    assert page.link("WhatsApp") == "https://wa.me/6281234567890"
    assert page.link("Telepon Ratna") == "tel:+6281234567890"
    agreement.officer.phone = "(021) 310-3591"
    assert [name for name, _ in visitor.page("partner.guide.show").links if "WhatsApp" in name] == []
    agreement.officer.phone = None
    assert "Nomor teleponnya belum diketahui." in visitor.page("partner.guide.show").main


def test_an_agreement_shows_both_sides_and_only_released_files(session, as_partner, partner, agreement) -> None:
    for name, released_at in (("Naskah.pdf", NOW), ("Catatan dalam.pdf", None)):
        session.add(
            AgreementFile(
                agreement_id=agreement.id,
                kind="signed",
                name=name,
                media_type="application/pdf",
                size=1000,
                digest=name.encode().hex().ljust(64, "0"),
                released_at=released_at,
                uploaded_at=NOW,
            )
        )
    due(session, agreement, date(2026, 12, 1), title="Laporan Keuangan")
    visitor = as_partner(partner)
    page = visitor.page("partner.agreements.show", code=agreement.code)
    assert "Berlaku sampai 11 April 2027" in page.main
    assert page.link("Laporan Keuangan").endswith("/mitra/laporan")
    assert "Naskah.pdf" in page.main
    assert "Catatan dalam" not in page.main
    hidden = b"Catatan dalam.pdf".hex()[:16]
    assert visitor.get("partner.agreements.file", code=agreement.code, key=hidden).status_code == 404


@pytest.mark.parametrize("endpoint", ["show", "file"])
def test_a_foreign_agreement_is_not_found(session, as_partner, agreement, endpoint) -> None:
    values = {"key": "0" * 16} if endpoint == "file" else {}
    stranger = as_partner(make_partner(session))
    assert stranger.get(f"partner.agreements.{endpoint}", code=agreement.code, **values).status_code == 404
    assert agreement.title not in stranger.page("partner.agreements.index").main


def test_the_list_of_agreements_says_until_when_or_in_which_stage(session, as_partner, partner, agreement) -> None:
    parties = (make_ministry(session), partner)
    make_agreement(session, parties, title="Masih dibahas", stage=Stage.NEGOTIATION)
    make_agreement(session, parties, title="Tanpa akhir", ends_on=None)
    make_agreement(session, parties, title="Sudah lewat", ends_on=date(2026, 3, 1))
    text = as_partner(partner).page("partner.agreements.index").main
    for words in ("Pembahasan", "Tanggal berakhir belum diketahui", "Berakhir 1 Maret 2026"):
        assert words in text


def crowded(session, partner, agreements=6):
    """A partner with much of everything; answer a draft report."""
    for number in range(agreements):
        agreement = make_agreement(
            session, (make_ministry(session), partner), title=f"Perjanjian yang panjang {number}"
        )
        for month in range(1, 13):
            occurrence = due(
                session, agreement, date(2027, month, 1), title="Laporan pelaksanaan kegiatan yang panjang"
            )
        report = make_report(session, occurrence)
    return agreement, report


def test_pages_stay_light_however_much_there_is(session, as_partner, partner) -> None:
    agreement, report = crowded(session, partner)
    visitor = as_partner(partner)
    pages = [
        visitor.page("partner.home.show"),
        visitor.page("partner.reports.index"),
        visitor.page("partner.reports.edit", code=report.code),
        visitor.page("partner.reports.check", code=report.code),
        visitor.page("partner.agreements.index"),
        visitor.page("partner.agreements.show", code=agreement.code),
        visitor.page("partner.guide.show"),
    ]
    heavy = {}
    for page in pages:
        size, nodes = len(gzip.compress(page.markup.encode())), len(page.all("//*"))
        if size > MOST_BYTES or nodes > MOST_NODES:
            heavy[page.path] = (size, nodes)
    assert heavy == {}


@pytest.mark.parametrize("endpoint", ["partner.home.show", "partner.reports.index", "partner.agreements.index"])
def test_pages_ask_no_more_of_the_database_with_more_rows(session, as_partner, partner, endpoint) -> None:
    crowded(session, partner, agreements=1)
    visitor = as_partner(partner)
    visitor.page(endpoint)
    with statements() as few:
        visitor.page(endpoint)
    crowded(session, partner)
    with statements() as many:
        visitor.page(endpoint)
    assert len(many) == len(few)
