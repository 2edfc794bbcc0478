"""Every page can be walked with the Tab key alone: each stop is seen, ringed, in order, and the walk ends."""

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
    tours: Tours, browse: Callable[..., Page], tell: Tell, reader: str
):
    one = tours(reader)
    page = browse(cookies=one.cookies, expect=(403, 404))
    found, told = [], []
    for path in one.one_each:
        name = one.stops[path]
        stops = []
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.goto(path)
            walked = keyboard.walk(page)
            stops.append(walked.stops)
            found += [f"{path} at {width}: {fault}" for fault in walked.faults]
        told.append(f"{stops[0]:4} {stops[1]:4}  {name}")
    tell("stops of the keyboard at 1280 and 390", told)
    assert not found, f"{len(found)} faults:\n" + "\n".join(found)
