"""What a test does when a program of the system is missing: skipped with what to type; in CI failed."""

import os
import shutil

import pytest

STRICT = "SIMPUL_CI"


def need(names: tuple[str, ...], package: str) -> str:
    """The path of the first of these programs that exists; without any, leave this test with the remedy."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    sentence = f"{names[0]} is not installed; on Debian or Ubuntu type: sudo apt-get install {package}"
    if os.environ.get(STRICT):
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)
