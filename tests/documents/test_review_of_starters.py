"""The starters with complete data yield no finding; the faults of signed documents are found in them."""

from dataclasses import replace

import pytest

from portal.documents import samples
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


def covered(subject):
    """A cover stands before the text, with another place in its title."""
    cover = (
        replace(line, place="Sampul", text=line.text.replace("DAERAH TERTINGGAL", "KABUPATEN LAMA"))
        for line in subject.at("Judul")
    )
    return replace(subject, lines=(*cover, *subject.lines))


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
    "cover and title name different places": (covered, "R12-title-place", "Judul"),
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


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_signed_documents_is_found_in_a_starter(fault):
    spoil, rule, place = FAULTS[fault]
    (finding,) = review.check(spoil(starters_under_review.subject("pks")))
    assert finding.rule == rule
    assert finding.place.startswith(place)
