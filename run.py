"""The two commands: `python3 run.py demo` serves the portal, `python3 run.py test` runs every check.

Standard library only. Makes `.venv` beside this file from a lock file with hashes, then hands the words
over to `portal.cli` or `tests/checks.py`. What those programs do is not known here.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Iterator

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# What each installation answers for: the lock for tests holds all that the lock for running holds.
COMMANDS = {
    "demo": (["requirements.lock"], ["-m", "portal.cli", "demo"]),
    "test": (["requirements-test.lock", "requirements.lock"], [str(ROOT / "tests" / "checks.py")]),
}
USAGE = """\
Pemakaian:
  python3 run.py demo [--port N] [--fresh]   menyiapkan semuanya, lalu menjalankan portal dengan data contoh
  python3 run.py test [--fast] [...]         menjalankan semua pemeriksaan dan pengujian"""


def say(sentence: str) -> None:
    """Print one sentence at once, so that the slow step after it is explained."""
    print(sentence, flush=True)


def ask_newer_python() -> None:
    """Start again with Python 3.11 or newer if this one is older; stop with one sentence if there is none."""
    if sys.version_info >= (3, 11):
        return
    for minor in (14, 13, 12, 11):
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, *sys.argv])
    uv = shutil.which("uv")
    if uv:
        os.execv(uv, [uv, "run", "--no-project", "--python", ">=3.11", "python", *sys.argv])
    sys.exit("Simpul memerlukan Python 3.11 atau lebih baru; pasang dahulu, misalnya dari python.org.")


def run(*words: str) -> bool:
    """Run a program, letting it speak for itself; True when it ended well."""
    return subprocess.run(words, cwd=ROOT, check=False).returncode == 0


def can(python: str | Path, module: str) -> bool:
    """Whether that Python starts and has the module."""
    probe = [str(python), "-c", f"import {module}"]
    try:
        return subprocess.run(probe, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def fetch_venv_package() -> bool:
    """On Debian or Ubuntu as root, fetch the package that lets Python make environments."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    say("Python ini belum dapat membuat lingkungan: menjalankan apt-get install python3-venv ...")
    run("apt-get", "-q", "update")
    return run("apt-get", "-q", "install", "-y", "python3-venv") and can(sys.executable, "ensurepip")


def ways() -> Iterator[tuple[list[str], list[str]]]:
    """The ways to make `.venv` and to install into it, best first; the next is tried when one fails."""
    uv = shutil.which("uv")
    if uv:
        make = [] if can(PYTHON, "sys") else [uv, "venv", "-q", "--python", sys.executable, str(VENV)]
        yield make, [uv, "pip", "install", "-q", "--python", str(PYTHON)]
    # Most modules are never imported: what is used is compiled and kept at its first use.
    inside = [str(PYTHON), "-m", "pip", "install", "-q", "--no-compile"]
    if can(PYTHON, "pip"):
        yield [], inside
    elif can(sys.executable, "ensurepip"):
        yield [sys.executable, "-m", "venv", str(VENV)], inside
    elif can(sys.executable, "pip"):
        make = [sys.executable, "-m", "venv", "--without-pip", str(VENV)]
        yield make, [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "-q", "--no-compile"]
    elif fetch_venv_package():
        yield [sys.executable, "-m", "venv", str(VENV)], inside
    else:
        sys.exit("Python ini tidak dapat membuat lingkungan; ketik: sudo apt-get install python3-venv")


def installed() -> dict[str, str]:
    """The locks that `.venv` holds, name to hash; empty when it was never finished or does not start."""
    record = VENV / "simpul.json"
    if not record.exists() or not can(PYTHON, "sys"):
        return {}
    found: dict[str, str] = json.loads(record.read_text())
    return found


def prepare(locks: list[str]) -> None:
    """Install the first lock, unless its hash is the recorded one; the others are parts of it."""
    wanted = {lock: hashlib.sha256((ROOT / lock).read_bytes()).hexdigest() for lock in locks}
    present = installed()
    if present.get(locks[0]) == wanted[locks[0]]:
        return
    say(f"Menyiapkan .venv dari {locks[0]} (sekali saja, sekitar satu menit) ...")
    if VENV.exists() and not can(PYTHON, "sys"):
        shutil.rmtree(VENV)
    for make, install in ways():
        if (not make or run(*make)) and run(*install, "--require-hashes", "-r", locks[0]):
            (VENV / "simpul.json").write_text(json.dumps({**present, **wanted}))
            return
    sys.exit("Pemasangan paket gagal; periksa sambungan jaringan, lalu ulangi perintah yang sama.")


def main(words: list[str]) -> None:
    """Prepare what the command needs, then become that command."""
    ask_newer_python()
    if not words or words[0] not in COMMANDS:
        sys.exit(USAGE)
    locks, program = COMMANDS[words[0]]
    prepare(locks)
    os.chdir(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # all processes of a run use what the first has compiled
    os.execv(PYTHON, [str(PYTHON), *program, *words[1:]])


if __name__ == "__main__":
    main(sys.argv[1:])
