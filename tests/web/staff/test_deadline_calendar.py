"""The calendar of deadlines: its numbers equal the list of duties, its filters are the same words."""

import re
from datetime import date, timedelta

import pytest

from portal.domain.agreement import Relation, Stage
from portal.domain.obligation import ObligationKind, OccurrenceStage
from portal.domain.policy import Role
from portal.models import AgreementRelation
from portal.queries import deadline_calendar
from portal.queries.deadline_calendar import CalendarFilter
from portal.queries.obligation_filter import DutyFilter
from tests.factories import make_account, make_agreement, make_obligation, make_occurrence, make_parties
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import TODAY
from tests.harness import markup
from tests.queries.statements import statements_of

SHOW = "staff.deadline_calendar.show"
CELLS = "//table[contains(@class, 'month-table')]//td[a]"


def fill(session, *, each=5):
    """Duties of both kinds on three days of November, and an agreement with days of its own."""
    parties = make_parties(session)
    agreement = make_agreement(
        session, parties, ends_on=date(2026, 11, 25), notice_on=date(2026, 11, 23), renewal_starts_on=date(2026, 11, 5)
    )
    for kind, title in ((ObligationKind.REPORTING, "Laporan triwulan"), (ObligationKind.MONEV, "Kunjungan bersama")):
        for number in range(each):
            duty = make_obligation(session, agreement, kind=kind, title=f"{title} {number}")
            for days in (-6, 2, 9):
                make_occurrence(session, duty, period_key=str(2030 + days), due_on=TODAY + timedelta(days=days))
    gone = make_obligation(session, agreement, title="Sudah dibatalkan")
    make_occurrence(session, gone, due_on=TODAY + timedelta(days=2), stage=OccurrenceStage.CANCELLED)
    return agreement


@pytest.fixture
def officer(session, as_account):
    """An officer with the holidays loaded."""
    make_calendar(session)
    return as_account(make_account(session, Role.OFFICER))


def test_the_number_of_each_day_equals_the_list_of_duties(session, officer):
    fill(session)
    page = officer.page(SHOW, month="2026-11", tanpa="berakhir,pemberitahuan,perpanjangan")
    numbered = [cell for cell in page.all(CELLS) if "tenggat" in markup.words(cell)]
    assert len(numbered) == 3
    for cell in numbered:
        (number,) = re.findall(r", (\d+) tenggat", markup.words(cell.xpath("./a")[0]))
        day = officer.read(cell.xpath("./a/@href")[0])
        listed = officer.read(next(href for name, href in day.links if name.startswith("Buka daftar")))
        assert listed.heading == f"Kewajiban {number} tenggat"
        assert len(cell.xpath(".//a[contains(@class, 'month-entry')]")) == 3
        assert f"{int(number) - 3} lagi" in markup.words(cell)


def test_days_of_an_agreement_stand_beside_its_duties_until_they_are_left_out(session, officer):
    agreement = fill(session)
    page = officer.page(SHOW, month="2026-11")
    assert page.heading == "Kalender tenggat 33 tenggat"
    assert f"Masa berlaku berakhir: {agreement.title}" in page.main
    for word, gone in (
        ("berakhir", "Berakhir:"),
        ("pemberitahuan", "Pemberitahuan:"),
        ("perpanjangan", "Perpanjangan:"),
    ):
        left = officer.page(SHOW, month="2026-11", tanpa=word)
        assert gone in page.main
        assert gone not in left.main
        assert left.heading == "Kalender tenggat 32 tenggat"
    assert officer.page(SHOW, month="2026-11", tanpa="kewajiban").heading == "Kalender tenggat 18 tenggat"
    assert officer.page(SHOW, month="2026-11", pihak="mitra").heading == "Kalender tenggat 30 tenggat"


