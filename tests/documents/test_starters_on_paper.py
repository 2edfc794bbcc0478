"""Faults that a lawyer would not forgive, looked for on the printed pages of every starter; `faults.md` lists them."""

import dataclasses
import re
from datetime import date

import pytest

from portal.documents import context, english, page_setup, render, samples, templates
from portal.documents import sample_parties as parties
from portal.documents.facts import ObligationFacts
from portal.documents.starters import articles
from portal.documents.wordxml import TC, P, text_of, w
from portal.domain import wording
from portal.domain.template_settings import Paper, TemplateSettings
from tests.documents import golden, paper, reading

pytestmark = pytest.mark.libreoffice

ORDER = ("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA")
MANY = (parties.DIRECTORATE, parties.CARE, parties.CITIZENS, parties.COMMISSION, parties.REGION)
COUNTS = (2, 3, 4, 5)
OTHER_PAPER = TemplateSettings(paper=Paper.F4, font="Times New Roman", font_size=11)
NAMES = (*templates.CODES, "pks on F4", *(f"{code} {count}" for code in ("mou", "pks") for count in COUNTS))
EASY_NAME = 32
"""Letters of a name that find room on one line beside another."""
MARGIN = 2.0
MM = 72 / 25.4


@dataclasses.dataclass(frozen=True, kw_only=True)
class Printed:
    """A draft: what it was made from, its Word file, its pages."""

    facts: object
    content: bytes
    pages: tuple[paper.Page, ...]

    @property
    def paragraphs(self):
        return list(reading.main_part(self.content).iter(P))

    @property
    def texts(self):
        return [text_of(one) for one in self.paragraphs]

    @property
    def last_page(self):
        """The page of the signatures and the line on which they begin."""
        head = re.compile(r"PIHAK KESATU( / FIRST PARTY)? PIHAK KEDUA( / SECOND PARTY)?")
        return next(
            (page, at)
            for page in reversed(self.pages)
            for at, line in enumerate(page.lines)
            if head.fullmatch(line.text)
        )


def with_parties(facts, count):
    """The same agreement between so many, each with a duty to all others."""
    everyone = range(1, count + 1)
    duties = tuple(
        ObligationFacts(
            text="menyediakan tempat kegiatan",
            debtors=(one,),
            creditors=tuple(other for other in everyone if other != one),
            due="setiap bulan",
        )
        for one in everyone
    )
    recitals = ("lanjut usia berhak memperoleh layanan yang layak;",)
    return dataclasses.replace(facts, parties=MANY[:count], obligations=duties, recitals=recitals)


def drafts():
    made = {code: (samples.BY_TEMPLATE[code], golden.rendered(code).content) for code in templates.CODES}
    for code in ("mou", "pks"):
        for count in COUNTS:
            facts = with_parties(samples.BY_TEMPLATE[code], count)
            template = articles.filled(templates.get(code), facts)
            made[f"{code} {count}"] = (facts, render.render(template, context.snapshot(facts)).content)
    made["pks on F4"] = (samples.FULL, page_setup.apply(made["pks"][1], OTHER_PAPER))
    return made


@pytest.fixture(scope="module")
def all_printed(libreoffice):
    made = drafts()
    pdfs = libreoffice.pdfs({name: content for name, (_, content) in made.items()})
    return {
        name: Printed(facts=facts, content=content, pages=paper.pages(libreoffice.pdftotext, pdfs[name]))
        for name, (facts, content) in made.items()
    }


@pytest.fixture(params=NAMES)
def draft(request, all_printed):
    return all_printed[request.param]


def test_no_page_is_empty_or_nearly_so(draft):
    assert min(len(page.lines) for page in draft.pages) >= 5


def test_no_heading_is_lonely_at_the_end_of_a_page(draft):
    for page in draft.pages:
        heads = [at for at, line in enumerate(page.lines) if re.match(r"Pasal \d+( Article \d+)?$", line.text)]
        assert all(at + 2 < len(page.lines) for at in heads)


def test_no_page_ends_with_a_sentence_that_announces_a_list(draft):
    assert [page.lines[-1].text for page in draft.pages if page.lines[-1].text.endswith(":")] == []


def test_signatures_stand_together_on_the_page_of_the_closing_words(draft):
    page, at = draft.last_page
    before = " ".join(line.text for line in page.lines[max(0, at - 4) : at])
    assert "PIHAK" in before
    assert before.endswith((".", "PARTY."))
    for party in draft.facts.parties:
        person = wording.name_in_capitals(party.signatory).partition(",")[0]
        assert set(person.split()) <= {word.text.rstrip(",") for line in page.lines[at:] for word in line.words}


