"""Keeps workers and a mail server running that a proof kills. Makes the application once, then forks.

Lines on its input: `kill 2` (a worker dies by signal 9 and is followed by another), `kill smtp`, `stop` (all workers
die), `start`, `look` (everybody prints where it is). The answer is the numbers of the dead. The end of the input ends
all. Started with settings as JSON. If they name two open files, `heard` and `said`, people act in their own process.
"""

import asyncio
import faulthandler
import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

from aiosmtpd.smtp import SMTP
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal import clock
from portal.app import create_app
from portal.config import Config, Smtp
from portal.domain.dates import office_date
from portal.domain.reminder import ReminderStage
from portal.extensions import db
from portal.jobs import runner, worker
from portal.mail.compose import Letterhead
from portal.models import Absence, Account, Reminder
from portal.queries import calendar_days
from portal.services import digests, filling, outbox, reminders
from portal.services.filling import Desk
from tests.proof import people
from tests.proof.office import AHEAD, told

GLANCE = 0.01
"""Seconds between two looks at the clock."""
PAUSE = 5.0
"""A worker ticks when the clock is touched, and after so many seconds in any case."""
APART = 0.3
"""Workers are not all started in the same moment."""
LINGER = 0.006
"""So many seconds at most lie between the mail on the disk and the word that it is taken."""


def application(given: dict) -> Flask:
    """The portal on the proof's database and mail server."""
    return create_app(
        Config(
            database_url=given["database_url"],
            files_dir=Path(given["folder"]),
            secret_key="kunci-untuk-pengujian-" + "x" * 32,
            base_url="http://localhost",
            smtp=Smtp(host="127.0.0.1", port=given["port"], tls="none"),
            testing=True,
            lease_seconds=given["lease_seconds"],
        )
    )


def warm(app: Flask, now: datetime) -> None:
    """Compile what planning and sending need before the forks, leaving nothing behind."""
    with runner.transaction(app, keep=False) as session:
        _live(session, app, now)
        person = session.scalars(select(Account).order_by(Account.id)).first()
        days = {"starts_on": office_date(now), "ends_on": office_date(now) + timedelta(days=30)}
        session.add(Absence(account_id=person.id, recorded_at=now, **days))
        _live(session, app, now + timedelta(days=2))
    with app.app_context():
        db.engine.dispose()


def _live(session: Session, app: Flask, now: datetime) -> None:
    """Plan one day, and send its mails without a server."""
    morning = now + timedelta(hours=9)
    letterhead = Letterhead.of(app.config["SETTINGS"])
    reminders.sweep(session, now=now)
    session.execute(update(Reminder).values(stage=ReminderStage.PLANNED))
    calendar = calendar_days.working_calendar(session)
    digests.gather(session, now=morning, calendar=calendar)
    desk = Desk(worker="warm", letterhead=letterhead, now=morning, calendar=calendar)
    leased = outbox.claim(session, worker="warm", lease=AHEAD, now=morning)
    for mail in filling.prepare(session, leased, desk=desk):
        outbox.mark_sent(session, mail.id, worker="warm", now=morning, forget_secrets=False)


def work(app: Flask, place: Path, ahead: timedelta) -> None:
    """Be a worker for ever, by the time in the file."""
    faulthandler.register(signal.SIGUSR1, all_threads=True)
    ticker = worker.Ticker(app)
    while True:
        touched = place.stat().st_mtime_ns
        clock.set_fixed(told(place) + ahead)
        ticker.tick()
        ready = time.monotonic() + PAUSE
        while place.stat().st_mtime_ns == touched and time.monotonic() < ready:
            time.sleep(GLANCE)


class Post:
    """Takes every mail: writes it down for good, then says so, sometimes only after a moment."""

    def __init__(self, journal: Path, place: Path) -> None:
        """Continue the journal after whatever a dead server left there."""
        self.place = place
        self.file = journal.open("ab")
        self.file.write(b"\n")

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (the library looks for this name)
        """Take one mail."""
        mail = message_from_bytes(envelope.original_content, policy=policy.default)
        line = {
            "at": time.time(),
            "office": told(self.place).isoformat(),
            "to": envelope.rcpt_tos[0],
            "id": str(mail["Message-ID"]),
            "subject": str(mail["Subject"]),
            "text": mail.get_body(("plain",)).get_content(),
        }
        self.file.write(json.dumps(line).encode() + b"\n")
        self.file.flush()
        os.fsync(self.file.fileno())
        await asyncio.sleep(random.uniform(0, LINGER))
        return "250 2.0.0 OK"


def serve(given: dict) -> None:
    """Be the mail server for ever."""
    post = Post(Path(given["journal"]), Path(given["clock"]))

    async def listen() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(post), "127.0.0.1", given["port"])
        await server.serve_forever()

    asyncio.run(listen())


def fork(become: Callable[[], None]) -> int:
    """Start one process and return its number in the system."""
    child = os.fork()
    if child:
        return child
    try:
        become()
    except Exception:  # noqa: BLE001 (whatever it is must be seen)
        traceback.print_exc()
    finally:
        os._exit(1)


def end(child: int) -> None:
    """Kill a process and wait for its end."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


class Keeper:
    """The processes by name."""

    def __init__(self, given: dict) -> None:
        """Make the application; nothing runs yet."""
        self.given = given
        self.app = application(given)
        self.place = Path(given["clock"])
        warm(self.app, told(self.place))
        self.running: dict[str, int] = {}
        """Workers and the mail server by name."""
        self.people = fork(lambda: people.serve(self.app, given)) if "heard" in given else None

    def begin(self, name: str) -> None:
        """Start a worker or the mail server."""
        if name == "smtp":
            self.running[name] = fork(lambda: serve(self.given))
        else:
            ahead = AHEAD if name == "0" else timedelta(0)
            self.running[name] = fork(lambda: work(self.app, self.place, ahead))

    def do(self, words: list[str]) -> list[int]:
        """Do what one line says; return the numbers of the dead."""
        if words[0] == "look":
            for child in self.running.values():
                os.kill(child, signal.SIGUSR1)
            time.sleep(1)
            return []
        names = words[1:] or [str(number) for number in range(self.given["workers"])]
        dead = [self.running.pop(name) for name in names if words[0] != "start"]
        for child in dead:
            end(child)
        if words[0] != "stop":
            for name in names:
                self.begin(name)
                time.sleep(APART if words[0] == "start" else 0)
        return dead

    def close(self) -> None:
        """End all."""
        for child in [*self.running.values(), *filter(None, [self.people])]:
            end(child)


def main(words: list[str]) -> None:
    """Do what the input says until it ends."""
    keeper = Keeper(json.loads(words[0]))
    keeper.begin("smtp")
    keeper.do(["start"])
    for line in sys.stdin:
        dead = keeper.do(line.split())
        sys.stdout.write(json.dumps(dead) + "\n")
        sys.stdout.flush()
    keeper.close()


if __name__ == "__main__":
    main(sys.argv[1:])
