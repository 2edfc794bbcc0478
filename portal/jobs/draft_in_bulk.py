"""The job that makes drafts in bulk: a run is claimed, its rows are made a few at a time, each few in a transaction.

A long list is made in turns, so that mails and reminders do not wait for it.
"""

import time
from datetime import datetime, timedelta

from flask import Flask

from portal.config import Config
from portal.jobs import runner
from portal.jobs.deliver import worker_name
from portal.services import bulk, job_runs

NAME = "draft_in_bulk"
TURN_SECONDS = 45.0
"""A tick makes rows for so long; the next one goes on. The watch expects a sign of sending every two minutes."""


def run(app: Flask, *, now: datetime, slot: str | None = None) -> str | None:
    """Make rows of the runs that wait; return what was done in one sentence, None when no run was finished.

    When the turn is over the run stays ours, and the next tick takes it up again.
    """
    del slot
    ends_at = time.monotonic() + TURN_SECONDS
    settings: Config = app.config["SETTINGS"]
    lease, worker, done = timedelta(seconds=settings.lease_seconds), worker_name(), 0
    while (run_id := _claim(app, worker, lease)) is not None:
        while is_left := _make(app, run_id, worker, lease, now=now):
            if time.monotonic() > ends_at:
                break
        done += not is_left
        if time.monotonic() > ends_at:
            break
    if not done:
        return None
    said = f"{done} daftar selesai"
    with runner.transaction(app) as session:
        job_runs.beat(session, NAME, detail=said, now=now)
    return said


def _claim(app: Flask, worker: str, lease: timedelta) -> int | None:
    with runner.transaction(app) as session:
        return bulk.claim(session, worker=worker, lease=lease)


def _make(app: Flask, run_id: int, worker: str, lease: timedelta, *, now: datetime) -> bool:
    storage = app.extensions["storage"]
    with runner.transaction(app) as session:
        return bulk.make_next(session, run_id, worker=worker, lease=lease, now=now, storage=storage)
