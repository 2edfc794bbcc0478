"""Every page can be walked with the Tab key alone: each stop is seen, ringed, in order, and the walk ends.

In the gate the walk takes in every kind of control of every page, at both sizes; the named run (`--keys-on=all`)
stops at every control of every page.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.harness import keyboard
from tests.harness.telling import Tell
from tests.harness.tour import Tours

pytestmark = [pytest.mark.browser, pytest.mark.minutes]
SIZES = ((1280, 900), (390, 844))


@pytest.mark.parametrize("reader", ["officer", "admin", "partner", "nobody"])
def test_every_stop_of_the_keyboard_is_seen_and_ringed_in_order(
    tours: Tours, browse: Callable[..., Page], tell: Tell, reader: str, pytestconfig: pytest.Config
):
    one, whole = tours(reader), pytestconfig.getoption("--keys-on") == "all"
    page = browse(cookies=one.cookies, expect=(403, 404))
    known: dict[int, set[int]] = {width: set() for width, _ in SIZES}
    found, told = [], []
    for path in one.one_each:
        walks = []
        page.goto(path)
        for width, height in SIZES:
            # No script asks how wide a page is when it is loaded: a resized page is the page of that width.
            page.set_viewport_size({"width": width, "height": height})
            walked = keyboard.walk(page, frozenset() if whole else known[width])
            walks.append(walked)
            known[width] |= walked.kinds
            found += [f"{path} at {width}: {fault}" for fault in walked.faults]
        stops = " ".join(f"{walked.stops:4} of {walked.controls:3}" for walked in walks)
        told.append(f"{stops}  {one.stops[path]}")
    tell("stops of the keyboard at 1280 and 390", told)
    assert not found, f"{len(found)} faults:\n" + "\n".join(found)
