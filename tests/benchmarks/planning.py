"""What a sweep costs beside inserting the same rows from a ready table: `python -m tests.benchmarks.planning`.

`--rows 10000,100000,1000000` and `--database both` choose what is measured. Each size runs in a process of its own, so
that its memory is its own. Cost is CPU of this process and, on PostgreSQL, of the server's process that serves it.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import delete, func, insert, select, text

from portal.app import create_app
from portal.config import Config
from portal.jobs import runner
from portal.models import PlanChange, Reminder, SweepLog
from portal.services import reminders
from tests.benchmarks.planning_data import TODAY, fill
from tests.harness import memory, migrating
from tests.harness.databases import POSTGRESQL, SQLITE, statements
from tests.harness.postgres import start_server
from tests.harness.source import ROOT

LIMITS = {SQLITE: 1.5, POSTGRESQL: 3.0}
"""A cold sweep costs at most so many times what its rows cost from a ready table."""
NOTHING_NEW = 0.5
"""A sweep that finds nothing new costs at most this part of a cold one."""
MEMORY_MB = 300
NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 3, tzinfo=UTC)
STATUS = "/proc/{}/status"


@dataclass(kw_only=True)
class Figures:
    """Seconds of CPU and of the clock, least of all rounds, of each thing measured; rows and statements."""

    database: str
    rows: int
    planned: int = 0
    planned_next: int = 0
    statements: int = 0
    peak_mb: float = 0.0
    cpu: dict[str, float] = field(default_factory=dict)
    wall: dict[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """A cold sweep against its floor."""
        return self.cpu["cold"] / self.cpu["floor"]

    @property
    def nothing_new(self) -> float:
        """A sweep without anything new against a cold one."""
        return self.cpu["no-op"] / self.cpu["cold"]

    def faults(self) -> list[str]:
        """What is over its limit."""
        limit = LIMITS[self.database]
        found = [f"cold/floor {self.ratio:.2f} > {limit}"] if self.ratio > limit else []
        found += [f"no-op/cold {self.nothing_new:.2f} > {NOTHING_NEW}"] if self.nothing_new > NOTHING_NEW else []
        return found + ([f"{self.peak_mb:.0f} MB > {MEMORY_MB}"] if self.peak_mb > MEMORY_MB else [])

    def line(self) -> str:
        """The figures in one line."""
        look = self.cpu["look"] / self.cpu["cold"]
        times = "  ".join(f"{name} {self.cpu[name]:.3f} ({self.wall[name]:.3f})" for name in self.cpu)
        return (
            f"{self.database:10} {self.rows:>9,} dates  {self.planned:>8,} planned, {self.planned_next:,} next day  "
            f"{times}  cold/floor {self.ratio:.2f}  no-op/cold {self.nothing_new:.2f}  look/cold {look:.2f}  "
            f"{self.statements} statements  {self.peak_mb:.0f} MB  "
            f"{'over: ' + ', '.join(self.faults()) if self.faults() else 'within limits'}"
        )


class Bench:
    """An application on a filled database, and the things measured on it."""

    def __init__(self, app: Flask) -> None:
        """Find the server's process that serves us."""
        self.app = app
        self.served_by: int | None = None

    @property
    def is_postgresql(self) -> bool:
        """Whether there is a server."""
        settings: Config = self.app.config["SETTINGS"]
        return settings.database_url.startswith(POSTGRESQL)

    def cpu(self) -> float:
        """CPU seconds of this process and of the server's, so far."""
        ticks = 0
        if self.served_by:
            fields = Path(f"/proc/{self.served_by}/stat").read_text().rpartition(")")[2].split()
            ticks = int(fields[11]) + int(fields[12])
        return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")

    def connect(self) -> None:
        """Note which process serves the connection that the pool keeps."""
        if self.is_postgresql:
            with runner.transaction(self.app) as session:
                self.served_by = session.execute(text("SELECT pg_backend_pid()")).scalar_one()

    def sweep(self, days: int = 0) -> int:
        """Sweep so many days after today; return what was planned."""
        with runner.transaction(self.app) as session:
            return reminders.sweep(session, now=NOW + timedelta(days=days)).planned

    def look(self) -> int:
        """Sweep the same day again after a change that concerns no reminder; return what was planned."""
        with runner.transaction(self.app) as session:
            session.execute(insert(PlanChange))
        return self.sweep()

    def empty(self) -> None:
        """Forget every reminder; a large plan of the day before keeps the brake open."""
        with self.as_owner() as session:
            if self.is_postgresql:
                session.execute(text("TRUNCATE reminder"))
            else:
                session.execute(delete(Reminder))
            session.execute(delete(SweepLog))
            session.execute(
                insert(SweepLog), [{"day": TODAY - timedelta(days=1), "at": NOW - timedelta(days=1), "planned": 10**9}]
            )

    @contextmanager
    def as_owner(self) -> Iterator[Any]:
        """A transaction beside the walls, for what no part of the portal may do."""
        with runner.transaction(self.app) as session:
            if self.is_postgresql:
                session.execute(text("SET LOCAL ROLE NONE"))
            yield session

    def keep_rows(self) -> None:
        """Copy what was planned into the ready table."""
        with self.as_owner() as session:
            session.execute(text("CREATE TABLE bench_ready AS SELECT * FROM reminder ORDER BY id"))

    def floor(self) -> int:
        """Insert the same rows from the ready table, all indexes kept."""
        names = ", ".join(column.name for column in Reminder.__table__.columns if column.name != "id")
        with self.as_owner() as session:
            session.execute(text(f"INSERT INTO reminder ({names}) SELECT {names} FROM bench_ready"))
            return session.scalar(select(func.count()).select_from(Reminder)) or 0


