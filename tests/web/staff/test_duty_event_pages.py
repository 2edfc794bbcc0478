"""Events of a duty through the pages: previewed, recorded, corrected, taken back. No script is needed."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.domain.obligation import EventType, OccurrenceStage, OffsetUnit, ScheduleKind
from portal.domain.organisation import Zone
from portal.domain.policy import Role
from portal.models import ObligationEvent, Occurrence
from tests.factories import make_agreement, make_obligation
from tests.factories.calendar_days import make_calendar

TYPED = {"happened_on": "2026-11-21", "happened_at": "08:15", "note": "Telepon dari LKS"}


@pytest.fixture
def agreement(session):
    """An agreement whose second party is in Makassar and must tell of a breach within 72 hours."""
    make_calendar(session)
    made = make_agreement(session)
    made.parties[1].organisation.zone = Zone.WITA
    changes = {"offset_count": 72, "offset_unit": OffsetUnit.HOURS, "event_type": EventType.DATA_BREACH}
    make_obligation(session, made, schedule=ScheduleKind.EVENT, fixed_on=None, title="Memberi tahu", **changes)
    return made


@pytest.fixture
def officer(agreement, as_staff):
    """An officer of the ministry."""
    return as_staff()


def test_an_event_is_previewed_to_the_minute_and_then_recorded(session, officer, agreement):
    duty = officer.page("staff.obligations.show", code=agreement.code, number=1)
    assert "Tenggat muncul sesudah peristiwanya dicatat." in duty.main
    form = officer.read(duty.link("Catat peristiwa"))
    shown = officer.submit(form, "Lihat tenggatnya", TYPED)
    assert "Paling lambat Selasa, 24 November 2026 pukul 09.15 WITA." in shown.main
    assert session.scalars(select(ObligationEvent)).all() == []
    page = officer.submit(shown, "Simpan")
    assert "Selasa, 24 November 2026 pukul 09.15 WITA" in page.main
    assert "Telepon dari LKS" in page.main
    assert "Peristiwa ke-1" in page.main
    event = session.scalars(select(ObligationEvent)).one()
    assert event.occurred_at == datetime(2026, 11, 21, 1, 15, tzinfo=UTC)


def test_an_event_is_corrected_and_taken_back_with_its_reason(session, officer, agreement):
    officer.submit(officer.page("staff.duty_events.record", code=agreement.code, number=1), "Simpan", TYPED)
    form = officer.page("staff.duty_events.correct", code=agreement.code, number=1, place=1)
    assert form.one("//input[@name='happened_at']").get("value") == "08:15"
    page = officer.submit(form, "Simpan", {"happened_on": "2026-11-20"})
    assert "Senin, 23 November 2026 pukul 09.15 WITA" in page.main
    again = officer.page("staff.obligations.edit", code=agreement.code, number=1)
    shown = officer.submit(again, "Perbarui jadwal", {"offset_count": "48"})
    assert "Minggu, 22 November 2026 pukul 09.15 WITA" in shown.main
    ask = officer.page("staff.duty_events.withdraw", code=agreement.code, number=1, place=1)
    assert "Tulis alasan" in officer.submit(ask, "Cabut catatan", {"reason": ""}, expect=422).main
    page = officer.submit(ask, "Cabut catatan", {"reason": "Salah catat"})
    assert "Dicabut" in page.main
    assert "Salah catat" in page.main
    assert session.scalars(select(Occurrence.stage)).all() == [OccurrenceStage.CANCELLED]


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"happened_on": "2026-11-22"}, "Peristiwa ini belum terjadi."),
        ({"happened_on": ""}, "Isi tanggal kejadiannya."),
        ({"happened_at": "25:99"}, ""),
        ({"happened_on": "1200-01-01"}, "tahun antara 1945 dan 2199"),
    ],
)
@pytest.mark.parametrize("button", ["Simpan", "Lihat tenggatnya"])
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(session, officer, agreement, changes, sentence, button):
    form = officer.page("staff.duty_events.record", code=agreement.code, number=1)
    page = officer.submit(form, button, TYPED | changes, expect=422)
    assert sentence in page.main
    assert page.one("//textarea[@name='note']").text.strip() == "Telepon dari LKS"
    assert session.scalars(select(ObligationEvent)).all() == []


def test_only_officers_record_and_what_is_not_there_is_not_found(officer, agreement, as_staff):
    officer.page("staff.duty_events.correct", code=agreement.code, number=1, place=1, expect=404)
    director = as_staff(Role.DIRECTOR)
    director.page("staff.duty_events.record", code=agreement.code, number=1, expect=403)
