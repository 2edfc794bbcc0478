"""Junk at every door, the short form; the long one is `python -m tests.proof.junk`."""

from collections.abc import Callable

import pytest

from tests.harness.databases import POSTGRESQL, Database
from tests.harness.sample import SampleHouse
from tests.harness.telling import Tell
from tests.proof import junk

pytestmark = pytest.mark.minutes
REQUESTS = 260


def test_junk_is_answered_and_nothing_typed_is_lost(
    make_sample: Callable[..., SampleHouse], database: Database, tell: Tell
):
    house = make_sample(database.url if database.kind == POSTGRESQL else "", demo=True)
    found = junk.throw(house, requests=REQUESTS, seed=6)
    tell("junk", [f"{len(found.endpoints)} kinds of address, {len(found.fields)} fields, {found.refused} refused"])
    assert found.faults == []
    assert len(found.endpoints) > 80
    assert len(found.fields) > 100
    assert found.refused > 20
