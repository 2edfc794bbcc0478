"""Asks axe, inside the browser, what keeps people out of a page. Marks WCAG 2.2 AA and the best practices."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
SCALE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def violations(page: Page) -> list[str]:
    """Every rule of axe that the page breaks as it stands, with the first element that breaks it."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    answer = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{found['id']} ({found['impact']}): {found['help']}: {found['nodes'][0]['html'][:200]}"
        for found in answer["violations"]
    ]


def sideways_scroll(page: Page, width: int) -> int:
    """By how many pixels the page is wider than a screen of this width; 0 is well."""
    size = page.viewport_size or {"width": width, "height": 900}
    page.set_viewport_size({"width": width, "height": size["height"]})
    return int(page.evaluate(SCALE))
