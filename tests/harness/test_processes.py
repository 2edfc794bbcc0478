"""Processes of the tests get the database, the mail server and the clock of the test that starts them."""

from portal.config import Config
from tests.harness.clock import StandingClock
from tests.harness.databases import Database
from tests.harness.postbox import Postbox
from tests.harness.processes import Spawn, environment, smtp_settings


def test_settings_survive_the_environment(database: Database, smtp: Postbox):
    from dataclasses import replace

    key = "jejak-untuk-pengujian-" + "y" * 32
    sent = replace(database.config, smtp=smtp_settings(smtp), lease_seconds=3, audit_key=key)
    assert replace(Config.from_env(environment(sent)), testing=True) == sent


def test_a_process_begins_at_the_clock_of_the_test(spawn: Spawn, clock: StandingClock):
    process = spawn("tests.harness.tell_time")
    told, _ = process.communicate(timeout=30)
    assert told.startswith(f"{clock.today.isoformat()}T")


def test_a_process_that_still_runs_can_be_killed(spawn: Spawn):
    process = spawn("tests.harness.tell_time", "--wait")
    assert process.poll() is None
    process.kill()
    assert process.wait(timeout=20) == -9
