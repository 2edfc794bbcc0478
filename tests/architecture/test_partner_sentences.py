"""What partners read is short: their sentences have at most fifteen words on average (design: ux §10)."""

import re
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

import pytest
from babel.messages.extract import extract_from_dir

from portal import paths
from portal.cli import catalogue

MOST_ON_AVERAGE = 15
MOST = 20
"""No single sentence is longer than this."""
PLACES = {
    paths.TEMPLATES / "partner": [("**.html", "jinja2")],
    paths.TEMPLATES / "auth": [("**.html", "jinja2")],
    catalogue.PACKAGE / "web" / "partner": [("**.py", "python")],
}
END = re.compile(r"(?<=[.!?])\s+")


def messages(folder: Path, methods: list[tuple[str, str]]) -> Iterator[str]:
    """What the pages of a folder say, in the singular."""
    options = {"**.html": catalogue.JINJA}
    for _file, _line, message, *_ in extract_from_dir(folder, methods, options, keywords=catalogue.KEYWORDS):
        yield message if isinstance(message, str) else message[0]


@pytest.fixture(scope="module")
def sentences() -> set[str]:
    """Every whole sentence on the pages of partners and before the sign-in."""
    said = (text for folder, methods in PLACES.items() for text in messages(folder, methods))
    return {part for text in said for part in END.split(text) if part.endswith((".", "!", "?"))}


def test_the_average_sentence_of_partners_is_short(sentences: set[str]):
    assert len(sentences) > 140
    assert mean(len(sentence.split()) for sentence in sentences) <= MOST_ON_AVERAGE


def test_no_sentence_of_partners_is_long(sentences: set[str]):
    assert [sentence for sentence in sorted(sentences) if len(sentence.split()) > MOST] == []
