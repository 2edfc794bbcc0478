"""Readers of numbers, dates and terms in Indonesian texts."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain import reading, wording


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_every_number_in_words_reads_back(value):
    assert reading.number(wording.in_words(value)) == value


@pytest.mark.parametrize(
    "words", ["", "contoh", "tiga empat", "puluh", "dua belas puluh", "tiga kali dua", "ribu", "dua juta tiga juta"]
)
def test_what_is_no_number_is_not_read(words):
    assert reading.number(words) is None


@pytest.mark.parametrize(
    ("words", "value"), [("Seratus Lima", 105), ("dua milyar", 2 * 10**9), ("sejuta", 10**6), ("dua puluh-lima", 25)]
)
def test_loose_spellings_of_numbers_are_read(words, value):
    assert reading.number(words) == value


@settings(deadline=None)
@given(st.dates(min_value=date(1945, 8, 17), max_value=date(2999, 12, 31)))
def test_a_date_in_words_reads_back(day):
    (found,) = reading.dates(f"Pada hari ini, {wording.date_in_words(day)}, bertempat di Jakarta")
    assert (found.day, found.bracket, found.weekday) == (day, day, day.weekday())


@pytest.mark.parametrize(
    ("text", "weekday"),
    [
        ("hari Jum'at tanggal dua bulan Nopember tahun dua ribu dua puluh enam bertempat di Bogor", 4),
        ("Ahad, tanggal 2 bulan Nopember tahun 2026.", 6),
        ("hari Senin, 2 Nopember 2026", 0),
        ("tanggal 2 November 2026", None),
    ],
)
def test_old_spellings_of_days_and_months_are_read(text, weekday):
    (found,) = reading.dates(text)
    assert (found.day, found.weekday) == (date(2026, 11, 2), weekday)


def test_the_capitals_of_words_do_not_matter():
    text = "Sabtu, tanggal Dua Puluh Satu, bulan November, tahun Dua Ribu Dua Puluh Enam (21/11/2026)"
    (found,) = reading.dates(text)
    assert (found.day, found.bracket, found.weekday) == (date(2026, 11, 21), date(2026, 11, 21), 5)


def test_a_day_that_does_not_exist_is_found_without_a_date():
    (found,) = reading.dates("tanggal 31 November 2026")
    assert found.day is None


def test_years_of_funds_and_laws_are_no_dates():
    assert not list(reading.dates("Undang-Undang Nomor 13 Tahun 1998, Pasal 3 Peraturan 2026, 5 anggaran 2027"))


def test_two_dates_in_a_sentence_are_both_found():
    found = [one.day for one in reading.dates("sejak tanggal 21 November 2026 sampai dengan tanggal 21 November 2029")]
    assert found == [date(2026, 11, 21), date(2026, 11, 21) + timedelta(days=1096)]


@pytest.mark.parametrize(
    ("text", "figure", "value", "is_near"),
    [
        ("selama 3 (tiga) tahun", 3, 3, False),
        ("selama 3 (empat) tahun", 3, 4, False),
        ("selama 3 ( dua belas ) bulan", 3, 12, False),
        ("sebesar 5% (lima persen)", 5, 5, False),
        ("1.500 (seribu lima ratus) orang", 1500, 1500, False),
        ("25 (dua puluh limaa) hari", 25, None, True),
        ("2025 (contoh)", 2025, None, False),
    ],
)
def test_figures_with_words_in_brackets(text, figure, value, is_near):
    (found,) = reading.numbers(text)
    assert (found.figure, found.value, found.is_near) == (figure, value, is_near)


def test_hours_that_are_multiplied_are_no_slip():
    assert [one.is_near for one in reading.numbers("paling lambat 3 x 24 (tiga kali dua puluh empat) jam")] == [False]


@pytest.mark.parametrize(
    ("text", "figure", "value"),
    [
        ("Rp325.000.000,00 (tiga ratus dua puluh lima juta rupiah)", 325_000_000, 325_000_000),
        ("Rp. 1.000.000,- (satu juta rupiah)", 1_000_000, 1_000_000),
        ("Rp5000 (Lima Ribu Rupiah)", 5_000, 5_000),
        ("Rp2.000.000 saja", 2_000_000, None),
    ],
)
def test_amounts_of_rupiah(text, figure, value):
    (found,) = reading.money(text)
    assert (found.figure, found.value) == (figure, value)
    assert not list(reading.numbers(text))


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=400))
def test_a_term_reads_back(months):
    found = reading.term(
        f"Perjanjian ini berlaku untuk jangka waktu {wording.term_in_words(months)} sejak ditandatangani."
    )
    assert found is not None
    assert found.months == months


@pytest.mark.parametrize(
    "text",
    ["3 (tiga) bulan sebelum berakhir", "jangka waktu sebagaimana dimaksud pada ayat (1)", "selama 7 (tujuh) hari"],
)
def test_texts_without_a_term(text):
    assert reading.term(text) is None
