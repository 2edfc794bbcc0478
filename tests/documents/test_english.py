"""The English that a bilingual text needs."""

from datetime import date, timedelta

import pytest

from portal.documents import bilingual, english, samples


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (40, "forty"),
        (99, "ninety-nine"),
        (100, "one hundred"),
        (115, "one hundred fifteen"),
        (2026, "two thousand twenty-six"),
        (9999, "nine thousand nine hundred ninety-nine"),
    ],
)
def test_numbers_in_words(number, said):
    assert english.in_words(number) == said


@pytest.mark.parametrize("number", [-1, 10_000])
def test_numbers_beyond_are_refused(number):
    with pytest.raises(ValueError, match="beyond"):
        english.in_words(number)


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "first"), (2, "second"), (3, "third"), (5, "fifth"), (9, "ninth"), (12, "twelfth"), (20, "twentieth"),
     (21, "twenty-first"), (30, "thirtieth"), (101, "one hundred first")],
)  # fmt: skip
def test_places_in_words(number, said):
    assert english.ordinal(number) == said


def test_every_day_of_a_leap_year_names_its_weekday_and_figures():
    for offset in range(366):
        day = date(2028, 1, 1) + timedelta(days=offset)
        assert english.date_opening(day).startswith(f"{day:%A}, the ")
        assert english.date_opening(day).endswith(f" of {day:%B} two thousand twenty-eight ({day:%d-%m-%Y})")


@pytest.mark.parametrize(
    ("months", "said"),
    [(36, "3 (three) years"), (12, "1 (one) year"), (1, "1 (one) month"), (18, "18 (eighteen) months")],
)
def test_terms(months, said):
    assert english.term(months) == said


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B, and C")]
)
def test_lists_are_joined(items, said):
    assert english.joined(items) == said


def test_parties_have_five_names_and_no_sixth():
    assert english.party(5) == "FIFTH PARTY"
    with pytest.raises(ValueError, match="not a place"):
        english.party(6)


def test_what_nobody_translated_stays_unknown():
    said = bilingual.snapshot(samples.LITTLE_KNOWN)
    assert said["judul"] is None
    assert said["tanggal"] is None
    assert said["pertimbangan"] == []
    assert said["jenis"] == "Memorandum of Understanding"


def test_the_language_that_rules_is_named_in_english():
    assert bilingual.snapshot(samples.FOREIGN)["bahasa_utama"] == "Indonesian"
