"""The articles of a draft through their pages: another template, undo, fallbacks, adding, copying, and the end."""

import pytest
from lxml import html
from werkzeug.datastructures import MultiDict

from portal.domain.agreement import Stage
from portal.queries import clauses, drafts
from tests.factories import make_agreement
from tests.factories.calendar import make_calendar
from tests.factories.libraries import seed_libraries


@pytest.fixture(autouse=True)
def _libraries(session, app):
    make_calendar(session)
    seed_libraries(session, app.extensions["storage"])


@pytest.fixture
def row(session):
    """A PKS that is being drafted."""
    return make_agreement(session, stage=Stage.DRAFTING, signed_on=None, starts_on=None, ends_on=None)


@pytest.fixture
def writer(as_staff, row):
    """An officer who has begun the draft of `row`."""
    visitor = as_staff()
    visitor.submit(visitor.page("staff.drafting.overview", code=row.code), "Mulai dari templat")
    return visitor


def draft_of(session, row):
    """Read the draft anew."""
    session.expire_all()
    return drafts.get(session, row.id)


def tree_of(session, row):
    """The articles of a draft."""
    return drafts.tree_of(draft_of(session, row))


def section(visitor, row, word, **values):
    """Open one section."""
    return visitor.page("staff.drafting.section", code=row.code, part=word, **values)


def test_another_template_is_taken_by_a_button_after_saying_what_changes(writer, row, session):
    before, first = tree_of(session, row), draft_of(session, row).template_version_id
    page = writer.read(section(writer, row, "templat").link("Ganti templat"))
    other = next(value for value in page.all("//select[@name='templat']/option/@value") if value != "pks:1")
    page = writer.submit(page, "Lihat yang akan berubah", {"templat": other})
    assert "Yang akan terjadi" in page.main
    assert "Pasal tetap dengan teks, pilihan, dan urutannya." in page.main
    assert "Pasal baru dari templat:" in page.main
    assert draft_of(session, row).template_version_id == first
    page = writer.submit(page, "Ganti templat")
    assert "mengganti templat menjadi" in page.main
    assert draft_of(session, row).template_version_id != first
    page = writer.submit(writer.page("staff.drafting.overview", code=row.code), "Batalkan")
    assert "Naskah kembali seperti sebelumnya." in page.main
    assert (tree_of(session, row), draft_of(session, row).template_version_id) == (before, first)


def test_saving_section_one_leaves_the_template_alone(writer, row, session):
    first = draft_of(session, row).template_version_id
    page = section(writer, row, "templat")
    fields = [*page.form("Simpan bagian ini").fields, ("template", "pks_data:1")]
    path = writer.path("staff.drafting.autosave", code=row.code, part="templat")
    assert "Tersimpan" in writer.open(path, method="POST", data=MultiDict(fields)).text
    assert draft_of(session, row).template_version_id == first


def test_a_removed_article_is_undone_at_once_or_later(writer, row, session):
    before = tree_of(session, row)
    one, two = [each for each in before if each.is_included and not each.is_mandatory][:2]
    for each in (one, two):
        page = press(writer, row, f"article-remove.{each.key}")
    assert f"Pasal “{two.title}” dihapus." in page.main
    assert "Baru dihapus (1)" in page.main
    press(writer, row, f"article-restore.{two.key}")
    assert "Baru dihapus (1)" in section(writer, row, "pasal").main
    press(writer, row, f"article-restore.{one.key}")
    assert tree_of(session, row) == before


def press(visitor, row, act):
    """Press one of the small buttons of section 4 and read the page that follows."""
    fields = [pair for pair in section(visitor, row, "pasal").form("Simpan bagian ini").fields if pair[0] != "act"]
    path = visitor.path("staff.drafting.save", code=row.code, part="pasal")
    answer = visitor.open(path, method="POST", data=MultiDict([*fields, ("act", act)]))
    assert answer.status_code == 303
    return visitor.read(answer.headers["Location"])


def with_fallback(session, row):
    """An article whose clause has a fallback, with the name of it."""
    known = drafts.wordings(session, tree_of(session, row))
    key, version = next((key, version) for key, version in known.items() if version.fallbacks)
    return key, version.fallbacks[0]


def test_a_fallback_fills_text_and_reason(writer, row, session):
    key, fallback = with_fallback(session, row)
    page = writer.page("staff.drafting.reword", code=row.code, key=key)
    page = writer.read(page.link("Pakai teks ini"))
    assert "Belum tersimpan" in page.main
    assert next(one for one in tree_of(session, row) if one.key == key).reason == ""
    page = writer.submit(page, "Simpan teks")
    saved = next(one for one in tree_of(session, row) if one.key == key)
    assert fallback["name"] in saved.reason
    assert "berbeda dari pustaka" in page.main


def test_a_variant_is_swapped_in_from_the_same_page(writer, row, session):
    one = tree_of(session, row)[1]
    present = {each.clause for each in tree_of(session, row)}
    twin = next(each for each in clauses.fitting(session, row.kind) if each.clause.code not in present)
    twin.clause.variant_of_id = clauses.get(session, one.clause).id
    code = twin.clause.code
    session.commit()
    page = writer.page("staff.drafting.reword", code=row.code, key=one.key)
    writer.submit(page, f"Tukar dengan varian ini {code}")
    assert tree_of(session, row)[1].clause == code


