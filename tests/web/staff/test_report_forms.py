"""The office writes what reports ask: looked at first, kept as the next version; begun reports keep theirs."""

import pytest
from sqlalchemy import select

from portal.domain.obligation import ObligationKind
from portal.domain.policy import Role
from portal.models import ReportForm
from portal.services import report_forms
from portal.services.reference import read
from tests.factories.instants import NOW


@pytest.fixture
def seeded(session):
    report_forms.seed(session, read("report_forms")["form"], now=NOW)
    session.commit()


@pytest.fixture
def officer(as_staff, seeded):
    del seeded
    return as_staff()


def newest(session):
    kind = ReportForm.kind == ObligationKind.REPORTING
    return session.scalars(select(ReportForm).where(kind).order_by(ReportForm.number.desc())).first()


def test_every_reported_kind_has_its_form(session, officer) -> None:
    page = officer.page("staff.report_forms.index")
    for words in ("Pelaporan", "Pertanggungjawaban dana", "Rencana kerja tahunan", "Apa yang akan dilaksanakan?"):
        assert words in page.main
    assert report_forms.seed(session, read("report_forms")["form"], now=NOW) == 0


def test_a_preview_shows_and_keeps_nothing(session, officer) -> None:
    page = officer.page("staff.report_forms.edit", kind="reporting")
    shown = officer.submit(
        page, "Lihat pratinjau", {"label_number_2": "Berapa kelas dibuka?", "unit_number_2": "kelas"}
    )
    assert "Berapa kelas dibuka?" in shown.main
    assert shown.one("//input[@name='label_number_2']/@value") == "Berapa kelas dibuka?"
    assert newest(session).number == 1


def test_a_change_makes_the_next_version(session, officer) -> None:
    page = officer.page("staff.report_forms.edit", kind="reporting")
    after = officer.submit(
        page,
        "Simpan versi baru",
        {"label_number_2": "Berapa kelas dibuka?", "unit_number_2": "kelas", "label_number_1": "", "needed_files": "y"},
    )
    assert "Versi 2 disimpan." in after.main
    row = newest(session)
    asked = {field["name"]: field for field in row.fields}
    assert list(asked) == ["narrative", "obstacles", "beneficiaries", "number_2", "amount_rupiah", "files"]
    assert (asked["number_2"]["unit"], asked["files"]["needed"]) == ("kelas", True)


def test_the_same_again_makes_nothing_new(session, officer) -> None:
    officer.submit(officer.page("staff.report_forms.edit", kind="reporting"), "Simpan versi baru")
    assert newest(session).number == 1


def test_six_numbers_and_no_question_at_all_are_refused_and_nothing_typed_is_lost(session, officer) -> None:
    page = officer.page("staff.report_forms.edit", kind="reporting")
    six = {f"label_number_{place}": f"Angka {place}?" for place in range(1, 6)}
    refused = officer.submit(page, "Simpan versi baru", six, expect=422)
    assert "paling banyak lima angka" in refused.main
    assert refused.one("//input[@name='label_number_5']/@value") == "Angka 5?"
    none = officer.submit(page, "Simpan versi baru", {"label_narrative": "", "title": "x"}, expect=422)
    assert "sedikitnya satu pertanyaan uraian" in none.main
    assert newest(session).number == 1


def test_who_was_slower_is_told(session, officer) -> None:
    page = officer.page("staff.report_forms.edit", kind="reporting")
    officer.submit(page, "Simpan versi baru", {"title": "Pertama"})
    officer.submit(page, "Simpan versi baru", {"title": "Kedua"}, expect=409)
    assert newest(session).title == "Pertama"


@pytest.mark.usefixtures("seeded")
def test_a_director_reads_and_is_told_who_may_change(as_staff) -> None:
    director = as_staff(Role.DIRECTOR)
    assert "Hanya petugas kerja sama" in director.page("staff.report_forms.index").main
    assert director.get("staff.report_forms.edit", kind="reporting").status_code == 403


def test_a_kind_that_nobody_reports_is_not_there(officer) -> None:
    assert officer.get("staff.report_forms.edit", kind="funding").status_code == 404
