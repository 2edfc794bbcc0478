"""A test that was not run is named with the remedy, and in CI makes the whole run fail."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.programs import STRICT, need
from tests.harness.source import ROOT

SKIPS_ITSELF = """
import pytest

def test_it():
    pytest.skip("besok saja")
"""


def test_a_missing_program_skips_with_what_to_type(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(STRICT, raising=False)
    with pytest.raises(pytest.skip.Exception, match="sudo apt-get install paket-tidak-ada"):
        need(("tidak-ada",), "paket-tidak-ada")


def test_a_missing_program_fails_in_ci(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(STRICT, "1")
    with pytest.raises(pytest.fail.Exception, match="sudo apt-get install paket-tidak-ada"):
        need(("tidak-ada",), "paket-tidak-ada")


@pytest.mark.parametrize(("variables", "code"), [({}, 0), ({STRICT: "1"}, 1)], ids=["here", "in CI"])
def test_a_skipped_test_is_named_and_in_ci_a_failure(tmp_path: Path, variables: dict[str, str], code: int):
    file = tmp_path / "test_it.py"
    file.write_text(SKIPS_ITSELF)
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "-p", "tests.conftest", str(file)]
    env = {name: value for name, value in os.environ.items() if name != STRICT} | variables
    ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == code
    assert "test_it: besok saja" in ended.stdout