def test_a_clause_is_found_by_its_words_and_read_before_it_is_added(writer, row, session):
    present = {each.clause for each in tree_of(session, row)}
    wanted = next(each for each in clauses.fitting(session, row.kind) if each.clause.code not in present)
    title, code, last = wanted.title, wanted.clause.code, wanted.text.split()[-1].strip(".")
    page = writer.page("staff.drafting.add_article", code=row.code)
    page = writer.submit(page, "Cari klausul", {"q": f"{title} katayangtidakada"})
    assert "Tidak ada klausul yang cocok." in page.main
    page = writer.submit(page, "Cari klausul", {"q": title})
    page = writer.read(page.link(f"{title} {code}"))
    assert last in page.main
    page = writer.submit(page, "Tambah klausul")
    assert "Pasal ditambahkan." in page.main
    tree = tree_of(session, row)
    added = next(place for place, one in enumerate(tree) if one.clause == code)
    known = drafts.wordings(session, tree)
    assert known[tree[added - 1].key].clause.position <= known[tree[added].key].clause.position


def test_parts_of_another_draft_are_copied_and_taken_back(writer, row, session):
    page = section(writer, row, "dasar")
    writer.submit(page, "Simpan bagian ini", {"recitals": "butir pola", "legal_bases": "UU 11/2009"})
    other = make_agreement(session, stage=Stage.DRAFTING, signed_on=None)
    page = writer.page("staff.drafting.overview", code=other.code)
    page = writer.submit(page, "Cari", {"q": "tidakadasamasekali"})
    assert "Tidak ada naskah sejenis yang cocok" in page.main
    page = writer.submit(page, "Cari", {"q": row.parties[1].name_printed.split()[-1]})
    assert row.code in page.main
    page = writer.submit(page, "Mulai dari templat")
    page = writer.read(page.link("Salin dari naskah lain"))
    page = writer.submit(page, "Lihat bagiannya", {"dari": row.code})
    assert "butir pola" in page.main
    page = writer.submit(page, "Salin bagian terpilih", [("part", "recitals")])
    assert "1 bagian disalin" in page.main
    facts = draft_of(session, other).facts
    assert facts["recitals"] == ["butir pola"]
    assert not facts.get("legal_bases")
    writer.submit(page, "Batalkan")
    assert not draft_of(session, other).facts.get("recitals")


def test_a_signed_text_is_only_read_and_leads_to_what_can_follow(writer, row, session):
    key = tree_of(session, row)[0].key
    page = section(writer, row, "dasar")
    row.stage = Stage.ACTIVE
    session.commit()
    for endpoint, more in (
        ("section", {"part": "pasal"}),
        ("reword", {"key": key}),
        ("add_article", {}),
        ("choose_template", {}),
        ("copy", {}),
        ("overview", {}),
    ):
        answer = writer.get(f"staff.drafting.{endpoint}", code=row.code, **more)
        assert answer.headers["Location"].endswith("/susun/baca"), endpoint
    late = writer.submit(page, "Simpan bagian ini", {"recitals": "sesudah tanda tangan"}, expect=422)
    assert "Naskah ini sudah ditandatangani." in late.main
    assert late.one("//section[@id='isian']//blockquote").text_content() == "sesudah tanda tangan"
    assert "recitals" not in draft_of(session, row).facts
    page = writer.page("staff.drafting.closed", code=row.code)
    assert "Naskah ini sudah ditandatangani." in page.main
    assert "Susun Adendum" in page.main
    assert not page.all("//main//form[@id='section-form']")
    unbegun = make_agreement(session)
    assert "Naskah ini sudah ditandatangani." in writer.page("staff.drafting.overview", code=unbegun.code).main


def test_the_history_of_a_section_tells_who_changed_what(writer, row):
    page = section(writer, row, "dasar")
    assert "Belum ada perubahan" in writer.read(page.link("Riwayat bagian")).main
    page = writer.submit(page, "Simpan bagian ini", {"recitals": "butir pertama"})
    writer.submit(page, "Simpan bagian ini", {"recitals": "butir kedua"})
    page = writer.page("staff.drafting.section_history", code=row.code, part="dasar")
    assert writer.account.name in page.main
    assert "semula: butir pertama menjadi: butir kedua" in page.main


def test_what_was_typed_is_shown_when_an_article_cannot_be_put_back(writer, row):
    page = section(writer, row, "pasal")
    fields = [pair for pair in page.form("Simpan bagian ini").fields if pair[0] not in {"act", "purpose"}]
    fields += [("purpose", "Menguatkan layanan anak."), ("act", "article-restore.tidak-ada")]
    path = writer.path("staff.drafting.save", code=row.code, part="pasal")
    answer = writer.open(path, method="POST", data=MultiDict(fields))
    assert answer.status_code == 422
    assert "Pasal ini sudah dikembalikan atau tidak lagi tersimpan." in answer.text
    shown = html.document_fromstring(answer.text).xpath("//*[@id='isian']//blockquote/p")
    assert [each.text_content() for each in shown] == ["Menguatkan layanan anak."]
