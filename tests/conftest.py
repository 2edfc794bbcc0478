"""Joins the fixtures of `harness`, and holds the rule that in CI nothing is skipped."""

import gc
import os

import pytest
from hypothesis import HealthCheck, settings

from tests.harness.programs import STRICT

# A module stands after those that it imports, or pytest could not rewrite their assertions.
pytest_plugins = (
    "tests.harness.sharing",
    "tests.harness.clock",
    "tests.harness.databases",
    "tests.harness.apps",
    "tests.harness.clamd",
    "tests.harness.object_store",
    "tests.harness.postbox",
    "tests.harness.outbox",
    "tests.harness.files",
    "tests.harness.visitors",
    "tests.harness.processes",
    "tests.harness.browser",
    "tests.harness.libreoffice",
    "tests.harness.sample",
    "tests.harness.tour",
    "tests.harness.telling",
)
LONG = ("kill", "minutes", "browser", "libreoffice")
"""Marks of files that take long, the longest first. What kills comes before pages, as it waits for nothing that pages
need and one process makes for all."""
BY_CLOCK = [HealthCheck.too_slow]
"""What would fail on a busy machine only."""
SKIPPED = pytest.StashKey[dict[str, str]]()
SELDOM = (50_000, 20, 20)
"""When Python looks for circles of objects: at every 700th new object it took a sixth of the whole run."""
gc.set_threshold(*SELDOM)


class Notes:
    """Notes every test that did not run to its end, expected failures included; also when processes share the work."""

    def __init__(self, skipped: dict[str, str]) -> None:
        """Write into this dictionary, test by reason."""
        self.skipped = skipped

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Look at one report of one test."""
        if report.skipped:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else "expected to fail"
            self.skipped[report.nodeid] = reason.removeprefix("Skipped: ")


def pytest_configure(config: pytest.Config) -> None:
    """Begin the list of what was not run."""
    config.stash[SKIPPED] = {}
    settings.register_profile("house", deadline=None, suppress_health_check=BY_CLOCK)
    settings.load_profile("house")
    config.pluginmanager.register(Notes(config.stash[SKIPPED]), "notes-of-skips")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that processes that share the work end together."""
    items.sort(key=lambda item: next((place for place, mark in enumerate(LONG) if item.get_closest_marker(mark)), 9))


def pytest_collection_finish() -> None:
    """Leave tests and modules out of every search for circles: they stay until the end."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failure of the whole run."""
    if os.environ.get(STRICT) and session.config.stash[SKIPPED]:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config) -> None:
    """Name what was not run, so that nobody takes green for whole."""
    skipped = config.stash[SKIPPED]
    if skipped:
        word = "not allowed here" if os.environ.get(STRICT) else "allowed outside CI"
        terminalreporter.section(f"{len(skipped)} tests skipped ({word})")
        for name, reason in sorted(skipped.items()):
            terminalreporter.write_line(f"SKIPPED {name}: {reason}")
