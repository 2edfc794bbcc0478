"""The kept pictures of pages are those of the drafts of today."""

import pytest
from PIL import Image

from tests.documents import page_pictures


@pytest.fixture(scope="module")
def drafts():
    """What is shown, by the name of its picture."""
    return page_pictures.drafts()


def test_every_picture_shows_the_draft_of_today(drafts):
    """When this fails: look at the new pages, `python -m tests.documents.page_pictures`."""
    shown = {path.stem: Image.open(path).text for path in page_pictures.FOLDER.glob("*.png")}
    told = {name: text.get(page_pictures.SHOWN) for name, text in shown.items()}
    assert told == {name: page_pictures.digest(content) for name, content in drafts.items()}
