"""Figures that a run measures and shows at its end: bytes of pages, stops of the keyboard, statements."""

from collections.abc import Callable, Iterable

import pytest

TOLD = pytest.StashKey[dict[str, list[str]]]()
Tell = Callable[[str, Iterable[str]], None]


def pytest_configure(config: pytest.Config) -> None:
    """Begin with nothing to tell."""
    config.stash[TOLD] = {}


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    """Show lines under a heading at the end of the run: `tell("bytes", ["12 KB /kantor"])`."""

    def note(heading: str, lines: Iterable[str]) -> None:
        request.config.stash[TOLD].setdefault(heading, []).extend(lines)

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print every heading with its lines."""
    for heading, lines in sorted(config.stash[TOLD].items()):
        terminalreporter.section(heading)
        for line in lines:
            terminalreporter.write_line(line)
