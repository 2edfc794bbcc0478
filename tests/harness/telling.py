"""Figures that a run measures and shows at its end: bytes of pages, stops of the keyboard, statements.

They travel with the report of the test, so that they arrive also from a process that shares the tests.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

import pytest

TOLD = "told"
Tell = Callable[[str, Iterable[str]], None]


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Show lines under a heading at the end of the run: `tell("bytes", ["12 KB /kantor"])`."""

    def note(heading: str, lines: Iterable[str]) -> None:
        record_property(TOLD, [heading, *lines])

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print every heading with its lines."""
    told: dict[str, list[str]] = defaultdict(list)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) == "call":
                for heading, *lines in (value for name, value in report.user_properties if name == TOLD):
                    told[heading] += lines
    for heading, lines in sorted(told.items()):
        terminalreporter.section(heading)
        for line in lines:
            terminalreporter.write_line(line)
