"""Two wordings compared word by word."""

import random

import pytest

from portal.domain.text_diff import ADDED, REMOVED, SAME, Piece, pieces

WORDS = ["PARA", "PIHAK", "wajib", "(1)", "30", "\n", "hari", ",", "kerja", "."]


def test_only_the_word_that_differs_is_marked():
    assert pieces("paling lambat 30 hari", "paling lambat 14 hari") == (
        Piece(text="paling lambat "),
        Piece(text="30", change=REMOVED),
        Piece(text="14", change=ADDED),
        Piece(text=" hari"),
    )


def test_equal_texts_are_one_piece_and_empty_ones_none():
    assert pieces("sama", "sama") == (Piece(text="sama", change=SAME),)
    assert pieces("", "") == ()


@pytest.mark.parametrize("seed", range(40))
def test_the_pieces_give_both_texts_back(seed):
    chance = random.Random(seed)
    old, new = (" ".join(chance.choices(WORDS, k=chance.randint(0, 30))) for _ in range(2))
    found = pieces(old, new)
    assert "".join(one.text for one in found if one.change != REMOVED) == new
    assert "".join(one.text for one in found if one.change != ADDED) == old
