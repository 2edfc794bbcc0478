"""The worker: a scheduler that does nothing but tick, and a watchdog on the monotonic clock beside it.

The only module that imports APScheduler, with its memory store only: a shared store runs jobs several times, drops
them after a refactoring and dies silently (design: platform A1, D1). Any number of workers may run.
"""

import logging
import secrets
import threading
import time
from collections.abc import Callable
from datetime import UTC

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from portal import clock, logs
from portal.jobs import deliver, runner, schedule
from portal.jobs.schedule import Job, When
from portal.services import job_runs

TICK_SECONDS = 30
SILENT_SECONDS = 50
"""Without a tick for so long the watchdog ticks itself and makes the scheduler anew: a clock that is set back would
let the scheduler wait for hours (design: platform D1)."""
WATCH_SECONDS = 5

_log = logging.getLogger(__name__)


class Ticker:
    """Runs what is due, one tick at a time."""

    def __init__(self, app: Flask, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Remember the app; the first tick also runs what belongs to a start."""
        self._app = app
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._is_first = True
        self.last_tick = monotonic()

    @property
    def is_silent(self) -> bool:
        """Return whether no tick has ended for too long while none is at work."""
        return not self._lock.locked() and self._monotonic() - self.last_tick > SILENT_SECONDS

    def tick(self) -> None:
        """Run every job that is due; a tick that finds another one at work leaves again."""
        if not self._lock.acquire(blocking=False):
            return
        try:
            for job in schedule.JOBS:
                self._run(job)
            self._is_first = False
            self.last_tick = self._monotonic()
        finally:
            self._lock.release()

    def _run(self, job: Job) -> None:
        named, now = logs.job_name.set(job.name), clock.now()
        due = schedule.slots(job, now)
        if self._is_first and job.when is When.LOCAL_MIDNIGHTS:
            due = (*due, f"start {secrets.token_hex(8)}")
        try:
            for slot in due:
                done = job.run(self._app, now=now, slot=slot)
                if done and slot:
                    _log.info("%s (%s): %s", job.name, slot, done)
        except Exception as error:  # noqa: BLE001 (one job that fails must not stop the others)
            _log.exception("The job %s failed.", job.name)
            self._note_failure(job, error)
        finally:
            logs.job_name.reset(named)

    def _note_failure(self, job: Job, error: Exception) -> None:
        """Write the failure down for people; a database that is away is only logged."""
        try:
            with runner.transaction(self._app) as session:
                job_runs.fail(session, job.name, detail=str(error) or type(error).__name__, now=clock.now())
        except Exception:  # noqa: BLE001 (the worker outlives a database that is away)
            _log.exception("The failure of %s could not be written down.", job.name)


def _scheduler(ticker: Ticker) -> BackgroundScheduler:
    found = BackgroundScheduler(timezone=UTC)
    found.add_job(
        ticker.tick, "interval", seconds=TICK_SECONDS, coalesce=True, max_instances=1, misfire_grace_time=None
    )
    found.start()
    return found


def run(app: Flask, stop: threading.Event, *, monotonic: Callable[[], float] = time.monotonic) -> None:
    """Tick until `stop` is set: once at the start, then every half minute. `monotonic` counts the silence."""
    ticker = Ticker(app, monotonic)
    ticker.tick()
    scheduler = _scheduler(ticker)
    while not stop.wait(WATCH_SECONDS):
        if ticker.is_silent:
            _log.warning("No tick for %s seconds; the scheduler is made anew.", SILENT_SECONDS)
            scheduler.shutdown(wait=False)
            ticker.tick()
            scheduler = _scheduler(ticker)
    scheduler.shutdown(wait=True)
    deliver.transport(app).close()


def start_thread(app: Flask) -> threading.Event:
    """Run the worker in a thread of this process, for the demonstration; set the returned event to stop it."""
    stop = threading.Event()
    threading.Thread(target=run, args=(app, stop), name="worker", daemon=True).start()
    return stop
