"""The clause library through its pages: search, one clause, proposing, two people, approving, variants."""

import pytest

from portal.domain.clause import Block, Condition
from portal.domain.policy import Role
from portal.domain.publication import Publication
from portal.queries import clauses as reading
from tests.factories.clauses import make_clause

PATTERN = {
    "kind": "reporting",
    "title": "menyampaikan laporan kegiatan",
    "debtors": ["mitra"],
    "creditors": ["kementerian"],
    "schedule": "recurring",
    "cadence": "semester",
    "period_anchor": "calendar",
    "offset_count": 31,
}


@pytest.fixture
def clause(session):
    """A clause with a pattern and a wording to fall back on."""
    fallback = {"name": "Batas minimum", "text": "Laporan disampaikan satu kali setahun."}
    version = {"patterns": [PATTERN], "fallbacks": [fallback], "guidance": "Sepakati formulirnya."}
    return make_clause(session, mandatory_kinds=["pks"], version=version)


@pytest.fixture
def legal(as_staff):
    """Somebody of the legal bureau."""
    return as_staff(Role.LEGAL)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Laporan Contoh", "Kahar Contoh"}),
        ("q=BENCANA", {"Kahar Contoh"}),
        ("q=bencana+laporan", set()),
        ("kelompok=kahar", {"Kahar Contoh"}),
        ("jenis=mou", {"Laporan Contoh"}),
        ("bila=tukar-data", {"Kahar Contoh"}),
        ("wajib=ya", {"Laporan Contoh"}),
        ("pola=ya", {"Laporan Contoh"}),
        ("pola=tidak", {"Kahar Contoh"}),
        ("bahasa=tanpa-inggris", {"Kahar Contoh"}),
        ("bahasa=pasangan-berubah", set()),
        ("keadaan=usulan", {"Kahar Contoh"}),
        ("keadaan=pensiun", set()),
        ("keadaan=entah", {"Laporan Contoh", "Kahar Contoh"}),
    ],
)
def test_the_library_is_filtered_by_its_address(session, clause, as_staff, query, expected):
    make_clause(
        session,
        "kahar-contoh",
        stage=Publication.DRAFT,
        block=Block.FORCE_MAJEURE,
        kinds=["pks"],
        condition=Condition.DATA_EXCHANGE,
        version={"title": "Kahar Contoh", "text": "Bencana alam.", "text_en": ""},
    )
    page = as_staff().read(f"/kantor/klausul?{query}")
    assert set(page.all("//table//td//a/text()")) == expected
    assert ("Saringan ini tidak dikenal" in page.main) is (query == "keadaan=entah")


def test_the_page_shows_both_languages_guidance_fallbacks_and_duties(clause, as_staff):
    page = as_staff().page("staff.clauses.show", code=clause.code)
    for words in (
        "(1) PARA PIHAK menyusun laporan.",
        "(1) The Parties prepare a report.",
        "a. kegiatan; dan",
        "Sepakati formulirnya.",
        "Batas minimum",
        "Menyampaikan laporan kegiatan. Kewajiban mitra kepada Kementerian Sosial",
        "Wajib pada",
        "Selalu ada",
        "Hanya Biro Hukum yang dapat menerbitkan klausul.",
    ):
        assert words in page.main


def test_an_administrator_reads_and_is_told_who_proposes(clause, as_staff):
    visitor = as_staff(Role.ADMIN)
    assert "Hanya petugas kerja sama dan Biro Hukum" in visitor.page("staff.clauses.show", code=clause.code).main
    visitor.page("staff.clauses.edit", code=clause.code, expect=403)


def test_a_proposal_is_compared_approved_and_becomes_the_text(session, clause, as_staff, legal):
    officer = as_staff()
    form = officer.page("staff.clauses.edit", code=clause.code)
    typed = {
        "text": "(1) PARA PIHAK wajib menyusun laporan.\n(2) Laporan memuat:\na. kegiatan; dan\nb. kendala.",
        "note": "Tegas",
    }
    page = officer.submit(form, "Simpan usulan", typed)
    assert "[ditambah: wajib" in page.main
    assert "Hanya satu bahasa yang berubah" in page.main
    assert "Hanya Biro Hukum yang dapat menerbitkan klausul." in page.main
    shown = legal.page("staff.clauses.show", code=clause.code)
    assert "wajib menyusun" not in shown.main
    ask = legal.read(legal.read(shown.link("Lihat usulan")).link("Terbitkan"))
    assert "Versi 1 pensiun." in ask.main
    page = legal.submit(ask, "Terbitkan versi 2")
    assert "wajib menyusun" in page.main
    assert "Pasangan berubah" in page.main
    assert "Laporan Contoh" in legal.read("/kantor/klausul?bahasa=pasangan-berubah").main
    session.expire_all()
    assert reading.published(reading.get(session, clause.code)).number == 2


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": "(1) Satu.\n(2) {% jika induk %}Dua."}, "Baris ke-2: “{% jika induk %}” belum ditutup."),
        ({"text": "(1) Satu {{ juduul }}.", "text_en": ""}, "Baris ke-1:"),
        ({"text_en": "(1) One."}, "tidak sepadan"),
        ({"title": ""}, "Tulis judul Pasal."),
        ({"text": ""}, "Tulis isi Pasal."),
        ({"note": ""}, "Tulis alasan perubahan"),
        ({}, "Belum ada yang berubah."),
    ],
)
def test_a_refused_proposal_keeps_what_was_typed(session, clause, as_staff, typed, sentence):
    officer = as_staff()
    form = officer.page("staff.clauses.edit", code=clause.code)
    page = officer.submit(form, "Simpan usulan", {"note": "Tegas"} | typed, expect=422)
    assert sentence in page.main
    assert page.title.startswith("Kesalahan:")
    for name, value in typed.items():
        field = page.one(f"//*[@name='{name}']")
        assert (field.get("value") or field.text or "").strip() == value
    session.expire_all()
    assert len(reading.get(session, clause.code).versions) == 1


