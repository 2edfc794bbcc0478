"""Which tests reach which lines of one file: a plugin of pytest, so that a change is tried with those tests first.

`REACHED_FILE` is the file that is watched, `REACHED_TO` the JSON file that is written in the end: for each test, in the
order of the time it took, the lines of the file that ran during it.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest


class Watch:
    """The lines that run while a test runs."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: set[int] = set()

    def on_call(self, frame: FrameType, event: str, arg: object) -> Any:
        """Look into the frames of the file alone."""
        return self.on_line if frame.f_code.co_filename == self.file else None

    def on_line(self, frame: FrameType, event: str, arg: object) -> Any:
        """Note a line."""
        if event == "line":
            self.lines.add(frame.f_lineno)
        return self.on_line


FOUND: dict[str, tuple[float, list[int]]] = {}


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Watch one test with what is made ready for it."""
    watch, begun = Watch(os.environ["REACHED_FILE"]), time.monotonic()
    threading.settrace(watch.on_call)
    sys.settrace(watch.on_call)
    yield
    sys.settrace(None)
    threading.settrace(None)  # type: ignore[arg-type]
    FOUND[item.nodeid] = (time.monotonic() - begun, sorted(watch.lines))


def pytest_sessionfinish() -> None:
    """Write what was seen."""
    soonest = sorted(FOUND.items(), key=lambda each: each[1][0])
    Path(os.environ["REACHED_TO"]).write_text(json.dumps({test: lines for test, (_, lines) in soonest}), "utf-8")