def test_what_is_decided_presses_nobody_and_what_is_late_is_said(session, officer):
    agreement = fill(session, each=0)
    late = officer.page(SHOW, month="2026-11", hari="2026-11-05")
    assert "Sudah lewat" in late.main
    follower = make_agreement(session)
    session.add(AgreementRelation(agreement_id=follower.id, other_id=agreement.id, relation=Relation.RENEWS))
    decided = officer.page(SHOW, month="2026-11", hari="2026-11-05")
    assert "Sudah lewat" not in decided.main
    assert "Sudah diputuskan" in decided.main


def test_confidential_ones_are_shown_to_those_who_may_read_them_only(session, officer, as_account):
    secret = make_agreement(session, title="Rahasia Besar", is_confidential=True, ends_on=date(2026, 11, 25))
    make_occurrence(session, make_obligation(session, secret, title="Tugas rahasia"), due_on=date(2026, 11, 25))
    admin = as_account(make_account(session, Role.ADMIN))
    for visitor, seen in ((officer, True), (admin, False)):
        page = visitor.page(SHOW, month="2026-11", hari="2026-11-25")
        assert ("Rahasia Besar" in page.main) is ("Tugas rahasia" in page.main) is seen


def test_an_empty_month_names_the_next_day(session, officer):
    make_occurrence(session, due_on=date(2027, 2, 15))
    page = officer.page(SHOW, month="2026-12")
    assert "Tidak ada tenggat pada Desember 2026" in page.main
    there = officer.read(page.link("Tenggat berikutnya: Senin, 15 Februari 2027"))
    assert "Laporan pelaksanaan" in there.main


def test_weeks_and_months_lead_on_with_the_same_filters(session, officer):
    fill(session)
    page = officer.page(SHOW, month="2026-12", tampilan="minggu", hari="2026-12-31", q="laporan")
    assert len(page.all(CELLS)) == 7
    after = page.link("Pekan berikutnya")
    assert after.startswith("/kantor/kalender/2027-01?")
    assert {"q=laporan", "hari=2027-01-04", "tampilan=minggu"} == set(after.split("?")[1].split("&"))
    month = officer.read(page.link("Bulan"))
    assert "tampilan" not in month.link("Bulan sebelumnya")
    assert month.link("Bulan sebelumnya").startswith("/kantor/kalender/2026-11?")


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize("month", ["2026-13", "2026-1", "2026-11-21", "0001-01", "9999-12", "bulan"])
def test_months_that_do_not_exist_are_absent(officer, month: str):
    assert officer.get(SHOW, month=month).status_code == 404


def test_words_that_mean_nothing_are_told(session, officer):
    page = officer.page(SHOW, month="2026-11", tanpa="apa", hari="2026-12-01", tampilan="tahun")
    assert "tidak dikenal dan diabaikan: tampilan=tahun, hari=2026-12-01, tanpa=apa" in page.main


def test_the_calendar_asks_as_often_for_much_as_for_little(session):
    fill(session, each=1)
    make_agreement(session, stage=Stage.DRAFTING, ends_on=date(2026, 11, 25))

    def asked() -> int:
        with statements_of(session) as seen:
            span = deadline_calendar.between(
                session,
                CalendarFilter(duties=DutyFilter()),
                date(2026, 11, 1),
                date(2026, 11, 30),
                each_day=3,
                today=TODAY,
            )
        assert len(span.duties) <= 9
        assert len(span.terms) % 3 == 0
        return len(seen)

    before = asked()
    for _ in range(4):
        fill(session, each=3)
    assert asked() == before


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize("path", ["/kantor/kalender", "/kantor/kalender/langganan", "/kantor/kewajiban"])
def test_words_that_build_addresses_are_left_out_of_them(officer, path: str):
    page = officer.read(f"{path}?endpoint=x&_method=POST&_anchor=y&month=z&key=k")
    links = [href for _, href in page.links if not href.startswith("/bahasa")]
    assert not [href for href in links if "endpoint" in href or "POST" in href or href.startswith("/kantor/kalender/z")]
