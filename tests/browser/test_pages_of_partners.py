"""Pages of partners are light and large: few parts, one main button, letters to read and targets to touch.

The figures are those of the design (ux §16, check 24); a control inside a sentence may be as small as its line.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.harness import accessibility
from tests.harness.tour import Tours

pytestmark = pytest.mark.browser
NODES, LETTERS, TARGET = 600, 15, 44
PRIMARY = "main .button-primary, header .button-primary"
SMALL_LETTERS = """least => [...document.querySelectorAll('body *')].filter(each => {
  const own = [...each.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
  return own && each.checkVisibility() && !each.closest('.visually-hidden')
    && parseFloat(getComputedStyle(each).fontSize) < least - 0.01;
}).map(each => `${getComputedStyle(each).fontSize} ${each.outerHTML.slice(0, 100)}`)"""
SMALL_TARGETS = """least => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
.filter(each => {
  if (!each.checkVisibility() || each.type === 'hidden' || each.closest('p, .breadcrumb, .skip-link')) return false;
  const label = each.closest('label') || (each.labels && each.labels[0]);
  const boxes = [each, label].filter(Boolean).map(one => one.getBoundingClientRect());
  return !boxes.some(box => box.height >= least - 0.5 && box.width >= 24);
}).map(each => `${Math.round(each.getBoundingClientRect().height)} px high: ${each.outerHTML.slice(0, 110)}`)"""


def test_pages_of_partners_are_light_and_large(tours: Tours, browse: Callable[..., Page]):
    one = tours("partner")
    page = browse(cookies=one.cookies, width=390, height=844)
    found = []
    for path in one.paths:
        page.goto(path)
        nodes = page.locator("*").count()
        primary = page.locator(PRIMARY).filter(visible=True).count()
        found += [f"{path}: {nodes} nodes"] if nodes > NODES else []
        found += [f"{path}: {primary} main buttons"] if primary > 1 else []
        for width in (390, 1280):
            accessibility.resize(page, width)
            found += [f"{path} at {width}: letters {text}" for text in page.evaluate(SMALL_LETTERS, LETTERS)]
            found += [f"{path} at {width}: {text}" for text in page.evaluate(SMALL_TARGETS, TARGET)]
    assert not found, f"{len(found)} faults:\n" + "\n".join(found)
