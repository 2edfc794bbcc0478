"""Leads a proof: sets the office's clock, lets people act, kills at random moments, and waits until all is quiet."""

import json
import os
import socket
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Engine, bindparam, text

from portal.domain.dates import local_instant
from portal.domain.organisation import Zone
from portal.domain.reminder import RULES, SubjectKind
from portal.models.base import UtcDateTime
from portal.models.scope import OfficeScope, ScopedSession
from tests.proof import world as worlds
from tests.proof.book import Book
from tests.proof.dead import Dead
from tests.proof.office import AHEAD, Leave
from tests.proof.talk import Program, Talk
from tests.proof.world import Duty

PATIENCE = 120
"""Seconds without any change after which something hangs."""
BUSY_MS = 60_000
"""So long the proof itself waits for SQLite's lock; the portal's own limit is left as it is."""
POLL = 0.05
LAST_RETRY = timedelta(hours=6)
"""Tries are followed until so long after the morning's mails; the rest leaves on the next day."""
NEAR_DAYS = 25
SLOTS = text("SELECT count(*) FROM job_run WHERE name = 'remind' AND slot IN (:wib, :wita, :wit)")
EXTENDED = text("SELECT count(*) FROM job_run WHERE name = 'extend' AND slot = :slot")
UNSENT = text(
    "SELECT (SELECT count(*) FROM message WHERE stage = 'leased' OR (stage = 'pending' AND next_try_at <= :now"
    " AND not_before <= :now)) + (SELECT count(*) FROM reminder WHERE stage = 'planned' AND message_id IS NULL"
    " AND channel = 'mail')"
).bindparams(bindparam("now", type_=UtcDateTime()))
"""What is on its way, and what a worker may take up at any moment."""
NEXT_TRY = text("SELECT min(next_try_at) FROM message WHERE stage = 'pending' AND tries > 0")
HELD = text("SELECT count(*) FROM reminder WHERE stage = 'held'")
STATE = (
    text(
        "SELECT id, stage, template, slot, tries, next_try_at, lease_by, lease_until, last_error FROM message"
        " WHERE stage IN ('leased', 'pending') ORDER BY next_try_at LIMIT 10"
    ),
    text(
        "SELECT id, subject_kind, subject_id, target_on, step, account_id, planned_on FROM reminder"
        " WHERE stage = 'planned' AND message_id IS NULL AND channel = 'mail' LIMIT 10"
    ),
    text("SELECT name, slot, outcome, detail FROM job_run WHERE outcome <> 'ok' ORDER BY id DESC LIMIT 5"),
)
"""What tells why nothing moves."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a proof runs."""

    database_url: str
    folder: Path

    @property
    def clock(self) -> Path:
        """The file with the office's time."""
        return self.folder / "clock"

    @property
    def journal(self) -> Path:
        """What the mail server took, a line each."""
        return self.folder / "journal"


def free_port() -> int:
    """A port of loopback that nobody holds now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def be_patient(connection: Any, record: object) -> None:
    """Let a connection of the proof wait for SQLite's lock; for the event "connect" of an engine."""
    del record
    if isinstance(connection, sqlite3.Connection):
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")