def measured(bench: Bench, work: Callable[[], Any], name: str, found: Figures) -> Any:
    """Do something and keep the least of its times under a name."""
    cpu, wall = bench.cpu(), time.perf_counter()
    done = work()
    wall, cpu = time.perf_counter() - wall, bench.cpu() - cpu
    found.cpu[name] = min(cpu, found.cpu.get(name, cpu))
    found.wall[name] = min(wall, found.wall.get(name, wall))
    return done


def measure(app: Flask, *, database: str, rows: int, rounds: int) -> Figures:
    """Fill the database, then measure in turn; statements are counted in a cold sweep."""
    found, bench = Figures(database=database, rows=rows), Bench(app)
    with runner.transaction(app) as session:
        fill(session, rows)
    bench.empty()
    bench.connect()
    reset_peak()
    with statements() as ran:
        found.planned = bench.sweep()
    found.statements = len(ran)
    bench.keep_rows()
    for _ in range(rounds):
        bench.empty()
        measured(bench, bench.floor, "floor", found)
        bench.empty()
        assert measured(bench, bench.sweep, "cold", found) == found.planned > 0
        assert measured(bench, bench.sweep, "no-op", found) == 0
        assert measured(bench, bench.look, "look", found) == 0
        found.planned_next = measured(bench, lambda: bench.sweep(days=1), "next day", found)
    found.peak_mb = max(peak_mb(os.getpid()), peak_mb(bench.served_by) if bench.served_by else 0)
    return found


def reset_peak() -> None:
    """Let the kernel forget how much memory this process has had, where it can."""
    place = Path("/proc/self/clear_refs")
    if place.exists():
        place.write_text("5")


def peak_mb(process: int) -> float:
    """The most memory that a process has had."""
    status = Path(STATUS.format(process)).read_text()
    found = re.search(r"VmHWM:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


@contextmanager
def fresh(database: str) -> Iterator[str]:
    """The address of a new migrated database."""
    if database == SQLITE:
        with tempfile.TemporaryDirectory(prefix="simpul-bench-", dir=memory.place()) as folder:
            url = f"sqlite:///{folder}/bench.sqlite"
            migrating.upgrade(url)
            yield url
        return
    server = start_server()
    try:
        server.execute("CREATE DATABASE bench")
        migrating.upgrade(server.url("bench"))
        yield server.url("bench")
    finally:
        server.stop()


def application(url: str) -> Flask:
    """The portal on this database."""
    key = "kunci-untuk-pengujian-" + "x" * 32
    files = Path(tempfile.gettempdir())
    return create_app(
        Config(
            database_url=url,
            files_dir=files,
            secret_key=key,
            base_url="http://localhost",
            testing=True,
            authenticator="offered",
        )
    )


def one(database: str, rows: int) -> Figures:
    """Measure one size on one database in this process: short rounds often enough that some are undisturbed."""
    rounds = min(60, max(3, 700_000 // rows))
    with fresh(database) as url:
        return measure(application(url), database=database, rows=rows, rounds=rounds)


def apart(database: str, rows: int) -> Figures:
    """Measure in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.planning", "--one", database, "--rows", str(rows)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return Figures(**json.loads(done.stdout.splitlines()[-1]))


def main(words: list[str]) -> int:
    """Print every figure; 1 when one is over its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", default="10000,100000,1000000")
    parser.add_argument("--database", choices=[SQLITE, POSTGRESQL, "both"], default="both")
    parser.add_argument("--one", choices=[SQLITE, POSTGRESQL], help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    if asked.one:
        sys.stdout.write(json.dumps(asdict(one(asked.one, int(asked.rows)))))
        return 0
    kinds = [SQLITE, POSTGRESQL] if asked.database == "both" else [asked.database]
    sys.stdout.write("seconds of CPU (of the clock), least of all rounds\n")
    faults = 0
    for rows in map(int, asked.rows.split(",")):
        for kind in kinds:
            found = apart(kind, rows)
            faults += bool(found.faults())
            sys.stdout.write(f"{found.line()}\n")
            sys.stdout.flush()
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
