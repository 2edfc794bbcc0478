"""Tabs and headings tell pages apart: titles differ, and each page has one main heading (design: ux §12.1)."""

from collections import defaultdict
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from tests.harness.pages import Page
from tests.harness.sample import SampleHouse
from tests.harness.tour import Tours
from tests.harness.visitors import Visitor


@pytest.fixture(scope="module")
def house(make_sample: Callable[..., SampleHouse]) -> SampleHouse:
    """Both sets."""
    return make_sample(demo=True)


@pytest.mark.parametrize("reader", ["officer", "admin", "partner", "nobody"])
def test_titles_differ_and_there_is_one_heading(house: SampleHouse, tours: Tours, reader: str):
    one = tours(reader)
    visitor = Visitor(house.app, house.session, token=dict(one.cookies).get("simpul", ""))
    named: dict[str, set[str]] = defaultdict(set)
    for path, endpoint in one.stops.items():
        page = Page(visitor.open(path), path)
        assert page.heading, path
        if not endpoint.startswith("error."):
            named[page.title].add(urlsplit(path).path)
    assert {title: paths for title, paths in named.items() if len(paths) > 1} == {}
