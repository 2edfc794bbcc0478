"""A PKS is drafted, signed and ended early: its dates are those that were shown, and each leads to its Pasal."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from sqlalchemy import select

from portal.domain import wording
from portal.domain.agreement import Stage
from portal.domain.obligation import ObligationKind, OccurrenceStage
from portal.domain.policy import SYSTEM
from portal.domain.wording.periods import period_label
from portal.models import Occurrence
from portal.queries import drafts
from portal.services import draft_trees
from portal.web.staff.agreements import head
from tests.factories import make_agreement
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW, TODAY
from tests.factories.libraries import seed_libraries

BEGIN = date(2026, 7, 1)


pytestmark = pytest.mark.sqlite_only


@pytest.fixture(autouse=True)
def _libraries(session, app):
    make_calendar(session)
    seed_libraries(session, app.extensions["storage"])


def said(day):
    """Return a date as pages write it."""
    return format_date(day, "EEEE, d MMMM y", locale="id")


def occurrences(session, agreement, *stages):
    """Return the dates of an agreement in these stages with their duties."""
    session.expire_all()
    query = select(Occurrence).where(Occurrence.agreement_id == agreement.id).order_by(Occurrence.due_on, Occurrence.id)
    return [row for row in session.scalars(query) if row.stage in stages]


def shown(page):
    """Return the rows of the preview: (duty with its period, date, way to its Pasal, what happens)."""
    rows = page.all("//div[@id='akibat']//tbody/tr")
    return [
        (
            row.xpath("string(./td[1]/b)").strip(),
            row.xpath("string(./td[2]/text())").strip(),
            next(iter(row.xpath("./td[1]//a/@href")), None),
            row.xpath("string(./td[3])").strip(),
        )
        for row in rows
    ]


def drafted(visitor, session, agreement):
    """Begin the draft, add a third clause with a report, tell the term, accept the duties that the articles propose."""
    page = visitor.page("staff.drafting.overview", code=agreement.code)
    visitor.submit(page, "Mulai dari templat")
    draft = drafts.get(session, agreement.id)
    third = draft_trees.from_library(session, agreement, "pelaporan-triwulan")
    draft_trees.change(session, draft, draft_trees.added(third, after=None), actor=SYSTEM, now=NOW)
    page = visitor.page("staff.drafting.section", code=agreement.code, part="masa")
    term = {"starts_on": BEGIN.isoformat(), "signed_on": BEGIN.isoformat(), "term_years": "3"}
    visitor.submit(page, "Simpan bagian ini", term)
    page = visitor.page("staff.drafting.section", code=agreement.code, part="kewajiban")
    visitor.submit(page, "Terima semua usulan")


def confirmed(visitor, agreement, stage, button, **typed):
    """Open the page of a stage and confirm it; return what it showed before, and the page that follows."""
    page = visitor.page("staff.agreements.stage", code=agreement.code, ke=head.STAGE_WORDS[stage])
    return shown(page), visitor.submit(page, button, typed)


def told(row):
    """Return an occurrence as the preview tells it: duty with its period, and date."""
    named = period_label(row.period_key)
    return f"{row.obligation.title}, {named}" if named else row.obligation.title, said(row.due_on)


def test_signing_makes_the_dates_that_were_shown_and_an_early_end_closes_the_right_ones(as_staff, session):
    agreement = make_agreement(session, stage=Stage.DRAFTING, signed_on=None, starts_on=None, ends_on=None)
    visitor = as_staff()
    drafted(visitor, session, agreement)
    for stage in (Stage.NEGOTIATION, Stage.INITIALLING, Stage.SIGNING):
        confirmed(visitor, agreement, stage, f"Ubah menjadi {wording.label(stage)}")
    assert occurrences(session, agreement, *OccurrenceStage) == []

    before, after = confirmed(visitor, agreement, Stage.ACTIVE, "Nyatakan berlaku")
    made = occurrences(session, agreement, OccurrenceStage.OPEN)
    assert sorted((name, due) for name, due, _, _ in before) == sorted(told(row) for row in made)
    assert {fate for *_, fate in before} == {"Baru"}
    assert f"{len(made)} tenggat baru" in after.main
    assert len({row.obligation_id for row in made if row.obligation.kind is ObligationKind.REPORTING}) >= 3
    for way in {way for _, _, way, _ in before}:
        page = visitor.read(way)
        article = page.one("//section[@id='pasal']//h2").text_content().removeprefix("Bunyi ")
        assert article in page.one("//section[@id='pasal']//div[@role='group']").text_content()
        whole, _, name = page.link("Seluruh naskah").partition("#")
        assert visitor.read(whole).one("//*[@id=$name]", name=name) is not None

    before, after = confirmed(visitor, agreement, Stage.TERMINATED, "Akhiri naskah", reason="Disepakati para pihak")
    closed = occurrences(session, agreement, OccurrenceStage.CANCELLED)
    still = occurrences(session, agreement, OccurrenceStage.OPEN)
    final = [row for row in still if row.obligation.title == "Menyampaikan laporan akhir"]
    assert sorted((name, due) for name, due, _, fate in before if fate == "Dibatalkan") == sorted(map(told, closed))
    assert {row.due_on for row in final} == {TODAY + timedelta(days=30)}
    assert [(name, due) for name, due, _, fate in before if fate == "Pindah"] == [told(row) for row in final]
    assert all(row.due_on > TODAY for row in closed)
    assert all(row.due_on <= TODAY for row in still if row not in final)
    assert f"{len(closed)} tenggat dibatalkan" in after.main
