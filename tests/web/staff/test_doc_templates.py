"""The template library through its pages: list, upload with a wrong tag, the copy with comments, publishing."""

import io
import zipfile

import pytest

from portal import clock
from portal.domain.agreement import AgreementKind
from portal.domain.policy import Role
from portal.queries import doc_templates as reading
from portal.services import clauses, doc_templates
from tests.factories import make_agreement
from tests.factories.doc_templates import make_draft, misspelt, reworded, shipped

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(autouse=True)
def mou(session, app):
    """The shipped templates and clauses."""
    clauses.seed(session, now=clock.now())
    doc_templates.seed(session, storage=app.extensions["storage"], now=clock.now())
    return reading.get_template(session, "mou")


@pytest.fixture
def legal(as_staff):
    """Somebody of the legal bureau."""
    return as_staff(Role.LEGAL)


def upload(visitor, content, name="mou.docx", *, code="mou", expect=200):
    """Upload a file as the next version."""
    form = visitor.page("staff.doc_templates.revise", code=code)
    return visitor.submit(form, "Unggah dan periksa", {"file": (io.BytesIO(content), name)}, expect=expect)


def test_the_library_lists_templates_with_version_and_check(as_staff):
    page = as_staff().page("staff.doc_templates.index")
    for words in ("Nota Kesepahaman", "Perjanjian Kerja Sama", "Terbit", "Versi 1", "Hanya Biro Hukum"):
        assert words in page.main


def test_the_page_of_a_template_tells_fields_articles_settings_versions_and_drafts(session, mou, as_staff):
    agreement = make_agreement(session, kind=AgreementKind.MOU)
    make_draft(session, agreement, mou.versions[0])
    page = as_staff().page("staff.doc_templates.show", code="mou")
    for words in ("judul naskah", "pihak[].nama", "Ruang Lingkup", "PIHAK KESATU", "Arial, 12 poin", agreement.title):
        assert words in page.main
    assert page.link("Semua nama dan cara menulisnya").endswith("/templat/tag?templat=mou")


def test_drafts_that_are_confidential_are_not_named_to_administrators(session, mou, as_staff):
    agreement = make_agreement(session, kind=AgreementKind.MOU, is_confidential=True)
    make_draft(session, agreement, mou.versions[0])
    assert agreement.title not in as_staff(Role.ADMIN).page("staff.doc_templates.show", code="mou").main


def test_a_wrong_tag_is_shown_annotated_mended_and_published(session, mou, legal):
    page = upload(legal, misspelt())
    assert page.heading.startswith("Periksa versi 2")
    assert "judull" in page.main
    assert "Masih ada kesalahan. Perbaiki di Word" in page.main
    copy = legal.open(page.link("Unduh Word beranotasi"))
    assert copy.mimetype == DOCX
    assert "beranotasi" in copy.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(copy.data)) as parts:
        assert b"judull" in parts.read("word/comments.xml")
    legal.page("staff.doc_templates.show", code="mou")
    page = upload(legal, reworded())
    ask = legal.read(page.link("Terbitkan"))
    assert "Versi 1 pensiun" in ask.main
    page = legal.submit(ask, "Terbitkan versi 3")
    assert "Versi 3 terbit. Naskah baru memakainya." in page.main
    session.expire_all()
    assert reading.current_for(session, AgreementKind.MOU).number == 3


def test_a_version_with_errors_is_not_published_by_its_address(session, legal):
    upload(legal, misspelt())
    ask = legal.page("staff.doc_templates.publish", code="mou", number=2)
    page = legal.submit(ask, "Terbitkan versi 2", expect=409)
    assert "kesalahan" in page.main
    session.expire_all()
    assert reading.current_for(session, AgreementKind.MOU).number == 1


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"%PDF-1.4", "mou.docx", "bukan berkas Word"),
        (shipped(), "mou.docx", "Berkas ini sama dengan versi 1."),
        (b"", "", "Pilih berkas Word templat."),
    ],
)
def test_a_refused_file_says_why_at_its_field(legal, content, name, sentence):
    page = upload(legal, content, name, expect=422)
    assert sentence in page.main
    assert page.title.startswith("Kesalahan:")


def test_publishing_tells_which_drafts_keep_the_old_version(session, mou, legal):
    make_draft(session, make_agreement(session, kind=AgreementKind.MOU), mou.versions[0])
    upload(legal, reworded())
    ask = legal.page("staff.doc_templates.publish", code="mou", number=2)
    assert "1 naskah tetap memakai versi 1." in ask.main


