"""The text of each sample draft equals the one kept for review."""

import pytest

from tests.documents import golden


@pytest.mark.parametrize("name", golden.FACTS)
def test_sample_draft_reads_as_kept(name):
    kept = golden.path(name).read_text(encoding="utf-8")
    assert golden.made(name) == kept, "if the change is wanted: python -m tests.documents.golden"
