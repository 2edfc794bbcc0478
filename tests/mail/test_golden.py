"""Every mail in both languages is word for word the golden file. `REWRITE_GOLDEN=1 pytest tests/mail` rewrites them."""

import os
import re

import pytest
from lxml import html as lxml_html

from portal.mail import compose
from portal.services.notices import NEEDS
from tests.harness.source import TEMPLATES, TESTS
from tests.mail.letters import CASES, LETTERHEAD, READERS

GOLDEN = TESTS / "golden" / "mail"
BOTH = [(case, language) for case in CASES for language in READERS]


def letter(case, language):
    return compose.compose(case.split("-")[0], CASES[case], reader=READERS[language], letterhead=LETTERHEAD)


def words(text):
    """The words of a text, without signs and spaces."""
    return re.findall(r"\w+", text)


@pytest.mark.parametrize(("case", "language"), BOTH)
def test_a_mail_is_the_golden_one(case, language):
    made = letter(case, language)
    for part, text in (("subject.txt", made.subject + "\n"), ("txt", made.text), ("html", made.html)):
        path = GOLDEN / f"{case}.{language}.{part}"
        if os.environ.get("REWRITE_GOLDEN"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), path.name


@pytest.mark.parametrize(("case", "language"), BOTH)
def test_subject_and_size_keep_the_limits(case, language):
    made = letter(case, language)
    assert 10 < len(made.subject) <= 60
    assert len(made.html.encode()) <= compose.LARGEST


@pytest.mark.parametrize(("case", "language"), BOTH)
def test_the_html_says_its_language_twice_and_has_one_heading_and_named_links(case, language):
    tree = lxml_html.document_fromstring(letter(case, language).html)
    assert tree.get("lang") == language
    assert tree.xpath("count(//body/div[@lang=$language])", language=language) == 1
    assert tree.xpath("count(//h1)") == 1
    assert all(link.text_content().strip() for link in tree.xpath("//a"))
    assert all(link.get("href").startswith("https://simpul.contoh.test/") for link in tree.xpath("//a"))
    assert all(table.get("role") == "presentation" for table in tree.xpath("//table"))
    assert not tree.xpath("//img | //script | //link | //style")


@pytest.mark.parametrize(("case", "language"), BOTH)
def test_text_and_html_name_the_same_facts(case, language):
    made = letter(case, language)
    tree = lxml_html.document_fromstring(made.html)
    shown = words(" ".join(tree.xpath("//body")[0].itertext()))
    facts = {word for word in words(made.text) if any(sign.isdigit() for sign in word)}
    assert facts <= set(shown)
    assert {word for word in shown if any(sign.isdigit() for sign in word)} <= set(words(made.text + made.subject))


@pytest.mark.parametrize(("case", "language"), BOTH)
def test_no_password_sentence_is_missing(case, language):
    said = "kata sandi" if language == "id" else "password"
    made = letter(case, language)
    assert said in made.text
    assert said in made.html


def test_every_mail_that_can_be_sent_has_a_folder_and_a_golden_file():
    folders = {path.name for path in (TEMPLATES / "mail").iterdir() if path.is_dir()}
    assert folders == set(NEEDS) == {case.split("-")[0] for case in CASES}


def test_no_golden_file_is_left_over():
    wanted = {f"{case}.{language}.{part}" for case, language in BOTH for part in ("subject.txt", "txt", "html")}
    assert {path.name for path in GOLDEN.iterdir()} == wanted
