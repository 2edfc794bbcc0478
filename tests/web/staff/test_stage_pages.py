"""A new stage or new dates: what they do to open dates is on the page before anything is saved."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.domain.agreement import AgreementKind, Relation, Stage
from portal.domain.obligation import ObligationKind, OccurrenceStage, RelativeAnchor, ScheduleKind
from portal.models import AgreementRelation, Occurrence, StageChange
from portal.services import obligations
from tests.factories import make_agreement, make_obligation
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW, TODAY

pytestmark = pytest.mark.sqlite_only

END = date(2027, 4, 11)
FINAL = {
    "title": "Laporan akhir",
    "schedule": ScheduleKind.RELATIVE,
    "fixed_on": None,
    "relative_anchor": RelativeAnchor.END,
    "offset_count": 30,
}


@pytest.fixture(autouse=True)
def _calendar(session):
    make_calendar(session)


@pytest.fixture
def row(session):
    """An agreement in force: a report due on 1 December, a final one 30 days after the end."""
    agreement = make_agreement(session, ends_on=END)
    make_obligation(session, agreement)
    make_obligation(session, agreement, **FINAL)
    obligations.refresh(session, agreement_id=agreement.id, now=NOW)
    return agreement


def dates(session, agreement):
    """Return what is written of each date: (day, stage)."""
    session.expire_all()
    query = select(Occurrence).where(Occurrence.agreement_id == agreement.id).order_by(Occurrence.id)
    return [(one.due_on, one.stage) for one in session.scalars(query)]


def test_what_was_not_seen_is_shown_before_it_is_saved(as_staff, session, row):
    visitor = as_staff()
    page = visitor.page("staff.agreements.stage", code=row.code, ke="diakhiri")
    assert "1 tenggat pindah, 1 tenggat dibatalkan" in page.main
    typed = {"entered_on": "2026-11-20", "reason": "Sepakat"}
    page = visitor.submit(page, "Akhiri naskah", typed)
    assert "Belum disimpan." in page.main
    assert "semula Selasa, 11 Mei 2027" in page.main
    assert "Minggu, 20 Desember 2026" in page.main
    assert (END + timedelta(30), OccurrenceStage.OPEN) in dates(session, row)
    page = visitor.submit(page, "Akhiri naskah")
    assert "1 tenggat pindah, 1 tenggat dibatalkan" in page.main
    assert dates(session, row) == [
        (date(2026, 12, 1), OccurrenceStage.CANCELLED),
        (date(2026, 12, 20), OccurrenceStage.OPEN),
    ]


def test_looking_saves_nothing_and_keeps_what_was_typed(as_staff, session, row):
    visitor = as_staff()
    page = visitor.page("staff.agreements.stage", code=row.code, ke="diakhiri")
    page = visitor.submit(page, "Lihat akibat", {"survival-1": "keep", "survival-2": "close", "reason": "Uji"})
    assert "1 tenggat dibatalkan. 1 tenggat tetap." in page.main
    assert page.one("//textarea[@name='reason']").text_content().strip() == "Uji"
    assert page.all("//select[@name='survival-1']/option[@selected]/@value") == ["keep"]
    assert {stage for _, stage in dates(session, row)} == {OccurrenceStage.OPEN}


def test_a_day_of_signing_that_the_stage_does_not_ask_for_stays(as_staff, session):
    code = make_agreement(session, stage=Stage.SIGNING, signed_on=None).code
    visitor = as_staff()
    page = visitor.page("staff.agreements.stage", code=code)
    typed = {"to": "initialling", "signed_on": "2026-02-31", "reason": "Keliru"}
    page = visitor.submit(page, "Ubah tahap", typed, expect=422)
    assert page.all("//input[@name='signed_on']/@value") == ["2026-02-31"]


def test_a_script_gets_the_effect_and_changes_nothing(as_staff, session, row):
    visitor = as_staff()
    page = visitor.page("staff.agreements.stage", code=row.code, ke="ditangguhkan")
    answer = visitor.send(page, "Tangguhkan naskah", {"reason": "Uji", "hold": "none"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "Tidak ada tenggat yang berubah" in answer.text
    assert session.scalars(select(StageChange)).all() == []


def test_only_chosen_dates_rest_and_come_back_later_by_the_rest(as_staff, session, row):
    visitor = as_staff()
    page = visitor.page("staff.agreements.stage", code=row.code, ke="ditangguhkan")
    typed = {"reason": "Banjir", "hold": "chosen", "rest": "1:once", "entered_on": "2026-11-11"}
    page = visitor.submit(visitor.submit(page, "Lihat akibat", typed), "Tangguhkan naskah")
    assert "1 tenggat ditahan" in page.main
    assert [stage for _, stage in dates(session, row)] == [OccurrenceStage.HELD, OccurrenceStage.OPEN]
    page = visitor.page("staff.agreements.stage", code=row.code, ke="berlaku")
    assert "Setiap tenggat yang ditahan mundur 10 hari." in page.main
    page = visitor.submit(visitor.submit(page, "Lihat akibat", {"back": "push"}), "Nyatakan berlaku")
    assert dates(session, row)[0] == (date(2026, 12, 11), OccurrenceStage.OPEN)
    change = session.scalars(select(StageChange).order_by(StageChange.id.desc())).first()
    assert change.duties == {"back": "push", "days": 10, "counts": {"taken_up": 1}}


def test_an_extension_is_signed_with_the_new_end_of_the_first_agreement(as_staff, session, row):
    extension = make_agreement(
        session,
        [party.organisation for party in row.parties],
        kind=AgreementKind.EXTENSION,
        stage=Stage.SIGNING,
        starts_on=END,
        ends_on=date(2028, 4, 11),
    )
    session.add(AgreementRelation(agreement_id=extension.id, other_id=row.id, relation=Relation.EXTENDS))
    visitor = as_staff()
    page = visitor.page("staff.agreements.stage", code=extension.code, ke="berlaku")
    assert "Berakhir 11 April 2027 → 11 April 2028." in page.main
    visitor.submit(page, "Nyatakan berlaku")
    assert row.ends_on == date(2028, 4, 11)
    assert dates(session, row)[1] == (date(2028, 5, 11), OccurrenceStage.OPEN)


def test_new_dates_in_the_form_are_shown_first_and_nothing_typed_is_lost(as_staff, session, row):
    visitor = as_staff()
    page = visitor.page("staff.agreements.edit", code=row.code)
    page = visitor.submit(page, "Simpan perubahan", {"ends_on": "2027-06-30", "signed_place": "Ambon"})
    assert page.heading == "Tenggat ikut berubah"
    assert "semula Selasa, 11 Mei 2027" in page.main
    assert row.ends_on == END
    again = visitor.submit(page, "Kembali ke isian")
    assert again.all("//input[@name='signed_place']/@value") == ["Ambon"]
    visitor.submit(page, "Simpan perubahan")
    session.expire_all()
    assert (row.ends_on, row.signed_place) == (date(2027, 6, 30), "Ambon")
    assert dates(session, row)[1] == (date(2027, 7, 30), OccurrenceStage.OPEN)


def test_facts_that_move_no_date_are_saved_at_once(as_staff, session, row):
    visitor = as_staff()
    page = visitor.page("staff.agreements.edit", code=row.code)
    visitor.submit(page, "Simpan perubahan", {"signed_place": "Ambon"})
    session.expire_all()
    assert row.signed_place == "Ambon"


def test_partners_still_see_what_an_early_end_left_owed(as_staff, as_partner, session):
    agreement = make_agreement(session)
    make_obligation(session, agreement, fixed_on=TODAY - timedelta(days=3), kind=ObligationKind.REPORTING)
    obligations.refresh(session, agreement_id=agreement.id, now=NOW)
    officer, partner = as_staff(), as_partner(organisation=agreement.parties[1].organisation)
    page = officer.page("staff.agreements.stage", code=agreement.code, ke="diakhiri")
    officer.submit(page, "Akhiri naskah", {"reason": "Sepakat"})
    assert "Laporan pelaksanaan" in partner.page("partner.home.show").main
