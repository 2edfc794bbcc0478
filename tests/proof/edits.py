"""Edits of one record at once, and killed: `python -m tests.proof.edits [--database both] [--edits 150] [--rounds 20]`.

Four processes edit one agreement through the real pages, each as fast as it can: every edit is kept or refused with a
message, none is lost in silence. Then they do so again and again while all of them, and PostgreSQL's server with them,
die by signal 9: no acknowledged change and no acknowledged file is lost, and the trail verifies (design: platform C4,
E31). The short form in the suite is `tests/proof/test_edits.py`.
"""

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import create_engine, select

from portal import clock
from portal.domain.policy import Role
from portal.models import Agreement, AgreementFile
from portal.models.scope import OfficeScope, ScopedSession
from portal.queries import audit_chain
from portal.services import sign_in
from portal.storage import Storage
from tests.factories.accounts import make_account
from tests.factories.agreements import make_agreement
from tests.harness import migrating
from tests.harness.databases import POSTGRESQL, SQLITE
from tests.harness.postgres import PostgresServer, start_server
from tests.proof.editor import config_of, grows
from tests.proof.talk import Program

WRITERS = 4
FEWEST, MOST = 4, 24
"""After so many acknowledgements all writers die."""


@dataclass(frozen=True, kw_only=True)
class Bench:
    """One agreement, four people who are signed in, and where they write."""

    database_url: str
    folder: Path
    code: str
    tokens: tuple[str, ...]
    now: datetime
    """When the four signed in; the writers' clocks begin there."""

    @property
    def journal(self) -> Path:
        """What was acknowledged, a line each."""
        return self.folder / "journal"

    def settings(self) -> dict[str, Any]:
        """What the writers are told."""
        return {
            "database_url": self.database_url,
            "files": str(self.folder / "files"),
            "journal": str(self.journal),
            "code": self.code,
            "tokens": self.tokens,
            "now": self.now.isoformat(),
        }

    def acknowledged(self, what: str) -> list[Any]:
        """What people were told is kept."""
        if not self.journal.exists():
            return []
        said = [json.loads(line) for line in self.journal.read_text().splitlines()]
        return [each[what] for each in said if what in each]


@dataclass(kw_only=True)
class Outcome:
    """What came of a proof; clean when `faults` is empty."""

    figures: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def check(self, fault: str, *, holds: bool) -> None:
        """Note a fault that is there."""
        if not holds:
            self.faults.append(fault)

    def table(self) -> str:
        """The figures and faults, a line each."""
        return "\n".join(
            [*(f"  {name}: {n}" for name, n in sorted(self.figures.items())), *map("! ".__add__, self.faults)]
        )


def opened(url: str) -> ScopedSession:
    """A session of the office."""
    session = ScopedSession(bind=create_engine(url))
    session.work_for(OfficeScope())
    return session


def prepare(session: ScopedSession, url: str, folder: Path) -> Bench:
    """Record the agreement and sign four officers in."""
    agreement = make_agreement(session, title="Uji serentak 0")
    now = clock.now()
    people = [make_account(session, Role.OFFICER) for _ in range(WRITERS)]
    tokens = tuple(sign_in.open_session(session, one, agent="uji", now=now) for one in people)
    code = agreement.code
    session.commit()
    return Bench(database_url=url, folder=folder, code=code, tokens=tokens, now=now)


def edit_at_once(bench: Bench, edits: int) -> Outcome:
    """Let four writers edit `edits` times each; every edit is kept or refused with a message."""
    outcome = Outcome()
    writers = Program("tests.proof.editor", bench.settings())
    outcome.figures += Counter(json.loads(writers.ask(_job("serentak", edits=edits))))
    writers.close()
    told, kept = outcome.figures, outcome.figures["edit kept"]
    outcome.check("an edit was neither kept nor refused", holds=kept + told["edit refused"] == WRITERS * edits)
    outcome.check("a file was refused", holds=told["file kept"] > 0 and set(told) <= EXPECTED)
    outcome.check("a writer did not end well", holds=told["end 0"] == WRITERS)
    outcome.check("nothing was kept", holds=kept > 0)
    _account(bench, outcome, unsaid=0)
    return outcome


EXPECTED = frozenset({"edit kept", "edit refused", "file kept", "end 0"})


def _job(name: str, **rest: Any) -> str:
    return json.dumps({"name": name, "writers": WRITERS, **rest})


