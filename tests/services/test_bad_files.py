"""Every bad file gets one sentence at the one way in; nothing of it is kept."""

import re
import time

import pytest

from portal.domain.errors import RuleBroken
from portal.services import taking_in
from tests.documents.bad_files import BAD


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_one_sentence(name):
    bad = BAD[name]
    content = bad.make()
    before = time.process_time()
    with pytest.raises(RuleBroken) as refused:
        taking_in.taken(bad.name, content)
    said = str(refused.value)
    assert bad.words in said
    assert refused.value.field == "files"
    assert 1 <= len(re.findall(r"[.!?](?:\s|$)", said)) <= 2, said
    assert time.process_time() - before < 5


def test_more_than_thirty_are_tried():
    assert len(BAD) >= 30
