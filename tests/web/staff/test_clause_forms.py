"""What a clause proposes and where it belongs, through its form; a clause from nothing, until an obligation."""

import pytest
from sqlalchemy import select

from portal import clock
from portal.domain import pattern
from portal.domain.agreement import AgreementKind, Stage
from portal.domain.clause import Block, Condition
from portal.domain.policy import Role
from portal.models import Obligation
from portal.queries import clauses as reading
from portal.queries import doc_templates as template_reading
from portal.services import clauses, doc_templates
from tests.factories import make_agreement
from tests.factories.calendar import make_calendar
from tests.factories.clauses import make_clause

DUTY = {
    "patterns-0-kind": "reporting",
    "patterns-0-title": "menyampaikan laporan keberlanjutan",
    "patterns-0-debtors": "mitra",
    "patterns-0-creditors": "kementerian",
    "patterns-0-schedule": "recurring",
    "patterns-0-cadence": "semester",
    "patterns-0-offset_count": "10",
    "patterns-0-day_type": "working",
    "patterns-0-direction": "after",
    "patterns-0-evidence": "Laporan tertulis",
    "patterns-0-label": "ayat-2",
}
TEXT = "(1) PARA PIHAK menjaga keberlanjutan.\n(2) Mitra melaporkan keberlanjutan."
NEW = {
    "title": "Keberlanjutan Program",
    "text": TEXT,
    "title_en": "Continuity",
    "text_en": "(1) The Parties care for continuity.\n(2) The Partner reports on continuity.",
    "block": "reporting",
    "kinds": ["pks"],
    "condition": "always",
    "note": "Diminta Direktur",
}


@pytest.fixture
def clause(session):
    """A published clause without duties."""
    return make_clause(session)


@pytest.fixture
def legal(as_staff):
    """Somebody of the legal bureau."""
    return as_staff(Role.LEGAL)


def with_row(visitor, form):
    """The form with one more obligation."""
    return visitor.submit(form, "Tambah kewajiban")


def test_a_duty_is_typed_shown_as_its_sentence_and_labels_its_ayat(session, clause, as_staff):
    officer = as_staff()
    form = with_row(officer, officer.page("staff.clauses.edit", code=clause.code))
    form = officer.submit(form, "Lihat kalimatnya", DUTY)
    said = "10 (sepuluh) hari kerja setelah periode berakhir"
    assert said in form.main
    assert "Akan diusulkan:" in form.main
    page = officer.submit(form, "Simpan usulan", {"note": "Tagih laporan"})
    assert "[ditambah: Menyampaikan laporan keberlanjutan. Kewajiban mitra kepada Kementerian Sosial" in page.main
    session.expire_all()
    row = reading.proposal(reading.get(session, clause.code))
    [told] = [pattern.read(one) for one in row.patterns]
    assert (told.label, told.offset_count, told.title) == (
        "laporan_contoh_ayat_2",
        10,
        "menyampaikan laporan keberlanjutan",
    )
    for text in (row.text, row.text_en):
        assert text.splitlines()[1].startswith("(2) {% label laporan_contoh_ayat_2 %}")
    assert reading.published(row.clause).patterns == []


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize(
    ("typed", "name", "sentence"),
    [
        ({"patterns-0-cadence": ""}, "cadence", "Pilih seberapa sering"),
        ({"patterns-0-schedule": "relative"}, "relative_anchor", "Pilih dari tanggal apa"),
        ({"patterns-0-offset_unit": "months"}, "day_type", "Hari kerja hanya dapat dihitung dalam hari"),
        ({"patterns-0-schedule": "event"}, "event_type", "Pilih peristiwa yang memulai hitungan"),
        ({"patterns-0-offset_unit": "hours"}, "offset_unit", "Jam hanya dapat dihitung dari suatu peristiwa"),
        (
            {"patterns-0-schedule": "on_request", "patterns-0-offset_unit": "hours"},
            "day_type",
            "Jam berjalan terus",
        ),
        ({"patterns-0-cadence": "every_n_months"}, "cadence_months", "Tulis jumlah bulan dari 1 sampai 120"),
        ({"patterns-0-creditors": "mitra", "patterns-0-debtors": "KESATU"}, None, ""),
        ({"patterns-0-creditors": "KESATU", "patterns-0-debtors": "KESATU"}, "creditors", "kepada dirinya sendiri"),
        ({"patterns-0-debtors": "lainnya", "patterns-0-creditors": "lainnya"}, "creditors", "di satu sisi"),
        ({"patterns-0-title": ""}, "title", "dimulai dengan kata kerja"),
        ({"kinds": ["mou"], "mandatory_kinds": ["pks"]}, "mandatory_kinds", "hanya dapat wajib pada jenis"),
    ],
)
def test_a_wrong_combination_is_refused_at_its_field(session, clause, as_staff, typed, name, sentence):
    officer = as_staff()
    form = with_row(officer, officer.page("staff.clauses.edit", code=clause.code))
    expect = 422 if name else 200
    page = officer.submit(form, "Simpan usulan", DUTY | {"note": "Uji"} | typed, expect=expect)
    if name:
        field = name if name == "mandatory_kinds" else f"patterns-0-{name}"
        assert sentence in page.one(f"//*[@id='{field}-error']").text_content()
    session.expire_all()
    assert (reading.proposal(reading.get(session, clause.code)) is None) is bool(name)


