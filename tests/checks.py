"""Run every check in the order of the house, each with a heading and its duration; stop at the first failure.

Called by `run.py test` inside the environment. `--fast` leaves out browser, LibreOffice, kill runs and long walks, and
asks pages on SQLite only; every other word is handed to pytest.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
CHECKS = (
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy", "portal"]),
    ("contracts", ["lint-imports"]),
    ("template format", ["djlint", "templates", "--check"]),
    ("template lint", ["djlint", "templates", "--lint", "--quiet"]),
    ("collection", ["pytest", "--collect-only", "-qq", "-p", "no:cacheprovider"]),
)
"""All begin at the same time. The collection compiles the tests once for the processes that share them."""
FAST = ["-m", "not browser and not libreoffice and not kill and not minutes"]
WHOLE = ["--web-on=both"]
PROCESSES = ["-n", str(min(4, (os.cpu_count() or 2) + 1)), "--dist", "loadfile", "--no-loadscope-reorder"]
"""One process more than cores, because tests wait for browser, mail and database; three keep two cores busy,
and each one more collects all tests and makes its own application, databases and browser. A file's tests stay in one
process, because they share what a module's fixtures make; long files begin first."""
QUIET = ("collection",)
"""Checks that say something only when they fail."""


def start(command: list[str], output: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
    """Start one tool of the environment."""
    program = Path(sys.executable).parent / command[0]
    errors = None if output is None else subprocess.STDOUT
    return subprocess.Popen([str(program), *command[1:]], cwd=ROOT, stdout=output, stderr=errors)


def heading(name: str) -> None:
    """Say what comes."""
    print(f"── {name} ".ljust(78, "─"), flush=True)


def verdict(name: str, code: int, started: float) -> int:
    """Say how a check ended; answer its exit code."""
    print(f"   {name}: {'ok' if code == 0 else 'FAILED'} after {time.monotonic() - started:.1f} s", flush=True)
    return code


def run_checks() -> int:
    """Run all checks at the same time and tell of them one after the other; the first exit code that is not 0."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        running = []
        for name, command in CHECKS:
            with (Path(folder) / name).open("wb") as output:
                running.append((name, start(command, output)))
        try:
            for name, process in running:
                heading(name)
                code = process.wait()
                if code or name not in QUIET:
                    print((Path(folder) / name).read_text("utf-8", "replace"), end="", flush=True)
                if verdict(name, code, started):
                    return code
        finally:
            for _, process in running:
                process.kill()
                process.wait()
    return 0


def main(words: list[str]) -> int:
    """Run all checks, then the tests; the exit code is that of the first that failed."""
    started = time.monotonic()
    extent = FAST if "--fast" in words else WHOLE
    rest = [word for word in words if word != "--fast"]
    code = run_checks()
    if code:
        return code
    heading("tests")
    begun = time.monotonic()
    code = verdict("tests", start(["pytest", *PROCESSES, *extent, *rest]).wait(), begun)
    if code == 0:
        print(f"   everything ok in {time.monotonic() - started:.1f} s", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
