"""The text of each sample draft equals the one kept for review."""

import pytest

from portal.documents import templates
from tests.documents import golden


@pytest.mark.parametrize("code", templates.CODES)
def test_sample_draft_reads_as_kept(code):
    kept = golden.path(code).read_text(encoding="utf-8")
    assert golden.made(code) == kept, "if the change is wanted: python -m tests.documents.golden"
