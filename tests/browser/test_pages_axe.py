"""No page keeps anybody out: axe finds nothing on any page, at three widths, in both languages, with parts opened.

In the gate a page on a telephone has its parts open at once, and contrast is looked at there and on the wide page, for
every kind of text; the narrowest telephone is asked the rules of layout, and English pages the rules that read words.
The named run (`--axe-on=all`) asks everything of every text of every record in every state.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.harness import accessibility, tour
from tests.harness.tour import Tour, Tours

pytestmark = [pytest.mark.browser, pytest.mark.minutes]
LANES = 3
"""So many tabs are asked at once."""
ANSWERS = (403, 404, 422)
ENGLISH = (("bahasa", "en"),)
OPEN = "where => document.querySelectorAll(where).forEach(each => { each.open = true })"


@dataclass(frozen=True, kw_only=True)
class State:
    """How a loaded page is brought into a state, and what is looked at there: its colours, some rules only or not."""

    step: Callable[[Page], object]
    colours: bool = True
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


States = dict[str, State]


def at(width: int) -> Callable[[Page], object]:
    """Another width for a loaded page."""
    return lambda page: accessibility.resize(page, width)


def opened(page: Page) -> object:
    """Open what can be opened in the main part: filters, tables of charts, reasons."""
    accessibility.resize(page, 390)
    return page.evaluate(OPEN, "main details")


GATE: States = {
    "1280": State(step=at(1280)),
    "390, parts opened": State(step=opened),
    "320": State(step=at(320), colours=False, only=accessibility.LAYOUT),
}
ENGLISH_GATE: States = {"390": State(step=at(390), colours=False, without=accessibility.SLOW)}
WHOLE: States = {
    "1280": State(step=at(1280)),
    "390": State(step=at(390)),
    "320": State(step=at(320)),
    "390, parts opened": State(step=opened),
}


def chunks(paths: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many addresses at a time as there are tabs."""
    for first in range(0, len(paths), LANES):
        yield paths[first : first + LANES]


def faults(lanes: Sequence[Page], paths: Sequence[str], states: States, known: set[int] | None = None) -> list[str]:
    """What axe finds on these pages, each loaded once and then brought from state to state."""
    found: list[str] = []
    for some in chunks(paths):
        tabs = lanes[: len(some)]
        for tab, path in zip(tabs, some, strict=True):
            tab.goto(path)
        for name, state in states.items():
            told = accessibility.violations_in(
                tabs,
                state.step,
                colours=state.colours,
                known=known if state.colours else None,
                only=state.only,
                without=state.without,
            )
            for tab, several in zip(tabs, told, strict=True):
                found.extend(f"{tab.url} at {name}: {one}" for one in several)
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
    texts: set[int] = set()
    if whole:
        found = faults(lanes(one), one.paths, WHOLE)
    else:
        found = faults(lanes(one), one.one_each, GATE, texts)
        assert len(texts) > 10
    assert not found, f"{len(found)} faults:\n" + "\n".join(found)


@pytest.mark.parametrize("reader", ["officer", "admin", "partner", "nobody"])
def test_axe_finds_nothing_in_english(tours: Tours, lanes, reader: str, pytestconfig: pytest.Config):
    one, whole = tours(reader), pytestconfig.getoption("--axe-on") == "all"
    tabs = lanes(one, more=ENGLISH, width=390)
    found = faults(tabs, one.paths if whole else one.one_each, WHOLE if whole else ENGLISH_GATE)
    assert tabs[0].locator("html").get_attribute("lang") == "en"
    assert not found, f"{len(found)} faults:\n" + "\n".join(found)


@pytest.mark.parametrize("reader", ["officer", "partner"])
def test_axe_finds_nothing_with_every_menu_open(tours: Tours, lanes, reader: str):
    one = tours(reader)
    states: States = {}
    for width in (1280, 390):
        states[f"{width}, menus open"] = State(
            step=lambda page, width=width: (accessibility.resize(page, width), page.evaluate(OPEN, "details"))
        )
    assert faults(lanes(one), one.paths[:LANES], states) == []
