"""The number of statements of a sweep does not depend on the rows; a benchmark over its limits says so."""

import pytest
from sqlalchemy import delete

from portal.jobs import runner
from portal.models import Occurrence
from tests.benchmarks import planning
from tests.benchmarks.planning import Bench
from tests.benchmarks.planning_data import FIRST, fill
from tests.harness.databases import statements

FEW, MANY = 300, 6000


def cold(bench):
    """How many statements a sweep over an empty plan runs, and how many reminders it plans."""
    bench.empty()
    with statements() as ran:
        planned = bench.sweep()
    return len(ran), planned


def test_a_sweep_runs_as_many_statements_for_thousands_of_dates_as_for_hundreds(make_app, database, tell):
    app = make_app(database_url=database.url)  # as the owner, who may empty a table at once
    bench = Bench(app)
    with runner.transaction(app) as session:
        fill(session, MANY)
    bench.empty()
    bench.sweep()  # what is asked only once
    many, planned = cold(bench)
    bench.empty()
    with runner.transaction(app) as session:
        session.execute(delete(Occurrence).where(Occurrence.id > FIRST + FEW))
    few, planned_of_few = cold(bench)
    tell("statements of a sweep", [f"{database.kind}: {many} for {planned} reminders, {few} for {planned_of_few}"])
    assert many == few
    assert planned > 5 * planned_of_few > 0


@pytest.mark.parametrize(
    ("found", "faults"),
    [({}, 0), ({"cold": 2.0}, 1), ({"no-op": 0.9}, 1), ({"cold": 2.0, "no-op": 1.5}, 2)],
)
def test_figures_over_their_limits_are_told(found, faults):
    cpu = {"floor": 1.0, "cold": 1.4, "no-op": 0.6, "look": 0.8} | found
    assert len(planning.Figures(database="sqlite", rows=1, cpu=cpu, wall=cpu, peak_mb=100).faults()) == faults
