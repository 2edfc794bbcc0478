"""Whole pages in a real Chromium, on both sets of the demonstration."""

from collections.abc import Callable, Iterator

import pytest

from tests.harness.browser import LiveServer, serve
from tests.harness.sample import SampleHouse


@pytest.fixture(scope="module")
def house(make_sample: Callable[..., SampleHouse]) -> SampleHouse:
    """A copy of both sets, with the mailbox of the demonstration."""
    return make_sample(demo=True)


@pytest.fixture
def live(house: SampleHouse) -> Iterator[LiveServer]:
    """The house, reachable by a browser."""
    yield from serve(house.app)
