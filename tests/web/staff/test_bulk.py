"""Drafts in bulk on the pages: a list is uploaded, checked, started, watched, fetched, mended."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from portal.domain.agreement import Stage
from portal.domain.policy import SYSTEM, Role
from portal.jobs import draft_in_bulk
from portal.models import BulkRun
from portal.queries import doc_templates
from portal.services import drafts
from tests.factories import make_agreement, make_partner
from tests.factories.bulk_lists import make_library, make_workbook
from tests.factories.organisations import make_ministry
from tests.harness.clock import START


@pytest.fixture
def library(session, app):
    """The shipped templates and clauses, and the ministry."""
    make_ministry(session)
    version = make_library(session, app.extensions["storage"])
    session.commit()
    return f"{version.template.code}/{version.number}"


def upload(visitor, library, content, name="daftar.xlsx", **fields):
    page = visitor.page("staff.bulk.create")
    given = {"template": library, "ours": "KEMENSOS", "title": "Rehabilitasi Sosial Pemulung"} | fields
    return page, given | {"workbook": (io.BytesIO(content), name)}


def test_a_list_becomes_drafts_and_the_wrong_row_comes_back(as_staff, app, session, library, clock):
    officer = as_staff(Role.OFFICER)
    partner = make_partner(session, name="Yayasan Balai Contoh")
    session.commit()
    content = make_workbook(["Mitra", "Jangka waktu (bulan)"], [partner.name, 36], ["Yayasan Hilang", 12])
    page, fields = upload(officer, library, content)
    page = officer.submit(page, "Periksa daftar", fields)
    assert "0 dibuat, 1 siap, 1 perlu diperbaiki" in page.text
    assert "Mitra ini tidak ada" in page.text
    page = officer.submit(page, "Buat 1 naskah")
    assert "boleh ditinggalkan" in page.text
    draft_in_bulk.run(app, now=clock.now)
    code = session.query(BulkRun).one().code
    page = officer.page("staff.bulk.show", code=code)
    assert "1 dibuat, 0 siap, 1 perlu diperbaiki" in page.text
    assert not page.all("//*[@hx-get]"), "a list that is done is not asked for again"
    with zipfile.ZipFile(io.BytesIO(officer.get("staff.bulk.archive", code=code).data)) as made:
        assert [name.rpartition(".")[2] for name in made.namelist()] == ["docx", "csv"]
        assert "Yayasan Balai Contoh" in made.namelist()[0]
    mended = load_workbook(io.BytesIO(officer.get("staff.bulk.wrong_rows", code=code).data)).worksheets[0]
    values = [cell.value for cell in mended[2]]
    assert "Yayasan Hilang" in values
    assert any("Mitra ini tidak ada" in str(value) for value in values)


def test_a_wrong_file_keeps_what_was_typed_and_says_what_to_do(as_staff, library):
    officer = as_staff(Role.OFFICER)
    page, fields = upload(officer, library, b"bukan excel", signatory_name="Menteri Contoh")
    page = officer.submit(page, "Periksa daftar", fields, expect=422)
    assert "daftar.xlsx" in page.text
    assert page.all("//input[@name='signatory_name']/@value") == ["Menteri Contoh"]
    page, fields = upload(officer, library, make_workbook(["Judul"], ["x"]))
    page = officer.submit(page, "Periksa daftar", fields, expect=422)
    assert "tidak memuat kolom “Mitra”" in page.text


def test_the_empty_list_carries_every_column(as_staff):
    content = as_staff(Role.LEGAL).get("staff.bulk.sample").data
    headings = [cell.value for cell in load_workbook(io.BytesIO(content)).worksheets[0][1]]
    assert headings[:3] == ["Kode naskah", "Mitra", "Judul"]
    assert len(headings) == len(set(headings))


def test_a_list_can_be_given_up_before_it_begins(as_staff, session, library):
    officer = as_staff(Role.OFFICER)
    partner = make_partner(session)
    session.commit()
    page, fields = upload(officer, library, make_workbook(["Mitra"], [partner.code]))
    page = officer.submit(page, "Periksa daftar", fields)
    page = officer.submit(page, "Batalkan daftar")
    assert "Tidak ada naskah yang dibuat" in page.text
    assert not page.all("//button[contains(., 'Buat 1 naskah')]")
    assert "Dibatalkan" in officer.page("staff.bulk.index").text


def test_rows_are_shown_by_their_stage_and_page_by_page(as_staff, session, library):
    officer = as_staff(Role.OFFICER)
    partners = [make_partner(session).code for _ in range(60)]
    session.commit()
    page, fields = upload(officer, library, make_workbook(["Mitra"], *([code] for code in [*partners, "hilang"])))
    page = officer.submit(page, "Periksa daftar", fields)
    code = session.query(BulkRun).one().code
    assert "1–50 dari 61" in page.text
    assert "51–61 dari 61" in officer.page("staff.bulk.show", code=code, hal=2).text
    refused = officer.page("staff.bulk.show", code=code, keadaan="ditolak")
    assert "1–1 dari 1" in refused.text
    assert "keadaan=aneh" in officer.page("staff.bulk.show", code=code, keadaan="aneh").text


@pytest.mark.parametrize("role", [Role.HEAD, Role.DIRECTOR, Role.ADMIN])
def test_who_may_not_draft_finds_no_lists(as_staff, role):
    as_staff(role).page("staff.bulk.index", expect=403)


def test_rows_that_failed_are_made_again_by_a_button(as_staff, app, session, library, clock):
    officer = as_staff(Role.OFFICER)
    known = make_agreement(session, stage=Stage.SIGNING)
    session.commit()
    page, fields = upload(officer, library, make_workbook(["Kode naskah"], [known.code]))
    page = officer.submit(officer.submit(page, "Periksa daftar", fields), "Buat 1 naskah")
    assert page.all("//*[@id='kemajuan'][@hx-get]//p/@data-announce") == ["Pembuatan naskah dimulai."]
    assert not page.all("//*[@id='kemajuan']//*[self::a or self::button]"), "what is replaced holds no focus"
    known.stage = Stage.ACTIVE
    session.commit()
    draft_in_bulk.run(app, now=clock.now)
    page = officer.page("staff.bulk.show", code=session.query(BulkRun).one().code)
    assert "sudah ditandatangani" in page.text
    known.stage = Stage.SIGNING
    session.commit()
    page = officer.submit(page, "Ulangi 1 baris yang gagal")
    assert "1 baris dikerjakan lagi" in page.text
    draft_in_bulk.run(app, now=clock.now)
    page = officer.page("staff.bulk.show", code=session.query(BulkRun).one().code)
    assert "1 dibuat, 0 siap, 0 perlu diperbaiki" in page.text


def test_a_draft_is_offered_as_an_example(as_staff, session, library):
    officer = as_staff(Role.OFFICER)
    row = make_agreement(session, stage=Stage.DRAFTING, title="Rehabilitasi Sosial Contoh")
    version = doc_templates.current_for(session, row.kind)
    drafts.start(session, row, version=version, actor=SYSTEM, now=START)
    partner = make_partner(session)
    session.commit()
    page, fields = upload(officer, library, make_workbook(["Mitra"], [partner.code]), example=row.code)
    assert "Rehabilitasi Sosial Contoh" in page.text
    page = officer.submit(page, "Periksa daftar", fields)
    assert "0 dibuat, 1 siap" in page.text
    assert session.query(BulkRun).one().common["example"] == row.code
