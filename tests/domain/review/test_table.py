"""A seeded bad draft for every rule yields exactly its finding."""

import pytest

from portal.domain import review
from portal.domain.review import Severity
from tests.domain.review.kinds import GOOD
from tests.domain.review.table import ROWS


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.rule}-{at}" for at, row in enumerate(ROWS)])
def test_a_bad_draft_yields_exactly_its_finding(row):
    findings = review.check(row.spoil(GOOD[row.kind]()))
    assert [(one.rule, one.place) for one in findings] == [(row.rule, row.place)], [one.sentence for one in findings]
    assert row.says in findings[0].sentence
    assert "%(" not in findings[0].sentence + findings[0].fix_sentence


def test_each_rule_stands_in_the_table():
    assert {row.rule for row in ROWS} == {rule.code for rule in review.RULES}


def test_no_two_rules_share_a_code():
    codes = [rule.code for rule in review.RULES]
    assert len(codes) == len(set(codes))
    assert max(len(code) for code in codes) <= 40


def test_every_rule_says_what_to_do():
    assert all(rule.message.strip().endswith(".") and rule.fix.strip().endswith(".") for rule in review.RULES)


def test_errors_come_before_warnings():
    rows = {row.rule: row for row in ROWS}
    subject = rows["R94-list-end"].spoil(rows["R32-money"].spoil(GOOD["pks"]()))
    assert [one.severity for one in review.check(subject)] == [Severity.ERROR, Severity.WARNING]


def test_the_key_of_a_finding_stays_when_the_draft_is_checked_again():
    row = next(row for row in ROWS if row.rule == "R83-other-draft")
    first, second = (review.check(row.spoil(GOOD[row.kind]()))[0] for _ in range(2))
    assert first.key == second.key == ("R83-other-draft", "Pasal 11: Yayasan Contoh Lain")


def test_two_faults_of_one_rule_at_one_place_that_may_be_waived_have_two_keys():
    subject = GOOD["pks"]()
    for row in (one for one in ROWS if one.rule == "R82-placeholder" and one.kind == "pks"):
        assert review.check(row.spoil(subject))[0].key[1] != "Pasal 11"
