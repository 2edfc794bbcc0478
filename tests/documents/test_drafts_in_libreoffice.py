"""A real word processor prints the numbers, references and names that we say it will, in every starter."""

import dataclasses
import re

import pytest

from portal.documents import context, render, samples, templates
from portal.documents.starters import articles
from portal.documents.wordxml import P, text_of
from portal.domain.clause import Condition
from tests.documents import golden, papers, reading

pytestmark = pytest.mark.libreoffice

CONDITIONS = {
    "pks: nothing optional": ("pks", {"parent": None, "funding": None}),
    "pks: data and a foreign party": ("pks", {"data_elements": ("nama", "alamat"), "governing_language": "Indonesia"}),
    "mou: data": ("mou", {"data_elements": ("nama",)}),
}
"""Drafts in which other articles drop out than in the samples."""


def drafts():
    made = {code: golden.rendered(code).content for code in templates.CODES}
    for name, (code, changes) in CONDITIONS.items():
        facts = dataclasses.replace(samples.BY_TEMPLATE[code], **changes)
        made[name] = render.render(articles.filled(templates.get(code), facts), context.snapshot(facts)).content
    made["little known"] = golden.rendered("little_known").content
    return made


@pytest.fixture(scope="module")
def printed(libreoffice):
    """By the name of each draft: its file, our labels by token, the text of the marked file and of the file itself.

    In the marked file no reference says what is right: the word processor has to count.
    """
    files = drafts()
    marked = {name: papers.tokened(papers.stale(content)) for name, content in files.items()}
    texts = libreoffice.texts({f"marked {name}": content for name, (content, _) in marked.items()} | files)
    return {
        name: (content, marked[name][1], texts[f"marked {name}"], squeezed(texts[name]))
        for name, content in files.items()
    }


def squeezed(text):
    return " ".join(text.split())


def on_paper(text, token):
    """What is printed on the line before a token."""
    found = re.search(rf"^(.*?){token}(?!\d)", text, re.MULTILINE)
    return None if found is None else found[1].strip()


@pytest.mark.parametrize("name", [*templates.CODES, *CONDITIONS])
def test_printed_numbers_are_the_ones_we_count(printed, name):
    _, labels, text, _ = printed[name]
    if name != "mou_bilingual":
        assert {token: on_paper(text, token) for token in labels} == labels
        assert sum(label != "" for label in labels.values()) >= 8
    else:
        # two columns share their lines: the label still stands right before its token
        wanted = {token: label for token, label in labels.items() if label}
        whole = "".join(text.split())
        assert {token: label for token, label in wanted.items() if "".join(label.split()) + token not in whole} == {}
        assert len(wanted) >= 60


REFERS = re.compile(r"(?:sebagaimana dimaksud (?:dalam|pada)|referred to in) [^,.;]{3,25}")


@pytest.mark.parametrize("name", [*templates.CODES, *CONDITIONS])
def test_every_reference_is_printed_as_it_is_kept(printed, name):
    content, _, counted, words = printed[name]
    kept = [text_of(paragraph) for paragraph in reading.main_part(content).iter(P)]
    said = [squeezed(found) for text in kept for found in REFERS.findall(text)]
    assert said
    assert [one for one in said if one not in words or one not in squeezed(counted)] == []
    assert papers.STALE not in counted
    assert not re.search(r"Error|rujukan ke", words)


def test_conditions_change_the_numbers_and_the_references_follow():
    tree = articles.tree("pks")
    without = articles.printed("pks", {Condition.FUNDED})
    everything = articles.printed("pks", set(Condition))
    assert len(without) < len(everything) <= len(tree)


def test_names_and_dates_are_right_on_paper(printed):
    words = printed["pks"][3]
    for said in (
        "sebagaimana dimaksud dalam Pasal 4 berdasarkan Rencana Kerja",
        "sebagaimana dimaksud dalam Pasal 9 berakhir",
        "Sabtu tanggal dua puluh satu bulan November tahun dua ribu dua puluh enam (21-11-2026)",
        "Rp325.000.000,00 (tiga ratus dua puluh lima juta rupiah)",
        "YAYASAN CONTOH KASIH & ASIH",
        "Halaman 1 dari ",
    ):
        assert said in words


def test_what_is_not_known_is_on_paper_as_marked(printed):
    content, _, _, words = printed["little known"]
    assert reading.marked(content)
    assert all(squeezed(mark) in words for mark in reading.marked(content))
