"""The list of dated duties and what is done with those that are ticked, without any script."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.models import Message, Occurrence
from tests.factories import make_account, make_agreement, make_obligation, make_occurrence
from tests.factories.calendar_days import make_calendar


@pytest.fixture
def rows(session):
    """Two dates that a partner owes; somebody there reports."""
    make_calendar(session)
    agreement = make_agreement(session)
    agreement.parties[1].contact_name = "Siti Maryam"
    make_account(session, Role.PARTNER_WRITER, agreement.parties[1].organisation, name="Yusuf")
    duty = make_obligation(session, agreement)
    return [make_occurrence(session, duty, period_key=key, due_on=date(2026, 12, 1)) for key in ("2026-S1", "2026-S2")]


@pytest.fixture
def officer(rows, as_staff):
    """An officer of the ministry."""
    return as_staff()


def ticked(officer, rows, act):
    """The page that asks before an act, as the buttons of the list open it."""
    return officer.page("staff.duty_bulk.show", tindakan=act, pilih=[row.id for row in rows])


def test_the_list_names_the_person_and_offers_the_acts(officer, rows):
    page = officer.page("staff.obligations.index")
    assert "Siti Maryam" in page.main
    assert len(page.tree.xpath("//form[@method='get']//input[@name='pilih']")) == len(rows)
    acts = page.tree.xpath("//form//button[@name='tindakan']/@value")
    assert acts == ["ingatkan", "geser", "bebaskan"]
    for view in ("Tanpa penanggung jawab", "Permohonan keringanan", "Ditahan"):
        assert view in page.main


def test_reminding_names_who_is_told_and_who_was_told_already(session, officer, rows):
    ask = ticked(officer, rows, "ingatkan")
    assert "Yusuf" in ask.main
    assert "2 tenggat" in ask.main
    page = officer.submit(ask, "Kirim pengingat")
    assert "Pengingat disiapkan untuk: Yusuf." in page.main
    assert session.scalars(select(Message.template)).all() == ["duties_nudged"]
    again = officer.submit(ticked(officer, rows, "ingatkan"), "Kirim pengingat")
    assert "Hari ini sudah diingatkan: Yusuf." in again.main


def test_several_dates_are_moved_by_days(session, officer, rows):
    ask = ticked(officer, rows, "geser")
    refused = officer.submit(ask, "Geser tenggat", {"more_days": "14", "reason": ""}, expect=422)
    assert "Tulis alasan dan dasarnya." in refused.main
    page = officer.submit(refused, "Geser tenggat", {"more_days": "14", "reason": "Surat Direktur 12"})
    assert "2 tenggat diubah." in page.main
    assert set(session.scalars(select(Occurrence.due_on))) == {date(2026, 12, 15)}


def test_what_may_not_be_changed_is_named(officer, rows):
    officer.submit(ticked(officer, rows[:1], "bebaskan"), "Bebaskan tenggat", {"reason": "Kahar"})
    page = officer.submit(ticked(officer, rows, "bebaskan"), "Bebaskan tenggat", {"reason": "Kahar"})
    assert "1 tenggat diubah." in page.main
    assert "Dilewati: Laporan pelaksanaan, Semester I 2026. Tenggat ini sudah selesai." in page.main


def test_nothing_ticked_and_an_unknown_act_are_answered(officer, rows):
    assert "Belum ada tenggat yang dipilih" in officer.page("staff.duty_bulk.show", tindakan="geser").main
    assert officer.get("staff.duty_bulk.show", tindakan="hapus", pilih=rows[0].id).status_code == 404
    assert "Belum ada tenggat" in officer.page("staff.duty_bulk.show", tindakan="geser", pilih="99x").main
