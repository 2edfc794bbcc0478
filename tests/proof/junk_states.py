"""Junk into the forms of every state.

`python -m tests.proof.junk_states [--seed 1] [--processes 2] [--both] [--times 3] [file …]`

Runs the tests of pages, and after each of them sends the forms that it saw with junk in every field (`junk_seen`), on
SQLite or on both databases. What `tests.proof.junk` finds by links alone is the other half.
"""

import argparse
import importlib
import os
import pickle
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.proof.junk_found import Found

ROOT = Path(__file__).resolve().parents[2]
PAGES = "tests/web"


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let `junk_seen` in, once everything that pytest itself wants to load first is loaded."""
    session.config.pluginmanager.register(importlib.import_module("tests.proof.junk_seen"))


def throw(tests: list[str], *, seed: int, processes: int, both: bool = False, times: int = 1) -> Found | None:
    """Run tests and throw junk at whatever they see, at each form so many times; None when they saw no form."""
    with tempfile.TemporaryDirectory(prefix="simpul-junk-") as folder:
        options = ["-q", "-p", "tests.proof.junk_states", "-p", "no:cacheprovider", "-n", str(processes)]
        options += ["--web-on=both"] if both else []
        subprocess.run(
            [sys.executable, "-m", "pytest", *options, "-m", "not minutes", *tests],
            cwd=ROOT,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "JUNK_TO": folder,
                "JUNK_SEED": str(seed),
                "JUNK_TIMES": str(times),
            },
            check=False,
        )
        whole: Found | None = None
        for path in sorted(Path(folder).glob("*.pickle")):
            found: Found = pickle.loads(path.read_bytes())
            if whole is None:
                whole = found
            else:
                whole.add(found)
    return whole


def main(words: list[str] | None = None) -> int:
    """Throw, and say what was found."""
    parser = argparse.ArgumentParser(prog="tests.proof.junk_states")
    parser.add_argument("tests", nargs="*", default=[PAGES])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--both", action="store_true", help="on PostgreSQL, too")
    parser.add_argument("--times", type=int, default=1, help="after how many tests each form is sent")
    asked = parser.parse_args(words)
    begun = time.monotonic()
    found = throw(asked.tests, seed=asked.seed, processes=asked.processes, both=asked.both, times=asked.times)
    if found is None:
        raise SystemExit("no test saw a form")
    sys.stdout.write(f"{found.answers.total()} requests in {time.monotonic() - begun:.0f} s\n{found.told()}")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
