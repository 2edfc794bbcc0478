"""What a password must be, at its borders; which ones are taken is told in `tests/services/test_passwords.py`."""

import pytest

from portal.domain import password
from portal.domain.errors import RuleBroken

OWNER = {"email": "siti@melati.test", "organisation_name": "Panti Asuhan Ibu"}
COMMON = {"dragonballs", "abcabc", "monkey"}


def check(typed: str) -> None:
    password.check(typed, **OWNER, common=COMMON)


@pytest.mark.parametrize("typed", ["kucing tidur", "kucing tidur!" + "abcdefghij" * 11 + "abcde"])
def test_twelve_and_a_hundred_and_twenty_eight_letters_are_taken(typed: str):
    assert len(typed) in {12, 128}
    check(typed)


@pytest.mark.parametrize(
    ("typed", "told"),
    [("kucing tidu", {"n": 12}), ("kucing tidur!" + "abcdefghij" * 11 + "abcdef", {"n": 128})],
)
def test_one_letter_less_or_more_is_refused_with_the_number(typed: str, told: dict[str, int]):
    with pytest.raises(RuleBroken) as refused:
        check(typed)
    assert refused.value.values == told
    assert refused.value.field == "password"


def is_taken(typed: str) -> bool:
    """Return whether a password passes every rule."""
    try:
        check(typed)
    except RuleBroken:
        return False
    return True


@pytest.mark.parametrize("typed", ["Dragon-Balls", "000monkey9999", "monkeymonkey", "dragonballs dragonballs"])
def test_a_common_word_is_refused_in_every_dress(typed: str):
    with pytest.raises(RuleBroken, match="dipakai banyak orang"):
        check(typed)


@pytest.mark.parametrize("typed", ["simpulsitiabcd", "kemensosabcdabcd", "pantiasuhan ab", "asuhanasuhanabcd"])
def test_four_kinds_of_letters_beside_the_names_are_too_few(typed: str):
    with pytest.raises(RuleBroken, match="mudah ditebak"):
        check(typed)


@pytest.mark.parametrize("typed", ["simpulsitiabcde", "kemensosabcdeabcd", "asuhanasuhanabcde"])
def test_five_are_enough(typed: str):
    assert is_taken(typed)


def test_a_short_word_of_the_organisations_name_counts_as_letters_of_its_own():
    assert is_taken("ibu ibu ibu xyz")


def is_taken_in(organisation_name: str, typed: str) -> bool:
    """Return whether a password passes every rule for somebody of an organisation of this name."""
    try:
        password.check(typed, email="siti@x.test", organisation_name=organisation_name, common=COMMON)
    except RuleBroken:
        return False
    return True


def test_words_of_the_organisations_name_count_from_five_letters():
    assert is_taken_in("Rumah Batu", "batu batu batu z")
    assert not is_taken_in("Rumah Batur", "batur batur batur z")


def test_a_long_word_of_the_name_is_left_out_before_a_short_one_inside_it():
    assert not is_taken_in("Melur Melurbungo", "melurbungomelurbungo")