def test_a_new_template_is_uploaded_and_waits(session, legal):
    form = legal.page("staff.doc_templates.record")
    typed = {"name": "MoU daerah", "kind": "mou", "schema_code": "mou", "language": "id"}
    refused = legal.submit(form, "Unggah dan periksa", typed, expect=422)
    assert "Pilih berkas Word templat." in refused.main
    assert refused.one("//input[@name='name']").get("value") == "MoU daerah"
    file = {"file": (io.BytesIO(reworded()), "daerah.docx")}
    page = legal.submit(refused, "Unggah dan periksa", typed | file)
    assert "Periksa versi 1" in page.heading
    assert "Belum terbit" in legal.page("staff.doc_templates.show", code="templat-0001").main


def test_a_sample_draft_is_shown_and_downloaded(as_staff):
    visitor = as_staff()
    page = visitor.page("staff.doc_templates.preview", code="pks", number=1)
    assert "Pasal 1" in page.main
    assert "{{" not in page.main
    answer = visitor.open(page.link("Unduh contoh Word"))
    assert (answer.status_code, answer.mimetype) == (200, DOCX)


def test_every_version_stays_to_be_downloaded_as_it_was(session, legal):
    upload(legal, misspelt())
    assert legal.get("staff.doc_templates.file", code="mou", number=1).data == shipped()
    assert legal.get("staff.doc_templates.file", code="mou", number=2).data == misspelt()


def test_a_template_is_retired_after_a_page_that_says_what_follows(session, legal):
    ask = legal.page("staff.doc_templates.retire", code="mou")
    assert "Naskah baru tidak dapat dimulai dari templat ini." in ask.main
    legal.submit(ask, "Pensiunkan templat")
    session.expire_all()
    assert "mou" not in {one.template.code for one in reading.choices(session)}
    assert "Pensiunkan templat" not in legal.page("staff.doc_templates.show", code="mou").main


def test_other_settings_make_a_version_with_the_same_file(session, legal):
    form = legal.page("staff.doc_templates.settings", code="mou")
    refused = legal.submit(form, "Simpan sebagai versi baru", expect=422)
    assert "Belum ada pengaturan yang berubah." in refused.main
    refused = legal.submit(form, "Simpan sebagai versi baru", {"margin_left": "7"}, expect=422)
    assert "Tulis angka dari 15 sampai 50." in refused.main
    page = legal.submit(form, "Simpan sebagai versi baru", {"paper": "f4", "margin_left": "40"})
    assert "Periksa versi 2" in page.heading
    session.expire_all()
    first, second = reading.get_template(session, "mou").versions
    assert (second.digest, second.clauses) == (first.digest, first.clauses)
    assert (second.settings["paper"], second.settings["margin_left"]) == ("f4", 40)
    assert (first.settings["paper"], first.settings["margin_left"]) == ("a4", 30)


def test_an_officer_reads_and_is_told_who_uploads(as_staff):
    officer = as_staff()
    assert "Hanya Biro Hukum yang dapat mengunggah templat." in officer.page("staff.doc_templates.index").main
    for endpoint in ("record", "revise", "settings", "retire"):
        values = {} if endpoint == "record" else {"code": "mou"}
        officer.page(f"staff.doc_templates.{endpoint}", expect=403, **values)


def test_the_page_of_tags_names_everything_a_template_may_use(as_staff):
    visitor = as_staff()
    page = visitor.page("staff.doc_templates.tags")
    for words in ("{{ judul }}", "| tanggal_kata", "{% pasal %}"):
        assert words in page.main
    page = visitor.page("staff.doc_templates.tags", isi="pihak")
    for words in ("{% untuk p dalam pihak %}", "{{ p.nama }}"):
        assert words in page.main
    assert len(page.markup) < 80_000
    guide = visitor.open(page.link("Unduh panduan Word"))
    with zipfile.ZipFile(io.BytesIO(guide.data)) as parts:
        assert b"p.badan_hukum.akta_nomor" in parts.read("word/document.xml")
    visitor.page("staff.doc_templates.tags", templat="entah", expect=404)
    visitor.page("staff.doc_templates.tags", isi="entah", expect=404)


@pytest.mark.parametrize("path", ["tidak-ada", "mou/periksa/9", "mou/versi/9", "mou/versi/987654/contoh"])
def test_what_is_not_there_is_not_found(as_staff, path):
    as_staff().read(f"/kantor/templat/{path}", expect=404)
