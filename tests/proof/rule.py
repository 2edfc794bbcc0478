"""SQL plans what the pure rule says: `python -m tests.proof.rule [--database both] [--obligations 10000] [--days 400]`.

The office's days pass one by one, some without a sweep; every new reminder is compared with the pure rule, and every
tenth day is planned a second time from nothing. Before that, windows are compared with the rule for one date.
"""

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

from sqlalchemy import create_engine, delete, text, update
from sqlalchemy.orm import Session

from portal.domain.calendar import WorkingCalendar
from portal.domain.reminder import Channel, ReminderStage, reached_step, windows
from portal.extensions import reads_only
from portal.models import Reminder, SweepLog
from portal.models.scope import OfficeScope, ScopedSession
from portal.services import reminders
from tests.benchmarks.planning import fresh
from tests.harness.databases import POSTGRESQL, SQLITE
from tests.proof import household
from tests.proof.demand import Demand, Key, key_of, planned

FIRST = date(2026, 1, 5)
"""A Monday."""
UNSENT = (ReminderStage.PLANNED, ReminderStage.HELD)
PAUSES = 0.1
"""On so many of the days a pause begins in which nobody sweeps."""
LONGEST_PAUSE = 5
SENDS = 0.6
"""On so many of the days all that is planned is sent."""
COLD_EVERY = 10
COUNTED_EVERY = 25


@dataclass(kw_only=True)
class Findings:
    """Figures, and what differs."""

    figures: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(
        default_factory=lambda: {"missing": [], "extra": [], "doubled": [], "not waiting to be sent": []}
    )

    @property
    def is_clean(self) -> bool:
        """Whether nothing differs."""
        return not any(self.faults.values())

    def table(self) -> str:
        """The report."""
        lines = [f"  {name:52} {count:>10,}" for name, count in self.figures.items()]
        lines += [f"  {name:52} {len(found):>10,}" for name, found in self.faults.items()]
        lines += [f"    {name}: {each}" for name, found in self.faults.items() for each in found[:5]]
        return "\n".join(lines)

    def compare(self, today: date, expected: dict, rows: list) -> None:
        """Compare rows with what was to be planned on a day, roles included."""
        found = {(key_of(row), row.audience) for row in rows}
        wanted = set(expected.items())
        self.faults["missing"] += [f"{today} {each}" for each in wanted - found]
        self.faults["extra"] += [f"{today} {each}" for each in found - wanted]
        self.faults["doubled"] += [f"{today} {each}" for each, n in Counter(map(key_of, rows)).items() if n > 1]


def at(day: date) -> datetime:
    """Ten in the morning in Jakarta."""
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


