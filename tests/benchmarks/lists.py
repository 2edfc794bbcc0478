"""What pages of a large register cost, beside Django's admin on the same rows: `python -m tests.benchmarks.lists`.

`--rows 1000,10000,100000` and `--database both` choose what is measured; Django comes with the extra `benchmark`. Each
size runs in a process of its own, in which the pages of both take turns. Cost is CPU of this process and, on
PostgreSQL, of all processes of the server: least of all rounds.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from flask import Flask
from sqlalchemy import insert

from portal import clock
from portal.jobs import runner
from portal.models import PlanChange, RegisterChange
from tests.benchmarks.planning import NOW, application, fresh
from tests.benchmarks.register import COMMON, RARE, fill
from tests.harness.databases import POSTGRESQL, SQLITE, statements
from tests.harness.source import ROOT

COOKIE = "__Host-simpul"
PAGES = {
    "home": ("/kantor", None),
    "list": ("/kantor/naskah", ""),
    "deep": ("/kantor/naskah?hal={deep}", "?p={deep}"),
    "filter": ("/kantor/naskah?jenis=pks&tahap=pembahasan", "?kind__exact=pks&stage__exact=negotiation"),
    "rare word": (f"/kantor/naskah?q={RARE}", f"?q={RARE}"),
    "common word": (f"/kantor/naskah?q={COMMON}", f"?q={COMMON}"),
    "agreement": ("/kantor/naskah/PKS-2024-1000444", None),
}
"""Address here and there; where the admin has no such page, none."""
AFTER_A_CHANGE = ("list", "deep", "filter", "rare word")
"""These are measured once more with a change before each look, when not all that is kept holds."""
Notes = tuple[type[PlanChange | RegisterChange], ...]
CHANGES: dict[str, Notes] = {"a report": (PlanChange,), "an agreement": (PlanChange, RegisterChange)}
"""The notes that a change leaves: of a date or a report, and of an agreement itself."""
SHARE = {"list": 5, "deep": 5, "filter": 5, "rare word": 5, "common word": 3}
"""The admin costs at least so many times ours."""
GROWTH = 1.3
"""A list of a hundred thousand costs at most so many times one of a thousand, a deep page so many times the first."""


@dataclass(kw_only=True)
class Figures:
    """Milliseconds of CPU and statements of each page, ours and the peer's, at one size of one database."""

    database: str
    rows: int
    ours: dict[str, float] = field(default_factory=dict)
    peer: dict[str, float] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)
    changed: dict[str, float] = field(default_factory=dict)
    """Ours after a change: printed, not limited."""

    def line(self) -> str:
        """The figures in one line."""
        pages = "  ".join(
            f"{name} {self.ours[name]:.1f}"
            + (f" ({self.peer[name] / self.ours[name]:.1f}x)" if name in self.peer else "")
            + f" {self.statements[name]}st"
            for name in self.ours
        )
        pages += "".join(
            f"  {name} {cost:.1f} ({self.peer[name.partition(' after ')[0]] / cost:.1f}x)"
            for name, cost in self.changed.items()
        )
        return f"{self.database:10} {self.rows:>7,}  {pages}"

    def faults(self) -> list[str]:
        """What is over its limit at this size."""
        found = [
            f"{self.database} {self.rows:,}: {name} {self.peer[name] / self.ours[name]:.1f}x < {least}x"
            for name, least in SHARE.items()
            if self.peer[name] < least * self.ours[name]
        ]
        if self.ours["deep"] > GROWTH * self.ours["list"]:
            found.append(f"{self.database} {self.rows:,}: deep {self.ours['deep'] / self.ours['list']:.2f} > {GROWTH}")
        return found


