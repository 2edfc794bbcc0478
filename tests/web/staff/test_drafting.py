"""The drafting workspace through its pages: beginning, task list, sections, articles, duties, the Word file."""

import io
import zipfile

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from portal.domain.agreement import AgreementKind, Stage
from portal.domain.drafting import Section
from portal.domain.policy import Role
from portal.models import Agreement, Draft, DraftSave, DraftSection, Entry, Obligation, Rendition
from portal.queries import drafts
from portal.web.staff.drafting.pages import WORDS
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
    page = visitor.page("staff.drafting.overview", code=row.code)
    page = visitor.submit(page, "Mulai dari templat")
    assert "dari 9 bagian lengkap" in page.main
    return visitor


def section(visitor, row, word, **values):
    """Open one section."""
    return visitor.page("staff.drafting.section", code=row.code, part=word, **values)


def draft_of(session, row):
    """Read the draft anew."""
    session.expire_all()
    return drafts.get(session, row.id)


def test_every_section_opens_and_names_the_others(writer, row):
    for word in WORDS.values():
        page = section(writer, row, word)
        assert "Pratinjau" in page.main
        assert "6. Jangka waktu dan perpanjangan" in page.main


def test_a_section_saves_what_is_valid_and_keeps_what_is_not(writer, row, session):
    page = section(writer, row, "masa")
    typed = {"starts_on": "2027-01-04", "term_years": "3", "signed_on": "31 Februari", "signed_place": "Jakarta"}
    page = writer.submit(page, "Simpan dan lanjut", typed)
    assert "1 isian belum dapat dipakai" in page.main
    assert page.all("//input[@name='signed_on']/@value") == ["31 Februari"]
    session.expire_all()
    assert (row.starts_on.isoformat(), row.ends_on.isoformat(), row.signed_place) == (
        "2027-01-04",
        "2030-01-04",
        "Jakarta",
    )
    assert row.signed_on is None
    page = writer.submit(page, "Simpan dan lanjut", {"signed_on": "2027-01-04"})
    assert page.heading == "Pembiayaan dan lampiran"
    stored = session.scalars(select(DraftSection).where(DraftSection.section == Section.TERM)).one()
    assert (stored.raw, stored.stamp) == ({}, 2)
    numbers = select(DraftSave.stamp).where(DraftSave.section == Section.TERM).order_by(DraftSave.stamp)
    assert session.scalars(numbers).all() == [0, 1, 2]


def test_facts_that_do_not_fit_together_stay_as_typed(writer, row, session):
    page = section(writer, row, "masa")
    page = writer.submit(page, "Simpan bagian ini", {"starts_on": "2027-01-04", "ends_on": "2026-01-04"})
    assert "belum dapat dipakai" in page.main
    session.expire_all()
    assert row.starts_on is None
    assert page.all("//input[@name='ends_on']/@value") == ["2026-01-04"]
    page = writer.submit(page, "Simpan bagian ini", {"ends_on": "2028-01-04"})
    session.expire_all()
    assert row.ends_on.isoformat() == "2028-01-04"


def test_texts_of_the_draft_reach_the_word_file(writer, row, session):
    page = section(writer, row, "dasar")
    page = writer.submit(page, "Simpan dan lanjut", {"recitals": "bahwa anak & lansia perlu dilayani\n\nbutir kedua"})
    assert page.heading == "Ruang lingkup dan Pasal pilihan"
    assert draft_of(session, row).facts["recitals"] == ["bahwa anak & lansia perlu dilayani", "butir kedua"]
    assert "anak & lansia perlu dilayani" in section(writer, row, "dasar").main


def press(visitor, page, row, act, expect=303):
    """Press one of the small buttons of the articles."""
    fields = [pair for pair in page.form("Simpan bagian ini").fields if pair[0] != "act"]
    path = visitor.path("staff.drafting.save", code=row.code, part="pasal")
    assert visitor.open(path, method="POST", data=MultiDict([*fields, ("act", act)])).status_code == expect


def keys(session, row):
    """The chosen articles of a draft."""
    return [one.key for one in drafts.tree_of(draft_of(session, row)) if one.is_included]


def test_articles_are_ticked_moved_and_removed_but_not_mandatory_ones(writer, row, session):
    page = section(writer, row, "pasal")
    tree = drafts.tree_of(draft_of(session, row))
    free = [one.key for one in tree if one.is_included and not one.is_mandatory]
    assert len(free) > 2
    chosen = [one.key for one in tree if one.is_included and one.key != free[0]]
    writer.submit(page, "Simpan bagian ini", [("chosen", key) for key in chosen])
    assert free[0] not in keys(session, row)
    before = [one.key for one in drafts.tree_of(draft_of(session, row))]
    page = section(writer, row, "pasal")
    press(writer, page, row, f"article-up.{before[2]}")
    after = [one.key for one in drafts.tree_of(draft_of(session, row))]
    assert after[:3] == [before[0], before[2], before[1]]
    press(writer, section(writer, row, "pasal"), row, f"article-remove.{free[0]}")
    assert free[0] not in [one.key for one in drafts.tree_of(draft_of(session, row))]
    mandatory = next(one.key for one in tree if one.is_mandatory)
    press(writer, section(writer, row, "pasal"), row, f"article-remove.{mandatory}", expect=422)
    assert mandatory in keys(session, row)


