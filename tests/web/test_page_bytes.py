"""What the first five pages cost to load, in a real Chromium: gzip bodies with headers (design: ux §12.2)."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.harness import tour
from tests.harness.browser import LiveServer, serve
from tests.harness.sample import SampleHouse
from tests.harness.telling import Tell
from tests.harness.tour import Tours

pytestmark = pytest.mark.browser
KB = 1024
STAFF = {"html": 12, "css": 14, "script": 20, "face": 21, "first": 60, "repeat": 12}
PARTNER = STAFF | {"html": 5, "first": 50, "repeat": 6}
"""So many KB at most."""
REQUESTS = 8
KINDS = {"css/": "css", "js/": "script", "vendor/": "script", "fonts/": "face", "img/icons": "face", "img/mark": "mark"}
"""What a file of the portal counts as, by the beginning of its name; the face is the font and the icons."""


@dataclass(kw_only=True)
class Load:
    """One loading of a page: bytes by kind as they came over the line, and how many requests."""

    bytes: Counter[str] = field(default_factory=Counter)
    requests: int = 0

    def kilobytes(self, kind: str) -> float:
        """The bytes of a kind, or of all of them."""
        return (sum(self.bytes.values()) if kind in {"first", "repeat"} else self.bytes[kind]) / KB


def load(page: Page, path: str) -> Load:
    """Open an address and count everything that was fetched, what the browser kept left out."""
    found, asked, kept = Load(), {}, set()
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")

    def note(event: dict[str, Any]) -> None:
        asked[event["requestId"]] = event["response"]

    def count(event: dict[str, Any]) -> None:
        answer = asked.get(event["requestId"])
        if answer is None or event["requestId"] in kept or answer.get("fromDiskCache"):
            return
        name = urlsplit(answer["url"]).path
        kinds = [kind for start, kind in KINDS.items() if name.startswith(f"/static/{start}")]
        kind = kinds[0] if kinds else "html"
        found.bytes[kind] += int(event["encodedDataLength"])
        found.requests += 1

    line.on("Network.requestServedFromCache", lambda event: kept.add(event["requestId"]))
    line.on("Network.responseReceived", note)
    line.on("Network.loadingFinished", count)
    page.goto(path, wait_until="networkidle")
    line.detach()
    return found


@pytest.fixture(scope="module")
def house(make_sample: Callable[..., SampleHouse]) -> SampleHouse:
    """Both sets, as an office runs them."""
    return make_sample()


@pytest.fixture
def live(house: SampleHouse) -> Iterator[LiveServer]:
    """The house, reachable by a browser."""
    yield from serve(house.app)


def address(house: SampleHouse, page: str) -> str:
    """Where one of the five pages stands; the agreement is the partner's fullest."""
    return {
        "W1a": "/kantor",
        "W1e": "/mitra/",
        "W2": "/kantor/naskah",
        "W3": f"/kantor/naskah/{tour.fullest(house).code}",
        "W15": "/masuk",
    }[page]


@pytest.mark.parametrize(
    ("name", "reader", "budget", "nodes"),
    [
        ("W1a", "officer", STAFF, 1500),
        ("W1e", "partner", PARTNER, 600),
        ("W2", "officer", STAFF, 1500),
        ("W3", "officer", STAFF, 1500),
        ("W15", "nobody", PARTNER, 600),
    ],
)
def test_a_page_stays_within_its_budget(
    house: SampleHouse,
    tours: Tours,
    browse: Callable[..., Page],
    tell: Tell,
    name: str,
    reader: str,
    budget,
    nodes: int,
):
    path = address(house, name)
    house.session.rollback()
    page = browse(cookies=tours(reader).cookies)
    first = load(page, path)
    page.goto("/aksesibilitas")
    repeat = load(page, path)
    count = page.evaluate("() => document.querySelectorAll('*').length")
    measured = {kind: first.kilobytes(kind) for kind in budget if kind != "repeat"} | {
        "repeat": repeat.kilobytes("repeat")
    }
    words = " ".join(f"{kind} {size:.1f}/{budget[kind]}" for kind, size in measured.items())
    tell("KB of pages, measured/allowed", [f"{name:4} {words} requests {first.requests} nodes {count}/{nodes}"])
    assert {kind: size for kind, size in measured.items() if size > budget[kind]} == {}
    assert 4 <= first.requests <= REQUESTS
    assert count <= nodes
