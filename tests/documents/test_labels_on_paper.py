"""A real word processor prints exactly the numbers that we count: in files made for it and in every starter.

What LibreOffice does not know of Word's lists (legal numbers, levels that never restart, a start of its own for a
lower level) is held to the words of the standard in `test_numbering_rules`.
"""

import re

import pytest

from portal.documents import context, render, samples, templates
from portal.documents.starters import articles
from tests.documents import papers

pytestmark = pytest.mark.libreoffice

LEAST = 8


def starters():
    """Every starter, filled."""
    return {f"starter {code}": filled(code) for code in templates.CODES}


def filled(code):
    """A starter with the articles that it begins with and the facts of its sample."""
    facts = samples.BY_TEMPLATE[code]
    return render.render(articles.filled(templates.get(code), facts), context.snapshot(facts)).content


@pytest.fixture(scope="module")
def printed(libreoffice):
    """By the name of each file: what we count by token, and the text of the printed pages."""
    files = {name: build() for name, build in papers.PAPERS.items()} | starters()
    made = {name: papers.tokened(content) for name, content in files.items()}
    texts = libreoffice.texts({name: content for name, (content, _) in made.items()})
    return {name: (labels, texts[name]) for name, (_, labels) in made.items()}


def on_paper(text, token):
    """What is printed on the line before a token, after the end of another paragraph if there is one."""
    found = re.search(rf"^(?:.*{papers.END})?(.*?){token}", text, re.MULTILINE)
    return None if found is None else found[1].strip()


def differences(labels, text):
    wrong = {token: (label, on_paper(text, token)) for token, label in labels.items()}
    return {token: pair for token, pair in wrong.items() if pair[0] != pair[1]}


@pytest.mark.parametrize("name", papers.PAPERS)
def test_printed_numbers_are_the_ones_we_count(printed, name):
    assert differences(*printed[name]) == {}


def test_printed_numbers_of_every_starter_are_the_ones_we_count(printed):
    made = {name: differences(*pair) for name, pair in printed.items() if name.startswith("starter ")}
    assert {name: wrong for name, wrong in made.items() if wrong} == {}
    assert made.keys() == {f"starter {code}" for code in templates.CODES}


def test_enough_files_with_enough_numbers_were_compared(printed):
    counted = sum(label != "" for labels, _ in printed.values() for label in labels.values())
    assert len(printed) >= LEAST
    assert counted >= 1000
