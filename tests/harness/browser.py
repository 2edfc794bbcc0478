"""A real Chromium on the real application: what it complains about while a test drives it, fails the test."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright
from playwright.sync_api import expect as expectation
from werkzeug.serving import BaseWSGIServer, make_server

from tests.harness.programs import need

LIGHT = "chromium-headless-shell"
"""The same engine without the windows around a page, which cost more to draw than most of our pages."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page lives too briefly for the best code: making it took a fifth of what axe costs.
    "--js-flags=--max-optimized-bytecode-size=0 --single-threaded-gc",
]
PATIENCE = 30_000
"""Milliseconds that a page may take: several browsers share the cores with the rest of the suite."""
expectation.set_options(timeout=PATIENCE)
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", event =>
  console.error("content policy: " + event.violatedDirective + " " + event.blockedURI))
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """How much axe is asked: each kind of page once, in English on phones only; or every record and part."""
    parser.addoption("--axe-on", choices=["gate", "all"], default="gate", help="how much axe is asked")


@dataclass(kw_only=True)
class Visit:
    """One visitor: opens pages of the application and remembers every complaint of the browser."""

    base: str
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)
    # Answers that a test provokes on purpose (a 403, say, or "net::ERR_") are put here; Chromium logs each as an error.
    expected_answers: set[int | str] = field(default_factory=set)

    def watch(self, page: Page) -> None:
        """Listen to one page's console, errors and requests."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if any(_as_logged(answer) in message.text for answer in self.expected_answers):
            return
        self.complaints.append(f"{message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        place = urlsplit(request.url)
        if place.scheme in {"http", "https"} and not request.url.startswith(self.base):
            self.complaints.append(f"asks {place.netloc} outside the portal")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once; mark the test `browser`."""
    path = need((LIGHT, "chromium", "chromium-browser", "google-chrome"), LIGHT)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@dataclass(frozen=True, kw_only=True)
class LiveServer:
    """The application served on loopback for as long as one test runs."""

    app: Flask
    server: BaseWSGIServer
    url: str


def serve(app: Flask) -> Iterator[LiveServer]:
    """Serve an application in threads on a free port of loopback."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    server.daemon_threads = True  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield LiveServer(app=app, server=server, url=f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def live(app: Flask) -> Iterator[LiveServer]:
    """The test's own application, reachable by a browser."""
    yield from serve(app)


def _as_logged(answer: int | str) -> str:
    return f"status of {answer}" if isinstance(answer, int) else answer


def open_visit(
    browser: Browser,
    url: str,
    *,
    width: int = 1280,
    height: int = 900,
    javascript: bool = True,
    touch: bool = False,
    cookies: tuple[tuple[str, str], ...] = (),
    expect: tuple[int | str, ...] = (),
) -> Visit:
    """A new visitor with an empty jar, an Indonesian browser, and somebody who listens to its complaints."""
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": height},
        java_script_enabled=javascript,
        has_touch=touch,
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    if javascript:
        context.add_init_script(REPORT_VIOLATIONS)
    context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies])
    visit = Visit(base=url, context=context, expected_answers=set(expect))
    context.on("page", visit.watch)
    return visit


Browse = Callable[..., Page]


@pytest.fixture
def browse(browser: Browser, live: LiveServer) -> Iterator[Browse]:
    """Make visitors: `browse(width=1280, height=900, javascript=True, touch=False, cookies=(), expect=())` → a page.

    `page.goto("/masuk")` knows the address. `cookies` are pairs of name and value, such as those of a visitor:
    `browse(cookies=as_staff().cookies)`. `expect` lists answers that the test provokes on purpose, such as 403.
    """
    visits: list[Visit] = []

    def open_page(**options: Any) -> Page:
        visits.append(open_visit(browser, live.url, **options))
        return visits[-1].context.new_page()

    yield open_page
    complaints = [complaint for visit in visits for complaint in visit.complaints]
    for visit in visits:
        visit.context.close()
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def page(browse: Browse) -> Page:
    """A page on an office screen, 1280 wide."""
    return browse()


@pytest.fixture
def phone_page(browse: Browse) -> Page:
    """A page on a phone, 390 wide."""
    return browse(width=390, height=844)


@pytest.fixture
def no_script_page(browse: Browse) -> Page:
    """A page in a browser that runs no script."""
    return browse(javascript=False)
