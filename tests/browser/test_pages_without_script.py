"""Without JavaScript everything can still be found, read, sorted, paged, downloaded and said in the other language.

Sending reports, recording agreements and accepting invitations without script is in the journeys.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portal.services.demo import people
from tests.harness import tour
from tests.harness.sample import SampleHouse
from tests.harness.tour import Tours

pytestmark = pytest.mark.browser
LISTS = ("/kantor/naskah", "/kantor/kewajiban", "/kantor/mitra")
VIEWS = ("/kantor/naskah", "/kantor/kewajiban", "/kantor/laporan", "/kantor/pengingat")


@pytest.fixture
def plain(tours: Tours, browse: Callable[..., Page]) -> Page:
    """An officer whose browser runs no script."""
    return browse(cookies=tours("officer").cookies, javascript=False)


def follow(press: Callable[[], object], page: Page) -> None:
    """Press something that leads elsewhere, and wait until the other page is there."""
    with page.expect_navigation():
        press()


def rows(page: Page) -> list[str]:
    """The first words of each row of a list."""
    return page.locator("main table.data-table tbody tr").all_inner_texts()


def test_somebody_signs_in_changes_the_language_and_signs_out(browse: Callable[..., Page]):
    page = browse(javascript=False)
    page.goto("/kantor/naskah")
    page.get_by_label("Surel").fill(tour.OFFICER)
    page.get_by_label("Kata sandi").fill(people.PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page).to_have_url("/kantor/naskah")
    page.locator("details.menu > summary").first.click()
    page.locator("a[href^='/bahasa/en']").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_url("/kantor/naskah")
    page.locator("details.menu > summary").first.click()
    page.locator("form[action='/keluar'] button").first.click()
    expect(page).to_have_url("/masuk")


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_filtered_by_its_button_and_the_address_keeps_it(plain: Page, path: str):
    plain.goto(path)
    everything = rows(plain)
    panel = plain.locator("main form.filter-panel")
    name = panel.locator("select").first.get_attribute("name") or ""
    values = panel.locator("select").first.locator("option").evaluate_all("all => all.map(one => one.value)")
    for value in filter(None, values):
        plain.goto(path)
        if panel.locator("details:not([open])").count():
            panel.locator("summary").click()
        panel.locator(f"select[name={name}]").select_option(value)
        follow(panel.get_by_role("button", name="Terapkan").last.click, plain)
        assert f"{name}={value}" in plain.url
        if rows(plain) != everything:
            return
    raise AssertionError(f"{path}: no value of {name} changes the list")


@pytest.mark.parametrize("path", VIEWS)
def test_a_named_view_of_a_list_is_a_link_of_its_own(plain: Page, path: str):
    plain.goto(path)
    other = plain.locator("main .saved-views a:not([aria-current])").last
    address = other.get_attribute("href") or ""
    other.click()
    expect(plain).to_have_url(address)
    expect(plain.locator("main .saved-views [aria-current]")).to_have_attribute("href", address)


def test_a_list_is_sorted_and_paged_by_links(plain: Page):
    plain.goto("/kantor/naskah")
    first = rows(plain)
    follow(plain.locator("main th a").first.click, plain)
    assert "urut=" in plain.url
    follow(plain.locator("main th a").first.click, plain)
    follow(plain.locator(".pager a", has_text="2").first.click, plain)
    assert "hal=2" in plain.url
    assert rows(plain) not in ([], first)


def test_search_in_the_head_finds_an_agreement(plain: Page):
    plain.goto("/kantor")
    plain.locator("header input[name=q]").fill("LPSK")
    follow(lambda: plain.locator("header input[name=q]").press("Enter"), plain)
    assert "q=LPSK" in plain.url
    assert rows(plain)


def test_a_file_is_downloaded(house: SampleHouse, plain: Page):
    code = tour.fullest(house).code
    house.session.rollback()
    plain.goto(f"/kantor/naskah/{code}")
    with plain.expect_download() as download:
        plain.locator(f"a[href*='/naskah/{code}/dokumen/']").first.click()
    assert download.value.path().stat().st_size > 0


def test_parts_of_a_page_open_and_close(plain: Page):
    plain.goto("/kantor")
    table = plain.locator("details.as-table").first
    table.locator("summary").click()
    expect(table.locator("table")).to_be_visible()


@pytest.mark.parametrize("reader", ["officer", "partner", "nobody"])
def test_every_page_shows_its_heading_and_its_words_without_script(
    tours: Tours, browse: Callable[..., Page], reader: str
):
    one = tours(reader)
    page = browse(cookies=one.cookies, javascript=False, expect=(403, 404))
    for path in one.one_each:
        page.goto(path)
        assert page.locator("h1").count() == 1, path
        assert page.locator("main").inner_text().strip(), path
