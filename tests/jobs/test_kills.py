"""Workers are killed at any moment: nothing is planned twice or lost, few mails arrive twice (platform A2.7).

The short form of `tests.proof.kills`.
"""

import pytest

from tests.proof.director import Place
from tests.proof.posting import Posting, Scene, fill

DYING = Scene(partners=20, notices=30, kills=7, smtp_kills=1, hurries=True)
LIVING = Scene(partners=12, notices=20, lease_seconds=5, ahead_seconds=10)

pytestmark = pytest.mark.kill


@pytest.mark.parametrize("scene", [DYING, LIVING], ids=["dying", "living"])
def test_killed_workers_lose_nothing_and_plan_nothing_twice(session, database, tmp_path, scene):
    """Without a death every message arrives exactly once, even while one host's clock is ahead."""
    fill(session, scene)
    database.touch()
    posting = Posting(Place(database_url=database.url, folder=tmp_path), scene)
    outcome = posting.run()
    assert outcome.is_clean, outcome.table()
    assert posting.kills.total() == scene.kills + scene.smtp_kills
    assert outcome.figures["messages"] == scene.messages
