"""Junk after every test of a page: the forms that it saw are found, sent and judged."""

import pytest

from tests.proof import junk_found, junk_states

pytestmark = [pytest.mark.minutes, pytest.mark.sqlite_only]


def test_forms_that_only_a_test_comes_to_see_are_sent_with_junk():
    found = junk_states.throw(["tests/web/partner/test_question_pages.py"], seed=1, processes=0)
    assert found is not None
    assert found.faults == []
    assert {"partner.questions.send", "staff.questions.answer"} <= found.sent
    assert {name for _, name in found.fields} >= {"text", "place", "article", "by_phone"}
    assert found.refused > 0


def test_faults_of_one_kind_are_told_once_with_their_number():
    first = (
        "tests/web/a.py::test_b[sqlite]: POST /kantor/naskah/PKS-2024-0001 as somebody (422) loses note: 'x' became 'y'"
    )
    other = first.replace("0001", "0002").replace("'x'", "'zz'")
    crash = "POST '/a/1' as office (500) {'data': 1}\n  File \"b.py\", line 3\nKeyError: 1"
    assert junk_found.kind_of(first) == junk_found.kind_of(other)
    assert junk_found.kind_of(crash) != junk_found.kind_of(first)
    assert junk_found.kind_of(crash).endswith("KeyError: 1")
