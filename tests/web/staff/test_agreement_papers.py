"""Stages, documents and Word drafts through the pages."""

import io
import zipfile

import pytest
from sqlalchemy import select

from portal.domain.agreement import AgreementKind, Relation, Stage
from portal.domain.policy import Role
from portal.models import AgreementFile, AgreementRelation, Entry, Rendition
from tests.factories import make_agreement, make_obligation
from tests.factories.calendar import make_calendar
from tests.factories.libraries import seed_libraries

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _calendar(session):
    make_calendar(session)


@pytest.fixture
def libraries(session, app):
    """The shipped templates and clauses."""
    seed_libraries(session, app.extensions["storage"])


def actions(session, row):
    """What the trail of an agreement tells."""
    session.expire_all()
    return session.scalars(select(Entry.action).where(Entry.agreement_id == row.id).order_by(Entry.id)).all()


def test_a_stage_is_confirmed_on_a_page_of_its_own(as_staff, session):
    row = make_agreement(session, stage=Stage.REVIEW, signed_on=None)
    visitor = as_staff()
    page = visitor.page("staff.agreements.stage", code=row.code, ke="penyusunan")
    assert page.heading == "Ubah tahap menjadi Penyusunan"
    page = visitor.submit(page, "Ubah menjadi Penyusunan")
    assert "Tahap naskah sekarang: Penyusunan." in page.main
    assert actions(session, row) == ["stage_changed"]


def test_an_act_that_ends_an_agreement_asks_for_its_reason(as_staff, session):
    row = make_agreement(session)
    visitor = as_staff()
    page = visitor.page("staff.agreements.stage", code=row.code, ke="diakhiri")
    assert "pengingat berhenti" in page.main
    page = visitor.submit(page, "Akhiri naskah", expect=422)
    assert "Tulis alasan perubahan tahap ini." in page.main
    page = visitor.submit(page, "Akhiri naskah", {"reason": "Kesepakatan para pihak"})
    assert "Diakhiri" in page.main
    assert row.stage is Stage.TERMINATED


def test_becoming_active_asks_for_the_day_of_signing(as_staff, session):
    row = make_agreement(session, stage=Stage.SIGNING, signed_on=None)
    visitor = as_staff()
    page = visitor.page("staff.agreements.stage", code=row.code, ke="berlaku")
    page = visitor.submit(page, "Nyatakan berlaku", expect=422)
    assert "Isi tanggal penandatanganan sebelum naskah dinyatakan berlaku." in page.main
    visitor.submit(page, "Nyatakan berlaku", {"signed_on": "2026-11-20"})
    session.expire_all()
    assert (row.stage, row.signed_on.isoformat()) == (Stage.ACTIVE, "2026-11-20")


def test_without_a_wish_in_the_address_the_stages_that_may_follow_are_offered(as_staff, session):
    row = make_agreement(session, stage=Stage.REVIEW, signed_on=None)
    page = as_staff().page("staff.agreements.stage", code=row.code)
    assert page.all("//select[@name='to']/option/@value") == ["proposed", "drafting", "cancelled"]


def upload(visitor, row, name="naskah.pdf", content=PDF, expect=200, kind="signed"):
    """Upload a file to an agreement."""
    page = visitor.page("staff.agreements.files", code=row.code)
    return visitor.submit(page, "Unggah", {"files": (io.BytesIO(content), name), "kind": kind}, expect=expect)


def test_a_document_is_kept_and_sent_as_a_download(as_staff, session):
    row = make_agreement(session)
    visitor = as_staff()
    page = upload(visitor, row)
    assert "naskah.pdf tersimpan. Mitra belum dapat melihatnya." in page.main
    answer = visitor.get("staff.agreements.file", code=row.code, number=1)
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"] == "attachment; filename=naskah.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.mimetype == "application/pdf"
    assert actions(session, row) == ["file_added"]


def test_a_file_that_is_not_what_its_name_says_is_refused_with_a_sentence(as_staff, session):
    row = make_agreement(session)
    page = upload(as_staff(), row, name="naskah.exe", expect=422)
    assert "tidak dapat dilampirkan. Pilih PDF, Word, Excel, PNG, atau JPG." in page.main
    assert session.scalars(select(AgreementFile)).all() == []


def test_choosing_no_file_is_said(as_staff, session):
    row = make_agreement(session)
    visitor = as_staff()
    page = visitor.submit(visitor.page("staff.agreements.files", code=row.code), "Unggah", expect=422)
    assert "Pilih berkas yang akan diunggah." in page.main


