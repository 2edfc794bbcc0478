"""Numbers in words, in rupiah and in Roman figures."""

import random
import re
from decimal import Decimal
from functools import cache

import pytest

from portal.domain import wording


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (99, "sembilan puluh sembilan"),
        (100, "seratus"),
        (101, "seratus satu"),
        (111, "seratus sebelas"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1_000, "seribu"),
        (1_100, "seribu seratus"),
        (2_025, "dua ribu dua puluh lima"),
        (11_000, "sebelas ribu"),
        (21_000, "dua puluh satu ribu"),
        (100_000, "seratus ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (325_000_000, "tiga ratus dua puluh lima juta"),
        (1_000_001_000, "satu miliar seribu"),
        (1_250_000_000, "satu miliar dua ratus lima puluh juta"),
        (10**12, "satu triliun"),
        (10**15, "seribu triliun"),
        (-6, "minus enam"),
    ],
)
def test_number_in_words(number, words):
    assert wording.in_words(number) == words


def test_a_million_is_never_one_word():
    assert "sejuta" not in wording.in_words(1_000_000) + wording.in_words(1_001_001)


def test_every_number_up_to_two_hundred_thousand_equals_an_independent_reference():
    assert [number for number in range(200_001) if wording.in_words(number) != _reference(number)] == []


def test_random_numbers_up_to_a_thousand_trillion_equal_an_independent_reference():
    chance = random.Random(45)
    numbers = [chance.randrange(10 ** chance.randint(6, 15) + 1) for _ in range(20_000)]
    assert [number for number in numbers if wording.in_words(number) != _reference(number)] == []
    assert max(numbers) > 9 * 10**14


@pytest.mark.parametrize("number", [1_001_000, 1_000_001_000, 10**12 + 1000, 10**15, 10**15 + 1_001_000, 11_001_001])
def test_numbers_that_others_say_wrongly_equal_the_reference(number):
    assert wording.in_words(number) == _reference(number)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (-1_001_000, "minus satu juta seribu"),
        (Decimal("2.5"), "dua koma lima"),
        (Decimal("2.05"), "dua koma nol lima"),
        (Decimal("0.125"), "nol koma satu dua lima"),
        (Decimal("-0.5"), "minus nol koma lima"),
        (Decimal(12), "dua belas"),
        (Decimal("12.00"), "dua belas"),
        (Decimal("1E+3"), "seribu"),
        (Decimal("-7.50"), "minus tujuh koma lima nol"),
    ],
)
def test_numbers_below_zero_and_fractions_have_words(number, words):
    assert wording.in_words(number) == words


@pytest.mark.parametrize("number", [2.5, True, "5", None])
def test_what_is_no_number_of_an_agreement_has_no_words(number):
    with pytest.raises(TypeError, match="neither"):
        wording.in_words(number)


@pytest.mark.parametrize("number", [Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_number_at_all_has_no_words(number):
    with pytest.raises(ValueError, match="no number"):
        wording.in_words(number)


def test_every_number_up_to_a_hundred_thousand_reads_back():
    """An independent reader of the words finds the number again."""
    for number in [*range(3_000), *range(3_000, 100_001, 37)]:
        assert _read(wording.in_words(number)) == number


def test_beyond_the_names_of_numbers_is_refused():
    with pytest.raises(ValueError, match="too large"):
        wording.in_words(10**18)


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "Rp0"), (999, "Rp999"), (1_000, "Rp1.000"), (325_000_000, "Rp325.000.000"), (-5_000, "-Rp5.000")],
)
def test_rupiah_has_points_and_no_space(amount, text):
    assert wording.rupiah(amount) == text


def test_rupiah_in_an_agreement_has_sen_and_words():
    assert wording.rupiah_in_full(325_000_000) == "Rp325.000.000,00 (tiga ratus dua puluh lima juta rupiah)"


