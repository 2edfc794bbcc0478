"""Relief through the pages: easing a date at once, writing a request down, deciding it, taking up again. No script."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.obligation import OccurrenceStage
from portal.domain.policy import Role
from portal.domain.relief import ReliefKind, ReliefStage, Wish
from portal.models import Message, Occurrence, Relief
from portal.services import reliefs
from tests.factories import make_account, make_agreement, make_obligation, make_occurrence
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW
from tests.services.test_reliefs import acting


@pytest.fixture
def row(session):
    """A report that the second party owes on 1 December 2026."""
    make_calendar(session)
    return make_occurrence(session, make_obligation(session, make_agreement(session)))


@pytest.fixture
def officer(row, as_staff):
    """An officer of the ministry."""
    return as_staff()


@pytest.fixture
def relief(session, row):
    """A request of the partner for two weeks more."""
    owner = row.agreement.parties[1].organisation
    actor = acting(make_account(session, Role.PARTNER_RESPONSIBLE, owner), Role.PARTNER_RESPONSIBLE)
    wish = Wish(kind=ReliefKind.EXTENSION, reason="Banjir di Kupang", wanted_on=date(2026, 12, 15))
    return reliefs.ask(session, row, wish=wish, organisation_id=owner.id, actor=actor, now=NOW)


def here(row):
    """The words that name a date in addresses."""
    return {"code": row.agreement.code, "number": 1, "key": row.period_key}


def test_a_date_is_moved_and_the_page_says_from_where(session, officer, row):
    ask = officer.page("staff.reliefs.give", act="geser", **here(row))
    assert "Selasa, 1 Desember 2026" in ask.main
    page = officer.submit(ask, "Geser tenggat", {"wanted_on": "2026-12-15", "reason": "Surat Direktur 12"})
    assert "15 Des 2026" in page.main
    assert "1 Des 2026" in page.main
    assert "Perpanjangan tenggat: Dikabulkan sampai 15 Des 2026" in page.main
    assert "Surat Direktur 12" in page.main
    assert session.scalars(select(Occurrence.due_on)).all() == [date(2026, 12, 15)]


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize(
    ("act", "typed", "sentence"),
    [
        ("geser", {"wanted_on": "2026-12-15", "reason": ""}, "Tulis alasan dan dasarnya."),
        ("geser", {"wanted_on": "", "reason": "x"}, "Isi tanggal baru."),
        ("geser", {"wanted_on": "2026-12-01", "reason": "x"}, "Pilih tanggal sesudah tenggat yang sekarang."),
        ("tahan", {"wanted_on": "2026-11-21", "reason": "x"}, "Pilih tanggal sesudah hari ini."),
        ("bebaskan", {"reason": " "}, "Tulis alasan dan dasarnya."),
    ],
)
def test_what_is_missing_is_said_and_nothing_changes(session, officer, row, act, typed, sentence):
    ask = officer.page("staff.reliefs.give", act=act, **here(row))
    verb = {"geser": "Geser tenggat", "tahan": "Tahan tenggat", "bebaskan": "Bebaskan tenggat"}[act]
    page = officer.submit(ask, verb, typed, expect=422)
    assert sentence in page.main
    assert page.title.startswith("Kesalahan:")
    assert session.scalars(select(Relief)).all() == []


def test_a_release_keeps_its_reason_in_sight(officer, row):
    ask = officer.page("staff.reliefs.give", act="bebaskan", **here(row))
    page = officer.submit(ask, "Bebaskan tenggat", {"reason": "Banjir besar"})
    assert "Dibebaskan" in page.main
    assert "Banjir besar" in page.main


def test_a_date_rests_and_is_taken_up_again(session, officer, row):
    ask = officer.page("staff.reliefs.give", act="tahan", **here(row))
    page = officer.submit(ask, "Tahan tenggat", {"reason": "Menunggu adendum"})
    assert "Ditahan" in page.main
    assert "Lanjutkan" in page.main
    listed = officer.page("staff.reliefs.index")
    assert any(href.endswith("/lanjutkan") for _, href in listed.links)
    ask = officer.page("staff.reliefs.take_up", **here(row))
    page = officer.submit(ask, "Lanjutkan tenggat", {"due_on": "2026-12-20", "reason": "Adendum terbit"})
    assert "20 Des 2026" in page.main
    session.refresh(row)
    assert row.stage is OccurrenceStage.OPEN


def test_a_call_is_written_down_as_a_request_that_waits(session, officer, row):
    partner = row.agreement.parties[1].organisation
    ask = officer.page("staff.reliefs.give", act="geser", **here(row))
    typed = {"wanted_on": "2026-12-15", "reason": "Menelepon", "asker": partner.code, "only_ask": "y"}
    officer.submit(ask, "Geser tenggat", typed)
    session.refresh(row)
    assert row.due_on == date(2026, 12, 1)
    listed = officer.page("staff.reliefs.index")
    assert "1 Des 2026 → 15 Des 2026" in listed.main
    assert partner.name in listed.main


def test_a_request_is_granted_with_another_date_and_told(session, officer, row, relief):
    page = officer.page("staff.reliefs.show", relief_id=relief.id)
    assert "Banjir di Kupang" in page.main
    assert page.one("//input[@name='granted_on']").get("value") == "2026-12-15"
    typed = {"verdict": "grant", "granted_on": "2026-12-11", "answer": "Surat Direktur 12"}
    page = officer.submit(page, "Simpan keputusan", typed)
    assert "Dikabulkan" in page.main
    assert "11 Desember 2026" in page.main
    session.refresh(row)
    assert row.due_on == date(2026, 12, 11)
    assert session.scalars(select(Message.template)).all() == ["relief_decided"]
    assert "Tidak ada permohonan yang menunggu." in officer.page("staff.reliefs.index").main


def test_a_request_is_refused_only_with_a_reason_and_not_twice(session, officer, row, relief):
    page = officer.page("staff.reliefs.show", relief_id=relief.id)
    refused = officer.submit(page, "Simpan keputusan", {"verdict": "refuse", "answer": ""}, expect=422)
    assert "Tulis alasan dan dasar keputusan ini." in refused.main
    officer.submit(refused, "Simpan keputusan", {"verdict": "refuse", "answer": "Sudah dua kali"})
    session.refresh(relief)
    assert relief.stage is ReliefStage.REFUSED
    again = officer.submit(page, "Simpan keputusan", {"verdict": "grant", "answer": "Surat 13"}, expect=422)
    assert "sudah dijawab atau ditarik kembali" in again.main
    assert "Surat 13" in again.one("//section[@id='isian']").text_content()


def test_a_request_is_a_task_until_it_is_answered(officer, relief):
    page = officer.page("staff.tasks.index")
    assert "Putuskan keringanan: Laporan pelaksanaan" in page.main
    officer.submit(officer.page("staff.reliefs.show", relief_id=relief.id), "Catat ditarik kembali")
    assert "Putuskan keringanan" not in officer.page("staff.tasks.index").main


def test_a_director_reads_but_does_not_decide(as_staff, row, relief):
    director = as_staff(Role.DIRECTOR)
    page = director.page("staff.reliefs.show", relief_id=relief.id)
    assert "Hanya petugas kerja sama dan kepala unit" in page.main
    assert page.tree.xpath("//form[contains(@action, '/keringanan/')]") == []
    assert director.get("staff.reliefs.give", act="geser", **here(row)).status_code == 403


def test_an_absent_request_is_not_found(officer, row):
    assert officer.get("staff.reliefs.show", relief_id=987654).status_code == 404
    assert officer.get("staff.reliefs.show", relief_id=10**30).status_code == 404
