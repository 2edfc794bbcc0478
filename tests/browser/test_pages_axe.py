"""No page keeps anybody out: axe finds nothing on any page, at three widths, in both languages, with parts opened."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from playwright.sync_api import Page

from tests.harness import accessibility, tour
from tests.harness.tour import Tour, Tours

pytestmark = [pytest.mark.browser, pytest.mark.minutes]
LANES = 3
"""So many tabs are asked at once."""
ANSWERS = (403, 404, 422)
ENGLISH = (("bahasa", "en"),)
HAS_PARTS = "() => document.querySelector('main details') !== null"
OPEN = "where => document.querySelectorAll(where).forEach(each => { each.open = true })"
States = dict[str, Callable[[Page], object]]


def at(width: int) -> Callable[[Page], object]:
    """Another width for a loaded page."""
    return lambda page: accessibility.resize(page, width)


def opened(page: Page) -> object:
    """Open what can be opened in the main part: filters, tables of charts, reasons."""
    accessibility.resize(page, 390)
    return page.evaluate(OPEN, "main details")


WIDTHS: States = {"1280": at(1280), "390": at(390), "320": at(320)}


def chunks(paths: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many addresses at a time as there are tabs."""
    for first in range(0, len(paths), LANES):
        yield paths[first : first + LANES]


def faults(lanes: Sequence[Page], paths: Sequence[str], states: States, *, parts: bool = True) -> list[str]:
    """What axe finds on these pages, each loaded once and then brought from state to state."""
    found: list[str] = []

    def ask(tabs: Sequence[Page], state: str, step: Callable[[Page], object]) -> None:
        for tab, several in zip(tabs, accessibility.violations_in(tabs, step), strict=True):
            found.extend(f"{tab.url} at {state}: {one}" for one in several)

    for some in chunks(paths):
        tabs = lanes[: len(some)]
        for tab, path in zip(tabs, some, strict=True):
            tab.goto(path)
        for state, step in states.items():
            ask(tabs, state, step)
        with_parts = [tab for tab in tabs if parts and tab.evaluate(HAS_PARTS)]
        ask(with_parts, "390, parts opened", opened)
    return found


@pytest.fixture
def lanes(browse) -> Callable[..., list[Page]]:
    """Several tabs of one reader, each a browser of its own."""

    def open_tabs(one: Tour, **options: object) -> list[Page]:
        cookies = one.cookies + tuple(options.pop("more", ()))  # type: ignore[arg-type]
        return [browse(cookies=cookies, expect=ANSWERS, **options) for _ in range(LANES)]

    return open_tabs


@pytest.mark.parametrize("reader", tour.READERS)
def test_axe_finds_nothing_in_indonesian_at_three_widths(tours: Tours, lanes, reader: str, pytestconfig: pytest.Config):
    one, whole = tours(reader), pytestconfig.getoption("--axe-on") == "all"
    found = faults(lanes(one), one.paths if whole else one.one_each, WIDTHS)
    assert not found, f"{len(found)} faults:\n" + "\n".join(found)


@pytest.mark.parametrize("reader", ["officer", "admin", "partner", "nobody"])
def test_axe_finds_nothing_in_english(tours: Tours, lanes, reader: str, pytestconfig: pytest.Config):
    one, whole = tours(reader), pytestconfig.getoption("--axe-on") == "all"
    tabs = lanes(one, more=ENGLISH, width=390)
    states = WIDTHS if whole else {"390, English": at(390)}
    found = faults(tabs, one.paths if whole else one.one_each, states, parts=whole)
    assert tabs[0].locator("html").get_attribute("lang") == "en"
    assert not found, f"{len(found)} faults:\n" + "\n".join(found)


@pytest.mark.parametrize("reader", ["officer", "partner"])
def test_axe_finds_nothing_with_every_menu_open(tours: Tours, lanes, reader: str):
    one = tours(reader)
    states: States = {}
    for width in (1280, 390):
        states[f"{width}, menus open"] = lambda page, width=width: (
            accessibility.resize(page, width),
            page.evaluate(OPEN, "details"),
        )
    assert faults(lanes(one), one.paths[:LANES], states, parts=False) == []
