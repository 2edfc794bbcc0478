"""A form that was sent empty says what is missing: the page it answers with keeps nobody out either."""

from collections.abc import Callable

import pytest
from lxml import html
from playwright.sync_api import Page

from tests.harness import accessibility
from tests.harness.sample import SampleHouse
from tests.harness.tour import Tour, Tours
from tests.harness.visitors import COOKIE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.minutes]
EMPTIED = """() => {
  const form = document.querySelector('main form[method=post][novalidate]');
  if (!form) return false;
  form.querySelectorAll('input, textarea, select').forEach(each => {
    if (each.type === 'hidden') return;
    if (['checkbox', 'radio'].includes(each.type)) each.checked = false;
    else if (each.tagName === 'SELECT') each.selectedIndex = each.multiple ? -1 : 0;
    else each.value = '';
  });
  return true;
}"""
SEND = "() => document.querySelector('main form[method=post][novalidate]').requestSubmit()"
FORMS = {"officer": 9, "admin": 2, "partner": 0, "nobody": 2}
"""So many addresses at least answer an empty form with what is missing; a partner's draft may be kept empty."""


def with_forms(house: SampleHouse, one: Tour) -> list[str]:
    """The addresses of one page of each kind whose form the portal checks itself."""
    visitor = Visitor(house.app, house.session, token=dict(one.cookies).get(COOKIE, ""))
    pages = {path: html.fromstring(visitor.open(path).data) for path in one.one_each}
    return [path for path, page in pages.items() if page.xpath("//main//form[@method='post'][@novalidate]")]


def sent_empty(page: Page, path: str) -> int | None:
    """Open an address, empty its form and send it; the number of the answer, or None without a form."""
    page.goto(path)
    if not page.evaluate(EMPTIED):
        return None
    with page.expect_navigation() as sent:
        page.evaluate(SEND)
    return sent.value.status if sent.value else None


@pytest.mark.parametrize("reader", FORMS)
def test_a_page_with_mistakes_is_accessible_and_names_them(
    house: SampleHouse, tours: Tours, browse: Callable[..., Page], reader: str
):
    one = tours(reader)
    page = browse(cookies=one.cookies, expect=(403, 404, 409, 422), width=390)
    found, refused, texts = [], 0, set[int]()
    for path in with_forms(house, one):
        if sent_empty(page, path) != 422:
            continue
        refused += 1
        assert page.locator(".error-summary").first.is_visible(), path
        assert page.title().startswith("Kesalahan: "), path
        several = accessibility.violations(page, known=texts)
        found += [f"{path}: {one}" for one in several + accessibility.too_wide(page)]
    assert refused >= FORMS[reader]
    assert not found, f"{len(found)} faults:\n" + "\n".join(found)
