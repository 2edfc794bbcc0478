"""The partner's calendar: days of both sides in order, by month, and only its own."""

from datetime import date

import pytest

from portal.domain.report import ReportStage
from tests.factories import make_agreement, make_obligation, make_occurrence, make_partner, make_report


@pytest.fixture
def agreement(session):
    return make_agreement(session, title="Pelatihan menjahit", ends_on=date(2027, 2, 28))


@pytest.fixture
def visitor(as_partner, agreement):
    return as_partner(agreement.parties[1].organisation)


def promised(session, agreement, due_on):
    """A duty of the ministry towards the partner."""
    ours, theirs = (party.organisation for party in agreement.parties[:2])
    duty = make_obligation(session, agreement, ours, theirs, title="Menyalurkan dana")
    return make_occurrence(session, duty, due_on=due_on)


def months(page):
    """The headings of the page with the lines under each."""
    return {
        section.xpath("string(.//h2)").strip(): [
            " ".join("".join(row.itertext()).split()) for row in section.xpath(".//li")
        ]
        for section in page.tree.xpath("//main//section")
    }


def test_days_of_both_sides_stand_by_month_and_what_is_late_comes_first(session, visitor, agreement):
    duty = make_obligation(session, agreement, title="Menyerahkan laporan")
    make_occurrence(session, duty, period_key="event-1", due_on=date(2026, 11, 3))
    make_occurrence(session, duty, period_key="event-2", due_on=date(2026, 12, 15))
    promised(session, agreement, date(2026, 12, 2))
    found = months(visitor.page("partner.agenda.show"))
    assert list(found) == ["Lewat batas waktu", "Desember 2026", "Februari 2027"]
    assert "Tugas Anda · Terlambat 18 hari" in found["Lewat batas waktu"][0]
    first, second = found["Desember 2026"]
    assert "Menyalurkan danaTugas Kemensos" in first
    assert "Menyerahkan laporan" in second
    assert "Tugas Anda" in second
    assert "Perjanjian berakhir: Pelatihan menjahit" in found["Februari 2027"][0]


def test_a_report_that_was_sent_is_not_late(session, visitor, agreement):
    duty = make_obligation(session, agreement, title="Menyerahkan laporan")
    make_report(session, make_occurrence(session, duty, due_on=date(2026, 11, 3)), stage=ReportStage.SUBMITTED)
    found = months(visitor.page("partner.agenda.show"))
    assert "Sudah terkirim. Sedang kami periksa." in found["November 2026"][0]


def test_nothing_of_others_stands_there(session, as_partner, agreement):
    make_occurrence(session, make_obligation(session, agreement))
    page = as_partner(make_partner(session)).page("partner.agenda.show")
    assert "Belum ada tanggal yang dicatat." in page.main


def test_the_page_stays_small_and_says_that_more_is_to_come(session, visitor, agreement):
    duty = make_obligation(session, agreement)
    for number in range(50):
        due_on = date(2027, 1 + number % 12, 1 + number // 12)
        make_occurrence(session, duty, period_key=f"event-{number}", due_on=due_on)
    page = visitor.page("partner.agenda.show")
    assert sum(len(rows) for rows in months(page).values()) == 40
    assert "Hanya tanggal terdekat yang tampil di sini." in page.main
    assert len(page.all("//*")) <= 600


def test_the_calendar_is_linked_from_the_reports_and_its_subscription(visitor, agreement, session):
    duty = make_obligation(session, agreement)
    for number in (1, 2):
        make_occurrence(session, duty, period_key=f"event-{number}", due_on=date(2026, 12, number))
    target = visitor.path("partner.agenda.show")
    for endpoint in ("partner.home.show", "partner.reports.index", "partner.calendar_feeds.index"):
        assert target in [href for _, href in visitor.page(endpoint).links], endpoint
