"""The page of one agreement (W3): what it says, what it asks, what it does not know."""

from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from portal.domain.agreement import Relation, Stage
from portal.domain.obligation import OffsetUnit
from portal.domain.organisation import Confidence
from portal.domain.policy import Role
from portal.models import AgreementRelation, Entry, FactSource, StageChange
from tests.factories import make_account, make_agreement, make_obligation, make_occurrence
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW


@pytest.fixture(autouse=True)
def _calendar(session):
    make_calendar(session)


def page_of(visitor, row, **values):
    """Open the page of an agreement."""
    return visitor.page("staff.agreements.show", code=row.code, **values)


def relate(session, one, other, relation):
    """Put two agreements into a relation."""
    session.add(AgreementRelation(agreement_id=one.id, other_id=other.id, relation=relation))
    session.flush()


def test_it_shows_standing_term_and_parties(as_staff, session):
    row = make_agreement(session)
    page = page_of(as_staff(), row)
    assert page.heading == row.title
    for words in ("Berakhir dalam 141 hari", "12 April 2024", "11 April 2027", "953 hari berjalan"):
        assert words in page.main
    assert [party.name_printed in page.main for party in row.parties] == [True, True, True]


def test_what_the_record_does_not_tell_is_said_to_be_unknown(as_staff, session):
    row = make_agreement(session, ends_on=None, starts_on=None, purpose=None)
    page = page_of(as_staff(), row)
    assert "Akhir belum diketahui" in page.main
    assert "Tanggal berakhir belum diketahui." in page.main
    for label in ("Mulai", "Berakhir", "Maksud dan tujuan", "Wilayah", "Nilai dan sumber dana", "Naskah asli"):
        assert f"{label} belum diketahui" in page.main


def test_the_sum_behind_the_end_is_shown_and_the_printed_date_wins(as_staff, session):
    row = make_agreement(session, term_years=3)
    page = page_of(as_staff(), row)
    assert "12 April 2024 + 3 tahun = 12 April 2027." in page.main
    assert "Yang tercetak pada naskah: 11 April 2027." in page.main


def test_it_asks_for_the_decision_on_renewal_with_the_sum(as_staff, session):
    row = make_agreement(session, notice_count=3, notice_unit=OffsetUnit.MONTHS, notice_article="Pasal 12")
    page = page_of(as_staff(), row)
    assert "Putuskan perpanjangan paling lambat 11 Januari 2027." in page.main
    assert "Pasal 12: 11 Apr 2027 dikurangi 3 bulan" in page.main
    assert page.link("Putuskan perpanjangan") == f"/kantor/naskah/{row.code}/perpanjang"


def test_a_decision_far_away_asks_for_nothing(as_staff, session):
    row = make_agreement(session, ends_on=date(2029, 4, 11), notice_count=3, notice_unit=OffsetUnit.MONTHS)
    assert "Putuskan perpanjangan" not in page_of(as_staff(), row).main


def test_the_rail_shows_penjajakan_only_while_it_is_current(as_staff, session):
    visitor = as_staff()
    talks = page_of(visitor, make_agreement(session, stage=Stage.EXPLORATION, signed_on=None))
    assert "Sebelum usulan: Penjajakan" in talks.main
    drafting = page_of(visitor, make_agreement(session, stage=Stage.DRAFTING, signed_on=None))
    assert "Tahap 3 dari 7: Penyusunan" in drafting.main
    assert "Penjajakan" not in drafting.main


def test_the_current_stage_says_how_long_it_lasts(as_staff, session):
    row = make_agreement(session, stage=Stage.REVIEW, signed_on=None)
    session.add(StageChange(agreement_id=row.id, stage=Stage.REVIEW, entered_on=date(2026, 11, 16), recorded_at=NOW))
    assert "hari ke-6" in page_of(as_staff(), row).main


def test_a_terminated_agreement_ends_its_rail_there(as_staff, session):
    row = make_agreement(session, stage=Stage.TERMINATED)
    page = page_of(as_staff(), row)
    assert page.one("(//ol[contains(@class,'rail-wide')]/li)[last()]/b").text_content() == "Diakhiri"
    assert "Tahap ini sudah akhir." in page.main


def test_a_child_that_outlives_its_parent_is_warned_about_on_both_pages(as_staff, session):
    parent = make_agreement(session, ends_on=date(2026, 2, 2))
    child = make_agreement(session)
    relate(session, child, parent, Relation.PARENT)
    visitor = as_staff()
    warning = "Berlaku lebih lama daripada induknya, yang berakhir 2 Februari 2026."
    assert warning in page_of(visitor, child).main
    assert warning in page_of(visitor, parent).main


