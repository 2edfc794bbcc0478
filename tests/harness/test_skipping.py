"""A test that was not run is named with the remedy, and in CI makes the whole run fail."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.programs import STRICT
from tests.harness.source import ROOT

NEEDS_NOTHING_THAT_EXISTS = """
from tests.harness.programs import need

def test_it():
    need(("tidak-ada",), "paket-tidak-ada")
    assert False
"""
SKIPS_ITSELF = """
import pytest

def test_it():
    pytest.skip("besok saja")
"""


def run(folder: Path, text: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run one test file in a process of its own, under the project's settings."""
    file = folder / "test_it.py"
    file.write_text(text)
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "-p", "tests.conftest", str(file)]
    env = {name: value for name, value in os.environ.items() if name != STRICT} | changes
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [(NEEDS_NOTHING_THAT_EXISTS, "sudo apt-get install paket-tidak-ada"), (SKIPS_ITSELF, "besok saja")],
    ids=["missing program", "by hand"],
)
def test_a_skipped_test_is_named_and_in_ci_a_failure(tmp_path: Path, text: str, sentence: str):
    here = run(tmp_path, text)
    assert here.returncode == 0
    assert sentence in here.stdout
    in_ci = run(tmp_path, text, **{STRICT: "1"})
    assert in_ci.returncode == 1
    assert sentence in in_ci.stdout
