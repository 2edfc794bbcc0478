"""The partner's own card: seen, proposed for, papers sent and taken back. Nobody else's, and not by who only looks."""

import io
from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.organisation_card import DocumentKind, ProposalStage
from portal.domain.policy import Role
from portal.models import CardProposal, Contact, LksProfile, OfficeHolder, OrganisationDocument
from portal.services import reference
from tests.factories import make_partner
from tests.factories.instants import NOW

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def row(session):
    """A welfare institution whose registration has run out."""
    reference.load(session, now=NOW)
    found = make_partner(session, name="Yayasan Melati")
    session.add(
        LksProfile(
            organisation_id=found.id, registration_number="R/1", registration_expires_on=date(2026, 1, 31), atensi=[]
        )
    )
    session.add(OfficeHolder(organisation_id=found.id, name="Sri Wahyuni", office="Ketua"))
    session.add(Contact(organisation_id=found.id, name="Andi", phone="0812"))
    session.flush()
    return found


@pytest.fixture
def visitor(row, as_partner):
    """Somebody of that institution."""
    return as_partner(row)


def waiting(session):
    """What was proposed."""
    return session.scalars(select(CardProposal)).one()


def test_the_card_says_what_is_missing_and_what_is_recorded(visitor):
    page = visitor.read(visitor.page("partner.home.show").link("Data lembaga kami"))
    assert "Tanda daftar lembaga ini habis berlaku pada 31 Januari 2026." in page.main
    for words in ("Perlu diperbaiki", "R/1", "Sri Wahyuni", "Andi", "belum diketahui"):
        assert words in page.main


def test_a_proposal_stands_beside_the_old_value_until_it_is_taken_back(session, visitor):
    form = visitor.page("partner.profile.propose", word="tanda-daftar")
    typed = {
        "registration_expires_on": "2029-01-31",
        "basis": "Tanda daftar baru",
        "files": (io.BytesIO(PDF), "td.pdf"),
    }
    page = visitor.submit(form, "Kirim usulan", typed)
    assert "Menunggu pemeriksaan: 31 Januari 2029" in page.main
    assert "31 Januari 2026" in page.main
    assert visitor.open(page.link("td.pdf")).data == PDF
    page = visitor.submit(page, "Tarik kembali")
    assert "Usulan ditarik kembali." in page.main
    assert waiting(session).stage is ProposalStage.WITHDRAWN


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize(
    ("word", "typed", "sentence"),
    [
        ("rekening", {"bank_name": "Bank Satu"}, "Tulis dasarnya"),
        ("rekening", {"basis": "Rapat"}, "Belum ada yang diubah."),
        ("identitas", {"name": "", "basis": "Akta"}, "Tulis nama lengkap organisasi."),
        ("identitas", {"email": "bukan surel", "basis": "Akta"}, "Tulis alamat surel yang lengkap"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(session, visitor, word, typed, sentence):
    form = visitor.page("partner.profile.propose", word=word)
    page = visitor.submit(form, "Kirim usulan", typed, expect=422)
    assert sentence in page.main
    for name, value in typed.items():
        if name != "basis" and value:
            assert page.one(f"//*[@name='{name}']").get("value") == value
    assert session.scalars(select(CardProposal)).all() == []


def test_people_and_lists_of_codes_are_proposed_too(session, visitor):
    page = visitor.submit(
        visitor.page("partner.profile.propose", word="pengurus"),
        "Kirim usulan",
        {"name": "Budi", "office": "Bendahara", "starts_on": "2026-01-01", "basis": "Akta 7"},
    )
    assert "Budi" in page.main
    form = visitor.page("partner.profile.propose", word="narahubung", number=1)
    page = visitor.submit(form, "Kirim usulan", {"has_left": "y", "basis": "Pindah tugas"})
    assert page.all("//a[normalize-space()='Andi']") == []
    form = visitor.page("partner.profile.propose", word="layanan")
    code = form.all("//input[@name='atensi']/@value")[0]
    page = visitor.submit(form, "Kirim usulan", {"atensi": [code], "basis": "Program baru"})
    assert page.main.count("Menunggu pemeriksaan") >= 3
    assert visitor.get("partner.profile.propose", word="pengurus", number=9).status_code == 404
    assert visitor.get("partner.profile.propose", word="identitas", number=1).status_code == 404
    assert visitor.get("partner.profile.propose", word="tidak-ada").status_code == 404


def send(visitor, name="td.pdf", content=PDF, expect=200, **typed):
    """Send a paper."""
    values = {"kind": "registration", "number": "R/2", "files": (io.BytesIO(content), name)} | typed
    return visitor.submit(visitor.page("partner.profile.add_document"), "Kirim dokumen", values, expect=expect)


def test_a_paper_is_sent_downloaded_and_taken_back(session, visitor):
    page = send(visitor, expires_on="2029-01-31")
    assert "Dokumen terkirim." in page.main
    row = session.scalars(select(OrganisationDocument)).one()
    assert (row.kind, row.stage) == (DocumentKind.REGISTRATION, ProposalStage.WAITING)
    answer = visitor.get("partner.profile.document", document_id=row.id)
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    page = visitor.submit(page, "Tarik kembali")
    assert "Belum ada dokumen yang tersimpan." in page.main


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"content": b""}, "Berkas td.pdf kosong."),
        ({"name": "td.exe"}, "tidak dapat dilampirkan"),
        ({"kind": ""}, "Pilih jenis dokumen."),
        ({"issued_on": "2026-02-01", "expires_on": "2026-01-01"}, "Tulis masa berlaku yang sesudah tanggal terbit."),
    ],
)
def test_a_paper_that_cannot_be_kept_is_refused_in_one_sentence(session, visitor, typed, sentence):
    assert sentence in send(visitor, expect=422, **typed).main
    assert session.scalars(select(OrganisationDocument)).all() == []


