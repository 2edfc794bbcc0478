"""The worker ticks: each slot once, failures told and survived, a silent scheduler replaced, and the command line."""

import ctypes
import threading
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import PickleType, create_engine, func, inspect, select

import portal
from portal.domain.organisation import Zone
from portal.jobs import deliver, remind, runner, schedule, worker
from portal.models import Base, JobRun, Reminder, SweepLog
from portal.queries import jobs
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar
from tests.harness.databases import statements

TUESDAY = date(2026, 11, 24)


def wib(day, hour=9, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=Zone.WIB.timezone).astimezone(UTC)


@pytest.fixture
def due(session, clock):
    """One reminder falls due today, Tuesday."""
    from portal.domain.policy import Role

    clock.set(TUESDAY)
    make_calendar(session)
    debtor = make_partner(session)
    make_account(session, Role.PARTNER_WRITER, debtor)
    agreement = make_agreement(session, (make_ministry(session), debtor), ends_on=None)
    found = make_occurrence(session, make_obligation(session, agreement))
    session.commit()
    return found


def count(session, table):
    session.rollback()
    found = session.scalar(select(func.count()).select_from(table))
    session.rollback()
    return found


def runs(session, name):
    session.rollback()
    found = {row.slot: row for row in session.scalars(select(JobRun).where(JobRun.name == name))}
    session.rollback()
    return found


def beat(session):
    """When sending last said that it lives; None before the first time."""
    row = runs(session, deliver.NAME).get(jobs.HEARTBEAT)
    return row and row.ended_at


def test_the_first_tick_sweeps_and_later_ticks_of_the_day_do_not(app, session, due, clock):
    ticker = worker.Ticker(app)
    for _ in range(3):
        ticker.tick()
        clock.advance(seconds=30)
    slots = set(runs(session, "remind"))
    assert {"WIB 2026-11-24", "WITA 2026-11-24", "WIT 2026-11-24"} < slots
    assert len(slots) == 4  # one for the start
    assert count(session, Reminder) == 1


def test_the_first_tick_after_midnight_of_each_zone_sweeps(app, session, due, clock):
    ticker = worker.Ticker(app)
    ticker.tick()
    before = count(session, SweepLog)
    # Eastern, central and western midnight lie an hour apart.
    for hour, expected in ((21, 0), (22, 1), (23, 2)):
        clock.set(wib(TUESDAY, hour, 1))
        ticker.tick()
        assert count(session, SweepLog) == before + expected
    clock.set(wib(date(2026, 11, 25), 0, 1))
    ticker.tick()
    assert count(session, SweepLog) == before + 3


def test_a_day_that_a_wrong_clock_has_seen_is_swept_when_it_comes(app, session, due, clock):
    ticker = worker.Ticker(app)
    wednesday = date(2026, 11, 25)
    for moment, sweeps in (
        (wib(TUESDAY), 4),  # one for each zone and one for the start
        (wib(wednesday, 0, 1), 7),  # the clock jumps ahead
        (wib(TUESDAY, 10), 7),  # and comes back
        (wib(TUESDAY, 23, 58), 9),  # midnight in the two eastern zones
        (wib(wednesday, 0, 5), 10),
    ):
        clock.set(moment)
        ticker.tick()
        assert count(session, SweepLog) == sweeps


def test_a_slot_that_another_worker_took_is_left(app, session, due):
    assert remind.run(app, now=wib(TUESDAY), slot="sama") is not None
    assert remind.run(app, now=wib(TUESDAY), slot="sama") is None
    assert count(session, SweepLog) == 1


def test_twenty_restarts_in_a_day_plan_nothing_new(app, session, due):
    for _ in range(20):
        worker.Ticker(app).tick()
    assert count(session, Reminder) == 1


def test_every_tick_leaves_a_heartbeat(app, session, due, clock):
    ticker = worker.Ticker(app)
    ticker.tick()
    first = beat(session)
    clock.advance(seconds=30)
    ticker.tick()
    assert beat(session) > first


def test_a_job_that_fails_is_told_tried_again_and_stops_no_other(app, session, due, clock):
    clock.set(date(2028, 3, 1))  # a year whose holidays nobody has loaded
    worker.Ticker(app).tick()
    session.rollback()
    standing = jobs.sweep_standing(session, now=clock.now)
    assert "Hari libur tahun 2028 belum dimuat" in standing.failure
    assert set(runs(session, "remind")) == {"last-failure"}
    assert jobs.HEARTBEAT in runs(session, deliver.NAME)
    clock.set(TUESDAY)
    clock.advance(days=1)
    worker.Ticker(app).tick()
    assert count(session, SweepLog) > 0


def test_an_error_leaves_nothing_behind(app, session, due):
    def fail_in_the_middle():
        with runner.transaction(app) as work:
            work.add(SweepLog(day=TUESDAY, at=wib(TUESDAY), planned=0))
            work.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_in_the_middle()
    assert count(session, SweepLog) == 0


def test_a_tick_that_finds_another_at_work_leaves_again(app, session, due):
    ticker = worker.Ticker(app)
    with ticker._lock:
        ticker.tick()
    assert count(session, SweepLog) == 0


