"""The help shows pictures of our own screens: small ones, with words beside them, fetched only when they are opened."""

import re

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.factories import make_partner
from tests.harness import source

KB = 1024
MOST = 15 * KB
FOLDER = source.PORTAL / "static" / "img" / "help"


@pytest.fixture
def guide(session, as_partner):
    return as_partner(make_partner(session)).page("partner.guide.show")


def test_every_picture_is_shown_small_and_at_its_own_size(guide):
    shown = guide.tree.xpath("//main//details/img")
    names = [re.search(r"help/(\w+)\.[0-9a-f]{12}\.webp$", each.get("src"))[1] for each in shown]
    assert sorted(names) == sorted(path.stem for path in FOLDER.glob("*.webp"))
    for name, each in zip(names, shown, strict=True):
        path = FOLDER / f"{name}.webp"
        with Image.open(path) as picture:
            assert (each.get("width"), each.get("height")) == tuple(str(side) for side in picture.size), name
        assert path.stat().st_size <= MOST, name
        assert each.get("loading") == "lazy"


def test_a_picture_says_in_words_what_it_shows(guide):
    texts = [each.get("alt") for each in guide.tree.xpath("//main//img")]
    assert len(texts) == len(set(texts)) == 5
    assert all(len(text.split()) >= 4 for text in texts)
    buttons = [" ".join(each.text_content().split()) for each in guide.tree.xpath("//main//summary")]
    assert buttons == [f"Lihat gambar: {text}" for text in texts]


@pytest.mark.browser
def test_nothing_is_fetched_until_a_picture_is_opened(session, as_partner, browse):
    cookies = as_partner(make_partner(session)).cookies
    page: Page = browse(cookies=cookies, width=390, height=844)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if "/img/help/" in request.url else None)
    page.goto("/mitra/bantuan", wait_until="networkidle")
    assert fetched == []
    with page.expect_response(lambda answer: "/img/help/home." in answer.url) as opened:
        page.locator("summary").filter(has_text="Lihat gambar").first.click()
    assert opened.value.status == 200
    assert "immutable" in opened.value.headers["cache-control"]
    first = page.locator("img.picture").first
    first.scroll_into_view_if_needed()
    first.evaluate("each => each.decode()")
    assert first.evaluate("each => each.naturalWidth") == 390