def test_duties_are_listed_by_what_is_asked_for(as_staff, session):
    row = make_agreement(session)
    duty = make_obligation(session, row)
    make_occurrence(session, duty, period_key="2026-S1", due_on=date(2026, 10, 31))
    make_occurrence(session, duty, period_key="2026-S2", due_on=date(2027, 1, 31))
    visitor = as_staff()
    running = page_of(visitor, row)
    assert "Laporan pelaksanaan, Semester I 2026" in running.main
    assert "Terlambat 21 hari" in running.main
    assert "1 kewajiban terlambat." in running.main
    late = page_of(visitor, row, kewajiban="terlambat")
    assert "Semester II 2026" not in late.one("//section[@id='kewajiban']").text_content()
    assert [text for text, _ in late.links if text.startswith("Terlambat")] == ["Terlambat 1"]


def test_sources_of_facts_are_told_with_their_confidence(as_staff, session):
    row = make_agreement(session)
    session.add(
        FactSource(
            subject_kind="agreement",
            subject_id=row.id,
            fact="Ditandatangani di Jakarta",
            source="Berita uji",
            source_on=date(2020, 12, 12),
            confidence=Confidence.REPORTED,
        )
    )
    page = page_of(as_staff(), row)
    assert "Ditandatangani di Jakarta" in page.main
    assert "Berita uji, 12 Des 2020. Menurut pemberitaan, belum diverifikasi." in page.main


def test_what_a_role_may_not_do_stays_with_its_reason(as_staff, session):
    row = make_agreement(session)
    page = page_of(as_staff(Role.DIRECTOR), row)
    assert "Hanya petugas kerja sama dan Biro Hukum yang dapat membuat naskah Word." in page.main
    assert "Perpanjang" in page.main
    assert not [href for text, href in page.links if text == "Ubah data"]


def test_sample_records_carry_their_mark(as_staff, session):
    visitor = as_staff()
    assert "Contoh" in page_of(visitor, make_agreement(session, is_sample=True)).one("//main//h1/..").text_content()
    real = page_of(visitor, make_agreement(session, is_sample=False))
    assert "chip-sample" not in "".join(real.all("//h1/..//@class"))


def test_administrators_do_not_read_what_is_confidential(as_staff, session):
    row = make_agreement(session, is_confidential=True)
    refused = as_staff(Role.ADMIN).page("staff.agreements.show", code=row.code, expect=403)
    assert "Administrator tidak membaca isi naskah yang dibatasi." in refused.main
    assert "Dibatasi" in page_of(as_staff(Role.LEGAL), row).main


def test_the_title_of_a_confidential_relative_stays_hidden_from_administrators(as_staff, session):
    row, secret = make_agreement(session), make_agreement(session, is_confidential=True, title="Judul Rahasia Uji")
    relate(session, row, secret, Relation.PARENT)
    assert "Judul Rahasia Uji" not in page_of(as_staff(Role.ADMIN), row).main
    assert "Judul Rahasia Uji" in page_of(as_staff(), row).main


def test_an_unknown_code_is_not_found(as_staff, session):
    page = as_staff().page("staff.agreements.show", code="PKS-1900-0001", expect=404)
    assert "tidak ditemukan" in page.main


def test_the_history_is_paged_newest_first(as_staff, session):
    row = make_agreement(session)
    account = make_account(session)
    for number in range(30):
        detail = {"version": 2, "changes": {"signed_place": [None, f"Tempat {number}"]}}
        session.add(
            Entry(
                at=NOW,
                actor_id=account.id,
                action="agreement_edited",
                subject_kind="agreement",
                subject_id=row.id,
                agreement_id=row.id,
                detail=detail,
            )
        )
    visitor = as_staff()
    first = visitor.page("staff.agreements.history", code=row.code)
    assert "Tempat penandatanganan: kosong → Tempat 29" in first.main
    assert "1–25 dari 30" in first.main
    second = visitor.page("staff.agreements.history", code=row.code, hal=2)
    assert "Tempat 0" in second.main
    assert account.name in second.main


def statements(visitor, row):
    """Count what the database is asked for one page."""
    asked = []

    def note(connection, cursor, statement, *rest):
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        page_of(visitor, row)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(asked)


def test_more_rows_ask_the_database_no_more_often(as_staff, session):
    few, many = make_agreement(session), make_agreement(session)
    for row, count in ((few, 1), (many, 12)):
        for number in range(count):
            duty = make_obligation(session, row)
            make_occurrence(session, duty, due_on=date(2026, 10, 1 + number))
            relate(session, make_agreement(session), row, Relation.PARENT)
            session.add(
                Entry(at=NOW, action="file_added", subject_kind="agreement", agreement_id=row.id, detail={"name": "x"})
            )
    visitor = as_staff()
    statements(visitor, few)
    assert statements(visitor, many) <= statements(visitor, few)