def test_a_signatory_stays_on_a_line_and_so_do_the_degrees(draft):
    page, at = draft.last_page
    lines = [line.text.replace("\u00a0", " ") for line in page.lines[at:]]
    for party in draft.facts.parties:
        person, _, degrees = wording.name_in_capitals(party.signatory).partition(",")
        if len(person) < EASY_NAME:
            assert any(person in line for line in lines), person
        assert any(degrees.strip() in line for line in lines), degrees


def test_no_number_stands_without_its_text(draft):
    label = re.compile(r"\(\d+\)|[a-z]\.|\d+\.")
    assert [line.text for page in draft.pages for line in page.lines if label.fullmatch(line.text)] == []


def test_no_spaces_before_marks_or_twice(draft):
    fault = re.compile(r"  | [,.;:)]|\( |\.\.|,,|;;|[,;]\.|\(\)| $")
    assert [text for text in draft.texts if text != ":" and fault.search(text)] == []


def test_no_tag_mark_or_placeholder_is_left(draft):
    fault = re.compile(r"\{\{|\{%|%\}|\}\}|\[belum|\[rujukan|\[isi|…|X{3}|[\ue000-\uf8ff]|Error")
    words = draft.texts + [line.text for page in draft.pages for line in page.lines + page.foot]
    assert [text for text in words if fault.search(text)] == []


def test_every_page_has_its_number_and_a_place_for_the_initials_of_everyone(draft):
    called = [f"Paraf PIHAK {name}" for name in ORDER[: len(draft.facts.parties)]]
    for number, page in enumerate(draft.pages, start=1):
        assert page.foot[0].text == " ".join(called)
        assert page.foot[-1].text == f"Halaman {number} dari {len(draft.pages)}"


def test_nothing_runs_over_the_margins(draft):
    for page in draft.pages:
        assert min(line.left for line in page.lines) >= 30 * MM - MARGIN
        assert max(line.right for line in page.lines) <= page.width - 20 * MM + MARGIN


def test_no_party_is_named_that_there_is_not_and_everyone_is(draft):
    named = set(re.findall(r"PIHAK (KE[A-Z]+|PERTAMA)", " ".join(draft.texts)))
    assert named == set(ORDER[: len(draft.facts.parties)])


def test_title_numbers_and_signatures_keep_the_order_of_the_parties(draft):
    whole = "\n".join(draft.texts)
    names = [whole.index(party.name.upper()) for party in draft.facts.parties]
    numbers = [whole.index(f": {party.number_printed}") for party in draft.facts.parties]
    assert names == sorted(names)
    assert numbers == sorted(numbers)
    assert whole.count("NOMOR") >= len(draft.facts.parties)


def test_the_day_of_the_week_is_that_of_the_date_and_words_say_the_figures(draft):
    opening = next(text for text in draft.texts if text.startswith("Pada hari ini"))
    day, month, year = map(int, re.search(r"\((\d\d)-(\d\d)-(\d{4})\)", opening).groups())
    assert opening.startswith(f"Pada hari ini, {wording.date_in_words(date(year, month, day))}, bertempat di ")


def test_figures_and_words_say_the_same(draft):
    found = [pair for text in draft.texts for pair in re.findall(r"(?<![\d.,])(\d+) \(([a-z ]+)\)", text)]
    spoken = [(figure, words) for figure, words in found if "kali" not in words and "persen" not in words]
    indonesian = [pair for pair in spoken if pair[1] not in {"contoh", english.in_words(int(pair[0]))}]
    assert [pair for pair in indonesian if wording.in_words(int(pair[0])) != pair[1]] == []
    assert spoken


def test_rupiah_and_their_words_say_the_same(draft):
    for text in draft.texts:
        for figure, words in re.findall(r"Rp([\d.]+),00 \(([a-z ]+)\)", text):
            assert wording.rupiah_words(int(figure.replace(".", ""))) == words


def test_there_are_as_many_originals_as_parties(draft):
    closing = " ".join(draft.texts)
    assert f"rangkap {wording.figure_and_words(len(draft.facts.parties))}" in closing


def test_no_paragraph_is_empty(draft):
    faults = [one for one in draft.paragraphs if not text_of(one) and not _is_quiet(one)]
    assert len(faults) == 0


