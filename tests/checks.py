"""Run every check in the order of the house, each with a heading and its duration; stop at the first failure.

Called by `run.py test` inside the environment. `--fast` leaves out the browser, LibreOffice and kill runs and
asks pages on SQLite only; every other word is handed to pytest.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS = (
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy", "portal"]),
    ("contracts", ["lint-imports"]),
    ("template format", ["djlint", "templates", "--check"]),
    ("template lint", ["djlint", "templates", "--lint", "--quiet"]),
)
FAST = ["-m", "not browser and not libreoffice and not kill"]
WHOLE = ["--web-on=both"]
PROCESSES = ["-n", str(min(5, (os.cpu_count() or 2) + 3)), "--dist", "loadfile", "--no-loadscope-reorder"]
"""Three processes more than cores, because tests wait for browser, mail and database. A file's tests stay in one
process, because they share what a module's fixtures make; long files begin first."""


def run_check(name: str, command: list[str]) -> int:
    """Run one tool of the environment under a heading; answer its exit code."""
    print(f"── {name} ".ljust(78, "─"), flush=True)
    started = time.monotonic()
    program = Path(sys.executable).parent / command[0]
    code = subprocess.run([str(program), *command[1:]], cwd=ROOT, check=False).returncode
    print(f"   {name}: {'ok' if code == 0 else 'FAILED'} in {time.monotonic() - started:.1f} s", flush=True)
    return code


def main(words: list[str]) -> int:
    """Run all checks, then the tests; the exit code is that of the first that failed."""
    started = time.monotonic()
    extent = FAST if "--fast" in words else WHOLE
    rest = [word for word in words if word != "--fast"]
    for name, command in (*CHECKS, ("tests", ["pytest", *PROCESSES, *extent, *rest])):
        code = run_check(name, command)
        if code:
            return code
    print(f"   everything ok in {time.monotonic() - started:.1f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
