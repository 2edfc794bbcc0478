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
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import create_engine, select

from portal import clock
from portal.domain.policy import Role
from portal.models import Agreement, AgreementFile, row_walls
from portal.models.scope import OfficeScope, ScopedSession
from portal.queries import audit_chain
from portal.services import sign_in
from portal.storage import Storage
from tests.factories.accounts import make_account
from tests.factories.agreements import make_agreement
from tests.harness import migrating
from tests.harness.databases import POSTGRESQL, SQLITE
from tests.harness.postgres import DURABLE, PORTAL, PostgresServer, start_server
from tests.proof.editor import config_of, grows
from tests.proof.talk import Program

WRITERS = 4
FEWEST, MOST = 4, 24
"""After so many acknowledgements all writers die."""
QUIET, REVIVING = 3.0, 60.0
"""Seconds without an acknowledgement after which they die anyhow; longer when the server is about to come back."""


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


def writers_of(bench: Bench) -> Program:
    """Start the program of the writers; it is ready, so that the database may die from here on."""
    writers = Program("tests.proof.editor", bench.settings())
    writers.hear()
    return writers


def edit_at_once(bench: Bench, edits: int) -> Outcome:
    """Let four writers edit `edits` times each; every edit is kept or refused with a message."""
    outcome = Outcome()
    writers = writers_of(bench)
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


def kill_all(bench: Bench, rounds: int, *, seed: int = 1, server: "Server | None" = None) -> Outcome:
    """Kill everything in the midst of work, again and again, the database's `server` too.

    In every other round the server is back while the writers still work, so that they also live through its death.
    """
    outcome, chance = Outcome(), Random(seed)
    writers = writers_of(bench)
    for number in range(1, rounds + 1):
        lives_on = bool(server and number % 2)
        enough = chance.randint(FEWEST, MOST) + (FEWEST if server else 0)
        writers.say(_job(f"tewas{number}", kill_after=enough, quiet=REVIVING if lives_on else QUIET))
        if server:
            server.die(bench.journal)
        if server and lives_on:
            server.running.revive()
        ends = Counter(json.loads(writers.hear()))
        if server and not lives_on:
            server.running.revive()
        outcome.figures["killed"] += ends["end -9"]
        outcome.check(f"round {number}: {dict(ends)}", holds=ends["end -9"] == WRITERS)
        _account(bench, outcome, unsaid=number * WRITERS * (2 if server else 1))
    writers.close()
    outcome.figures["rounds"] = rounds
    if server:
        outcome.figures["killed of the server"] = server.killed
        outcome.check("a server lived", holds=server.killed >= rounds)
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
    """A PostgreSQL of its own with PostgreSQL's own durability, that can be killed."""

    def __init__(self) -> None:
        """Start it with a migrated database."""
        self.running: PostgresServer = start_server(settings=DURABLE)
        self.running.execute("CREATE DATABASE bench")
        self.killed = 0
        """Processes of the server that died by signal 9."""
        migrating.upgrade(self.running.url("bench"))
        self.running.execute(f"CREATE ROLE {PORTAL} LOGIN NOINHERIT IN ROLE {', '.join(row_walls.ROLES)}")

    @property
    def url(self) -> str:
        """The address of the database for the portal's login, behind row-level security."""
        return self.running.url("bench", user=PORTAL)

    def die(self, journal: Path) -> None:
        """Kill the server with everybody at work."""
        grows(journal, FEWEST)
        self.killed += self.running.kill()


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
        return {"at once": at_once, "killed": kill_all(second, rounds, server=server)}
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
