"""The speed that the engine promises, as ratios of CPU in one process on one machine; a clock would be noise."""

import sys

from tests.benchmarks import drafts


def test_a_draft_needs_far_less_than_with_docxtpl(capsys):
    found = drafts.measure(rounds=8, bulk_of=100, bulk_of_peer=8)
    with capsys.disabled():
        sys.stdout.write(
            f"\na draft {found.ratio:.0f}x, an archive {found.bulk_ratio:.0f}x less CPU than docxtpl;"
            f" compiling costs {found.compiling_ratio:.2f} of its drafts\n"
        )
    assert found.ratio >= 40, found
    assert found.compiling_ratio < 10, found
    assert found.bulk_ratio >= 25, found


def test_five_hundred_drafts_fit_into_little_memory(capsys):
    peak = drafts.peak_of_bulk()
    with capsys.disabled():
        sys.stdout.write(f"\n500 drafts kept and sent in one archive: peak {peak:.0f} MB\n")
    assert peak < 150
