"""Junk at every door, the short form; the long ones are `python -m tests.proof.junk` and `tests.proof.junk_states`."""

from collections.abc import Callable

import pytest

from tests.harness.databases import POSTGRESQL, SQLITE, Database
from tests.harness.sample import SampleHouse
from tests.harness.telling import Tell
from tests.proof import junk

pytestmark = pytest.mark.minutes
REQUESTS = {SQLITE: 200, POSTGRESQL: 100}


def test_junk_is_answered_and_nothing_typed_is_lost(
    make_sample: Callable[..., SampleHouse], database: Database, tell: Tell
):
    house = make_sample(database.url if database.kind == POSTGRESQL else "", demo=True)
    found = junk.throw(house, requests=REQUESTS[database.kind], seed=6)
    tell("junk", [f"{len(found.endpoints)} kinds of address, {len(found.fields)} fields, {found.refused} refused"])
    assert found.faults == []
    share = REQUESTS[database.kind] // 100
    assert len(found.endpoints) > 30 * share
    assert len(found.fields) > 40 * share
    assert found.refused > 5 * share
