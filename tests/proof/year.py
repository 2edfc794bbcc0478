"""Exactly once, proved: `python -m tests.proof.year [--database both] [--kills 200] [--seed 1]`.

Real workers, one of them ten seconds ahead, and a real mail server, all of them killed at random moments, live through
a year of the office while people fulfil, waive, move, send, return and hand over. Then every reminder is accounted for.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import create_engine, event, text

from portal.domain.dates import local_instant
from portal.domain.organisation import Zone
from portal.extensions import reads_only
from portal.models.scope import OfficeScope, ScopedSession
from portal.queries import calendar_days
from tests.benchmarks.planning import fresh
from tests.harness.databases import POSTGRESQL, SQLITE
from tests.harness.source import ROOT
from tests.proof import world as worlds
from tests.proof.book import Book
from tests.proof.director import Director, Place, be_patient
from tests.proof.verdict import Verdict, judge

FIRST = date(2026, 1, 5)
"""A Monday."""
SPREAD = 60
"""The dates lie in so many days at least."""
ANALYZED = 5
"""After so many days each PostgreSQL counts its rows."""
REPORTED = 10
"""After so many days each a line is printed."""
WITHIN = 0.4
"""Kills fall into the first moments of sweeping and of sending."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """How large a proof is."""

    duties: int = 2000
    days: int = 240
    kills: int = 200
    workers: int = 3
    acts: int = 8
    seed: int = 1
    minutes: int = 600
    """No further day begins after so long."""
    outage_at: int = 100
    outage_days: int = 5
    jumps: tuple[int, ...] = (40, 41, 150, 201)
    """After which days the clock jumps a day ahead and comes back."""

    def scaled(self) -> "Plan":
        """The same with outage and jumps at the like places of fewer days."""
        usual = Plan()
        jumps = tuple(sorted({day * self.days // usual.days for day in usual.jumps}))
        return replace(self, outage_at=usual.outage_at * self.days // usual.days, jumps=jumps)


class Year:
    """One proof on one database."""

    def __init__(self, plan: Plan, database_url: str, folder: Path) -> None:
        """Fill the database and start the processes."""
        self.plan = plan
        self.engine = create_engine(database_url)
        event.listen(self.engine, "connect", be_patient)
        with ScopedSession(bind=self.engine) as session:
            session.work_for(OfficeScope())
            spread = max(plan.days * 7 // 5, SPREAD)
            world = worlds.fill(session, duties=plan.duties, first_on=FIRST, days=spread, seed=plan.seed)
            self.book = Book(world, calendar_days.working_calendar(session))
            session.rollback()
        place = Place(database_url=database_url, folder=folder)
        place.clock.write_text(local_instant(FIRST, 0, Zone.WIB).isoformat())
        self.director = Director(place, self.engine, self.book, workers=plan.workers, seed=plan.seed)
        self.is_away = False
        self.month = 0
        self.begun = time.monotonic()
        self.lived = 0

    def working_days(self) -> Iterator[date]:
        """The days of the proof."""
        day = FIRST
        for _ in range(self.plan.days):
            if time.monotonic() - self.begun > self.plan.minutes * 60:
                return
            self.lived += 1
            yield day
            day = self.book.calendar.next_working(day + timedelta(days=1))

    def run(self) -> None:
        """Live through all days, and one more in which nothing is killed."""
        for number, day in enumerate(self.working_days()):
            if number <= 1 or number % ANALYZED == 0:
                self.look_after()
            self.director.at(day, 0)
            self._begin_or_end_outage(number)
            self.night(day, number)
            self.morning(day, number)
            if number in self.plan.jumps and not self.is_away:
                self.jump(day)
            if self.lived % REPORTED == 0:
                self.tell()
        self.book_last(day)
        self.tell()

    def look_after(self) -> None:
        """Do what a server of PostgreSQL does by itself, and the one for tests does not: count its rows."""
        if self.engine.dialect.name == POSTGRESQL:
            with self.engine.begin() as connection:
                connection.execute(text("ANALYZE"))

    def tell(self) -> None:
        """Print how far it is, and where the seconds of the proof went."""
        director = self.director
        took = time.monotonic() - self.begun
        parts = ", ".join(f"{name} {spent:.0f}" for name, spent in sorted(director.seconds.items()))
        sys.stderr.write(
            f"{self.engine.dialect.name}: {self.lived} of {self.plan.days} days, {director.kills.total()} kills,"
            f" {director.acts.total()} acts, {took:.0f} s ({parts})\n"
        )

    def _begin_or_end_outage(self, number: int) -> None:
        if number == self.plan.outage_at:
            self.director.stop()
            self.is_away = True
        if number == self.plan.outage_at + self.plan.outage_days:
            self.director.start()
            self.is_away = False

    def _kills_until(self, number: int) -> int:
        """How many kills there should have been by the end of a day."""
        return self.plan.kills * (number + 1) // self.plan.days

    def _kill(self, number: int, *, all_of_it: bool) -> None:
        due = self._kills_until(number) - self.director.kills.total()
        for _ in range(due if all_of_it else (due + 1) // 2):
            if not self.is_away:
                self.director.kill(WITHIN)

    def night(self, day: date, number: int) -> None:
        """Midnight has passed: the sweeps; then people act between plan and mail."""
        director, since = self.director, time.time()
        if not self.is_away:
            self._kill(number, all_of_it=False)
            director.wait(lambda: director.unswept(day), "sweeping")
            if day.month != self.month:
                # The days of renewals are counted anew, perhaps after the sweep: either plan is right.
                self.book.demand(day, is_certain=False)
                director.wait(lambda: director.unextended(day), "extending")
                director.reread(since)
                self.book.demand(day, [s for s in self.book.subjects.values() if not s.is_counted], is_certain=True)
                self.book.demand(day, is_certain=False)
                self.month = day.month
            else:
                self.book.demand(day, is_certain=True)
            director.release()
        for _ in range(self.plan.acts // 2):
            director.act(day)

    def morning(self, day: date, number: int) -> None:
        """Mails leave from 08.00 in each zone, while people act and processes die."""
        director = self.director
        for hour in (6, 8) if number % 5 == 0 else (8,):
            director.at(day, hour)
            for _ in range(self.plan.acts // 4):
                director.act(day)
            self._kill(number, all_of_it=True)
            if not self.is_away:
                director.settle()

    def jump(self, day: date) -> None:
        """The office's clock shows the next day for a while."""
        director, wrong = self.director, day + timedelta(days=1)
        right = director.now
        director.at(wrong, 0)
        director.wait(lambda: director.unswept(wrong), "sweeping")
        self.book.demand(wrong, is_certain=False)
        director.set_clock(right + timedelta(hours=1))
        time.sleep(1)
        director.settle()

    def book_last(self, day: date) -> None:
        """One more day, so that whatever waited leaves."""
        self.is_away = False
        last = self.book.calendar.next_working(day + timedelta(days=1))
        director = self.director
        director.at(last, 0)
        director.wait(lambda: director.unswept(last), "sweeping")
        self.book.demand(last, is_certain=last.month == self.month)
        director.release()
        director.at(last, 10)
        director.settle()

    def verdict(self) -> Verdict:
        """Account for everything."""
        self.director.close()
        with ScopedSession(bind=self.engine) as session:
            session.work_for(OfficeScope())
            journal, kills = self.director.place.journal, self.director.kills.total()
            found = judge(session, self.book, journal, self.director.dead, kills)
        self.engine.dispose()
        acts = {f"people: {name}": count for name, count in sorted(self.director.acts.items())}
        killed = {f"killed: {name}": count for name, count in sorted(self.director.kills.items())}
        found.figures = {"working days": self.lived} | killed | acts | found.figures
        return found


