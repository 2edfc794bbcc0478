"""The starters with complete data yield no finding; the faults of signed documents are found in them."""

import re
from dataclasses import replace

import pytest

from portal.documents import package, samples
from portal.domain import review
from tests.documents import starters_under_review
from tests.domain.review import seeds


@pytest.mark.parametrize("code", samples.BY_TEMPLATE)
def test_a_starter_with_complete_data_yields_no_finding(code):
    findings = review.check(starters_under_review.subject(code))
    assert [(one.rule, one.place, one.sentence) for one in findings] == []


def swapped_title(subject):
    """The first two parties in the title stand the other way round."""
    first, second = (party.name.upper() for party in subject.parties[:2])
    turn = {first: second, second: first}

    def turned(line):
        name = line.text.removesuffix(",")
        return replace(line, text=line.text.replace(name, turn[name])) if name in turn else line

    return replace(subject, lines=tuple(turned(line) for line in subject.lines))


FAULTS = {
    "the weekday is wrong": (seeds.said("Sabtu tanggal", "Minggu tanggal"), "R20-weekday", "Pembukaan"),
    "the year in the title is not the year of signing": (
        seeds.said("TERTINGGAL (CONTOH)", "TERTINGGAL (CONTOH) TAHUN 2025", at="Judul"),
        "R13-title-year",
        "Judul",
    ),
    "words and figures of money differ": (
        seeds.said("tiga ratus dua puluh lima juta rupiah", "tiga ratus juta rupiah"),
        "R32-money",
        "Pasal 8 ayat (1)",
    ),
    "words and figures differ": (
        seeds.said("14 (empat belas)", "14 (empat puluh)", at="Pasal 14"),
        "R30-words-figures",
        "",
    ),
    "a district is left from another draft": (
        seeds.said("Kabupaten Contoh Utara", "Kabupaten Lama Utara", at="Pasal 3"),
        "R85-other-region",
        "Pasal 3 ayat (2)",
    ),
    "the title and the parties have another order": (swapped_title, "R14-title-order", "Judul"),
    "the term in words is not that of the dates": (
        seeds.said("jangka waktu 3 (tiga) tahun", "jangka waktu 2 (dua) tahun"),
        "R34-term-dates",
        "",
    ),
    "a number line is blank": (
        seeds.said("NOMOR: 15/PKS/YCKA/XI/2026", "NOMOR:", at="Nomor"),
        "R42-number-blank",
        "Nomor",
    ),
    "one designation stands for two parties": (
        seeds.said("disebut PIHAK KETIGA", "disebut PIHAK KEDUA", at="Identitas"),
        "R44-designation-twice",
        "Identitas para pihak",
    ),
    "a mark of what is not known was left": (
        seeds.said("bertempat di Jakarta", "bertempat di [belum diketahui: tempat penandatanganan]"),
        "R80-unknown",
        "Pembukaan",
    ),
}


def covered(content):
    """The same file with a cover before the text, and another place in its title."""
    parts = package.unpack(content)
    text = parts["word/document.xml"]
    paragraphs = re.findall(rb"<w:p[ >].*?</w:p>", text, re.DOTALL)
    cover = b"".join(one for one in paragraphs if b"JudulNaskah" in one).replace(b"JudulNaskah", b"Sampul")
    assert b"DAERAH TERTINGGAL" in cover
    cover = cover.replace(b"DAERAH TERTINGGAL", b"KABUPATEN LAMA")
    parts["word/document.xml"] = text.replace(b"<w:body>", b"<w:body>" + cover, 1)
    return package.pack(parts)


def test_a_cover_and_a_title_that_name_different_places_are_found_in_the_file():
    subject = starters_under_review.subject("pks", covered(starters_under_review.printed("pks")))
    assert subject.at("Sampul")
    (finding,) = review.check(subject)
    assert (finding.rule, finding.place) == ("R12-title-place", "Judul")


def in_part(content, name, *, of, text):
    """The file with these words in the first paragraph of its header or footer, made when it has none."""
    parts = package.unpack(content)
    found = next((one for one in sorted(parts) if one.startswith(f"word/{name}")), f"word/{name}9.xml")
    root = f'<w:{of} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    parts[found] = f"{root}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{of}>".encode()
    return package.pack(parts)


@pytest.mark.parametrize(
    ("name", "of", "place"),
    [
        ("header", "hdr", "Kepala halaman"),
        ("footer", "ftr", "Kaki halaman"),
        ("footnotes", "footnotes", "Catatan kaki"),
    ],
)
def test_what_is_left_beside_the_text_is_found_in_the_file(name, of, place):
    content = in_part(starters_under_review.printed("mou"), name, of=of, text="[isi nama lembaga]")
    findings = review.check(starters_under_review.subject("mou", content))
    assert [(one.rule, one.place) for one in findings] == [("R82-placeholder", place)]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_signed_documents_is_found_in_a_starter(fault):
    spoil, rule, place = FAULTS[fault]
    (finding,) = review.check(spoil(starters_under_review.subject("pks")))
    assert finding.rule == rule
    assert finding.place.startswith(place)
