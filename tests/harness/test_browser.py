"""The browser of the tests drives the served application and complains of what the content policy forbids."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.harness import accessibility
from tests.harness.browser import open_visit, serve

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only]


@pytest.fixture
def bad_site(browser: Browser) -> Callable[[str], list[str]]:
    """Serve one page under the portal's policy and tell what the browser complained of."""
    app = Flask("bad")
    app.config["PAGE"] = ""

    @app.get("/")
    def show() -> tuple[str, dict[str, str]]:
        policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
        return app.config["PAGE"], {"Content-Security-Policy": policy}

    def complaints(body: str) -> list[str]:
        app.config["PAGE"] = f"<!doctype html><title>x</title><link rel=icon href=data:,>{body}"
        for live in serve(app):
            visit = open_visit(browser, live.url)
            visit.context.new_page().goto("/")
            visit.context.close()
        return visit.complaints

    return complaints


def test_a_clean_page_brings_no_complaint(bad_site: Callable[[str], list[str]]):
    assert bad_site("<h1>Baik</h1>") == []


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<h1 style='color:red'>x</h1>", "style-src"),
        ("<script>alert(1)</script>", "script-src"),
        ("<img src='http://127.0.0.1:9/x.png'>", "outside the portal"),
        ("<img src='/tidak-ada.png'>", "404"),
    ],
)
def test_a_bad_page_brings_a_complaint(bad_site: Callable[[str], list[str]], body: str, complaint: str):
    assert any(complaint in one for one in bad_site(body))


def test_the_portal_is_served(page: Page):
    page.goto("/")
    assert page.locator("h1").count() == 1


def test_a_phone_without_script_reads_the_same(no_script_page: Page):
    no_script_page.goto("/masuk")
    assert no_script_page.locator("input[type=password]").count() == 1


def test_axe_finds_what_keeps_people_out(page: Page):
    page.goto("/masuk")
    assert accessibility.violations(page) == []
    page.evaluate("document.querySelector('main').innerHTML = '<h1>x</h1><input><img src=data:,>'")
    found = " ".join(accessibility.violations(page))
    assert "label" in found
    assert "image-alt" in found


def test_a_page_that_is_too_wide_is_measured(page: Page):
    page.goto("/masuk")
    assert accessibility.sideways_scroll(page, 320) == 0
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<svg width=900></svg>')")
    assert accessibility.sideways_scroll(page, 320) > 400


def test_contrast_is_asked_of_every_kind_of_text_once(page: Page):
    page.goto("/masuk")
    texts: set[int] = set()
    assert accessibility.violations(page, known=texts) == []
    known = len(texts)
    assert known > 5
    page.evaluate("document.querySelector('main p').style.color = '#eee'")
    [fault] = accessibility.violations(page, known=texts)
    assert fault.startswith("color-contrast")
    assert len(texts) > known
    assert accessibility.violations(page, known=texts) == []
