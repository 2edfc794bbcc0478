"""Dates and lengths of time in Indonesian."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date

from portal.domain import wording

DAY = date(2026, 11, 21)


def test_dates_in_every_form():
    assert wording.date_long(DAY) == "21 November 2026"
    assert wording.date_short(DAY) == "21 Nov 2026"
    assert wording.date_with_weekday(DAY) == "Sabtu, 21 November 2026"
    assert wording.date_digits(date(2026, 1, 5)) == "05-01-2026"


def test_opening_of_an_agreement_says_the_date_in_words_then_in_figures():
    assert wording.date_in_words(DAY) == (
        "Sabtu tanggal dua puluh satu bulan November tahun dua ribu dua puluh enam (21-11-2026)"
    )


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 10, 23), "Kamis"),
        (date(2020, 12, 11), "Jumat"),
        (date(2026, 11, 22), "Minggu"),
        (date(2024, 2, 29), "Kamis"),
    ],
)
def test_weekdays_have_their_new_spelling(day, name):
    assert wording.weekday(day) == name


def test_a_whole_year_has_twelve_months_and_seven_weekdays():
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [*dict.fromkeys(wording.month(day) for day in days)] == list(wording.MONTHS)
    assert {wording.weekday(day) for day in days} == set(wording.WEEKDAYS)


def test_every_day_of_seven_years_has_the_words_of_an_independent_calendar():
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range((date(2031, 1, 1) - date(2024, 1, 1)).days)]
    assert days[-1] == date(2030, 12, 31)
    assert date(2024, 2, 29) in days
    assert date(2028, 2, 29) in days
    wrong = [day for day in days if wording.date_with_weekday(day) != format_date(day, "EEEE, d MMMM y", locale="id")]
    assert wrong == []


def test_every_day_of_seven_years_is_said_as_its_parts_are():
    for day in (date(2024, 1, 1) + timedelta(days=n) for n in range(2557)):
        name, month = format_date(day, "EEEE", locale="id"), format_date(day, "MMMM", locale="id")
        said = f"tanggal {wording.in_words(day.day)} bulan {month} tahun {wording.in_words(day.year)}"
        assert wording.date_in_words(day) == f"{name} {said} ({day:%d-%m-%Y})"


def test_friday_is_spelt_without_an_apostrophe_and_the_leap_day_is_said():
    assert wording.date_with_weekday(date(2025, 10, 24)) == "Jumat, 24 Oktober 2025"
    assert wording.date_in_words(date(2028, 2, 29)) == (
        "Selasa tanggal dua puluh sembilan bulan Februari tahun dua ribu dua puluh delapan (29-02-2028)"
    )


@pytest.mark.parametrize(
    ("name", "number"),
    [("Nopember", 11), ("PEBRUARI", 2), (" mei ", 5), ("Desember", 12), ("Brumaire", None)],
)
def test_old_spellings_of_months_are_read(name, number):
    assert wording.month_number(name) == number


@pytest.mark.parametrize(
    ("months", "text"),
    [
        (36, "3 (tiga) tahun"),
        (12, "1 (satu) tahun"),
        (6, "6 (enam) bulan"),
        (18, "1 (satu) tahun 6 (enam) bulan"),
    ],
)
def test_terms_in_years_and_months(months, text):
    assert wording.term_in_words(months) == text


def test_years_have_figure_and_words():
    assert wording.years_in_words(3) == "3 (tiga) tahun"


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(10, "10 hari lagi"), (1, "besok"), (0, "hari ini"), (-1, "Terlambat 1 hari"), (-6, "Terlambat 6 hari")],
)
def test_days_left(days, sentence):
    assert wording.days_left(days) == sentence


def test_days_left_can_be_translated():
    message, values = wording.days_left_message(-6)
    assert message == "Terlambat %(n)s hari"
    assert values == {"n": 6}
