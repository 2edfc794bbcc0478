"""References typed by hand: those that lead nowhere are found, those into laws are left alone."""

import time

import pytest

from portal.documents import typed
from portal.documents.starters import blocks
from portal.documents.typed import Unknown
from tests.documents import attacks, builders

ARTICLES = (
    blocks.pasal("Satu")
    + blocks.ayat("x", "y")
    + blocks.huruf("p", "q")
    + blocks.paragraph("Angka", "satu")
    + blocks.pasal("Dua")
    + blocks.isi("meliputi:")
    + blocks.huruf("p", "q", shallow=True)
    + blocks.pasal("Tiga")
    + blocks.ayat("x")
)


def unknown(*sentences):
    body = ARTICLES + "".join(blocks.paragraph("Ayat", said) for said in sentences)
    return typed.check(builders.docx(attacks.document(body)))


@pytest.mark.parametrize(
    "said",
    [
        "Pasal 1",
        "Pasal 1 ayat (2)",
        "Pasal 1 ayat (2) huruf b",
        "Pasal 1 ayat (2) huruf b angka 1",
        "Pasal 2 huruf a",
        "Pasal 1 ayat (1) dan ayat (2)",
        "Pasal 1, Pasal 2, dan Pasal 3",
        "ayat (1)",
        "Pasal\u00a01 ayat\u00a0(2)",
    ],
)
def test_a_reference_to_what_is_there_is_accepted(said):
    assert unknown(f"sebagaimana dimaksud dalam {said}.") == ()


@pytest.mark.parametrize(
    "said",
    [
        "Pasal 40",
        "Pasal 1 ayat (9)",
        "Pasal 1 ayat (1) huruf b",
        "Pasal 1 ayat (2) huruf z",
        "Pasal 1 ayat (2) huruf b angka 7",
        "Pasal 2 ayat (1)",
        "ayat (8)",
        "Pasal 10",
    ],
)
def test_a_reference_to_what_is_not_there_is_told_with_its_place(said):
    assert unknown(f"sebagaimana dimaksud dalam {said}, berlaku.") == (Unknown(text=said, place="Pasal 3 ayat (2)"),)


@pytest.mark.parametrize(
    "said",
    [
        "Pasal 33 Undang-Undang Dasar Negara Republik Indonesia Tahun 1945",
        "Pasal 5 ayat (9) Undang-Undang Nomor 11 Tahun 2009 tentang Kesejahteraan Sosial",
        "Pasal 1266 dan Pasal 1267 Kitab Undang-Undang Hukum Perdata",
        "Pasal 8 ayat (1), ayat (2), dan Pasal 9 ayat (7) Peraturan Pemerintah Nomor 39 Tahun 2012",
        "Pasal 17 PP Nomor 39 Tahun 2012",
        "Undang-Undang Nomor 27 Tahun 2022 Pasal 65",
        "Pasal 1320 KUHPerdata",
        "Pasal 12 Peraturan Menteri Sosial",
        "Pasal 99 Nota Kesepahaman Nomor 5/CONTOH/2024",
        "Pasal 22 dari Anggaran Dasar",
    ],
)
def test_a_reference_into_a_law_or_another_paper_is_left_alone(said):
    assert unknown(f"sebagaimana diatur dalam {said}.") == ()


def test_a_reference_into_this_very_paper_is_not_left_alone():
    found = unknown("sesuai Pasal 30 Perjanjian Kerja Sama ini dan Pasal 1 Nota Kesepahaman ini")
    assert [reference.text for reference in found] == ["Pasal 30"]


def test_the_wording_of_another_text_in_quotes_is_left_alone():
    assert unknown("Ketentuan Pasal 21 diubah sehingga berbunyi: “sebagaimana dimaksud dalam Pasal 44”.") == ()


def test_ayat_that_go_on_from_an_article_are_sought_in_it():
    assert [found.text for found in unknown("Pasal 1 ayat (1), ayat (2), dan ayat (9)")] == ["ayat (9)"]
    assert unknown("Pasal 1 ayat (1) dan ayat (2) serta ayat (1)") == ()
    assert [found.text for found in unknown("Pasal 3 ayat (1) dan ayat (5)")] == ["ayat (5)"]


def test_a_paragraph_built_to_keep_the_reader_busy_is_read_in_a_moment():
    said = "Pasal 1 ayat (1)" + ", ayat (1)" * 20_000 + " “" * 20_000
    started = time.process_time()
    unknown(said)
    assert time.process_time() - started < 5


def test_ayat_after_another_article_belong_to_it():
    assert unknown("Pasal 1 ayat (1) dan ayat (2), bukan ayat (9)") == (
        Unknown(text="ayat (9)", place="Pasal 3 ayat (2)"),
    )


def test_fields_are_not_typed():
    field = blocks.field("REF _Ref9 &#92;n &#92;h", "Pasal 77")
    body = ARTICLES + f"<w:p>{blocks.run('lihat ')}{field}</w:p>"
    assert typed.check(builders.docx(attacks.document(body))) == ()


def test_a_reference_torn_over_runs_is_read_whole():
    body = ARTICLES + builders.split("lihat Pa", "sal 4", "1 ayat", " (2)")
    assert [found.text for found in typed.check(builders.docx(attacks.document(body)))] == ["Pasal 41 ayat (2)"]


def test_a_paper_without_articles_has_nothing_to_check():
    assert typed.check(builders.docx(attacks.document(blocks.isi("lihat Pasal 5 surat itu")))) == ()
