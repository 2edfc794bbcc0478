"""SQL plans what the pure rule says, row by row, on both databases, whatever the day.

In a small house with everything: own ladders, the bell, stand-ins, late records (`tests.proof.rule` is the large one).
"""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from portal.domain.reminder import Audience, SubjectKind
from portal.queries.reminder_subjects import LadderChoice
from portal.services import plan_statements
from portal.services.plan_statements import Shape
from tests.proof import household
from tests.proof.rule import FIRST, Rule, compare_windows

DATES = 600


@pytest.fixture
def rule(session):
    household.fill(session, DATES, seed=1)
    return Rule(session, seed=1)


def test_a_cold_sweep_plans_exactly_what_the_rule_says(rule):
    chance = Random(1)
    for _ in range(8):
        rule.cold(FIRST + timedelta(days=chance.randrange(400)))
    assert rule.found.is_clean, rule.found.table()
    assert rule.found.figures["reminders planned from nothing"] > DATES


def test_day_after_day_nothing_is_missed_and_nothing_told_twice(rule):
    rule.live(FIRST, 20)
    assert rule.found.is_clean, rule.found.table()
    assert rule.found.figures["reminders planned"] > DATES // 2
    assert rule.found.figures["  of these told too late and written down as missed"] > 0


def test_a_difference_is_found(rule):
    rule.demand.subjects = rule.demand.subjects[1::2]
    rule.cold(FIRST)
    assert rule.found.faults["extra"]
    assert not rule.found.faults["missing"]


def test_windows_are_the_rule_for_every_date():
    found = compare_windows(2000, seed=1)
    assert found.is_clean, found.table()
    assert found.figures["  in which a step has come"] > 500


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "postgresql"])
def test_the_first_role_comes_first_however_a_database_joins_those_who_stand_in(dialect):
    shape = Shape(
        dialect=dialect.name,
        kind=SubjectKind.OCCURRENCE,
        audiences=frozenset(Audience),
        ladder=LadderChoice.DEFAULT,
        one_agreement=False,
        with_stand_ins=True,
    )
    assert "ORDER BY hearers.place" in str(plan_statements.insert(shape).compile(dialect=dialect))
