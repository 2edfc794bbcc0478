"""What a save by itself changes on the page at once: numbers, states, words; and the marks of the preview."""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from lxml import html
from werkzeug.datastructures import MultiDict

from portal.documents.templates import list_templates
from portal.documents.tracing import Source
from portal.domain.agreement import Stage
from portal.domain.drafting import Section
from portal.domain.policy import Role
from portal.models import CalendarDay
from portal.queries import drafts
from portal.web.forms.drafting import FORMS
from portal.web.forms.drafting_rows import DraftPartyForm
from portal.web.staff.drafting import marks
from portal.web.staff.drafting.pages import WORDS
from tests.factories import make_agreement
from tests.factories.calendar import make_calendar
from tests.factories.libraries import seed_libraries

FOLLOWS = r"(^pihak|sebutan(_gabung)?)$"
"""Names whose values follow from the order of the parties."""
GROUPS = {"tercatat", "daftar-pasal"}
"""Cards that a mark leads to where there is no single control."""


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


def section(visitor, row, word, **values):
    """Open one section."""
    return visitor.page("staff.drafting.section", code=row.code, part=word, **values)


def saved(visitor, page, changes=(), **query):
    """Save a section as the browser does by itself, and read the parts of the answer by their ids."""
    form = page.form("Simpan bagian ini")
    given = MultiDict(changes.items() if isinstance(changes, dict) else changes)
    fields = [pair for pair in form.fields if pair[0] != "act" and pair[0] not in given]
    path = page.one("//form[@hx-post]/@hx-post")
    answer = visitor.open(path, method="POST", data=MultiDict([*fields, *given.items(multi=True)]), **query)
    assert answer.status_code == 200
    tree = html.fragment_fromstring(answer.text, "div")
    found = {part.get("id"): part for part in tree.xpath("//*[@hx-swap-oob]")}
    assert all(page.all(f"//*[@id='{key}']") for key in found), "every part has its place on the page"
    return {"": tree, **found}


def words(part):
    """The words of a part, spaces made single."""
    return " ".join(part.text_content().split())


def test_an_article_that_is_not_chosen_renumbers_the_others_at_once(writer, row, session):
    page = section(writer, row, "pasal")
    session.expire_all()
    tree = drafts.tree_of(drafts.get(session, row.id))
    chosen = page.all("//input[@name='chosen'][@type='hidden' or @checked]/@value")
    gone = page.all("//input[@name='chosen'][@type='checkbox'][@checked]/@value")[0]
    place = [one.key for one in tree].index(gone)
    after = next(one.key for one in tree[place + 1 :] if one.key in chosen)
    before = words(page.one(f"//*[@id='nomor-{after}']"))
    found = saved(writer, page, [("chosen", key) for key in chosen if key != gone])
    number = int(before.removeprefix("Pasal "))
    assert words(found[f"nomor-{gone}"]) == "tidak dicetak"
    assert words(found[f"nomor-{after}"]) == f"Pasal {number - 1}"
    again = section(writer, row, "pasal")
    for one in tree:
        for kind in ("nomor", "catatan"):
            assert words(found[f"{kind}-{one.key}"]) == words(again.one(f"//*[@id='{kind}-{one.key}']"))
    assert not found[""].xpath("//input[@name='chosen']"), "the boxes stay, and with them the focus"


def test_a_reference_to_an_article_that_goes_is_told_at_once(writer, row, session):
    tree = drafts.tree_of(drafts.get(session, row.id))
    page = writer.page("staff.drafting.add_article", code=row.code)
    target = next(one.key for one in tree if one.is_included and not one.is_mandatory)
    typed = {"title": "Rujukan", "text": f"Sesuai {{{{ rujuk.{target} }}}}."}
    page = writer.submit(page, "Tambah Pasal sendiri", typed)
    note = page.one("//*[@id='catatan-sendiri_1']")
    assert "Merujuk Pasal" in words(note)
    assert "tidak dicetak" not in words(note)
    chosen = page.all("//input[@name='chosen'][@type='hidden' or @checked]/@value")
    found = saved(writer, page, [("chosen", key) for key in chosen if key != target])
    assert "Merujuk Pasal yang tidak dicetak." in words(found["catatan-sendiri_1"])


