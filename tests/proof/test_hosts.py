"""Two servers and two workers on one database, by README's commands: people notice nothing when one of each dies.

The short form of `tests.proof.hosts`. Several hosts need PostgreSQL, so the fixture `database` is that one whatever the
suite asks; once is enough then.
"""

import time
from datetime import timedelta
from random import Random

import pytest

from portal.storage import Storage
from tests.harness.databases import POSTGRESQL
from tests.harness.hosts import commands
from tests.harness.processes import smtp_settings
from tests.proof.hosts import LEASE, MONDAY, WAIT, Hosts, account, furnish, settle

pytestmark = pytest.mark.kill

DEATHS = {"folder": {"Buat naskah Word": 0.1}, "bucket": {"bagian 2": 0.02, "Terima laporan": 0.1}}
"""At which steps a server dies, so many seconds after it took the request."""


@pytest.fixture
def database(databases):
    """PostgreSQL, as if just migrated."""
    found = databases(POSTGRESQL)
    found.reset()
    return found


@pytest.fixture(params=["folder", "bucket"])
def place(request, tmp_path):
    """Where files lie: a folder that both share, or a bucket."""
    if request.param == "folder":
        return {"files_dir": tmp_path / "berkas"}, lambda: Storage(tmp_path / "berkas")
    from portal.bucket import BucketKeeper

    bucket = request.getfixturevalue("make_bucket")()
    return {"bucket": bucket}, lambda: Storage(BucketKeeper(bucket))


def test_readme_names_the_commands_of_web_and_worker():
    web, worker = commands()
    assert web == ["gunicorn", "-c", "python:portal.server", "portal.app:create_app()"]
    assert worker == ["portal.cli", "worker"]


@pytest.fixture
def start(spawn, clock):
    """Start processes whose clocks go on together, from a Monday at noon: a later one must not live in the past."""
    clock.set(MONDAY)
    begun = time.monotonic()

    def begin(*words, **settings):
        clock.set(MONDAY + timedelta(seconds=time.monotonic() - begun))
        return spawn(*words, **settings)

    return begin


@pytest.mark.postgresql
@pytest.mark.sqlite_only
def test_a_dead_server_and_a_dead_worker_are_not_noticed(request, database, session, place, start, smtp):
    settings, files = place
    (one,) = furnish(session, files(), 1)
    settings = settings | {"smtp": smtp_settings(smtp), "lease_seconds": LEASE, "authenticator": "offered"}
    deaths = dict(DEATHS[request.node.callspec.params["place"]])
    wanted = len(deaths)
    hosts = Hosts(spawn=start, settings=settings, chance=Random(1), often=0, deaths=deaths)
    hosts.live(one)
    assert set(hosts.proxy.served) == {web.port for web in hosts.webs}
    assert hosts.proxy.killed == wanted
    # The mails of the journeys wait for the first tick, which comes at once; the next one would be half a minute away.
    for _ in range(2):
        hosts.work()
    deadline = time.monotonic() + WAIT
    while not smtp.received and time.monotonic() < deadline:
        time.sleep(0.05)
    hosts.kill_worker()
    settle(session, smtp)
    assert account(session, hosts, smtp, files(), database.config.audit_keys) == []
    assert hosts.workers[0].poll() is None
    assert hosts.seen["lost"] == hosts.seen["doubled"] == 0
