"""What two people did to one record at once."""

from portal.domain.editing import compare


def test_each_fact_belongs_to_who_changed_it():
    before = {"a": 1, "b": 1, "c": 1, "d": 1}
    mine = {"a": 2, "b": 2, "c": 1, "d": 1}
    stored = {"a": 3, "b": 1, "c": 3, "d": 1}
    told = compare(before, mine, stored)
    assert [(one.key, one.before, one.mine, one.stored) for one in told.both] == [("a", 1, 2, 3)]
    assert [one.key for one in told.mine] == ["b"]
    assert [one.key for one in told.theirs] == ["c"]


def test_both_meaning_the_same_is_no_difference():
    told = compare({"a": 1}, {"a": 2}, {"a": 2})
    assert (told.both, told.mine, told.theirs) == ((), (), ())


def test_a_fact_that_only_one_side_has_counts_as_empty_on_the_other():
    told = compare({"a": 1}, {"a": 1, "b": 2}, {"a": 1})
    assert [(one.key, one.stored) for one in told.mine] == [("b", None)]