def test_the_state_of_the_section_changes_beside_the_form(writer, row):
    page = section(writer, row, "masa")
    typed = {"signed_on": "2026-12-31", "signed_place": "Jakarta", "starts_on": "2026-12-31", "term_years": "3"}
    found = saved(writer, page, typed)
    assert words(found["keadaan-masa"]) == "Lengkap"
    assert words(page.one("//*[@id='keadaan-masa']")) != "Lengkap"
    assert "bagian belum lengkap" in words(found["keadaan-periksa"])


def test_a_date_says_whether_offices_work_on_it(writer, row, session):
    session.add(CalendarDay(day=date(2027, 3, 10), name="Idulfitri", kind="national", source="uji", confirmed=True))
    page = section(writer, row, "masa")
    typed = {"signed_on": "2026-12-31", "starts_on": "2027-03-10", "term_years": "3", "ends_on": ""}
    found = saved(writer, page, typed)
    assert words(found["signed_on-words"]) == "Kamis, 31 Desember 2026 (hari kerja)."
    assert words(found["starts_on-words"]) == (
        "Rabu, 10 Maret 2027 (hari libur: Idulfitri). Hari kerja berikutnya Kamis, 11 Maret 2027."
    )
    assert words(found["ends_on-words"]) == (
        "Minggu, 10 Maret 2030 (akhir pekan). Hari kerja berikutnya Senin, 11 Maret 2030."
        " Menurut jangka waktu: 10 Maret 2027 + 3 tahun = 10 Maret 2030."
    )
    found = saved(writer, section(writer, row, "masa"), {"signed_on": "2041-01-02", "ends_on": "31 Februari"})
    assert words(found["signed_on-words"]) == "Rabu, 2 Januari 2041 (hari libur tahun 2041 belum dimuat)."
    assert words(found["ends_on-words"]).startswith("Menurut jangka waktu")


def test_money_is_said_in_words_tied_to_its_field(writer, row):
    page = section(writer, row, "biaya")
    found = saved(writer, page, {"value_rupiah": "1.500.000.000"})
    assert words(found["value_rupiah-words"]) == "Rp1.500.000.000 — satu miliar lima ratus juta rupiah"
    assert "value_rupiah-words" in page.one("//input[@name='value_rupiah']/@aria-describedby").split()
    found = saved(writer, section(writer, row, "biaya"), {"value_rupiah": "9" * 30})
    assert words(found["value_rupiah-words"]) == ""


def test_the_whole_preview_stays_whole_after_a_save(writer, row):
    page = section(writer, row, "masa", pratinjau="semua")
    found = saved(writer, page, {"signed_place": "Garut"})
    assert "Bagian ini saja" in words(page.one("//*[@id='preview']"))
    assert words(found["preview-words"]).count("Pasal 1") > 1
    assert "Pasal 2 " not in words(saved(writer, section(writer, row, "masa"), {})["preview-words"])


def test_a_section_that_somebody_else_saved_meanwhile_is_named(writer, row, as_staff):
    page = section(writer, row, "masa")
    other = as_staff(Role.LEGAL)
    other.submit(section(other, row, "biaya"), "Simpan bagian ini", {"funding_source": "APBN"})
    found = saved(writer, page, {"signed_place": "Garut"})
    assert "Bagian “Pembiayaan dan lampiran” diubah" in words(found["newer"])
    assert found["newer"].xpath(".//a/@href") == [writer.path("staff.drafting.section", code=row.code, part="masa")]
    assert words(saved(writer, section(writer, row, "masa"), {})["newer"]) == ""


