"""Drafts without a fault yield no finding."""

from dataclasses import replace
from datetime import date

import pytest

from portal.domain import review
from portal.domain.agreement import Standing
from tests.domain.review.kinds import GOOD


def test_a_parent_that_ended_after_the_signing_was_in_force_then():
    subject = GOOD["pks"]()
    parent = replace(subject.parent, standing=Standing.ENDED)
    assert review.check(replace(subject, parent=parent, today=date(2031, 1, 1))) == ()


def test_the_title_of_an_addendum_may_be_that_of_its_base():
    subject = GOOD["amendment"]()
    assert review.check(replace(subject, title=f"Adendum Kesatu atas {subject.title}")) == ()


@pytest.mark.parametrize("name", GOOD)
def test_a_good_draft_yields_no_finding(name):
    findings = review.check(GOOD[name]())
    assert [(one.rule, one.place, one.sentence) for one in findings] == []
