"""The finders of `test_starters_on_paper` do find: each is given a draft with its fault and must refuse it."""

import pytest

from portal.documents import package, samples
from tests.documents import golden, paper
from tests.documents import test_starters_on_paper as finders
from tests.documents.test_starters_on_paper import Printed

MAIN = "word/document.xml"
WORDS = {
    "weekday": (
        "Pada hari ini, Sabtu",
        "Pada hari ini, Minggu",
        "the_day_of_the_week_is_that_of_the_date_and_words_say_the_figures",
    ),
    "figures": ("14 (empat belas)", "14 (lima belas)", "figures_and_words_say_the_same"),
    "rupiah": (
        "(tiga ratus dua puluh lima juta rupiah)",
        "(tiga ratus juta rupiah)",
        "rupiah_and_their_words_say_the_same",
    ),
    "originals": ("3 (tiga)", "2 (dua)", "there_are_as_many_originals_as_parties"),
    "party": ("PIHAK KEDUA berhak", "PIHAK KELIMA berhak", "no_party_is_named_that_there_is_not_and_everyone_is"),
    "spaces": ("dalam rangkap", "dalam  rangkap", "no_spaces_before_marks_or_twice"),
    "bracket": ("1 (satu) kali", "1 ( satu) kali", "no_spaces_before_marks_or_twice"),
    "doubled": ("dalam rangkap", "dalam dalam rangkap", "no_word_is_doubled"),
    "placeholder": ("dalam rangkap", "dalam [isi jumlah] rangkap", "no_tag_mark_or_placeholder_is_left"),
    "list": ("perawatan lanjut usia di rumah; dan", "perawatan lanjut usia di rumah;", "lists_end_as_lists_do"),
    "sentence": (
        "Demikian Perjanjian",
        "demikian Perjanjian",
        "sentences_of_articles_begin_with_a_capital_and_end_with_a_mark",
    ),
    "order": (
        "YAYASAN CONTOH KASIH &amp; ASIH",
        "YAYASAN LAIN",
        "title_numbers_and_signatures_keep_the_order_of_the_parties",
    ),
    "empty": ("<w:body>", "<w:body><w:p/>", "no_paragraph_is_empty"),
}


def changed(content, old, new):
    parts = package.unpack(content)
    text = parts[MAIN].decode()
    assert old in text
    return package.pack({**parts, MAIN: text.replace(old, new).encode()})


@pytest.mark.parametrize("fault", WORDS)
def test_a_fault_in_the_words_is_found(fault):
    old, new, name = WORDS[fault]
    finder = getattr(finders, f"test_{name}")
    good = golden.rendered("pks").content
    finder(Printed(facts=samples.FULL, content=good, pages=()))
    with pytest.raises((AssertionError, ValueError)):
        finder(Printed(facts=samples.FULL, content=changed(good, old, new), pages=()))


@pytest.fixture(scope="module")
def loose(libreoffice):
    """A draft whose paragraphs and rows are not held together by anything."""
    parts = package.unpack(golden.rendered("pks").content)
    for name in (MAIN, "word/styles.xml"):
        text = parts[name].decode()
        for held in ("<w:keepNext/>", "<w:keepLines/>", "<w:cantSplit/>"):
            text = text.replace(held, "")
        parts[name] = text.encode()
    content = package.pack(parts)
    pdf = libreoffice.pdfs({"loose": content})["loose"]
    return Printed(facts=samples.FULL, content=content, pages=paper.pages(libreoffice.pdftotext, pdf))


@pytest.mark.libreoffice
def test_pages_that_nothing_holds_together_are_found(loose):
    layout = (
        finders.test_signatures_stand_together_on_the_page_of_the_closing_words,
        finders.test_address_tables_are_not_torn_between_pages,
        finders.test_no_heading_is_lonely_at_the_end_of_a_page,
        finders.test_no_page_ends_with_a_sentence_that_announces_a_list,
    )
    found = []
    for finder in layout:
        try:
            finder(loose)
        except (AssertionError, StopIteration) as fault:
            found.append(fault)
    assert found