def test_a_text_that_differs_from_the_library_needs_a_reason(writer, row, session):
    key = drafts.tree_of(draft_of(session, row))[0].key
    page = writer.page("staff.drafting.reword", code=row.code, key=key)
    assert "Sama dengan pustaka." in page.main
    page = writer.submit(page, "Simpan teks", {"text": "(1) Kalimat lain."}, expect=422)
    assert "Tulis alasan mengapa teks ini berbeda" in page.main
    page = writer.submit(page, "Simpan teks", {"reason": "Diminta mitra"})
    assert "berbeda dari pustaka" in page.main
    page = writer.page("staff.drafting.reword", code=row.code, key=key)
    writer.submit(page, "Kembalikan teks pustaka")
    assert drafts.tree_of(draft_of(session, row))[0].reason == ""


def test_an_article_of_our_own_is_added_where_it_belongs(writer, row, session):
    tree = drafts.tree_of(draft_of(session, row))
    page = writer.page("staff.drafting.add_article", code=row.code)
    page = writer.submit(page, "Tambah Pasal sendiri", {"title": "Jam Layanan"}, expect=422)
    assert "Tulis teks Pasal ini." in page.main
    typed = {"title": "Jam Layanan", "text": "Layanan buka setiap hari kerja.", "after": tree[1].key}
    page = writer.submit(page, "Tambah Pasal sendiri", typed)
    assert "Pasal ditambahkan." in page.main
    assert drafts.tree_of(draft_of(session, row))[2].title == "Jam Layanan"


def test_the_word_file_is_made_and_kept_with_its_tree(writer, row, session):
    page = section(writer, row, "periksa")
    assert "Belum lengkap" in page.main
    page = writer.submit(page, "Buat naskah Word")
    assert "Naskah 1 dibuat" in page.main
    made = session.scalars(select(Rendition)).one()
    assert made.template_version_id == draft_of(session, row).template_version_id
    assert [one["key"] for one in made.tree]
    file = writer.get("staff.agreements.rendition_file", code=row.code, number=1).data
    text = zipfile.ZipFile(io.BytesIO(file)).read("word/document.xml").decode()
    assert "{%" not in text


def test_a_final_text_that_lacks_something_is_not_made_and_says_what(writer, row, session):
    page = writer.submit(section(writer, row, "periksa"), "Buat naskah final")
    assert "Naskah belum dapat dijadikan final" in page.main
    assert "Belum diketahui: " in page.main
    assert session.scalars(select(Rendition)).all() == []


def test_proposed_duties_are_accepted_with_their_pasal(writer, row, session):
    page = section(writer, row, "masa")
    writer.submit(page, "Simpan bagian ini", {"starts_on": "2027-01-04", "signed_on": "2027-01-04", "term_years": "3"})
    page = section(writer, row, "kewajiban")
    assert "diusulkan dari Pasal" in page.main
    page = writer.submit(page, "Terima semua usulan")
    duties = session.scalars(select(Obligation)).all()
    assert duties
    assert all(one.article.startswith("Pasal ") for one in duties)


def test_two_people_in_one_section_get_the_conflict_page(writer, row, session, as_staff):
    other = as_staff(Role.LEGAL)
    mine, theirs = section(writer, row, "dasar"), section(other, row, "dasar")
    other.submit(theirs, "Simpan bagian ini", {"recitals": "punya orang lain", "legal_bases": "UU 11/2009"})
    page = writer.submit(mine, "Simpan bagian ini", {"recitals": "punya saya"}, expect=409)
    assert "Diubah orang lain pada waktu yang sama" in page.main
    assert "punya saya" in page.main
    assert "punya orang lain" in page.main
    page = writer.submit(page, "Simpan pilihan", {"choose-recitals": "mine"})
    assert draft_of(session, row).facts["recitals"] == ["punya saya"]
    assert draft_of(session, row).facts["legal_bases"] == ["UU 11/2009"]


def test_a_conflict_with_facts_that_a_rule_refused_tells_what_was_typed(writer, row, session, as_staff):
    other = as_staff(Role.LEGAL)
    mine, theirs = section(writer, row, "masa"), section(other, row, "masa")
    backwards = {"starts_on": "2027-01-04", "signed_on": "2027-01-04", "ends_on": "2020-01-01"}
    other.send(theirs, "Simpan bagian ini", backwards)
    page = writer.submit(mine, "Simpan bagian ini", {"starts_on": "2027-02-01"}, expect=409)
    assert "Diubah orang lain pada waktu yang sama" in page.main
    assert "2020-01-01" in page.main
    assert "Isian lain" not in page.main