class Rule:
    """The days of a house, and what was planned on them."""

    def __init__(self, session: Session, *, seed: int) -> None:
        """Begin with a house in which nothing is planned yet."""
        self.session, self.chance = session, Random(seed)
        self.demand = Demand(session)
        self.seen: set[Key] = set()
        self.sent: set[Key] = set()
        self.found = Findings()
        self.before: date | None = None
        self.last_id = 0

    def live(self, first: date, days: int) -> None:
        """Live through the days."""
        back_at = 0
        for number in range(days):
            today = first + timedelta(days=number)
            self.found.figures["days"] += 1
            if number >= back_at and self.chance.random() < PAUSES:
                back_at = number + 1 + self.chance.randrange(LONGEST_PAUSE)
            if number % COUNTED_EVERY == 1:
                self.look_after()
            if number >= back_at:
                self.sweep(today)
            if number % COLD_EVERY == 0:
                self.cold(today)

    def look_after(self) -> None:
        """Do what a server of PostgreSQL does by itself, and the one for tests does not: count its rows."""
        if self.session.get_bind().dialect.name == POSTGRESQL:
            self.session.execute(text("ANALYZE"))
            self.session.commit()

    def sweep(self, today: date) -> None:
        """Plan a day, compare what is new, and perhaps send it."""
        reminders.sweep(self.session, now=at(today), calendar=self.demand.calendar)
        rows = planned(self.session, after=self.last_id)
        told = self.demand.told(today)
        missed = self.demand.missed(self.before, today) if self.before else {}
        expected = {key: role for key, role in (missed | told).items() if key not in self.seen}
        self.found.compare(today, expected, rows)
        self.found.figures["sweeps"] += 1
        self.found.figures["reminders planned"] += len(rows)
        self.found.figures["  of these told too late and written down as missed"] += sum(
            row.end_reason == "missed" for row in rows
        )
        self.found.figures["  of these for the bell"] += sum(row.channel is Channel.BELL for row in rows)
        self.seen |= expected.keys()
        self.before, self.last_id = today, max([self.last_id, *(row.id for row in rows)])
        self._look_at_waiting(today, {key for key in told if key[-1] is Channel.MAIL})
        self.session.commit()

    def _look_at_waiting(self, today: date, told: set[Key]) -> None:
        """What is told today and was not sent waits, whatever became of its row meanwhile."""
        rows = self.session.execute(Reminder.__table__.select().where(Reminder.stage.in_(UNSENT))).all()
        waiting = {key_of(row) for row in rows}
        self.found.faults["not waiting to be sent"] += [f"{today} {key}" for key in told - self.sent - waiting]
        if self.chance.random() < SENDS:
            values = {"stage": ReminderStage.SENT, "ended_at": at(today)}
            self.session.execute(update(Reminder).where(Reminder.stage.in_(UNSENT)).values(**values))
            self.sent |= waiting

    def cold(self, today: date) -> None:
        """Plan a day as if nothing had ever been planned, and forget it."""
        self.session.execute(delete(Reminder))
        self.session.execute(delete(SweepLog))
        reminders.sweep(self.session, now=at(today), calendar=self.demand.calendar)
        rows = planned(self.session)
        self.found.compare(today, self.demand.told(today), rows)
        self.found.figures["days planned from nothing"] += 1
        self.found.figures["reminders planned from nothing"] += len(rows)
        self.session.rollback()


def compare_windows(count: int, *, seed: int) -> Findings:
    """Compare windows with the rule for one date, so many times by chance."""
    chance, found = Random(seed), Findings()
    for _ in range(count):
        today = date(2026, 1, 1) + timedelta(days=chance.randrange(1000))
        free = {today + timedelta(days=chance.randrange(-150, 150)) for _ in range(chance.randrange(60))}
        calendar = WorkingCalendar(holidays=frozenset(free), years=frozenset(range(2024, 2031)))
        steps = chance.sample(range(-180, 85), chance.randrange(1, 15))
        target = today + timedelta(days=chance.randrange(-140, 200))
        told = [each.step for each in windows(today, steps, calendar) if each.first_on <= target <= each.last_on]
        step = reached_step(target, steps, today, calendar)
        found.figures["windows by chance"] += 1
        found.figures["  in which a step has come"] += step is not None
        if told != ([] if step is None else [step]):
            found.faults["extra"].append(f"{today} {target} {steps}: {told} instead of {step}")
    return found


def prove(url: str, *, obligations: int, days: int, seed: int) -> Findings:
    """Fill a database and live through its days."""
    before, engine = reads_only.set(False), create_engine(url)
    try:
        with ScopedSession(bind=engine) as session:
            session.work_for(OfficeScope())
            household.fill(session, obligations, seed=seed)
            rule = Rule(session, seed=seed)
            rule.live(FIRST, days)
            return rule.found
    finally:
        engine.dispose()
        reads_only.reset(before)


def main(words: list[str]) -> int:
    """Print the figures of each database; 1 when anything differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=[SQLITE, POSTGRESQL, "both"], default="both")
    parser.add_argument("--obligations", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=400)
    parser.add_argument("--windows", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(words)
    found = compare_windows(asked.windows, seed=asked.seed)
    sys.stdout.write(f"the rule alone\n{found.table()}\n")
    faults = not found.is_clean
    for kind in [SQLITE, POSTGRESQL] if asked.database == "both" else [asked.database]:
        begun = time.monotonic()
        with fresh(kind) as url:
            found = prove(url, obligations=asked.obligations, days=asked.days, seed=asked.seed)
        word = "SQL is the rule" if found.is_clean else "DIFFERENT"
        sys.stdout.write(f"{kind}: {asked.obligations:,} dates in {time.monotonic() - begun:.0f} s: {word}\n")
        sys.stdout.write(f"{found.table()}\n")
        sys.stdout.flush()
        faults |= not found.is_clean
    return int(faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