def kill_all(bench: Bench, rounds: int, *, seed: int = 1, revive: Callable[[Bench], Bench] | None = None) -> Outcome:
    """Kill everything in the midst of work, again and again; `revive` kills and restarts the database too."""
    outcome, chance = Outcome(), Random(seed)
    writers = Program("tests.proof.editor", bench.settings())
    for number in range(1, rounds + 1):
        job = _job(f"tewas{number}", kill_after=chance.randint(FEWEST, MOST))
        if revive is None:
            ends = Counter(json.loads(writers.ask(job)))
        else:
            writers.ear.write(job + "\n")
            writers.ear.flush()
            before, bench = bench, revive(bench)
            ends = Counter(json.loads(writers.mouth.readline()))
            writers.close()
            bench = replace(bench, folder=before.folder)
            writers = Program("tests.proof.editor", bench.settings())
        outcome.figures["killed"] += ends["end -9"]
        outcome.check(f"round {number}: {dict(ends)}", holds=ends["end -9"] > 0)
        _account(bench, outcome, unsaid=number * WRITERS)
    writers.close()
    outcome.figures["rounds"] = rounds
    outcome.check("nothing was acknowledged", holds=bool(bench.acknowledged("number")))
    return outcome


def _account(bench: Bench, outcome: Outcome, *, unsaid: int) -> None:
    """Compare what was acknowledged with what is there; so many edits may be kept that nobody was told of."""
    numbers, names = bench.acknowledged("number"), bench.acknowledged("file")
    storage, keys = Storage(bench.folder / "files"), config_of(bench.settings()).audit_keys
    with opened(bench.database_url) as session:
        agreement = session.scalars(select(Agreement).where(Agreement.code == bench.code)).one()
        reached = int(re.search(r"\d+$", agreement.title)[0])  # type: ignore[index]
        files = {row.name: row.digest for row in session.scalars(select(AgreementFile))}
        verdict = audit_chain.verify(session, keys)
        session.rollback()
        session.get_bind().dispose()  # type: ignore[union-attr]
    figures = outcome.figures
    figures["changes acknowledged"], figures["files acknowledged"] = len(numbers), len(names)
    figures["changes that nobody was told of"] = reached - len(numbers)
    figures["entries of the trail"] = verdict.checked
    outcome.check("a change was acknowledged twice", holds=len(set(numbers)) == len(numbers))
    outcome.check(
        f"changes were lost: {reached} for {len(numbers)}", holds=len(numbers) <= reached <= len(numbers) + unsaid
    )
    outcome.check("files were lost", holds=set(names) <= files.keys())
    outcome.check("bytes were lost", holds=all(storage.read(digest) for digest in files.values()))
    outcome.check(f"the trail is broken: {verdict.fault}", holds=verdict.fault is None)


class Server:
    """A PostgreSQL of its own that keeps what it acknowledged, and can be killed."""

    def __init__(self) -> None:
        """Start it with a migrated database."""
        self.running: PostgresServer = start_server()
        self.running.execute("CREATE DATABASE bench")
        # The tests' servers acknowledge before they write; the system's memory outlives a killed server.
        self.running.execute("ALTER DATABASE bench SET synchronous_commit = on")
        migrating.upgrade(self.url)

    @property
    def url(self) -> str:
        """The address of the database."""
        return self.running.url("bench")

    def revive(self, bench: Bench) -> Bench:
        """Kill the server with everybody at work, and start another on what it left."""
        grows(bench.journal, FEWEST)
        dead = self.running
        dead.process.kill()
        dead.process.wait()
        self.running = start_server(dead.cluster)
        dead.stop()
        return replace(bench, database_url=self.url)


def prove(kind: str, folder: Path, *, edits: int, rounds: int) -> dict[str, Outcome]:
    """Both halves on one database."""
    server = Server() if kind == POSTGRESQL else None
    url = server.url if server else f"sqlite:///{folder / 'bench.sqlite'}"
    if server is None:
        migrating.upgrade(url)
    try:
        with opened(url) as session:
            bench = prepare(session, url, folder)
            session.get_bind().dispose()  # type: ignore[union-attr]
        at_once = edit_at_once(bench, edits)
        bench.journal.rename(folder / "journal-serentak")
        with opened(url) as session:
            second = prepare(session, url, folder)
            session.get_bind().dispose()  # type: ignore[union-attr]
        return {"at once": at_once, "killed": kill_all(second, rounds, revive=server.revive if server else None)}
    finally:
        if server:
            server.running.stop()


def main() -> None:
    """Run and print; ends with 1 when anything was lost."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--database", choices=[SQLITE, POSTGRESQL, "both"], default="both")
    words.add_argument("--edits", type=int, default=150)
    words.add_argument("--rounds", type=int, default=20)
    asked = words.parse_args()
    is_clean = True
    for kind in [SQLITE, POSTGRESQL] if asked.database == "both" else [asked.database]:
        with tempfile.TemporaryDirectory(prefix="simpul-edits-") as folder:
            for name, outcome in prove(kind, Path(folder), edits=asked.edits, rounds=asked.rounds).items():
                print(f"{kind}, {name}:\n{outcome.table()}")  # noqa: T201 (a report)
                is_clean = is_clean and not outcome.faults
    sys.exit(0 if is_clean else 1)


if __name__ == "__main__":
    main()