def prove(plan: Plan, database_url: str, folder: Path) -> Verdict:
    """Run one proof."""
    before = reads_only.set(False)
    year = Year(plan, database_url, folder)
    reads_only.set(database_url.startswith("sqlite"))
    try:
        year.run()
    finally:
        found = year.verdict()
        reads_only.reset(before)
    return found


def one(plan: Plan, database: str) -> int:
    """Prove on one database and print the table."""
    begun = time.monotonic()
    with fresh(database) as url, tempfile.TemporaryDirectory(prefix="simpul-proof-") as folder:
        found = prove(plan, url, Path(folder))
    took = time.monotonic() - begun
    word = "exactly once" if found.is_clean else "BROKEN"
    sys.stdout.write(f"{database}, {plan.duties} duties, {took:.0f} s: {word}\n{found.table()}\n")
    sys.stdout.flush()
    return 0 if found.is_clean else 1


def main(words: list[str]) -> int:
    """Prove on the databases asked for, both at once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=[SQLITE, POSTGRESQL, "both"], default="both")
    usual = Plan()
    for name in ("duties", "days", "kills", "seed", "workers", "acts", "minutes"):
        parser.add_argument(f"--{name}", type=int, default=getattr(usual, name))
    asked = parser.parse_args(words)
    plan = Plan(**{name: value for name, value in vars(asked).items() if name != "database"}).scaled()
    if asked.database != "both":
        return one(plan, asked.database)
    command = [sys.executable, "-m", "tests.proof.year", *words]
    running = [subprocess.Popen([*command, "--database", kind], cwd=ROOT) for kind in (SQLITE, POSTGRESQL)]
    return max(process.wait() for process in running)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