def test_fallbacks_grow_and_shrink_by_buttons(session, clause, as_staff):
    officer = as_staff()
    form = officer.page("staff.clauses.edit", code=clause.code)
    form = officer.submit(form, "Tambah teks cadangan", {"title": "Belum disimpan"})
    assert form.one("//input[@name='title']").get("value") == "Belum disimpan"
    typed = {
        "fallbacks-1-name": "Alternatif",
        "fallbacks-1-text": "Laporan disampaikan dua kali setahun.",
        "note": "Baru",
    }
    officer.submit(form, "Simpan usulan", typed)
    session.expire_all()
    row = reading.proposal(reading.get(session, clause.code))
    assert [one["name"] for one in row.fallbacks] == ["Batas minimum", "Alternatif"]
    form = officer.page("staff.clauses.edit", code=clause.code)
    form = officer.submit(form, "Hapus teks cadangan 1")
    officer.submit(form, "Simpan usulan", {"note": "Kurangi"})
    session.expire_all()
    row = reading.proposal(reading.get(session, clause.code))
    assert [one["name"] for one in row.fallbacks] == ["Alternatif"]


def test_the_second_of_two_people_sees_both_texts_and_keeps_theirs(session, clause, as_staff, legal):
    officer = as_staff()
    first = legal.page("staff.clauses.edit", code=clause.code)
    second = officer.page("staff.clauses.edit", code=clause.code)
    legal.submit(first, "Simpan usulan", {"title": "Judul Hukum", "note": "Satu"})
    page = officer.submit(second, "Simpan usulan", {"title": "Judul Petugas", "note": "Dua"}, expect=409)
    for words in ("Punya saya", "Judul Petugas", "Judul Hukum", "Laporan Contoh"):
        assert words in page.main
    officer.submit(page, "Simpan isian saya")
    session.expire_all()
    assert reading.proposal(reading.get(session, clause.code)).title == "Judul Petugas"


def test_an_approval_of_a_text_that_changed_meanwhile_is_refused(session, clause, as_staff, legal):
    officer = as_staff()
    form = officer.page("staff.clauses.edit", code=clause.code)
    officer.submit(form, "Simpan usulan", {"title": "Satu", "note": "Satu"})
    ask = legal.page("staff.clauses.publish", code=clause.code, number=2)
    form = officer.page("staff.clauses.edit", code=clause.code)
    officer.submit(form, "Simpan usulan", {"title": "Dua"})
    page = legal.submit(ask, "Terbitkan versi 2", expect=409)
    assert "Baca lagi sebelum menerbitkan." in page.main
    session.expire_all()
    assert reading.published(reading.get(session, clause.code)).number == 1


def test_a_proposal_is_declined_with_a_reason(clause, as_staff, legal):
    officer = as_staff()
    form = officer.page("staff.clauses.edit", code=clause.code)
    officer.submit(form, "Simpan usulan", {"title": "Satu", "note": "Satu"})
    ask = legal.page("staff.clauses.decline", code=clause.code, number=2)
    ask = legal.submit(ask, "Tolak usulan", expect=422)
    assert "Tulis alasan penolakan" in ask.main
    page = legal.submit(ask, "Tolak usulan", {"reason": "Tidak lazim"})
    assert "Tidak lazim" in page.main
    officer.page("staff.clauses.decline", code=clause.code, number=2, expect=403)


def test_a_variant_is_made_and_opens_for_editing(session, clause, as_staff):
    officer = as_staff()
    form = officer.page("staff.clauses.vary", code=clause.code)
    page = officer.submit(form, "Buat varian", {"title": "Laporan Bantuan", "kinds": ["pks"], "condition": "aid"})
    assert page.one("//input[@name='title']").get("value") == "Laporan Bantuan"
    variant = reading.get(session, "laporan-contoh-varian-1")
    assert (variant.condition, variant.kinds) == (Condition.AID, ["pks"])
    assert "Varian dari laporan-contoh" in officer.read("/kantor/klausul?keadaan=usulan").main


def test_a_variant_without_a_kind_is_refused(clause, as_staff):
    officer = as_staff()
    form = officer.page("staff.clauses.vary", code=clause.code)
    page = officer.submit(form, "Buat varian", {"kinds": []}, expect=422)
    assert "Pilih paling sedikit satu jenis naskah." in page.main


def test_a_retired_clause_leaves_the_list_and_takes_no_change(clause, legal):
    ask = legal.page("staff.clauses.retire", code=clause.code)
    page = legal.submit(ask, "Pensiunkan klausul")
    assert "Klausul pensiun." in page.main
    assert "Usul perubahan" not in page.main
    assert "Laporan Contoh" not in legal.page("staff.clauses.index").main
    assert "Laporan Contoh" in legal.read("/kantor/klausul?keadaan=pensiun").main


@pytest.mark.parametrize("path", ["tidak-ada", "laporan-contoh/versi/9", "laporan-contoh/versi/9/terbitkan"])
def test_what_is_not_there_is_not_found(clause, legal, path):
    assert clause.code == "laporan-contoh"
    legal.read(f"/kantor/klausul/{path}", expect=404)
