"""A worker that is killed in the middle of a list is followed by another one: every row is made, none twice."""

import time

import pytest
from sqlalchemy import func, select

from portal.domain.bulk import BulkStage, RowStage
from portal.domain.policy import Actor, Role
from portal.jobs import draft_in_bulk
from portal.models import Agreement, BulkRow, BulkRun, Draft, Rendition
from portal.services import bulk
from tests.factories import make_account, make_partner
from tests.factories.bulk_lists import make_run
from tests.factories.instants import NOW

ROWS = 30
PATIENCE = 60


def started(session, storage, rows):
    """A list that waits for the worker."""
    account = make_account(session, Role.OFFICER)
    roles = frozenset({Role.OFFICER})
    actor = Actor(account_id=account.id, name=account.name, organisation_id=account.organisation_id, roles=roles)
    codes = [make_partner(session).code for _ in range(rows)]
    run = make_run(session, storage, ["Mitra"], *([code] for code in codes), actor=actor)
    bulk.start(session, run, actor=actor, now=NOW)
    session.commit()
    return run.id


def count(session, *what):
    session.rollback()
    found = session.scalar(select(func.count()).where(*what))
    session.rollback()
    return found


def rows_made(session):
    return count(session, BulkRow.stage == RowStage.MADE)


def wait_for(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)


def test_the_job_says_what_it_did_and_nothing_when_nothing_waited(app, session, clock):
    assert draft_in_bulk.run(app, now=clock.now) is None
    started(session, app.extensions["storage"], 2)
    assert draft_in_bulk.run(app, now=clock.now) == "1 daftar selesai"
    assert rows_made(session) == 2
    assert draft_in_bulk.run(app, now=clock.now) is None


def test_a_long_list_is_made_in_turns(app, session, clock, monkeypatch):
    monkeypatch.setattr(draft_in_bulk, "TURN_SECONDS", 0.0)
    monkeypatch.setattr(bulk, "BATCH", 2)
    first, second = (started(session, app.extensions["storage"], rows) for rows in (3, 1))
    ended = select(BulkRun.id).where(BulkRun.stage == BulkStage.FINISHED)
    done = []
    # The first list is put down after two rows; what waits behind it comes first then.
    for said, made in ((None, 2), ("1 daftar selesai", 3), ("1 daftar selesai", 4)):
        assert draft_in_bulk.run(app, now=clock.now) == said
        assert rows_made(session) == made
        done.append(set(session.scalars(ended)))
        session.rollback()
    assert done == [set(), {second}, {first, second}]


@pytest.mark.kill
def test_a_killed_worker_leaves_no_doubles_and_no_gaps(app, session, spawn):
    run_id = started(session, app.extensions["storage"], ROWS)
    first = spawn("portal.cli", "worker", lease_seconds=1)
    wait_for(lambda: rows_made(session) > 0)
    first.kill()
    first.wait(timeout=20)
    done = rows_made(session)
    assert 0 < done < ROWS
    time.sleep(1.2)
    second = spawn("portal.cli", "worker", lease_seconds=30)
    wait_for(lambda: count(session, BulkRun.id == run_id, BulkRun.stage == BulkStage.FINISHED))
    second.terminate()
    assert rows_made(session) == ROWS
    for table in (Agreement, Draft, Rendition):
        assert count(session, table.id.is_not(None)) == ROWS
