"""Numbers of letters."""

from datetime import date

import pytest

from portal.domain.letter_number import Pattern

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("{seq}/HUK/{yyyy}", "7/HUK/2026"),
        ("B/{seq}/{roman}/{yyyy}", "B/7/XI/2026"),
        ("{seq}/4/HK.01/{m}/{yyyy}", "7/4/HK.01/11/2026"),
        ("{seq}/MOU/{mm}{yy}", "7/MOU/1126"),
    ],
)
def test_patterns_of_the_field(text, number):
    pattern = Pattern(text=text)
    assert pattern.number(7, DAY) == number
    assert pattern.sequence(number, year=2026) == 7


def test_sequence_may_be_padded():
    assert Pattern(text="{seq}/HUK/{yyyy}", width=3).number(7, DAY) == "007/HUK/2026"


def test_next_number_follows_the_highest_of_this_year_only():
    pattern = Pattern(text="{seq}/HUK/{yyyy}")
    printed = ["9/HUK/2026", "12/HUK/2026", "80/HUK/2025", "B/99/XI/2026", "belum ada"]
    assert pattern.next_in_year(printed, DAY) == "13/HUK/2026"


def test_first_number_of_a_year_is_one():
    assert Pattern(text="{seq}/HUK/{yyyy}").next_in_year(["80/HUK/2025"], DAY) == "1/HUK/2026"


def test_points_in_a_pattern_are_points():
    assert Pattern(text="{seq}/HK.01/{yyyy}").sequence("4/HKx01/2026", year=2026) is None