def test_partners_see_a_document_from_its_release_until_it_is_withheld(as_staff, as_partner, session):
    row = make_agreement(session)
    visitor, stranger = as_staff(), make_agreement(session)
    page = upload(visitor, row)
    partner = as_partner(row.parties[1].organisation)
    assert "naskah.pdf" not in partner.page("partner.agreements.show", code=row.code).main
    page = visitor.submit(page, "Buka untuk mitra naskah.pdf")
    assert "naskah.pdf" in partner.page("partner.agreements.show", code=row.code).main
    visitor.submit(page, "Tutup untuk mitra naskah.pdf")
    assert "naskah.pdf" not in partner.page("partner.agreements.show", code=row.code).main
    assert actions(session, row) == ["file_added", "file_released", "file_withheld"]
    assert visitor.get("staff.agreements.file", code=stranger.code, number=1).status_code == 404


def test_the_draft_is_made_and_what_it_lacks_is_listed(as_staff, session, libraries):
    row = make_agreement(session, stage=Stage.DRAFTING, signed_on=None, starts_on=None, ends_on=None)
    make_obligation(session, row)
    visitor = as_staff(Role.LEGAL)
    page = visitor.submit(visitor.page("staff.agreements.show", code=row.code), "Buat naskah Word")
    made = session.scalars(select(Rendition)).one()
    assert made.missing
    assert f"Naskah 1 dibuat; {len(made.missing)} isian masih kosong." in page.main
    for lack in made.missing:
        assert lack["label"] in page.main
    answer = visitor.get("staff.agreements.rendition_file", code=row.code, number=1)
    assert answer.headers["Content-Disposition"] == f"attachment; filename={row.code}-naskah-1.docx"
    text = zipfile.ZipFile(io.BytesIO(answer.data)).read("word/document.xml").decode()
    assert row.parties[2].name_printed in text
    assert "belum diketahui" in text
    assert actions(session, row) == ["draft_begun", "document_drafted"]


def test_drafts_are_numbered_and_never_overwritten(as_staff, session, libraries):
    row = make_agreement(session, stage=Stage.DRAFTING)
    visitor = as_staff()
    for _ in range(2):
        page = visitor.submit(visitor.page("staff.agreements.show", code=row.code), "Buat naskah Word")
    assert "Naskah Word 1" in page.main
    assert "Naskah Word 2" in page.main
    assert visitor.get("staff.agreements.rendition_file", code=row.code, number=1).status_code == 200


def test_an_addendum_names_what_it_changes(as_staff, session, libraries):
    base = make_agreement(session, title="Naskah Pokok Uji")
    row = make_agreement(session, kind=AgreementKind.AMENDMENT, code="ADD-2026-0001", stage=Stage.DRAFTING)
    session.add(AgreementRelation(agreement_id=row.id, other_id=base.id, relation=Relation.AMENDS))
    visitor = as_staff()
    visitor.submit(visitor.page("staff.agreements.show", code=row.code), "Buat naskah Word")
    made = session.scalars(select(Rendition)).one()
    assert made.template_code == "addendum"
    assert made.snapshot["diubah"]["judul"] == "Naskah Pokok Uji"


def test_no_draft_is_made_of_a_signed_agreement(as_staff, session, libraries):
    row = make_agreement(session)
    page = as_staff().page("staff.agreements.show", code=row.code)
    assert "Naskah ini sudah ditandatangani." in page.main
    assert not page.all("//button[contains(., 'Buat naskah Word')]")


def test_a_kind_without_a_template_says_so(as_staff, session):
    row = make_agreement(session, kind=AgreementKind.TERMINATION, code="PGK-2026-0001")
    page = as_staff().page("staff.agreements.show", code=row.code)
    assert "Jenis naskah ini belum mempunyai templat Word." in page.main
    assert not page.all("//button[contains(., 'Buat naskah Word')]")


def test_a_head_of_unit_is_told_why_no_draft_can_be_made(as_staff, session):
    row = make_agreement(session)
    visitor = as_staff(Role.HEAD)
    page = visitor.page("staff.agreements.files", code=row.code)
    assert "Hanya petugas kerja sama dan Biro Hukum yang dapat membuat naskah Word." in page.main
    assert "Hanya petugas kerja sama yang dapat melakukan ini." in page.main
