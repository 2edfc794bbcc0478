"""Pages fit: a narrow screen, wide letters, large letters and paper need no sideways scroll and cut nothing off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page

from tests.harness import accessibility
from tests.harness.tour import Tours

pytestmark = [pytest.mark.browser, pytest.mark.minutes]
PAPER = 1123 * 210 // 297
"""The width of A4 in pixels of the browser."""
DRESS = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
  return getComputedStyle(document.documentElement).fontSize;
}"""
SPACING = "* { line-height: 1.5; letter-spacing: .12em; word-spacing: .16em } p { margin-bottom: 2em }"
ORDINARY, LARGE = 16, 32
"""The size of letters that a reader sets in the browser, in pixels."""
CUT = """() => [...document.querySelectorAll('body *')].filter(each => {
  if (each.scrollWidth <= each.clientWidth + 1) return false;
  const style = getComputedStyle(each);
  const hides = ['hidden', 'clip'].includes(style.overflowX) && style.position !== 'absolute';
  const typed = each.matches('input, select, textarea');
  return hides && !typed && each.checkVisibility();
}).map(each => 'cut off: ' + each.outerHTML.slice(0, 120))"""
LOOK = f"""css => {{
  const size = ({DRESS})(css);
  return {{ size, faults: [...({accessibility.TOO_WIDE})(), ...({CUT})()] }};
}}"""
LEFT = """() => [...document.querySelectorAll('nav, .button, .top-bar, .skip-link')]
  .filter(each => each.checkVisibility()).map(each => 'printed: ' + each.outerHTML.slice(0, 80))"""
DRAWN = """() => {
  const one = document.querySelector('main a[href], main button') || document.querySelector('a[href]');
  one.focus();
  return getComputedStyle(one).outlineStyle;
}"""
STATES = (
    ("320 px", 320, ORDINARY, ""),
    ("390 px, wide letters", 390, ORDINARY, SPACING),
    ("390 px, large letters", 390, LARGE, ""),
    ("1280 px, large letters", 1280, LARGE, ""),
)


def does_not_fit(page: Page, line: CDPSession) -> list[str]:
    """What is too wide or cut off in each state of a loaded page."""
    found = []
    for state, width, size, css in STATES:
        line.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
        accessibility.resize(page, width)
        told = page.evaluate(LOOK, css)
        assert told["size"] == f"{size}px"
        found += [f"{page.url} at {state}: {one}" for one in told["faults"]]
    return found


@pytest.mark.parametrize("reader", ["officer", "admin", "legal", "director", "partner", "nobody"])
def test_no_page_scrolls_sideways(tours: Tours, browse: Callable[..., Page], reader: str):
    one = tours(reader)
    page = browse(cookies=one.cookies, expect=(403, 404))
    line = page.context.new_cdp_session(page)
    found = []
    for path in one.one_each:
        page.goto(path)
        found += does_not_fit(page, line)
    assert not found, f"{len(found)} faults:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("reader", "endpoint"), [("officer", "staff.agreements.show"), ("partner", "partner.reports.receipt")]
)
def test_paper_takes_the_page_without_navigation_and_cuts_nothing(
    tours: Tours, browse: Callable[..., Page], reader: str, endpoint: str
):
    one = tours(reader)
    page = browse(cookies=one.cookies, width=PAPER)
    page.emulate_media(media="print")
    found, paths = [], [path for path, name in one.stops.items() if name == endpoint]
    for path in paths:
        page.goto(path)
        found += accessibility.too_wide(page) + page.evaluate(CUT) + page.evaluate(LEFT)
        assert page.locator(".print-head").is_visible()
    assert paths
    assert found == []


@pytest.mark.parametrize("reader", ["officer", "partner", "nobody"])
def test_forced_colours_keep_the_ring_and_the_width(tours: Tours, browse: Callable[..., Page], reader: str):
    one = tours(reader)
    page = browse(cookies=one.cookies, expect=(403, 404), width=390)
    page.emulate_media(forced_colors="active")
    for path in one.one_each[:6]:
        page.goto(path)
        assert accessibility.too_wide(page) == []
        assert page.evaluate(DRAWN) == "solid", path
