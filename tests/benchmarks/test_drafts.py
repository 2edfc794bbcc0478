"""The speed that the engine promises, as ratios of CPU in one process on one machine; a clock would be noise."""

from tests.benchmarks import drafts


def test_a_draft_needs_far_less_than_with_docxtpl():
    found = drafts.measure(rounds=8, bulk_of=100, bulk_of_peer=8)
    assert found.ratio >= 40, found
    assert found.compiling_ratio < 10, found
    assert found.bulk_ratio >= 25, found


def test_five_hundred_drafts_fit_into_little_memory():
    assert drafts.peak_of_bulk() < 150