def test_a_save_elsewhere_in_section_4_is_no_conflict_for_one_article(writer, row, session, as_staff):
    key = drafts.tree_of(drafts.get(session, row.id))[0].key
    page = writer.page("staff.drafting.reword", code=row.code, key=key)
    other = as_staff(Role.LEGAL)
    other.submit(section(other, row, "pasal"), "Simpan bagian ini", {"purpose": "tujuan yang lain"})
    page = writer.submit(page, "Simpan teks", {"text": "(1) Kalimat lain.", "reason": "Diminta mitra"})
    assert "tersimpan" in page.main
    mine, theirs = (one.page("staff.drafting.reword", code=row.code, key=key) for one in (writer, other))
    other.submit(theirs, "Simpan teks", {"text": "(1) Kalimat mereka.", "reason": "Diminta"})
    page = writer.submit(mine, "Simpan teks", {"text": "(1) Kalimat saya."}, expect=409)
    assert "dihapus: mereka. ditambah: saya." in page.main


def test_markup_in_a_fact_stays_text_in_the_preview(writer, row, session):
    page = section(writer, row, "pihak")
    evil = "<script>alert(1)</script>"
    writer.submit(page, "Simpan bagian ini", {"parties-1-name_printed": evil})
    for shown in (section(writer, row, "pihak"), section(writer, row, "masa", pratinjau="semua")):
        preview = shown.one("//*[@id='preview']")
        assert evil in preview.text_content()
        assert not preview.xpath(".//script")
        assert "<script>alert" not in shown.markup


def test_every_mark_of_the_preview_leads_to_a_control(writer, row):
    pages = {word: section(writer, row, word) for word in WORDS.values()}
    seen = set()
    for word in WORDS.values():
        for part in section(writer, row, word, pratinjau="semua").all("//*[@id='preview']//a[starts-with(@href, '#')]"):
            seen.add((word, part.get("href")[1:]))
    whole = section(writer, row, "masa", pratinjau="semua")
    links = [urlsplit(href) for href in whole.all("//div[contains(@class, 'preview-text')]//a/@href")]
    seen |= {(link.path.rpartition("/")[2] or "masa", link.fragment) for link in links}
    assert len(seen) > 15
    dead = {pair for pair in seen - {("masa", "bagian")} if not pages[pair[0]].all(f"//*[@id='{pair[1]}']")}
    assert not dead


def required(shape):
    """The names of a schema that are marked when they are not known."""
    if shape.required and shape.path:
        yield shape.path
    for inner in (*shape.fields.values(), *filter(None, [shape.item])):
        yield from required(inner)


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize("template", list_templates(), ids=lambda template: template.code)
def test_everything_that_a_starter_can_miss_has_its_control(template):
    lost = []
    for name in set(required(template.schema)):
        found = marks.place(Source(name=name, position=1))
        if found is None:
            if not re.search(FOLLOWS, name):
                lost.append(name)
            continue
        part, field = found
        stem = field.split("-")[-1] if part is Section.PARTIES else field.split("-")[0]
        if stem not in GROUPS and not hasattr(DraftPartyForm if part is Section.PARTIES else FORMS[part], stem):
            lost.append(f"{name} leads to {found}")
    assert not lost


def test_what_is_missing_is_said_shortly_and_what_is_filled_in_leads_to_its_field_too(writer, row):
    preview = section(writer, row, "dasar").one("//*[@id='preview']")
    missing = {a.text_content(): a.get("href") for a in preview.xpath(".//a[mark]")}
    assert missing["[pertimbangan]"] == "#recitals"
    assert missing["[tanggal penandatanganan]"].endswith("/susun/masa#signed_on")
    filled = {a.get("href") for a in preview.xpath(".//a[not(mark)]")}
    assert any(re.search(r"/pihak#parties-1-name_printed$", href) for href in filled)
    assert preview.xpath(".//a[@href='#title']")
