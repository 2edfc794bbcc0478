"""Word files that come back, through their pages: the upload, what was found, the way on to the review."""

import io

import pytest

from portal.documents import package, preview
from portal.domain.agreement import Stage
from portal.domain.policy import SYSTEM, Role
from portal.services import drafting
from tests.documents import attacks, builders, edits
from tests.factories import make_agreement
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW
from tests.factories.libraries import seed_libraries

pytestmark = pytest.mark.sqlite_only


@pytest.fixture(autouse=True)
def _libraries(session, app):
    make_calendar(session)
    seed_libraries(session, app.extensions["storage"])


@pytest.fixture
def row(session):
    """A PKS that is being drafted."""
    return make_agreement(session, stage=Stage.DRAFTING, signed_on=None)


def sent(content, name="naskah hasil.docx"):
    """A file as a form sends it."""
    return {"files": (io.BytesIO(content), name)}


def test_a_draft_goes_to_word_and_comes_back_with_its_references_right(as_staff, row):
    visitor = as_staff()
    page = visitor.submit(visitor.page("staff.drafting.overview", code=row.code), "Mulai dari templat")
    page = visitor.submit(visitor.page("staff.drafting.section", code=row.code, part="periksa"), "Buat naskah Word")
    made = visitor.get("staff.agreements.rendition_file", code=row.code, number=1).data
    assert visitor.page("staff.drafting.rendition", code=row.code, number=1).main.count("Isian kosong") == 1
    content = edits.edited(made, edits.insert_article, word__comments=edits.comments("Melki"))
    content = edits.edited(content, edits.track("Siti <b>"))
    content = edits.edited(content, edits.type_sentence("Lihat Pasal 97. Hari Senin, 21 November 2026."))
    page = visitor.read(page.link("Unggah naskah dari Word"))
    page = visitor.submit(page, "Unggah dan periksa", sent(content) | {"note": "Hasil rapat"})
    assert page.heading == "Naskah Word 2"
    assert {one.get("href") for one in page.all("//nav//a[@aria-current]")} == {"/kantor/naskah"}
    cells = [cell.text_content() for cell in page.all("//table//td")]
    assert cells[1].split()[0] == "Pasal"
    assert cells[1] != cells[0]
    assert cells[2].endswith("rujukan")
    for said in ("Pasal 97", "di Pasal 1", "Melki", "1 komentar", "Siti <b>", "1 sisipan, 1 hapusan", "Hasil rapat"):
        assert said in page.main
    assert "Kami sunting di Word" in page.main
    assert page.one("//ins").text_content().endswith("kata baru")
    assert page.one("//del").text_content().endswith("kata lama")
    assert page.link("Naskah Word 1").endswith(f"/{row.code}/susun/naskah/1")
    assert visitor.get("staff.drafting.sent_file", code=row.code, number=2).data == content
    kept = visitor.get("staff.agreements.rendition_file", code=row.code, number=2).data
    assert cells[1] in preview.text(kept)
    assert "Kirim ke telaah" in [name for name, _ in page.links]
    page = visitor.read(page.link("Kirim ke telaah"))
    assert page.heading == "Ubah tahap menjadi Telaah"
    assert "Naskah Word 2" in visitor.page("staff.drafting.overview", code=row.code).main


def test_signs_in_the_labels_of_a_file_stay_text(as_staff, row, session, app):
    storage = app.extensions["storage"]
    made = storage.read(drafting.draft(session, row, actor=SYSTEM, now=NOW, storage=storage).digest)
    label, hostile = b'w:val="Pasal %1"', b'w:val="Pasal %1 &lt;b&gt;%s%(x)s"'
    lists = package.unpack(made)["word/numbering.xml"].replace(label, hostile)
    content = edits.edited(made, edits.delete_target, word__numbering=lists)
    visitor = as_staff()
    page = visitor.page("staff.drafting.upload", code=row.code)
    page = visitor.submit(page, "Unggah dan periksa", sent(content))
    assert "kehilangan sasarannya" in page.main
    assert "<b>%s%(x)s" in page.main


def test_a_text_of_the_partner_needs_no_draft(as_staff, row):
    visitor = as_staff(Role.LEGAL)
    page = visitor.read(visitor.page("staff.drafting.overview", code=row.code).link("Dari naskah mitra"))
    page = visitor.submit(page, "Unggah dan periksa", sent(builders.docx()))
    assert "Dari mitra" in page.main
    assert "disimpan persis seperti diunggah" in page.main
    assert "Naskah Word 1" in visitor.page("staff.drafting.overview", code=row.code).main
    visitor.page("staff.drafting.rendition", code=row.code, number=2, expect=404)
    assert visitor.get("staff.drafting.sent_file", code=row.code, number=2).status_code == 404


@pytest.mark.parametrize("attack", ["DDE", "remote picture", "ole"])
def test_a_dangerous_file_is_refused_at_the_field(as_staff, row, attack):
    visitor = as_staff()
    content, said = attacks.BAD[attack]
    page = visitor.page("staff.drafting.upload", code=row.code)
    page = visitor.submit(page, "Unggah dan periksa", sent(content), expect=422)
    assert said in page.one("//*[@id='files-error']").text_content()
    assert page.title.startswith("Kesalahan:")


def test_a_file_and_its_origin_are_asked_for(as_staff, row):
    visitor = as_staff()
    page = visitor.page("staff.drafting.upload", code=row.code)
    page = visitor.submit(page, "Unggah dan periksa", {"origin": ""}, expect=422)
    assert "Pilih berkas Word yang akan diunggah." in page.main
    assert "Pilih dari mana naskah ini." in page.main


def test_heads_read_the_files_and_bring_none(as_staff, row):
    visitor = as_staff()
    page = visitor.page("staff.drafting.upload", code=row.code)
    visitor.submit(page, "Unggah dan periksa", sent(builders.docx()))
    head = as_staff(Role.HEAD)
    assert head.page("staff.drafting.rendition", code=row.code, number=1).heading == "Naskah Word 1"
    head.page("staff.drafting.upload", code=row.code, expect=403)


def test_what_is_signed_says_why_nothing_comes_in(as_staff, session):
    signed = make_agreement(session)
    page = as_staff().page("staff.drafting.upload", code=signed.code)
    assert "sudah ditandatangani" in page.main
    assert not page.all("//input[@type='file']")
