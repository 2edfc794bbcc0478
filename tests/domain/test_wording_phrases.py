"""Lists, names of parties, and labels."""

from enum import StrEnum

import pytest

from portal.domain import wording
from portal.domain.wording import PartyStyle


@pytest.mark.parametrize(
    ("items", "text"), [([], ""), (["A"], "A"), (["A", "B"], "A dan B"), (["A", "B", "C"], "A, B, dan C")]
)
def test_lists_are_joined_as_indonesian_does(items, text):
    assert wording.joined(items) == text


def test_another_last_word_may_join():
    assert wording.joined(["A", "B", "C"], last="atau") == "A, B, atau C"


def test_parties_are_named_by_place_up_to_five():
    assert [wording.ordinal_party(n) for n in range(1, 6)] == [
        "PIHAK KESATU", "PIHAK KEDUA", "PIHAK KETIGA", "PIHAK KEEMPAT", "PIHAK KELIMA",
    ]  # fmt: skip


def test_only_the_first_party_has_two_names():
    assert wording.ordinal_party(1, PartyStyle.PERTAMA) == "PIHAK PERTAMA"
    assert wording.ordinal_party(2, PartyStyle.PERTAMA) == "PIHAK KEDUA"


@pytest.mark.parametrize("position", [0, 6])
def test_there_is_no_sixth_party(position):
    with pytest.raises(ValueError, match="parties"):
        wording.ordinal_party(position)


def test_ordinals_in_running_text():
    assert [wording.ordinal_word(n) for n in (1, 2, 12)] == ["kesatu", "kedua", "kedua belas"]


def test_first_letter_becomes_a_capital_and_the_rest_stays():
    assert wording.capitalised("yang LPSK minta") == "Yang LPSK minta"


def test_every_label_belongs_to_its_own_enum_and_none_is_empty():
    for enum, labels in wording.LABELS.items():
        assert issubclass(enum, StrEnum)
        assert list(labels) == list(enum)
        assert all(text.strip() for text in labels.values())


def test_label_of_a_member():
    assert wording.label(PartyStyle.PERTAMA) == "PIHAK PERTAMA"