def test_saving_by_itself_always_answers_and_gives_a_new_stamp(writer, row, session):
    page = section(writer, row, "dasar")
    form = dict(page.form("Simpan bagian ini").fields)
    path = writer.path("staff.drafting.autosave", code=row.code, part="dasar")
    answer = writer.open(path, method="POST", data=form | {"recitals": "butir"})
    assert answer.status_code == 200
    assert "Tersimpan" in answer.text
    stamp = answer.text.split('name="stamp" value="')[1].split('"')[0]
    assert stamp != form["stamp"]
    elsewhere = dict(section(writer, row, "dasar").form("Simpan bagian ini").fields) | {"stamp": form["stamp"]}
    late = writer.open(path, method="POST", data=elsewhere | {"recitals": "butir lama"})
    assert late.status_code == 200
    assert "Ditolak" in late.text
    again = writer.open(path, method="POST", data=form | {"recitals": "butir baru", "stamp": stamp})
    assert "Tersimpan" in again.text
    assert draft_of(session, row).facts["recitals"] == ["butir baru"]


def test_a_draft_begins_as_a_copy_of_another(writer, row, session, as_staff):
    page = section(writer, row, "dasar")
    writer.submit(page, "Simpan bagian ini", {"recitals": "butir yang disalin"})
    other = make_agreement(session, stage=Stage.DRAFTING, signed_on=None)
    page = writer.page("staff.drafting.overview", code=other.code)
    writer.submit(page, "Mulai dari salinan", {"copy": row.code})
    assert draft_of(session, other).facts["recitals"] == ["butir yang disalin"]


def test_an_addendum_of_a_signed_agreement_is_recorded_and_drafted(as_staff, session):
    signed = make_agreement(session)
    visitor = as_staff()
    page = visitor.read(visitor.page("staff.agreements.show", code=signed.code).link("Susun lanjutan"))
    page = visitor.submit(page, "Susun Adendum")
    assert "tercatat dengan kode" in page.main
    made = session.scalars(select(Agreement).where(Agreement.kind == AgreementKind.AMENDMENT)).one()
    assert session.scalars(select(Draft.agreement_id)).all() == [made.id]
    assert made.title == signed.title


def test_heads_read_but_do_not_draft(as_staff, row):
    head = as_staff(Role.HEAD)
    head.page("staff.drafting.overview", code=row.code, expect=403)


def test_the_trail_tells_that_a_draft_was_begun(writer, row, session):
    found = session.scalars(select(Entry.action).where(Entry.agreement_id == row.id)).all()
    assert "draft_begun" in found


def test_findings_lead_to_their_place_and_stand_only_with_a_reason(writer, row, session):
    page = section(writer, row, "periksa")
    assert "Periksa Naskah" in page.main
    assert "kesalahan" in page.main
    hrefs = {href for text, href in page.links if text.startswith("Perbaiki")}
    assert any(href.split("#")[0].endswith("/susun/pihak") for href in hrefs)
    form = page.all("//form[.//button[contains(., 'Biarkan dengan alasan ini')]]")[0]
    typed = {field.get("name"): field.get("value") for field in form.xpath(".//input[@name]")}
    path = writer.path("staff.drafting.waive", code=row.code)
    refused = writer.open(path, method="POST", data=typed)
    assert (refused.status_code, "Tulis alasan mengapa temuan ini dibiarkan." in refused.text) == (422, True)
    assert 'id="isian"' not in refused.text
    agreed = typed | {"reason": "Disepakati para pihak"}
    writer.open(path, method="POST", data=agreed)
    again = writer.open(path, method="POST", data=agreed | {"reason": "Sudah dibahas dalam rapat"})
    assert (again.status_code, "Sudah dibahas dalam rapat" in again.text) == (422, True)
    page = section(writer, row, "periksa")
    assert "1 temuan dikesampingkan" in page.main
    assert "Disepakati para pihak" in page.main
    page = writer.submit(page, "Hitung lagi")
    assert "temuan dikesampingkan" not in page.main


def test_parties_change_places_and_a_new_row_waits_for_its_organisation(writer, row, session):
    names = [party.name_printed for party in row.parties]
    page = section(writer, row, "pihak")
    fields = [pair for pair in page.form("Simpan bagian ini").fields if pair[0] != "act"]
    path = writer.path("staff.drafting.save", code=row.code, part="pihak")
    assert writer.open(path, method="POST", data=MultiDict([*fields, ("act", "parties.up.1")])).status_code == 303
    session.expire_all()
    assert [party.name_printed for party in row.parties] == [names[1], names[0], names[2]]
    page = section(writer, row, "pihak")
    fields = [pair for pair in page.form("Simpan bagian ini").fields if pair[0] != "act"]
    writer.open(path, method="POST", data=MultiDict([*fields, ("act", "parties.add")]))
    page = section(writer, row, "pihak")
    assert "Pihak Keempat" in page.main
    assert "Pilih organisasi pihak ini." in page.main
    assert len(row.parties) == 3
