"""The workspace changes under the hand in a real Chromium, and the focus stays where it is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from portal.domain.agreement import AgreementKind, Stage
from portal.models import Agreement
from tests.harness.sample import SampleHouse

pytestmark = pytest.mark.browser
LEGAL = "dewi@kemensos.example"


@pytest.fixture
def page(house: SampleHouse, browse: Callable[..., Page]) -> Page:
    """Legal staff at the articles of a PKS that is not signed."""
    query = select(Agreement.code).where(Agreement.kind == AgreementKind.PKS, Agreement.stage == Stage.EXPLORATION)
    code = house.session.scalars(query.order_by(Agreement.id)).first()
    house.session.rollback()
    opened = browse(cookies=house.visitor(LEGAL).cookies, width=1440)
    opened.goto(f"/kantor/naskah/{code}/susun")
    begin = opened.get_by_role("button", name="Mulai dari templat")
    if begin.count():
        begin.click()
    expect(opened.get_by_text("dari 9 bagian lengkap")).to_be_visible()
    opened.goto(f"/kantor/naskah/{code}/susun/pasal")
    return opened


def test_a_tick_changes_the_numbers_and_a_mark_leads_to_its_field(page: Page):
    ticked = page.locator("input[type=checkbox][name=chosen]:checked").first
    key = ticked.get_attribute("value")
    others = page.locator(f"li:has(#chosen-{key}) ~ li [id^=nomor-]:has-text('Pasal')")
    last = others.last
    before = int(last.inner_text().removeprefix("Pasal "))
    ticked.press("Space")
    expect(page.locator(f"#nomor-{key}")).to_have_text("tidak dicetak")
    expect(last).to_have_text(f"Pasal {before - 1}")
    expect(page.locator(f"#chosen-{key}")).to_be_focused()
    page.locator("#preview a[href='#purpose']").first.click()
    expect(page.locator("#purpose")).to_be_focused()
    mark = page.locator(".preview-text a[href*='/susun/']").first
    field = (mark.get_attribute("href") or "").partition("#")[2]
    mark.click()
    expect(page.locator(":focus")).to_have_attribute("id", field)


def test_below_64_rem_the_preview_opens_below_the_form(page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    preview = page.locator("#preview")
    expect(preview).to_be_hidden()
    page.get_by_role("link", name="Pratinjau", exact=True).click()
    expect(preview).to_be_visible()
    page.locator("input[type=checkbox][name=chosen]").first.press("Space")
    expect(page.locator("#save-state")).to_contain_text("Tersimpan")
    expect(preview).to_be_visible()
    page.get_by_role("link", name="Tutup pratinjau").click()
    expect(preview).to_be_hidden()
