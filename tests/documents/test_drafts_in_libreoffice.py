"""A real word processor prints the numbers, references and names that we say it will."""

import re

import pytest

from portal.documents import context, numbering, package, render, samples, templates
from portal.documents.wordxml import parse
from tests.documents import reading

pytestmark = pytest.mark.libreoffice
LABEL = re.compile(r"^\s*(Pasal \d+$|\(\d+\)|[a-z]\.|\d+\.)(?=\s|$)")


def squeezed(text):
    return " ".join(text.split())


def printed(libreoffice, code, facts):
    content = render.render(templates.get(code), context.snapshot(facts)).content
    return content, libreoffice.text(content)


def articles(text):
    """The labels from Pasal 1 on, without the lines of the footer."""
    lines = text[re.search(r"^\s*Pasal 1$", text, re.MULTILINE).start() :].splitlines()
    return [found[1] for line in lines if (found := LABEL.match(line))]


@pytest.mark.parametrize("code", templates.CODES)
def test_printed_numbers_are_the_ones_we_count(libreoffice, code):
    facts = samples.BY_TEMPLATE[code]
    content, text = printed(libreoffice, code, facts)
    parts = package.unpack(content)
    ours = [found.label for _, found in numbering.read(parts).walk(parse(parts["word/document.xml"])) if found]
    assert articles(text) == ours[ours.index("Pasal 1") :]


def test_articles_run_from_one_to_the_last(libreoffice):
    _, text = printed(libreoffice, "pks", samples.FULL)
    found = [label for label in articles(text) if label.startswith("Pasal")]
    assert found == [f"Pasal {n}" for n in range(1, 21)]


def test_references_names_and_dates_are_right_on_paper(libreoffice):
    _, text = printed(libreoffice, "pks", samples.FULL)
    words = squeezed(text)
    for said in (
        "sebagaimana dimaksud dalam Pasal 4 berdasarkan Rencana Kerja",
        "sebagaimana dimaksud dalam Pasal 9 ayat (1) berakhir",
        "keadaan kahar sebagaimana dimaksud dalam Pasal 14",
        "Sabtu tanggal dua puluh satu bulan November tahun dua ribu dua puluh enam (21-11-2026)",
        "Rp325.000.000,00 (tiga ratus dua puluh lima juta rupiah)",
        "YAYASAN CONTOH KASIH & ASIH",
        "Halaman 1 dari ",
    ):
        assert said in words


def test_what_is_not_known_is_on_paper_as_marked(libreoffice):
    content, text = printed(libreoffice, "mou", samples.LITTLE_KNOWN)
    words = squeezed(text)
    assert reading.marked(content)
    assert all(squeezed(mark) in words for mark in reading.marked(content))