def test_where_a_clause_belongs_waits_for_approval_and_then_moves_it(session, clause, as_staff, legal):
    other = make_clause(session, "kahar-contoh", block=Block.FORCE_MAJEURE, position=20, version={"title": "Kahar"})
    officer = as_staff()
    form = officer.page("staff.clauses.edit", code=clause.code)
    typed = {"block": "sanctions", "mandatory_kinds": ["pks"], "after": other.code, "note": "Pindah"}
    page = officer.submit(form, "Simpan usulan", typed)
    for words in ("Letak: sesudah Kahar", "Wajib pada:", "[ditambah:"):
        assert words in page.main
    session.expire_all()
    kept = reading.get(session, clause.code)
    assert (kept.block, kept.mandatory_kinds, kept.position) == (Block.REPORTING, [], 10)
    legal.submit(legal.page("staff.clauses.publish", code=clause.code, number=2), "Terbitkan versi 2")
    session.expire_all()
    kept = reading.get(session, clause.code)
    assert (kept.block, kept.mandatory_kinds, kept.position) == (Block.SANCTIONS, ["pks"], 30)
    assert kept.condition is Condition.ALWAYS


def test_variants_are_named_with_their_parent_and_compared(session, clause, as_staff):
    officer = as_staff()
    form = officer.page("staff.clauses.vary", code=clause.code)
    form = officer.submit(form, "Buat varian", {"title": "Laporan Bantuan", "kinds": ["pks"], "condition": "aid"})
    officer.submit(form, "Simpan usulan", {"text": "(1) Mitra melapor.", "text_en": "", "note": "Beda"})
    page = officer.page("staff.clauses.show", code="laporan-contoh-varian-1")
    page = officer.read(page.link("Bandingkan dengan Laporan Contoh"))
    assert "[dihapus:" in page.main
    assert "Untuk: " in page.main
    officer.read(f"/kantor/klausul/{clause.code}/banding/{clause.code}", expect=404)


def test_every_clause_has_an_owner_that_legal_names(session, clause, as_staff, legal):
    assert "Biro Hukum" in as_staff().page("staff.clauses.show", code=clause.code).main
    form = legal.page("staff.clauses.owner", code=clause.code)
    refused = legal.submit(form, "Simpan pemilik", expect=422)
    assert "Pemiliknya sama seperti sebelumnya." in refused.main
    page = legal.submit(form, "Simpan pemilik", {"unit": "Biro Umum", "account": str(legal.account.id)})
    assert "Biro Umum" in page.main
    as_staff().page("staff.clauses.owner", code=clause.code, expect=403)


def test_a_clause_from_nothing_becomes_an_obligation_of_a_draft(session, app, as_staff, legal):
    make_calendar(session)
    clauses.seed(session, now=clock.now())
    doc_templates.seed(session, storage=app.extensions["storage"], now=clock.now())
    officer = as_staff()
    form = with_row(officer, officer.page("staff.clauses.record"))
    page = officer.submit(form, "Simpan usulan", DUTY | {"title": "", "note": ""}, expect=422)
    for words in ("Tulis judul Pasal.", "Tulis isi Pasal.", "Pilih kelompok.", "Tulis alasan perubahan"):
        assert words in page.main
    page = officer.submit(page, "Simpan usulan", NEW)
    assert "Hanya Biro Hukum yang dapat menerbitkan klausul." in page.main
    legal.submit(legal.page("staff.clauses.publish", code="keberlanjutan-program", number=1), "Terbitkan versi 1")

    form = legal.page("staff.doc_templates.articles", code="pks")
    form = legal.submit(form, "Cari", {"q": "keberlanjutan"})
    form = legal.submit(form, "Tambah Keberlanjutan Program")
    page = legal.submit(form, "Simpan sebagai versi baru")
    assert "Periksa versi 2" in page.heading
    legal.submit(legal.read(page.link("Terbitkan")), "Terbitkan versi 2")

    agreement = make_agreement(
        session, kind=AgreementKind.PKS, stage=Stage.DRAFTING, signed_on=None, starts_on=None, ends_on=None
    )
    officer.submit(officer.page("staff.drafting.overview", code=agreement.code), "Mulai dari templat")
    page = officer.page("staff.drafting.section", code=agreement.code, part="kewajiban")
    assert "Menyampaikan laporan keberlanjutan" in page.main
    officer.submit(page, "Terima semua usulan")
    session.expire_all()
    made = session.scalars(select(Obligation).where(Obligation.title == DUTY["patterns-0-title"])).one()
    assert made.article.endswith("ayat (2)")
    used = officer.page("staff.clauses.show", code="keberlanjutan-program")
    assert "1 templat, 1 naskah" in used.main
    assert agreement.title in used.main


def test_the_articles_of_a_template_are_put_in_order_as_a_new_version(session, app, legal):
    clauses.seed(session, now=clock.now())
    doc_templates.seed(session, storage=app.extensions["storage"], now=clock.now())
    first = template_reading.get_template(session, "mou").versions[0].clauses
    form = legal.page("staff.doc_templates.articles", code="mou")
    refused = legal.submit(form, "Simpan sebagai versi baru", expect=422)
    assert "Belum ada yang berubah pada susunan Pasal." in refused.main
    late = form
    form = legal.submit(form, "Hapus Kerahasiaan")
    form = legal.submit(form, "Turun Maksud dan Tujuan")
    legal.submit(form, "Simpan sebagai versi baru", {"pasal-0-is_included": ["y"]})
    session.expire_all()
    before, after = template_reading.get_template(session, "mou").versions
    assert before.clauses == first
    codes = [row["code"] for row in after.clauses]
    assert codes[:2] == [first[1]["code"], first[0]["code"]]
    assert "kerahasiaan" not in codes
    assert after.clauses[0]["is_included"]
    assert "versi baru sesudah Anda membukanya" in legal.submit(late, "Simpan sebagai versi baru", expect=409).main
