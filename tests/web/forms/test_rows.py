"""Rows of a form that are added, removed and moved by buttons."""

import pytest
from werkzeug.datastructures import MultiDict

from portal.web.forms.rows import rearranged

TYPED = [("title", "x"), ("p-0-name", "A"), ("p-0-tag", "1"), ("p-0-tag", "2"), ("p-2-name", "B"), ("p-5-name", "C")]


def names(typed):
    """The names of the rows in order."""
    return [value for key, value in typed.items(multi=True) if key.endswith("-name")]


@pytest.mark.parametrize(
    ("act", "order"),
    [
        ("p.up.1", ["B", "A", "C"]),
        ("p.up.0", ["A", "B", "C"]),
        ("p.down.1", ["A", "C", "B"]),
        ("p.down.2", ["A", "B", "C"]),
        ("p.remove.1", ["A", "C"]),
        ("p.add", ["A", "B", "C", ""]),
        ("p.remove.7", ["A", "B", "C"]),
        ("p.eval.1", ["A", "B", "C"]),
        ("p.up.x", ["A", "B", "C"]),
        ("save", ["A", "B", "C"]),
    ],
)
def test_a_button_rearranges_what_was_typed(act, order):
    assert names(rearranged(MultiDict(TYPED), act, most=5)) == order


def test_values_of_one_name_stay_together_and_other_fields_stay():
    typed = rearranged(MultiDict(TYPED), "p.down.0", most=5)
    assert typed.getlist("p-1-tag") == ["1", "2"]
    assert typed["title"] == "x"


def test_a_full_list_takes_no_more():
    assert names(rearranged(MultiDict(TYPED), "p.add", most=3)) == ["A", "B", "C"]


def test_a_list_without_rows_begins_with_one():
    assert list(rearranged(MultiDict({"title": "x"}), "p.add", most=3)) == ["title", "p-0-row"]
