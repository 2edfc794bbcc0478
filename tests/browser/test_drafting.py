"""The drafting workspace in a real Chromium: saving by itself, the stamp, the preview, a cut connection."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from portal.domain.agreement import AgreementKind, Stage
from portal.models import Agreement, Draft
from portal.web.staff.drafting.pages import WORDS
from tests.harness import accessibility
from tests.harness.browser import LiveServer, open_visit
from tests.harness.sample import SampleHouse

pytestmark = pytest.mark.browser
LEGAL = "dewi@kemensos.example"


@pytest.fixture
def code(house: SampleHouse) -> str:
    """A PKS of the sets that is not signed."""
    query = select(Agreement.code).where(Agreement.kind == AgreementKind.PKS, Agreement.stage == Stage.EXPLORATION)
    found = house.session.scalars(query.order_by(Agreement.id)).first()
    house.session.rollback()
    assert found
    return found


@pytest.fixture
def page(house: SampleHouse, browse: Callable[..., Page], code: str) -> Page:
    """Legal staff with the draft begun, at its third section."""
    return begun(browse(cookies=house.visitor(LEGAL).cookies, width=1440), code)


def begun(opened: Page, code: str) -> Page:
    """Begin the draft unless somebody did, and open its third section."""
    opened.goto(f"/kantor/naskah/{code}/susun")
    begin = opened.get_by_role("button", name="Mulai dari templat")
    if begin.count():
        begin.click()
    expect(opened.get_by_text("dari 9 bagian lengkap")).to_be_visible()
    opened.goto(f"/kantor/naskah/{code}/susun/dasar")
    return opened


def test_what_is_typed_is_saved_by_itself_and_seen_in_the_preview(page: Page, house: SampleHouse, code: str):
    state = page.locator("#save-state")
    before = page.locator("input[name=stamp]").input_value()
    page.get_by_role("textbox", name="Pertimbangan").fill("")
    page.get_by_role("textbox", name="Pertimbangan").press_sequentially("bahwa lanjut usia perlu dirawat")
    expect(page.locator("#preview")).to_contain_text("lanjut usia perlu dirawat")
    expect(state).to_contain_text("Tersimpan")
    expect(page.locator("input[name=stamp]")).to_have_count(1)
    expect(page.locator("input[name=stamp]")).not_to_have_value(before)
    page.get_by_role("textbox", name="Dasar hukum").fill("Undang-Undang Nomor 13 Tahun 1998")
    page.get_by_role("textbox", name="Pertimbangan").click()
    page.get_by_role("button", name="Simpan dan lanjut").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ruang lingkup dan Pasal pilihan")
    kept = house.session.scalars(select(Draft).join(Agreement).where(Agreement.code == code)).one()
    assert kept.facts["recitals"] == ["bahwa lanjut usia perlu dirawat"]
    assert kept.facts["legal_bases"] == ["Undang-Undang Nomor 13 Tahun 1998"]
    house.session.rollback()


def test_a_cut_connection_is_told_and_tried_again(browser: Browser, live: LiveServer, house: SampleHouse, code: str):
    visit = open_visit(browser, live.url, cookies=house.visitor(LEGAL).cookies)
    page = begun(visit.context.new_page(), code)
    visit.context.set_offline(True)
    page.get_by_role("textbox", name="Pertimbangan").press_sequentially(" diketik tanpa sambungan")
    expect(page.locator("#save-state")).to_contain_text("Belum tersimpan, kami coba lagi")
    expect(page.locator("#save-cut")).to_be_visible()
    expect(page.locator("#announcer")).to_contain_text("Sambungan terputus")
    visit.context.set_offline(False)
    expect(page.locator("#save-state")).to_contain_text("Tersimpan")
    expect(page.locator("#save-cut")).to_be_hidden()
    kept = house.session.scalars(select(Draft).join(Agreement).where(Agreement.code == code)).one()
    assert "diketik tanpa sambungan" in kept.facts["recitals"][-1]
    house.session.rollback()
    visit.context.close()
    assert all("Failed to" in one for one in visit.complaints), visit.complaints


def test_the_pages_are_accessible_and_fit_a_phone(page: Page, house: SampleHouse, code: str):
    page.set_viewport_size({"width": 390, "height": 844})
    found, texts = [], set()
    key = house.session.scalars(select(Draft).join(Agreement).where(Agreement.code == code)).one().tree[0]["key"]
    signed = house.session.scalars(select(Agreement.code).where(Agreement.stage == Stage.ACTIVE)).first()
    house.session.rollback()
    here = f"/kantor/naskah/{code}/susun"
    others = [here, f"{here}/pasal/{key}/ubah", f"{here}/pasal/tambah"]
    others += [f"{here}/templat/ganti?templat=pks_data:1", f"{here}/salin", f"{here}/dasar/riwayat"]
    others += [f"/kantor/naskah/{signed}/susun", f"/kantor/naskah/{signed}/susun/lanjutan"]
    for part in (*others, *(f"{here}/{word}" for word in WORDS.values())):
        page.goto(part)
        found += [
            f"{part}: {fault}" for fault in accessibility.violations(page, known=texts) + accessibility.too_wide(page)
        ]
    assert not found, "\n".join(found)
