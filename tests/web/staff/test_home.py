"""The office's first page and the list of tasks: every number equals the list it leads to."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event

from portal.domain.agreement import Stage
from portal.domain.obligation import ObligationKind, OccurrenceStage
from portal.domain.organisation import Zone
from portal.domain.policy import Role
from portal.extensions import db
from portal.models import AgreementRegion, Province
from tests.factories import make_account, make_agreement, make_obligation, make_occurrence, make_parties
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import TODAY
from tests.harness import markup

DATES = (
    (-40, OccurrenceStage.MET),
    (-5, OccurrenceStage.OPEN),
    (0, OccurrenceStage.OPEN),
    (6, OccurrenceStage.OPEN),
    (7, OccurrenceStage.CANCELLED),
)


def fill(session, *, rounds=1):
    """Agreements in every stage and standing, with duties around today."""
    parties = make_parties(session)
    for _ in range(rounds):
        for stage in Stage:
            make_agreement(session, parties, stage=stage, ends_on=None)
        for days in (-30, 10, 120, 500):
            agreement = make_agreement(session, parties, ends_on=TODAY + timedelta(days=days))
            session.add(AgreementRegion(agreement_id=agreement.id, province_code="PA"))
            for kind in (ObligationKind.REPORTING, ObligationKind.HANDOVER):
                duty = make_obligation(session, agreement, kind=kind)
                for place, (due, stage) in enumerate(DATES):
                    make_occurrence(
                        session, duty, period_key=str(2020 + place), due_on=TODAY + timedelta(days=due), stage=stage
                    )
    session.flush()


@pytest.fixture
def province(session):
    """One province, so that the map is drawn."""
    session.add(Province(code="PA", number="91", name="Papua", zone=Zone.WIT, tile_column=13, tile_row=3))
    session.flush()


@pytest.fixture
def officer(session, as_account, province):
    """An officer with the calendar loaded."""
    make_calendar(session)
    return as_account(make_account(session, Role.OFFICER, greeting="Bu Ratna"))


def listed(visitor, href: str) -> int:
    """How many things the list behind an address says it has."""
    page = visitor.read(href)
    (count,) = re.findall(r"\d+", markup.words(page.one("//h1/span")))
    return int(count)


def test_the_first_page_greets_and_tells_the_day(session, officer):
    page = officer.page("staff.home.show")
    assert page.heading == "Selamat pagi, Bu Ratna"
    assert "Sabtu, 21 November 2026. Tidak ada yang terlambat atau jatuh tempo dalam 7 hari ke depan." in page.main
    assert "Belum ada naskah" in page.main


def test_every_number_equals_the_list_it_leads_to(session, officer):
    fill(session)
    page = officer.page("staff.home.show")
    found = page.all("//nav[contains(@class, 'number-links')]//a")
    assert len(found) == 6
    for link in found:
        number = int(markup.words(link.xpath("./b")[0]))
        assert number == listed(officer, link.get("href")), markup.words(link)
        assert number


def test_days_of_the_month_equal_the_lists_they_lead_to(session, officer):
    fill(session)
    page = officer.page("staff.home.show")
    days = page.all("//table[contains(@class, 'month-grid')]//a")
    assert days
    for day in days:
        (number,) = re.findall(r"(\d+) tenggat", markup.words(day))
        assert int(number) == listed(officer, day.get("href"))


def test_columns_tiles_and_late_reports_equal_the_lists_they_lead_to(session, officer):
    fill(session)
    page = officer.page("staff.home.show")
    for column in page.all("//figure//a[@aria-label]"):
        number = int(column.get("aria-label").rpartition(" ")[2])
        assert number == listed(officer, column.get("href"))
    (tile,) = page.all("//ul[contains(@class, 'tiles')]//a")
    assert "PA 3, Papua" in markup.words(tile)
    assert listed(officer, tile.get("href")) == 3
    (late,) = [href for name, href in page.links if name == "Belum dikirim"]
    assert listed(officer, late) == 4


def test_work_is_cut_to_eight_rows_and_the_rest_is_one_link_away(session, officer):
    fill(session)
    page = officer.page("staff.home.show")
    assert len(page.all("//section[@id='work']//ul[contains(@class, 'work-queue')]/li")) == 8
    (number,) = re.findall(r"Semua (\d+) tugas", page.main)
    tasks = officer.read(page.link("Semua"))
    assert len(tasks.all("//ul[contains(@class, 'work-queue')]/li")) == int(number)
    assert f"Ada {8} hal terlambat" in page.main


@pytest.mark.parametrize("role", [Role.LEGAL, Role.HEAD, Role.DIRECTOR, Role.ADMIN])
def test_every_role_of_the_office_has_its_first_page_and_tasks(session, as_account, province, role):
    fill(session)
    visitor = as_account(make_account(session, role))
    assert "Perlu tindakan Anda" in visitor.page("staff.home.show").main
    assert visitor.page("staff.tasks.index").heading.startswith("Tugas saya")


def test_every_verb_of_the_work_opens_a_page(session, officer):
    fill(session)
    page = officer.page("staff.tasks.index")
    steps = {a.get("href") for a in page.all("//ul[contains(@class, 'work-queue')]//a")}
    assert len(steps) > 4
    for step in steps:
        assert officer.open(step).status_code == 200, step


def test_trouble_with_the_planner_is_told_in_a_strip(session, officer):
    assert "Pengingat belum pernah berjalan" in officer.page("staff.home.show").main


@pytest.mark.parametrize(
    "endpoint", ["staff.home.show", "staff.tasks.index", "staff.agreements.index", "staff.obligations.index"]
)
def test_more_rows_cost_no_more_statements(session, app, officer, endpoint):
    seen: list[str] = []

    def note(connection, cursor, statement, *rest) -> None:
        seen.append(statement)

    def statements() -> int:
        seen.clear()
        officer.page(endpoint)
        return len(seen)

    fill(session)
    session.commit()
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        few = statements()
        fill(session, rounds=4)
        assert statements() == few
        again = statements()
        assert again <= few, "numbers that are kept cost nothing while nothing changes"
    finally:
        event.remove(engine, "before_cursor_execute", note)