@pytest.mark.sqlite_only
@pytest.mark.parametrize("hours", [2, -1])
def test_a_clock_that_jumps_delays_no_tick_by_a_minute(app, session, due, clock, hours):
    passed = 0.0
    ticker = worker.Ticker(app, monotonic=lambda: passed)
    ticker.tick()
    clock.advance(hours=hours)
    # A scheduler that waits for the clock to come back says nothing; the watchdog counts what really passes.
    passed = float(worker.TICK_SECONDS + 5)
    assert not ticker.is_silent
    passed = 60.0 - worker.WATCH_SECONDS
    assert ticker.is_silent
    with ticker._lock:
        assert not ticker.is_silent
    ticker.tick()
    assert not ticker.is_silent
    assert beat(session) >= clock.now


def wait_for(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def schedulers():
    """The living threads of schedulers, the newest last."""
    return [thread for thread in threading.enumerate() if thread.name == "APScheduler" and thread.is_alive()]


def kill(thread):
    """Let an exception strike a thread from inside, and wake it so that it is hit."""
    scheduler = thread._target.__self__
    assert ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit)) == 1
    scheduler.wakeup()
    thread.join(timeout=20)
    assert not thread.is_alive()
    # The library notices nothing.
    assert scheduler.running


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_scheduler_that_died_is_told_within_two_minutes_and_replaced_within_ninety_seconds(
    app, session, due, clock, monkeypatch
):
    monkeypatch.setattr(worker, "WATCH_SECONDS", 0.05)
    before, passed, stop = schedulers(), 0.0, threading.Event()
    thread = threading.Thread(target=worker.run, args=(app, stop), kwargs={"monotonic": lambda: passed})
    thread.start()
    try:
        wait_for(lambda: beat(session) and len(schedulers()) > len(before))
        kill(schedulers()[-1])
        first = beat(session)
        # Half a minute of silence is nothing yet: the watch lets it pass.
        passed = 45.0
        time.sleep(0.3)
        assert beat(session) == first
        clock.set(first + timedelta(minutes=2, seconds=1))
        assert jobs.alarm(session, now=clock.now).delivered_at == first
        session.rollback()
        passed = 90.0 - worker.WATCH_SECONDS
        wait_for(lambda: beat(session) > first and len(schedulers()) > len(before))
        assert jobs.alarm(session, now=clock.now) is None
        session.rollback()
    finally:
        stop.set()
        thread.join()


def test_a_worker_at_work_says_that_it_lives_after_each_mail(app, session, due, monkeypatch):
    monkeypatch.setattr(deliver, "BEAT_SECONDS", 0.0)
    remind.run(app, now=wib(TUESDAY))
    with statements() as ran:
        assert deliver.run(app, now=wib(TUESDAY)) == "1 terkirim, 0 gagal"
    # After the look for what nobody hears of: with the claim, after the mail, with the claim that finds nothing more,
    # and at the end.
    assert sum("INTO job_run" in each for each in ran) == 1 + 4


@pytest.mark.sqlite_only
def test_no_job_is_ever_stored(database):
    for path in Path(portal.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "jobstore" not in text, path
        assert "import pickle" not in text, path
    pickled = {
        column for table in Base.metadata.tables.values() for column in table.c if isinstance(column.type, PickleType)
    }
    assert not pickled
    with create_engine(database.url).connect() as connection:
        tables = set(inspect(connection).get_table_names())
    assert "apscheduler_jobs" not in tables


def test_every_job_is_in_the_table_under_its_own_name_with_a_sentence():
    assert [job.name for job in schedule.JOBS] == [
        "extend",
        "remind",
        "announce",
        "data_requests",
        "deliver",
        "draft_in_bulk",
        "scan_files",
        "forget_uploads",
        "forget_keys",
        "back_up",
        "sign_trail",
    ]
    assert all(job.sentence.endswith(".") for job in schedule.JOBS)
    assert all(schedule.find(job.name) is job for job in schedule.JOBS)


@pytest.fixture
def shell(database, monkeypatch, tmp_path):
    """The command line on the test's database."""
    monkeypatch.setenv("SIMPUL_DATABASE_URL", database.config.database_url)
    monkeypatch.setenv("SIMPUL_FILES_DIR", str(tmp_path))
    monkeypatch.setenv("SIMPUL_SECRET_KEY", "kunci-untuk-pengujian-" + "x" * 32)
    monkeypatch.setenv("SIMPUL_AUDIT_KEY", "pBq8Zk3vX0sN7tYw2rLm5cHd9fGj4aUe6iOb1TQxVzRy")
    monkeypatch.setenv("SIMPUL_BASE_URL", "http://localhost")
    return CliRunner()


def test_jobs_are_listed_run_and_tried_without_keeping_by_hand(shell, session, due):
    from portal.cli.jobs import job

    listed = shell.invoke(job, ["list"], catch_exceptions=False)
    assert "remind" in listed.output
    assert "deliver" in listed.output
    tried = shell.invoke(job, ["run", "remind", "--on", "2026-12-01", "--dry-run"], catch_exceptions=False)
    assert "2026-12-01  H+0" in tried.output
    assert count(session, Reminder) == 0
    kept = shell.invoke(job, ["run", "remind", "--on", "2026-11-24"], catch_exceptions=False)
    assert "1 pengingat direncanakan" in kept.output
    assert count(session, Reminder) == 1
    refused = shell.invoke(job, ["run", "deliver", "--dry-run"])
    assert refused.exit_code == 1
    tried = shell.invoke(job, ["run", "forget_keys", "--dry-run"], catch_exceptions=False)
    assert "tidak disimpan" in tried.output
