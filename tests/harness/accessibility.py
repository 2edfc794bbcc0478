"""Asks axe, inside the browser, what keeps people out of a page, and measures what does not fit a narrow screen.

The rules are those of WCAG 2.0 to 2.2, A and AA, and axe's best practices; nothing is left out. Lanes ask several
tabs at once, because axe keeps one processor busy and a machine has more.
"""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = "color-contrast"
"""The rule that takes longer than all others together; it looks at what is drawn, which few widths change."""
BEGIN = """([rules, off]) => {
  window.asked = axe.run(document, {runOnly: rules, rules: off, resultTypes: ['violations'], preload: false})
    .then(answer => answer.violations.map(rule =>
      `${rule.id} (${rule.impact}): ${rule.help}: ${rule.nodes[0].html.slice(0, 200)}`));
  window.asked.catch(() => null);
}"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDEST = """() => [...document.querySelectorAll('body *')]
  .filter(each => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 3).map(each => each.outerHTML.slice(0, 120))"""


@cache
def _source() -> str:
    return AXE.read_text("utf-8")


def begin(page: Page, *, colours: bool = True) -> None:
    """Let axe look at the page as it stands, without waiting for it; `colours` asks for the contrast too."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_source())
    page.evaluate(BEGIN, [RULES, {} if colours else {COLOURS: {"enabled": False}}])


def finish(page: Page) -> list[str]:
    """Wait for axe: every rule that the page breaks, with the first element that breaks it."""
    found: list[str] = page.evaluate("() => window.asked")
    return found


def violations(page: Page, *, colours: bool = True) -> list[str]:
    """Ask and wait."""
    begin(page, colours=colours)
    return finish(page)


Step = Callable[[Page], object]


def violations_in(pages: Sequence[Page], step: Step, *, colours: bool = True) -> list[list[str]]:
    """Bring several tabs into a state and let axe look at all of them at the same time."""
    for page in pages:
        step(page)
        begin(page, colours=colours)
    return [finish(page) for page in pages]


def resize(page: Page, width: int) -> None:
    """Give a loaded page another width, as a turned telephone does."""
    size = page.viewport_size or {"width": width, "height": 900}
    page.set_viewport_size({"width": width, "height": size["height"]})


def sideways_scroll(page: Page, width: int) -> int:
    """By how many pixels the page is wider than a screen of this width; 0 is well."""
    resize(page, width)
    return int(page.evaluate(OVERFLOW))


def too_wide(page: Page) -> list[str]:
    """What reaches beyond the right edge of a page that scrolls sideways; nothing of a page that fits."""
    over = int(page.evaluate(OVERFLOW))
    return [f"{over} px too wide: {page.evaluate(WIDEST)}"] if over > 0 else []
