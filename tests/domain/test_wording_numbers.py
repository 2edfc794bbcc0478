"""Numbers in words, in rupiah and in Roman figures."""

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
