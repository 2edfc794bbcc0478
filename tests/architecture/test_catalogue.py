"""The English catalogue is complete: every sentence of the portal is in it, translated, with its placeholders kept."""

import re

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from portal.cli import catalogue

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")


@pytest.fixture(scope="module")
def extracted() -> Catalog:
    """Every sentence in the code and the templates."""
    return catalogue.collect()


@pytest.fixture(scope="module")
def english() -> Catalog:
    """The catalogue that people edit."""
    with (catalogue.ENGLISH / "messages.po").open("rb") as file:
        return read_po(file, locale="en")


def sentences(catalog: Catalog) -> dict[tuple[str, str | None], Message]:
    """The entries of a catalogue by sentence and context, the heading left out."""
    return {(forms(message.id)[0], message.context): message for message in catalog if message.id}


def forms(text: object) -> list[str]:
    """A sentence in singular, and in plural if it has one."""
    return [str(form) for form in text] if isinstance(text, tuple | list) else [str(text)]


def test_sentences_are_found(extracted: Catalog):
    assert len(sentences(extracted)) > 100


def test_every_sentence_is_translated(extracted: Catalog, english: Catalog):
    known = sentences(english)
    missing = [
        repr(key[0])
        for key in sentences(extracted)
        if key not in known or not all(forms(known[key].string)) or known[key].fuzzy
    ]
    assert not missing, f"{len(missing)} sentences lack English:\n" + "\n".join(sorted(missing))


def test_nothing_is_translated_that_nobody_says(extracted: Catalog, english: Catalog):
    unused = set(sentences(english)) - set(sentences(extracted))
    assert not unused, f"remove from the catalogue: {sorted(text for text, _ in unused)}"


def test_translations_keep_the_placeholders(english: Catalog):
    broken = [
        key[0]
        for key, message in sentences(english).items()
        for form in forms(message.string)
        if form and not set(PLACEHOLDER.findall(form)) <= set(PLACEHOLDER.findall(" ".join(forms(message.id))))
    ]
    assert not broken


def test_placeholders_are_named(extracted: Catalog):
    nameless = [key[0] for key in sentences(extracted) if re.search(r"(?<!%)%[sd]", key[0])]
    assert not nameless, "name the placeholder: %(n)s"


def test_the_compiled_catalogue_is_the_edited_one(english: Catalog):
    with (catalogue.ENGLISH / "messages.mo").open("rb") as file:
        compiled = read_mo(file)
    assert {key: forms(message.string) for key, message in sentences(compiled).items()} == {
        key: forms(message.string) for key, message in sentences(english).items() if message.string
    }
