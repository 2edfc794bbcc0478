"""Four processes edit one record at once, and die in the midst of it. The short form of `tests.proof.edits`."""

import pytest

from tests.proof import edits

pytestmark = pytest.mark.kill


def test_edits_at_once_are_kept_or_refused_and_killed_ones_never_lost(session, database, tmp_path):
    bench = edits.prepare(session, database.url, tmp_path)
    database.touch()
    at_once = edits.edit_at_once(bench, 12)
    assert at_once.faults == [], at_once.table()
    bench.journal.unlink()
    second = edits.prepare(session, database.url, tmp_path)
    killed = edits.kill_all(second, 3)
    assert killed.faults == [], killed.table()
    assert killed.figures["killed"] >= 3
