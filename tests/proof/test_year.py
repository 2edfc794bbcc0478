"""A short year of the proof: nothing lost, planned twice, late, old or told to strangers while processes are killed.

The whole year is a named command, `python -m tests.proof.year`.
"""

import pytest

from tests.proof import year
from tests.proof.verdict import Verdict
from tests.proof.year import Plan

SHORT = Plan(duties=100, days=4, kills=5, workers=2, acts=8, outage_at=2, outage_days=1, jumps=(1,))


@pytest.mark.kill
@pytest.mark.minutes
def test_reminders_go_out_exactly_once_while_processes_are_killed(database, tmp_path, tell):
    database.touch()
    found = year.prove(SHORT, database.url, tmp_path)
    tell("exactly once", [f"{database.kind}: {SHORT.days} days", *found.table().splitlines()])
    assert found.is_clean, found.table()
    assert found.figures["killed: worker"] >= SHORT.kills // 2
    assert found.figures["reminders the pure rule demands"] > 50
    assert found.figures["mails taken by the server"] > 20


def test_a_verdict_with_a_fault_is_not_clean():
    assert Verdict(faults={"lost": []}).is_clean
    assert not Verdict(faults={"lost": ["one"]}).is_clean