def _is_quiet(paragraph):
    """A paragraph that nobody sees: hidden, a thin gap beside a table, or one that holds a picture or an empty cell."""
    spacing = paragraph.find(f"{w('pPr')}/{w('spacing')}")
    thin = spacing is not None and spacing.get(w("lineRule")) == "exact" and int(spacing.get(w("line"))) <= 160
    return (
        thin
        or next(paragraph.iter(w("drawing")), None) is not None
        or next(paragraph.iterancestors(TC), None) is not None
    )


def test_no_word_is_doubled(draft):
    doubled = re.compile(r"\b([A-Za-z]{2,}) \1\b")
    assert [text for text in draft.texts if doubled.search(text)] == []


def test_no_word_is_torn_over_two_lines(draft):
    parts = {word for text in [*draft.texts, *_footers(draft)] for word in _breakable(text)}
    torn = {
        word.text
        for page in draft.pages
        for line in page.lines
        for word in line.words
        if word.text not in parts and not re.fullmatch(r"\(?\d+[.)]|[a-z][.)]|Pasal|Article|\d+", word.text)
    }
    assert torn == set()


def _footers(draft):
    return reading.lines(draft.content, "word/footer1.xml")


def _breakable(text):
    """The words of a text, and what a line may hold of one that breaks at a hyphen or a stroke."""
    for word in text.split():
        pieces = re.findall(r"[^-/]+[-/]*|[-/]+", word)
        for first in range(len(pieces)):
            for last in range(first, len(pieces)):
                yield "".join(pieces[first : last + 1])


def test_address_tables_are_not_torn_between_pages(draft):
    for page in draft.pages:
        starts = [line.text.split()[0] for line in page.lines]
        assert starts.count("Narahubung") == starts.count("Surel") == starts.count("Telepon")


def test_articles_are_counted_from_one_without_gap_and_no_reference_leads_beyond(draft):
    heads = [
        int(found[1])
        for page in draft.pages
        for line in page.lines
        if (found := re.match(r"Pasal (\d+)(?: Article \d+)?$", line.text))
    ]
    assert heads == list(range(1, len(heads) + 1))
    named = [int(n) for text in draft.texts for n in re.findall(r"dimaksud dalam Pasal (\d+)", text)]
    assert all(1 <= number <= len(heads) for number in named)


def test_lists_end_as_lists_do(draft):
    for group in _lists(draft.content):
        if all(text.endswith(".") for text in group):
            continue  # definitions are sentences
        assert group[-1].endswith("."), group
        assert all(text.endswith((";", "; dan", "; atau")) for text in group[:-1]), group
        assert len(group) == 1 or group[-2].endswith(("; dan", "; atau")), group


def _lists(content):
    """The texts of every run of letters below one sentence of an article."""
    groups, open_list = [], False
    for paragraph in reading.main_part(content).iter(P):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        name = "" if style is None else style.get(w("val"))
        if name != "Huruf":
            open_list = open_list and name not in {"Ayat", "IsiPasal", "Pasal", "TandaTangan"}
            continue
        if not open_list:
            groups.append([])
        groups[-1].append(text_of(paragraph))
        open_list = True
    return groups


def test_sentences_of_articles_begin_with_a_capital_and_end_with_a_mark(draft):
    for paragraph in reading.main_part(draft.content).iter(P):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        if style is not None and style.get(w("val")) in {"Ayat", "IsiPasal", "Para"} and text_of(paragraph):
            assert re.match(r"[A-Z“]", text_of(paragraph)), text_of(paragraph)
            assert text_of(paragraph).endswith((".", ":")), text_of(paragraph)


def test_an_annex_begins_a_page_and_names_its_agreement(all_printed):
    for code in ("pks_aid", "synergy_note", "bast"):
        draft = all_printed[code]
        page = next(one for one in draft.pages if one.lines[0].text == "LAMPIRAN")
        words = " ".join(page.text.split())
        assert f"{draft.facts.printed_label.upper()} TENTANG {draft.facts.title.upper()}" in words
        assert all(f"NOMOR: {party.number_printed}" in words for party in draft.facts.parties)
        assert "LAMPIRAN" not in {line.text for one in draft.pages if one is not page for line in one.lines[:1]}


def test_both_languages_carry_the_same_numbers_side_by_side(all_printed):
    heads = [
        line.text for page in all_printed["mou_bilingual"].pages for line in page.lines if line.text.startswith("Pasal")
    ]
    numbers = [re.fullmatch(r"Pasal (\d+) Article (\d+)", line) for line in heads if " Article " in line]
    assert len(numbers) >= 10
    assert all(found[1] == found[2] for found in numbers)
