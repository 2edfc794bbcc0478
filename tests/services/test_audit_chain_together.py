"""Processes that write at once make one unbroken chain, and what that costs is printed (design: platform E25)."""

import subprocess
import sys
import time
from types import SimpleNamespace

from sqlalchemy import insert

from portal.domain.policy import SYSTEM
from portal.jobs import runner
from portal.models import Entry
from portal.models.audit_chain import KEY
from portal.queries import audit_chain
from portal.services import audit
from tests.factories.instants import NOW
from tests.harness.processes import environment
from tests.harness.source import ROOT

PROCESSES, COMMITS, MANY = 4, 40, 20_000
SUBJECT = SimpleNamespace(__tablename__="organisation", id=1)
WRITE = """
from types import SimpleNamespace
from portal import clock
from portal.app import create_app
from portal.config import Config
from portal.domain.policy import SYSTEM
from portal.jobs import runner
from portal.services import audit
app = create_app(Config.from_env(), is_checked=False)
subject = SimpleNamespace(__tablename__="organisation", id=1)
def work(session):
    audit.record(session, "uji", subject=subject, actor=SYSTEM, now=clock.now(), detail={"isi": "x" * 50})
for _ in range(COMMITS):
    runner.persist(app, work)
""".replace("COMMITS", str(COMMITS))


def test_four_processes_make_one_chain(app, database):
    database.touch()
    told = environment(database.config)
    started = [
        subprocess.Popen([sys.executable, "-c", WRITE], cwd=ROOT, env=told, stderr=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    for process in started:
        assert process.communicate(timeout=120)[1] == ""
        assert process.returncode == 0
    with runner.reading(app) as session:
        found = audit_chain.verify(session, app.config["SETTINGS"].audit_keys)
    assert (found.checked, found.fault) == (PROCESSES * COMMITS, None)


def seconds_of_commits(app, *, is_chained):
    began = time.perf_counter()
    for _ in range(COMMITS):
        with runner.transaction(app) as session:
            if not is_chained:
                session.info.pop(KEY)
            audit.record(session, "uji", subject=SUBJECT, actor=SYSTEM, now=NOW)
    return time.perf_counter() - began


def test_what_chaining_and_checking_cost_is_printed(app, database, tell):
    values = {"at": NOW, "action": "banyak", "subject_kind": "organisation", "detail": {"isi": "x" * 80}}
    with runner.transaction(app) as session:
        session.connection().execute(insert(Entry), [values] * MANY)
        audit.record(session, "pertama", subject=SUBJECT, actor=SYSTEM, now=NOW)
    with runner.reading(app) as session:
        began = time.process_time()
        found = audit_chain.verify(session, app.config["SETTINGS"].audit_keys)
        rate = found.checked / (time.process_time() - began)
    assert (found.checked, found.fault) == (MANY + 1, None)
    chained, plain = (seconds_of_commits(app, is_chained=which) for which in (True, False))
    told = f"{rate:,.0f} entries checked in a second of CPU, a chained append {chained / plain:.2f} times a plain one"
    tell("the trail", [f"{database.kind}: {told}"])
