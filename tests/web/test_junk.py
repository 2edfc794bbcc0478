"""Junk at every door, the short form; the long ones are `python -m tests.proof.junk` and `tests.proof.junk_states`."""

from collections.abc import Callable

import pytest

from tests.harness.databases import POSTGRESQL, SQLITE, Database
from tests.harness.sample import SampleHouse
from tests.harness.telling import Tell
from tests.proof import junk

pytestmark = pytest.mark.minutes
REQUESTS = {SQLITE: 260, POSTGRESQL: 130}


def test_junk_is_answered_and_nothing_typed_is_lost(
    make_sample: Callable[..., SampleHouse], database: Database, tell: Tell
):
    house = make_sample(database.url if database.kind == POSTGRESQL else "", demo=True)
    found = junk.throw(house, requests=REQUESTS[database.kind], seed=6)
    tell("junk", [f"{len(found.endpoints)} kinds of address, {len(found.fields)} fields, {found.refused} refused"])
    assert found.faults == []
    assert len(found.endpoints) > 70
    assert len(found.fields) > 80
    assert found.refused > 12
