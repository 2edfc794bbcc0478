"""Asks axe, inside the browser, what keeps people out of a page, and measures what does not fit a narrow screen.

The rules are those of WCAG 2.0 to 2.2, A and AA, and axe's best practices; nothing is left out. Lanes ask several
tabs at once, because axe keeps one processor busy and a machine has more. Looking at contrast takes most of the time;
whoever asks many pages gives the kinds of text that were looked at: a text with its colour, letters and box, on its
grounds.
"""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = "color-contrast"
"""The rule that takes longer than all others together; it looks at what is drawn, which few widths change."""
LAYOUT = ("target-size", "scrollable-region-focusable")
"""The other rules that ask where something is drawn and how large: another width of one layout changes no other."""
SLOW = (*LAYOUT, "link-in-text-block", "aria-hidden-focus")
"""Rules that take longest and ask nothing of words: another language changes nothing about them."""
BEGIN = """([rules, off, texts]) => {
  const quick = { resultTypes: ['violations'], preload: false };
  const contrast = () => axe.run({ include: texts.map(place => window.texts[place]) },
    { runOnly: ['color-contrast'], ...quick });
  const rest = Object.fromEntries(off.map(rule => [rule, { enabled: false }]));
  window.asked = axe.run(document, { runOnly: rules, rules: rest, ...quick })
    .then(async first => [first, ...texts.length ? [await contrast()] : []])
    .then(answers => answers.flatMap(answer => answer.violations).map(rule =>
      `${rule.id} (${rule.impact}): ${rule.help}: ${rule.nodes[0].html.slice(0, 200)}`));
  window.asked.catch(() => null);
}"""
KINDS = """() => {
  const said = each => [each.localName, ...each.classList].join('.');
  const grounds = new Map([[null, '']]);
  const ground = each => {
    if (!grounds.has(each)) {
      const { backgroundColor, backgroundImage, opacity, position } = getComputedStyle(each);
      const own = [backgroundColor, backgroundImage, opacity, position].join(' ');
      const plain = own === 'rgba(0, 0, 0, 0) none 1 static';
      grounds.set(each, ground(each.parentElement) + (plain ? '' : ` | ${own}`));
    }
    return grounds.get(each);
  };
  const short = text => [...text].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 281474976710597, 7);
  window.texts = [...document.body.querySelectorAll('*')].filter(each => each.checkVisibility()
    && (each.matches('input, select, textarea')
      || [...each.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())));
  return window.texts.map(each => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(each);
    const boxes = [each, each.parentElement].map(said);
    return short([color, fontSize, fontWeight, textShadow, ...boxes, ground(each)].join(' '));
  });
}"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
TOO_WIDE = f"""() => {{
  const over = ({OVERFLOW})();
  if (over <= 0) return [];
  const reach = [...document.querySelectorAll('body *')]
    .filter(each => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
  return [`${{over}} px too wide: ${{reach.slice(0, 3).map(each => each.outerHTML.slice(0, 120)).join(' ')}}`];
}}"""
"""What reaches beyond the right edge of a page that scrolls sideways; nothing of a page that fits."""


@cache
def _source() -> str:
    return AXE.read_text("utf-8")


def begin(
    page: Page,
    *,
    colours: bool = True,
    known: set[int] | None = None,
    only: Sequence[str] = (),
    without: Sequence[str] = (),
) -> None:
    """Let axe look at the page as it stands, without waiting for it; `colours` asks for the contrast too.

    With `known` only texts of other kinds are asked for contrast; they are known then. `only` asks these rules
    instead of all, `without` leaves some out.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_source())
    fresh: dict[int, int] = {}
    if colours and known is not None:
        for place, kind in enumerate(page.evaluate(KINDS)):
            if kind not in known:
                fresh.setdefault(kind, place)
        known.update(fresh)
    is_whole = colours and known is None
    off = [*without, *([] if is_whole else [COLOURS])]
    page.evaluate(BEGIN, [list(only) or RULES, [] if only else off, list(fresh.values())])


def finish(page: Page) -> list[str]:
    """Wait for axe: every rule that the page breaks, with the first element that breaks it."""
    found: list[str] = page.evaluate("() => window.asked")
    return found


def violations(page: Page, *, known: set[int] | None = None) -> list[str]:
    """Ask and wait."""
    begin(page, known=known)
    return finish(page)


Step = Callable[[Page], object]


def violations_in(pages: Sequence[Page], step: Step, **asked: Any) -> list[list[str]]:
    """Bring several tabs into a state and let axe look at all of them at the same time; `asked` is that of `begin`."""
    for page in pages:
        step(page)
        begin(page, **asked)
    return [finish(page) for page in pages]


def resize(page: Page, width: int) -> None:
    """Give a loaded page another width, as a turned telephone does."""
    size = page.viewport_size or {"width": 0, "height": 900}
    if size["width"] != width:
        page.set_viewport_size({"width": width, "height": size["height"]})


def sideways_scroll(page: Page, width: int) -> int:
    """By how many pixels the page is wider than a screen of this width; 0 is well."""
    resize(page, width)
    return int(page.evaluate(OVERFLOW))


def too_wide(page: Page) -> list[str]:
    """Ask `TOO_WIDE` of a page as it stands."""
    found: list[str] = page.evaluate(TOO_WIDE)
    return found
