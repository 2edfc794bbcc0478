"""What an address or a hidden field says is read to where a list can use it; the rest does no harm."""

import pytest
from werkzeug.datastructures import MultiDict

from portal.web.asked import LONGEST_TEXT, Asked, whole


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("0", 0),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, 0),
        ("9" * 5000, 0),
        ("-1", 0),
        ("٣", 0),
        ("²", 0),
        ("", 0),
    ],
)
def test_a_number_is_of_at_most_eighteen_plain_digits(text: str, number: int):
    assert whole(text) == number


def test_a_long_search_is_cut():
    assert len(Asked(MultiDict({"q": "kata " * 4000})).text("q")) <= LONGEST_TEXT
