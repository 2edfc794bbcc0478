"""Starts a module of the portal in a process whose clock begins at a given instant and then runs on.

Usage: `python -m tests.harness.launch 2026-11-21T02:00:00+00:00 portal.cli worker`
"""

import runpy
import sys
from datetime import datetime

from portal import clock


def main(words: list[str]) -> None:
    """Shift the clock, then become the module."""
    begin, module, *rest = words
    clock.shift(datetime.fromisoformat(begin) - clock.now())
    sys.argv = [module, *rest]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1:])
