"""The walk with the Tab key finds what it is there to find."""

import pytest
from playwright.sync_api import Page

from tests.harness import keyboard

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only]
COVER = """() => {
  const bar = document.createElement('div');
  Object.assign(bar.style, {position: 'fixed', inset: '0', background: '#fff', zIndex: 99});
  document.body.append(bar);
}"""
NO_RING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { outline: none !important }');
  document.adoptedStyleSheets = [sheet];
}"""
DISORDER = "() => document.querySelector('main button').setAttribute('tabindex', '1')"


def faults_after(page: Page, change: str) -> str:
    """What the walk tells of the sign-in page after something was broken on it."""
    page.goto("/masuk")
    page.evaluate(change)
    return " ".join(keyboard.walk(page).faults)


def test_a_good_page_has_stops_and_no_fault(page: Page):
    page.goto("/masuk")
    walked = keyboard.walk(page)
    assert walked.faults == []
    assert walked.stops == walked.reach > 4


@pytest.mark.parametrize(
    ("change", "fault"),
    [(COVER, "cannot be seen"), (NO_RING, "has no ring"), (DISORDER, "comes before the stop before it")],
    ids=["covered", "no ring", "disorder"],
)
def test_a_bad_page_is_told(page: Page, change: str, fault: str):
    assert fault in faults_after(page, change)


def test_a_walk_takes_in_what_is_of_no_known_kind(page: Page):
    page.goto("/masuk")
    walked = keyboard.walk(page)
    page.goto("/masuk")
    again = keyboard.walk(page, walked.kinds)
    assert (again.stops, again.reach, again.controls) == (0, 0, walked.controls)
    page.evaluate("() => document.querySelector('main button').classList.add('new')")
    fresh = keyboard.walk(page, walked.kinds)
    assert fresh.stops == fresh.reach < walked.stops
    assert fresh.faults == []
    page.goto("/masuk")
    page.evaluate(DISORDER)
    assert "only 0 of 1 controls are reached" in " ".join(keyboard.walk(page, walked.kinds).faults)


def test_a_page_that_was_walked_and_resized_is_walked_as_one_of_that_width(page: Page):
    page.goto("/masuk")
    keyboard.walk(page)
    page.set_viewport_size({"width": 390, "height": 844})
    again = keyboard.walk(page)
    page.goto("/masuk")
    assert again == keyboard.walk(page)
    page.evaluate(DISORDER)
    assert "only" in " ".join(keyboard.walk(page).faults)
    page.evaluate(COVER)
    assert "cannot be seen" in " ".join(keyboard.walk(page).faults)
