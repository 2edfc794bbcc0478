"""Drafts without a fault yield no finding."""

import pytest

from portal.domain import review
from tests.domain.review.kinds import GOOD


@pytest.mark.parametrize("name", GOOD)
def test_a_good_draft_yields_no_finding(name):
    findings = review.check(GOOD[name]())
    assert [(one.rule, one.place, one.sentence) for one in findings] == []