@pytest.mark.parametrize(
    ("amount", "text", "words"),
    [
        (Decimal("1250.50"), "Rp1.250,50", "seribu dua ratus lima puluh rupiah lima puluh sen"),
        (Decimal("1250.5"), "Rp1.250,50", "seribu dua ratus lima puluh rupiah lima puluh sen"),
        (Decimal("0.01"), "Rp0,01", "nol rupiah satu sen"),
        (Decimal("1250.00"), "Rp1.250", "seribu dua ratus lima puluh rupiah"),
        (Decimal("-3.25"), "-Rp3,25", "minus tiga rupiah dua puluh lima sen"),
        (-5_000, "-Rp5.000", "minus lima ribu rupiah"),
        (0, "Rp0", "nol rupiah"),
    ],
)
def test_sen_and_amounts_below_zero(amount, text, words):
    assert wording.rupiah(amount) == text
    assert wording.rupiah_words(amount) == words


def test_sen_in_an_agreement_stand_in_figures_and_in_words():
    assert wording.rupiah_in_full(Decimal("1250.50")) == (
        "Rp1.250,50 (seribu dua ratus lima puluh rupiah lima puluh sen)"
    )
    assert wording.rupiah_in_full(Decimal("1250.00")) == "Rp1.250,00 (seribu dua ratus lima puluh rupiah)"


def test_parts_of_a_sen_are_refused():
    with pytest.raises(ValueError, match="parts of a sen"):
        wording.rupiah(Decimal("1.005"))


@pytest.mark.parametrize(
    ("number", "figure"), [(1, "I"), (4, "IV"), (9, "IX"), (11, "XI"), (12, "XII"), (2026, "MMXXVI")]
)
def test_roman_figures(number, figure):
    assert wording.roman(number) == figure


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_numbers_without_a_roman_figure_are_refused(number):
    with pytest.raises(ValueError, match="Roman"):
        wording.roman(number)


@pytest.mark.parametrize(("number", "letter"), [(1, "a"), (26, "z"), (27, "aa"), (28, "bb")])
def test_letters_of_a_list_count_as_word_does(number, letter):
    assert wording.letter(number) == letter


def test_a_list_has_no_letter_before_the_first():
    with pytest.raises(ValueError, match="no letter"):
        wording.letter(0)


def _reference(number):
    """Say a number as a child would, figure by figure, then mend the words that Indonesian draws together."""
    if number == 0:
        return "nol"
    said = []
    if number >= 10**12:
        said += [_reference(number // 10**12), "triliun"]
    for index, name in ((3, "miliar"), (2, "juta"), (1, "ribu"), (0, "")):
        group = number // 1000**index % 1000
        if group == 1 and name == "ribu":
            said.append("seribu")
        elif group:
            said += [_group(f"{group:03}"), name]
    return " ".join(" ".join(said).split())


@cache
def _group(figures):
    names = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
    hundreds, tens, ones = (names[int(figure)] for figure in figures)
    said = f"{hundreds} ratus " * bool(hundreds) + f"{tens} puluh " * bool(tens) + ones
    for wrong, right in ((r"\bsatu puluh (\w+)", r"\1 belas"), (r"\bsatu (puluh|belas|ratus)", r"se\1")):
        said = re.sub(wrong, right, said)
    return said


_UNITS = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4,
    "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
}  # fmt: skip
_WHOLE = {"sepuluh": 10, "sebelas": 11, "seratus": 100}
_TIMES = {"puluh": 10, "ratus": 100}


def _read(words):
    total = group = unit = 0
    for word in words.split():
        if word in _UNITS:
            unit = _UNITS[word]
        elif word in _WHOLE:
            group += _WHOLE[word]
        elif word == "belas":
            group, unit = group + 10 + unit, 0
        elif word in _TIMES:
            group, unit = group + unit * _TIMES[word], 0
        elif word == "seribu":
            total += 1000
        else:
            assert word == "ribu"
            total, group, unit = total + (group + unit) * 1000, 0, 0
    return total + group + unit