def server_ticks() -> int:
    """CPU of every server process below this one, in ticks of the clock."""
    parents, ticks = {}, {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, fields = place.read_text().rpartition(")")[::2]
        except OSError:
            continue
        parts, number = fields.split(), int(place.parent.name)
        parents[number] = int(parts[1])
        if "(postgres" in name:
            ticks[number] = int(parts[11]) + int(parts[12])
    return sum(spent for number, spent in ticks.items() if _is_ours(number, parents))


def _is_ours(number: int, parents: dict[int, int]) -> bool:
    while number in parents:
        number = parents[number]
        if number == os.getpid():
            return True
    return False


class Bench:
    """What measures one database."""

    def __init__(self, app: Flask, token: str, *, is_postgresql: bool) -> None:
        """Sign the officer in."""
        self.app, self.is_postgresql = app, is_postgresql
        self.client = app.test_client()
        self.client.set_cookie(COOKIE, token)

    def ask(self, address: str) -> None:
        """Ask for a page of ours; over TLS, so that every cookie comes back as from a browser."""
        answer = self.client.get(address, base_url="https://localhost")
        assert answer.status_code == 200, (address, answer.status_code, answer.headers.get("Location"))

    def change(self, notes: Notes) -> None:
        """Note a change."""
        with runner.transaction(self.app) as session:
            for each in notes:
                session.execute(insert(each))

    def cost_after_change(self, address: str, notes: Notes, times: int) -> float:
        """Milliseconds of CPU of a page after a change, without those of the change itself."""

        def both() -> None:
            self.change(notes)
            self.ask(address)

        return self.cost(both, times) - self.cost(lambda: self.change(notes), times)

    def cost(self, work: Callable[[], object], times: int) -> float:
        """Milliseconds of CPU that one call takes; on PostgreSQL many calls at once, as its clock ticks slowly."""
        ticks, start = (server_ticks() if self.is_postgresql else 0), time.process_time()
        for _ in range(times):
            work()
        took = time.process_time() - start
        served = (server_ticks() - ticks) / os.sysconf("SC_CLK_TCK") if self.is_postgresql else 0.0
        return (took + served) / times * 1000


def one(database: str, rows: int, rounds: int) -> Figures:
    """Measure one size on one database in this process."""
    from tests.benchmarks import django_admin

    clock.set_fixed(NOW)
    with fresh(database) as url:
        app = application(url)
        with runner.transaction(app) as session:
            token = fill(session, rows, now=NOW)
        peer = django_admin.visitor(url)
        return measure(Bench(app, token, is_postgresql=database == POSTGRESQL), peer, database, rows, rounds)


def measure(bench: Bench, peer: Callable[[str], int], database: str, rows: int, rounds: int) -> Figures:
    """Ask every page in turn, here and there, as often as asked."""
    found, deep = Figures(database=database, rows=rows), max(rows // 25 // 2, 2)
    for name, (here, _) in PAGES.items():
        address = here.format(deep=deep)
        bench.ask(address)
        with statements() as ran:
            bench.ask(address)
        found.statements[name] = len(ran)
    for _ in range(rounds):
        for name, (here, there) in PAGES.items():
            address = here.format(deep=deep)
            bench.ask(address)  # what the change before it made untrue is counted again
            took = bench.cost(lambda address=address: bench.ask(address), 10 if bench.is_postgresql else 3)
            found.ours[name] = min(took, found.ours.get(name, took))
            for what, notes in CHANGES.items() if name in AFTER_A_CHANGE else ():
                took = bench.cost_after_change(address, notes, 10 if bench.is_postgresql else 3)
                key = f"{name} after {what}"
                found.changed[key] = min(took, found.changed.get(key, took))
            if there is not None:
                other = there.format(deep=deep)
                took = bench.cost(lambda other=other: peer(other), 2 if bench.is_postgresql else 1)
                found.peer[name] = min(took, found.peer.get(name, took))
    return found


def apart(database: str, rows: int, rounds: int) -> Figures:
    """Measure in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.lists", "--one", database, "--rows", str(rows)]
    done = subprocess.run([*command, "--rounds", str(rounds)], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return Figures(**json.loads(done.stdout.splitlines()[-1]))


def growth(first: Figures, last: Figures) -> list[str]:
    """What grows with the register and must not."""
    found = [
        f"{last.database}: {name} takes {last.statements[name]} statements at {last.rows:,}, {number} at {first.rows:,}"
        for name, number in first.statements.items()
        if last.statements[name] != number
    ]
    times = last.ours["list"] / first.ours["list"]
    return found + (
        [f"{last.database}: list {times:.2f} > {GROWTH} from {first.rows:,} to {last.rows:,}"] if times > GROWTH else []
    )


def main(words: list[str]) -> int:
    """Print every figure; 1 when one is over its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", default="1000,10000,100000")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--database", choices=[SQLITE, POSTGRESQL, "both"], default="both")
    parser.add_argument("--one", choices=[SQLITE, POSTGRESQL], help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    if asked.one:
        sys.stdout.write(json.dumps(asdict(one(asked.one, int(asked.rows), asked.rounds))))
        return 0
    sys.stdout.write("ms of CPU a page, least of all rounds; (times as much in Django's admin); statements\n")
    faults: list[str] = []
    for kind in [SQLITE, POSTGRESQL] if asked.database == "both" else [asked.database]:
        sizes = [apart(kind, int(rows), asked.rounds) for rows in asked.rows.split(",")]
        for found in sizes:
            sys.stdout.write(f"{found.line()}\n")
            faults += found.faults()
        faults += growth(sizes[0], sizes[-1])
        sys.stdout.flush()
    sys.stdout.write("".join(f"over: {fault}\n" for fault in faults) or "within limits\n")
    return bool(faults)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
