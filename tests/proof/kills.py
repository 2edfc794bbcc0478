"""Killed at any moment: `python -m tests.proof.kills [--database both] [--planners 4] [--messages 3000] [--kills 50]`.

Four planners sweep at once over ten thousand dates and die at random; the plan of every day is compared with the pure
rule. Then workers send three thousand mails while they and the mail server die; then without a death; then with one
host's clock ahead (design: platform E2 to E5). The short form in the suite is `tests/jobs/test_kills.py`.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import create_engine, event

from portal.extensions import reads_only
from portal.models.scope import OfficeScope, ScopedSession
from tests.benchmarks.planning import fresh
from tests.harness.databases import POSTGRESQL, SQLITE
from tests.proof import household, planners, posting
from tests.proof.director import Place, be_patient
from tests.proof.posting import Posting, Scene
from tests.proof.rule import FIRST, Findings, Rule, at
from tests.proof.talk import Program

KILLS_A_DAY = 5
WITHIN = 0.5
"""Seconds between two kills, at most."""
PARTNERS = 400


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """How large the proof is."""

    planners: int = 4
    dates: int = 10_000
    messages: int = 3000
    kills: int = 50
    seed: int = 1

    @property
    def days(self) -> int:
        """On so many working days planners are killed."""
        return -(-self.kills // KILLS_A_DAY)

    @property
    def scenes(self) -> dict[str, Scene]:
        """What is sent, by its check."""
        size: dict[str, Any] = {"partners": PARTNERS, "notices": self.messages - PARTNERS}
        return {
            "E3 senders and mail server killed": Scene(
                **size, kills=self.kills, smtp_kills=5, lease_seconds=10, stops=True
            ),
            "E4 three senders, nobody killed": Scene(**size),
            "E5 one host ten seconds ahead, leases of three": Scene(**size, lease_seconds=3, ahead_seconds=10),
        }


class Planning:
    """Planners that sweep at once, and die."""

    def __init__(self, plan: Plan, place: Place, rule: Rule) -> None:
        """Start the program; nobody sweeps yet. The rule's session holds no transaction."""
        self.plan, self.place, self.rule = plan, place, rule
        self.chance = Random(plan.seed)
        self.killed = 0
        self.set_day(FIRST)
        place.journal.touch()
        settings = {
            "database_url": place.database_url,
            "folder": str(place.folder),
            "clock": str(place.clock),
            "journal": str(place.journal),
            "port": 0,
            "lease_seconds": 60,
            "planners": plan.planners,
        }
        self.program = Program("tests.proof.planners", settings)

    def set_day(self, day: date) -> None:
        """Set the office's clock to ten in the morning of a day."""
        moment = self.place.clock.with_suffix(".new")
        moment.write_text(at(day).isoformat())
        moment.replace(self.place.clock)

    def _ask(self, line: str) -> None:
        self.killed += len(json.loads(self.program.ask(line)))

    def live(self) -> Findings:
        """Kill on every day; then all are dead, one sweep is made, and what it and the dead planned is compared."""
        day = FIRST
        for _ in range(self.plan.days):
            self.set_day(day)
            self._ask("start")
            for _ in range(KILLS_A_DAY):
                time.sleep(self.chance.uniform(0, WITHIN))
                self._ask(f"kill {self.chance.randrange(self.plan.planners)}")
            time.sleep(self.chance.uniform(0, WITHIN))
            self._ask("stop")
            self.rule.sweep(day)
            day = self.rule.demand.calendar.add_working(day, 1)
        self.program.close()
        went = Counter(self.place.journal.read_bytes())
        begun, ended, failed = (went[mark[0]] for mark in (planners.BEGUN, planners.ENDED, planners.FAILED))
        found = self.rule.found
        figures = {
            "planners at once": self.plan.planners,
            "planners killed": self.killed,
            "their sweeps begun": begun,
            "  ended": ended,
            "  killed in the middle": begun - ended - failed,
            "  refused by the database, to be tried again": failed,
        }
        found.figures = Counter(figures | found.figures)
        return found


def prove_planning(plan: Plan, url: str, folder: Path) -> Findings:
    """Kill planners on an empty database."""
    place = Place(database_url=url, folder=folder)
    engine = create_engine(url)
    event.listen(engine, "connect", be_patient)
    with ScopedSession(bind=engine) as session:
        session.work_for(OfficeScope())
        household.fill(session, plan.dates, seed=plan.seed)
        rule = Rule(session, seed=plan.seed)
        session.rollback()
        found = Planning(plan, place, rule).live()
    engine.dispose()
    return found


def prove_sending(scene: Scene, seed: int, url: str, folder: Path) -> posting.Outcome:
    """Send on an empty database."""
    engine = create_engine(url)
    with ScopedSession(bind=engine) as session:
        session.work_for(OfficeScope())
        posting.fill(session, scene)
    engine.dispose()
    return Posting(Place(database_url=url, folder=folder), scene, seed=seed).run()


def report(database: str, check: str, begun: float, found: Findings | posting.Outcome) -> bool:
    """Print a table; True when there is a fault."""
    word = "as promised" if found.is_clean else "BROKEN"
    sys.stdout.write(f"{database}: {check}, {time.monotonic() - begun:.0f} s: {word}\n{found.table()}\n")
    sys.stdout.flush()
    return not found.is_clean


def one(plan: Plan, database: str, only: str) -> bool:
    """Prove everything on one database, each check on a fresh one; True when there is a fault."""
    works: dict[str, Callable[[str, Path], Findings | posting.Outcome]] = {
        "E2 planners killed": partial(prove_planning, plan)
    }
    works |= {check: partial(prove_sending, scene, plan.seed) for check, scene in plan.scenes.items()}
    faults = False
    for check in (each for each in works if each.startswith(only)):
        begun = time.monotonic()
        with fresh(database) as url, tempfile.TemporaryDirectory(prefix="simpul-proof-") as folder:
            faults |= report(database, check, begun, works[check](url, Path(folder)))
    return faults


def main(words: list[str]) -> int:
    """Prove on the databases asked for, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=[SQLITE, POSTGRESQL, "both"], default="both")
    parser.add_argument("--only", choices=["E2", "E3", "E4", "E5"], default="")
    usual = Plan()
    for name in ("planners", "dates", "messages", "kills", "seed"):
        parser.add_argument(f"--{name}", type=int, default=getattr(usual, name))
    asked = parser.parse_args(words)
    plan = Plan(**{name: value for name, value in vars(asked).items() if name not in {"database", "only"}})
    before = reads_only.set(False)
    kinds = [SQLITE, POSTGRESQL] if asked.database == "both" else [asked.database]
    faults = [one(plan, kind, asked.only) for kind in kinds]
    reads_only.reset(before)
    return int(any(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