def test_a_file_that_came_with_a_mistake_need_not_be_chosen_again(session, visitor):
    page = send(visitor, expect=422, kind="")
    assert "td.pdf" in page.main
    page = visitor.submit(page, "Kirim dokumen", {"kind": "deed"})
    assert "Dokumen terkirim." in page.main
    row = session.scalars(select(OrganisationDocument)).one()
    assert (row.name, row.number) == ("td.pdf", "R/2")
    assert visitor.get("partner.profile.document", document_id=row.id).data == PDF


def test_a_note_of_a_file_counts_for_the_one_who_chose_it(session, visitor, row, as_partner):
    note = send(visitor, expect=422, kind="").one("//input[@name='kept']").get("value")
    other = as_partner(row)
    form = other.page("partner.profile.add_document")
    page = other.submit(form, "Kirim dokumen", {"kind": "deed", "kept": note}, expect=422)
    assert "Pilih berkas dokumen." in page.main
    assert session.scalars(select(OrganisationDocument)).all() == []


def test_a_paper_without_a_file_is_asked_for_one(visitor):
    form = visitor.page("partner.profile.add_document")
    page = visitor.submit(form, "Kirim dokumen", {"kind": "deed"}, expect=422)
    assert "Pilih berkas dokumen." in page.main


def test_another_partner_finds_nothing_here(session, visitor, as_partner):
    send(visitor)
    form = visitor.page("partner.profile.propose", word="rekening")
    visitor.submit(
        form, "Kirim usulan", {"bank_name": "Bank Satu", "basis": "Rapat", "files": (io.BytesIO(PDF), "a.pdf")}
    )
    paper, proposal = session.scalars(select(OrganisationDocument)).one().id, waiting(session).id
    other = as_partner(make_partner(session, name="Yayasan Lain"))
    for endpoint, name, row_id in (
        ("partner.profile.document", "document_id", paper),
        ("partner.profile.proposal_file", "proposal_id", proposal),
    ):
        foreign = other.get(endpoint, **{name: row_id})
        absent = other.get(endpoint, **{name: 10**12})
        assert (foreign.status_code, absent.status_code) == (404, 404)
    for endpoint, name, row_id in (
        ("partner.profile.withdraw_document", "document_id", paper),
        ("partner.profile.withdraw", "proposal_id", proposal),
    ):
        assert other.post(endpoint, **{name: row_id}).status_code in {400, 404}
    assert waiting(session).stage is ProposalStage.WAITING
    assert "Bank Satu" not in other.page("partner.profile.show").main


def test_who_may_only_look_sees_the_card_and_no_way_to_change_it(session, row, as_partner):
    viewer = as_partner(row, Role.PARTNER_VIEWER)
    page = viewer.page("partner.profile.show")
    assert "R/1" in page.main
    assert [href for _, href in page.links if "/profil/usul" in href or href.endswith("/dokumen/baru")] == []
    assert page.tree.xpath("//main//form") == []
    assert viewer.get("partner.profile.propose", word="rekening").status_code == 403