class Director:
    """The proof's hands: clock, kills, people, and the book of what they did."""

    def __init__(self, place: Place, engine: Engine, book: Book, *, workers: int, seed: int) -> None:
        """Start the processes at the book's first day; the clock stands already."""
        self.place, self.engine, self.book, self.workers = place, engine, book, workers
        self.chance = Random(seed)
        self.kills: Counter[str] = Counter()
        self.dead = Dead(engine)
        self.acts: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()
        """Where the proof's own time goes."""
        self.now = datetime.fromisoformat(place.clock.read_text())
        book.office.clock.append((time.time(), self.now))
        settings = {
            "database_url": place.database_url,
            "folder": str(place.folder),
            "clock": str(place.clock),
            "journal": str(place.journal),
            "port": free_port(),
            "lease_seconds": 60,
            "workers": workers,
        }
        (heard, ear), (mouth, said) = os.pipe(), os.pipe()
        self.keeper = Program("tests.proof.keeper", settings | {"heard": heard, "said": said}, (heard, said))
        self.people = Talk("people", os.fdopen(ear, "w"), os.fdopen(mouth))
        self.sent: dict[int, int] = {}
        """Reports that wait for the office, by occurrence."""

    def close(self) -> None:
        """End all processes."""
        self.people.close()
        self.keeper.close()

    # the clock

    def set_clock(self, moment: datetime) -> None:
        """Set the office's clock for all processes at once."""
        self.now = moment
        self.book.office.clock.append((time.time(), moment))
        self.wake()

    def wake(self) -> None:
        """Let every worker look at the clock now."""
        fresh = self.place.clock.with_suffix(".new")
        fresh.write_text(self.now.isoformat())
        fresh.replace(self.place.clock)

    def at(self, day: date, hour: int, minute: int = 5) -> None:
        """Set it to an hour in Jakarta."""
        self.set_clock(local_instant(day, hour, Zone.WIB) + timedelta(minutes=minute))

    # looking

    def read(self, statement: Any, **values: Any) -> Any:
        """One value of the database."""
        with ScopedSession(bind=self.engine) as session:
            session.work_for(OfficeScope())
            return session.execute(statement, values).scalar_one()

    def wait(self, left: Callable[[], int], what: str) -> None:
        """Look until nothing is left; raise with the state of things when nothing has moved for too long."""
        begun = moved = time.monotonic()
        before = None
        self.wake()
        while (now := left()) > 0:
            if now != before:
                before, moved = now, time.monotonic()
            if time.monotonic() - moved > PATIENCE:
                self.keeper.ask("look")
                raise RuntimeError(f"{what} on {self.now}: {now} left for {PATIENCE} s\n{self.state()}")
            time.sleep(POLL)
        self.seconds[what] += time.monotonic() - begun

    def state(self) -> str:
        """What lies in the database that keeps everybody waiting."""
        with ScopedSession(bind=self.engine) as session:
            session.work_for(OfficeScope())
            return "\n".join(str(tuple(row)) for statement in STATE for row in session.execute(statement))

    def unswept(self, day: date) -> int:
        """How many sweeps of the three zones are not made yet."""
        names = {zone.value.lower(): f"{zone.value} {day.isoformat()}" for zone in Zone}
        return len(Zone) - int(self.read(SLOTS, **names))

    def unextended(self, day: date) -> int:
        """Whether the job of the month is to be run yet."""
        return 1 - int(self.read(EXTENDED, slot=f"{day:%Y-%m}"))

    def unsent(self) -> int:
        """How much is due, also on the host that is ahead, or on its way."""
        return int(self.read(UNSENT, now=self.now + AHEAD))

    def settle(self) -> None:
        """Wait until nothing is due; let the clock go on to the next try of what the mail server did not take."""
        limit = self.now + LAST_RETRY
        while True:
            self.wait(self.unsent, "sending")
            following = self.read(NEXT_TRY)
            if following is None:
                return
            moment = datetime.fromisoformat(str(following))
            moment = moment.replace(tzinfo=self.now.tzinfo) if moment.tzinfo is None else moment
            if moment > limit:
                return
            self.set_clock(max(moment, self.now) + timedelta(seconds=1))

    # killing

    def kill(self, within: float) -> None:
        """Kill somebody at a random moment within so many seconds."""
        begun = time.monotonic()
        self.wake()
        time.sleep(self.chance.uniform(0, within))
        name = "smtp" if self.chance.random() < 0.15 else str(self.chance.randrange(self.workers))
        answer = self.keeper.ask(f"kill {name}")
        if name == "smtp":
            self.dead.bury_server()
        else:
            self._bury(answer)
        self.kills["smtp" if name == "smtp" else "worker"] += 1
        self.seconds["killing"] += time.monotonic() - begun

    def _bury(self, answer: str) -> None:
        """Let the leases of the dead run out at once, as they would have while nobody watched."""
        for number in json.loads(answer):
            self.dead.bury_worker(number, lease_ends=True)

    def stop(self) -> None:
        """Let no worker run."""
        self._bury(self.keeper.ask("stop"))
        self.kills["worker"] += self.workers

    def start(self) -> None:
        """Let all workers run again."""
        self.keeper.ask("start")

    # acting

    def do(self, name: str, **act: Any) -> dict[str, Any]:
        """Let people do something; return what came of it."""
        self.acts[name] += 1
        begun = time.monotonic()
        answer: dict[str, Any] = json.loads(self.people.ask(json.dumps({"do": name, **act})))
        self.seconds["acting"] += time.monotonic() - begun
        if answer["again"]:
            self.acts["done again after a deadlock"] += answer["again"]
        return answer

    def release(self) -> int:
        """Let go what the brake holds, as people would; return how much it was."""
        held: int = self.read(HELD)
        return self.do("release")["count"] if held else 0

    def act(self, today: date) -> None:
        """One random act of people, written into the book."""
        waiting = sorted(self.sent)
        if waiting and self.chance.random() < 0.4:
            self._decide(self.chance.choice(waiting), today)
            return
        for chance, change in ((0.06, self._hand_over), (0.05, self._leave), (0.02, self._return), (0.01, self._edit)):
            if self.chance.random() < chance:
                change(today)
                return
        duty = self._choose(today)
        if duty is None:
            return
        roll = self.chance.random()
        subject = self.book.of_duty(duty)
        if roll < 0.25 and subject.target_on is not None:
            self._move(duty, today)
        elif roll < 0.35:
            self._end(duty, self.do("waive", id=duty.id), today)
        elif not duty.is_reported or duty.debtor is None:
            self._end(duty, self.do("meet", id=duty.id), today)
        else:
            self._send(duty, today)

    def _choose(self, today: date) -> Duty | None:
        """A duty that is open and near its date, or late."""
        near = [
            duty
            for duty in self.book.world.duties
            if (target_on := self.book.open_date(duty)) is not None and (target_on - today).days < NEAR_DAYS
        ]
        return self.chance.choice(near) if near else None

    def _replanned(self, paper: int, today: date, *, is_certain: bool = True) -> None:
        """The portal plans an agreement anew with the change; a partner's report alone leaves that to the sweep."""
        self.book.demand(today, self.book.of_paper[paper], is_certain=is_certain)

    def _move(self, duty: Duty, today: date) -> None:
        to = today + timedelta(days=self.chance.randrange(2, 60))
        now = self.book.of_duty(duty).target_on
        # Only a later date can be granted; any other is a change of the schedule.
        name = "extend" if now and to > now and self.chance.random() < 0.5 else "move"
        answer = self.do(name, id=duty.id, to=to.isoformat())
        subject = self.book.of_duty(duty)
        due_on = date.fromisoformat(answer["due_on"])
        if due_on != subject.target_on:
            subject.become(due_on, begun=answer["begun"], ended=answer["ended"])
        self._replanned(duty.paper.id, today)

    def _end(self, duty: Duty, answer: dict[str, Any], today: date) -> None:
        for subject in self.book.all_of(duty):
            subject.become(None, begun=answer["begun"], ended=answer["ended"])
        self._replanned(duty.paper.id, today, is_certain="report" not in answer)

    def _send(self, duty: Duty, today: date) -> None:
        answer = self.do("send", id=duty.id, writer=self.book.world.writers[duty.debtor])
        self.sent[duty.id] = answer["report"]
        self._end(duty, answer, today)

    def _decide(self, occurrence: int, today: date) -> None:
        report, duty = self.sent.pop(occurrence), self.book.duty(occurrence)
        if self.chance.random() < 0.6:
            self.do("accept", report=report)
            self._replanned(duty.paper.id, today)
            return
        answer = self.do("send_back", report=report)
        subject = self.book.fix(report, duty)
        due_on = date.fromisoformat(answer["fix_due_on"])
        subject.become(due_on, begun=answer["begun"], ended=answer["ended"])
        self._replanned(duty.paper.id, today)

    def _hand_over(self, today: date) -> None:
        paper = self.chance.choice(self.book.world.papers)
        officer = self.chance.choice(self.book.world.officers)
        answer = self.do("hand_over", id=paper.id, officer=officer)
        self.book.hand_over(paper, officer, begun=answer["begun"], ended=answer["ended"])
        self._replanned(paper.id, today)

    def _leave(self, today: date) -> None:
        """Somebody of the office will be away, mostly with a deputy; who hears instead is planned by the next sweep."""
        office = self.book.office
        first_on = today + timedelta(days=self.chance.randrange(4))
        last_on = first_on + timedelta(days=self.chance.randrange(12))
        account, deputy = self.chance.sample(office.staff, 2)
        if not office.is_free(account, first_on, last_on):
            return
        leave = Leave(id=0, account=account, deputy=deputy, starts_on=first_on, ends_on=last_on)
        leave.deputy = deputy if self.chance.random() < 0.8 else None
        span = {"first_on": first_on.isoformat(), "last_on": last_on.isoformat()}
        answer = self.do("leave", account=account, deputy=leave.deputy, **span)
        leave.id, leave.recorded = answer["absence"], (answer["begun"], answer["ended"])
        office.leaves.append(leave)
        self.book.demand(today, is_certain=False)

    def _return(self, today: date) -> None:
        """Somebody comes back early, or does not go at all."""
        going = [each for each in self.book.office.leaves if each.ends_on >= today and not each.is_withdrawn]
        if going:
            leave = self.chance.choice(going)
            answer = self.do("come_back", absence=leave.id)
            leave.withdrawn = (answer["begun"], answer["ended"])
            self.book.demand(today, is_certain=False)

    def _edit(self, today: date) -> None:
        """Take a rung out of a ladder, or put it back; what is new is planned by the next sweep."""
        rule = self.chance.choice(RULES)
        rules = self.book.change_rule(rule)
        rungs = [(each.step, each.audience.value) for each in rules]
        self.do("edit_ladder", kind=rule.kind.value, rungs=rungs)
        self.book.demand(today, is_certain=False)

    def reread(self, since: float) -> None:
        """Take in the days of renewals that the portal has counted anew."""
        with ScopedSession(bind=self.engine) as session:
            session.work_for(OfficeScope())
            for paper in self.book.world.papers:
                found = worlds.dates_of(session, paper.id)
                for kind in (SubjectKind.NOTICE, SubjectKind.RENEWAL_START):
                    self.book.keep(paper, kind, found.get(kind), begun=since, ended=time.time())
