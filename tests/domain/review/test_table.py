"""A seeded bad draft for every rule yields exactly its finding."""

from dataclasses import replace
from datetime import date

import pytest

from portal.domain import review
from portal.domain.review import Severity
from tests.domain.review import seeds
from tests.domain.review.good import article
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
    row = next(row for row in ROWS if row.rule == "R83-other-draft" and row.place == "Pasal 11")
    first, second = (review.check(row.spoil(GOOD[row.kind]()))[0] for _ in range(2))
    assert first.key == second.key
    assert first.key[1].startswith("sengketa #")


def wrong_words(text):
    """The draft with other words in the ayat about the term."""
    return seeds.said("dapat diperpanjang.", text)(GOOD["pks"]())


def test_another_fault_at_the_same_place_has_another_key():
    (first,) = review.check(wrong_words("diperpanjang dalam 30 (dua puluh) hari."))
    both = review.check(wrong_words("diperpanjang dalam 30 (dua puluh) hari atau 60 (lima puluh) hari."))
    assert [one.place for one in (first, *both)] == ["Pasal 6 ayat (2)"] * 3
    assert first.key == both[0].key != both[1].key


def test_a_key_holds_when_an_article_is_put_before():
    sentence = "(1) Berlaku 3 (tiga) tahun.\n(2) Diberitahukan dalam 30 (dua puluh) hari."
    spoil = seeds.article("jangka_waktu", sentence)
    before = spoil(GOOD["pks"]())
    one_more = article("lain", "Lain-lain", "Hal lain diatur kemudian.", "")
    after = seeds.tree(lambda tree: (tree[0], one_more, *tree[1:]))(before)
    (first,), (second,) = review.check(before), (one for one in review.check(after) if one.rule == "R30-words-figures")
    assert (first.place, second.place) == ("Pasal 6 ayat (2)", "Pasal 7 ayat (2)")
    assert first.key == second.key


def test_the_key_of_an_expired_term_does_not_change_overnight():
    row = next(row for row in ROWS if row.rule == "R58-registration")
    subject = replace(row.spoil(GOOD[row.kind]()), signed_on=None)
    days = (date(2026, 11, 21), date(2026, 11, 22))
    keys = [{one.key for one in review.check(replace(subject, today=day)) if one.rule == row.rule} for day in days]
    assert keys[0] == keys[1] != set()


def test_a_text_from_outside_is_judged_by_the_rules_on_text_alone():
    found = {one.rule for row in ROWS for one in review.check(as_file(row))}
    assert found == review.TEXT_RULES


def as_file(row):
    """A bad draft as a file that came from Word: nothing is known but its text and the names it may use."""
    subject = row.spoil(GOOD[row.kind]())
    return replace(subject, is_text_only=True, tree=(), answers=frozenset(), signed_on=None, term_months=None)


@pytest.mark.parametrize("name", GOOD)
def test_a_good_text_from_outside_yields_no_finding(name):
    assert review.check(replace(GOOD[name](), is_text_only=True, tree=(), answers=frozenset())) == ()
