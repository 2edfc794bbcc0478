"""Two hosts on one PostgreSQL: `python -m tests.proof.hosts [--rounds 6] [--files both] [--seed 1]`.

Two servers and two workers by README's commands. In every round an officer drafts an agreement from its template and
downloads the Word document, a partner sends a report with a file in parts and gets a receipt, the officer accepts it,
and a partner is reminded of a date by one mail. Meanwhile a server dies by signal 9 again and again with a request in
its hands, and a worker in each round; all come back. Afterwards everything is counted: what people saw, what is lost,
what is there twice (platform: D3). The short form in the suite is `tests/proof/test_hosts.py`.
"""

import argparse
import logging
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from aiosmtpd.controller import Controller
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.config import Bucket, Config
from portal.domain.agreement import Stage
from portal.domain.policy import Role
from portal.domain.reminder import MessageStage
from portal.domain.report import ReportStage
from portal.models import Message, Reminder, Rendition, Report, ReportFile, ReportRound
from portal.queries import audit_chain
from portal.services import sign_in
from portal.storage import Storage
from tests.factories.accounts import make_account
from tests.factories.agreements import make_agreement
from tests.factories.calendar_days import make_calendar
from tests.factories.libraries import seed_libraries
from tests.factories.obligations import make_obligation, make_occurrence
from tests.harness.clock import START
from tests.harness.hosts import RoundRobin, Web, commands
from tests.harness.postbox import Postbox, free_port
from tests.harness.processes import environment, smtp_settings
from tests.harness.source import ROOT
from tests.proof.edits import Server, opened
from tests.proof.hosts_people import Person, content, draft, report, review

MONDAY = START + timedelta(days=2, hours=3)
"""Monday 23 November 2026 at noon in Jakarta: an hour in which mail leaves."""
REMINDED, LATER = date(2026, 11, 30), date(2026, 12, 21)
"""A date seven days away, and that of the reports."""
LEASE = 3
WAIT = 300
"""Seconds until all mails must have left."""
LONGEST = 0.6
"""A server dies at most so many seconds after it took a request."""
OFTEN = 0.4
"""The share of steps at which one does."""


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who acts in one round, and the agreement that is drafted."""

    officer: str
    """An address, to sign in with."""
    partner: str
    """A session that is open."""
    code: str


def cast(session: Session) -> Cast:
    """Record what one round needs: an agreement to draft, a report that is asked for, and a date to be reminded of."""
    officer = make_account(session, Role.OFFICER)
    running = make_agreement(session, officer_id=officer.id, ends_on=date(2029, 1, 1))
    debtor, reminded = (running.parties[place].organisation for place in (1, 2))
    partner = make_account(session, Role.PARTNER_RESPONSIBLE, debtor)
    make_account(session, Role.PARTNER_WRITER, reminded)
    make_occurrence(session, make_obligation(session, running, fixed_on=LATER), due_on=LATER)
    soon = make_obligation(session, running, debtor=reminded, fixed_on=REMINDED, title="Laporan yang diingatkan")
    make_occurrence(session, soon, due_on=REMINDED)
    drafted = make_agreement(session, stage=Stage.DRAFTING, signed_on=None, officer_id=officer.id)
    token = sign_in.open_session(session, partner, agent="uji", now=MONDAY)
    return Cast(officer=officer.email, partner=token, code=drafted.code)


def furnish(session: Session, storage: Storage, rounds: int) -> list[Cast]:
    """Record calendar, libraries and the casts of so many rounds."""
    make_calendar(session)
    seed_libraries(session, storage)
    found = [cast(session) for _ in range(rounds)]
    session.commit()
    return found


@dataclass(kw_only=True)
class Hosts:
    """Two servers behind a round robin, two workers, and what people saw."""

    spawn: Callable[..., "subprocess.Popen[str]"]
    settings: dict[str, Any]
    chance: Random
    often: float = OFTEN
    deaths: dict[str, float] = field(default_factory=dict)
    """Steps at which a server surely dies, once, and how many seconds after it took the request."""
    seen: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Start the servers."""
        self.webs = [Web(self.spawn, **self.settings) for _ in range(2)]
        for web in self.webs:
            web.wait()
        self.proxy = RoundRobin(self.webs)
        self.workers: list[subprocess.Popen[str]] = []

    def work(self) -> "subprocess.Popen[str]":
        """Start one more worker."""
        self.workers.append(self.spawn(*commands()[1], **self.settings))
        return self.workers[-1]

    def kill_worker(self) -> None:
        """Let the elder worker die; another takes its place."""
        dead = self.workers.pop(0)
        dead.kill()
        dead.wait()
        self.seen["workers killed"] += 1
        self.work()

    def before(self, step: str) -> None:
        """Let a server die at this step when that is asked for, else now and then."""
        if step in self.deaths:
            self.proxy.strike(self.deaths.pop(step))
        elif self.chance.random() < self.often:
            self.proxy.strike(self.chance.uniform(0, LONGEST))

    def live(self, one: Cast) -> None:
        """The three journeys of a round."""
        officer, partner = (Person(self.proxy, self.seen, self.before) for _ in range(2))
        draft(officer.sign_in(one.officer), one.code)
        review(officer, report(partner.known(one.partner)))
        self.seen["rounds"] += 1


def account(session: Session, hosts: Hosts, box: Postbox, storage: Storage, keys: Any) -> list[str]:
    """Count what is lost and what is there twice; answer the faults."""
    session.expire_all()
    seen, rounds = hosts.seen, hosts.seen["rounds"]
    reports = session.scalars(select(Report)).all()
    files = session.scalars(select(ReportFile)).all()
    messages = session.scalars(select(Message)).all()
    arrived = Counter(mail.message_id.strip("<>").partition("@")[0] for mail in box.received)
    accepted = sum(row.stage is ReportStage.ACCEPTED for row in reports)
    made = _rows(session, Rendition)
    whole = sum(storage.read(row.digest) == content(row.name[8:-4]) for row in files)
    planned = session.execute(
        select(func.count()).select_from(Reminder).group_by(Reminder.subject_id, Reminder.step, Reminder.account_id)
    ).scalars()
    per_person = list(planned)
    seen["answers of 500 and above"] += 0
    seen["mails"] = len(arrived)
    seen["reminders"] = len(per_person)
    seen["servers killed at work"] = hosts.proxy.killed
    seen["mails that came twice from a dead worker"] = arrived.total() - len(arrived)
    things = {
        "documents": (made, rounds),
        "reports accepted": (accepted, rounds),
        "files of reports": (len(files), rounds),
        "files with all bytes": (whole, rounds),
        "rounds of reports": (_rows(session, ReportRound), rounds),
        "reports": (len(reports), rounds),
        "mails": (len(arrived), len(messages)),
        "mails marked as sent": (sum(row.stage is MessageStage.SENT for row in messages), len(messages)),
    }
    seen["lost"] = sum(max(0, wanted - there) for there, wanted in things.values())
    seen["doubled"] = sum(max(0, there - wanted) for there, wanted in things.values())
    seen["doubled"] += sum(number - 1 for number in per_person)
    faults = [f"{name}: {there} instead of {wanted}" for name, (there, wanted) in things.items() if there != wanted]
    faults += ["a reminder was planned twice"] * any(number > 1 for number in per_person)
    faults += ["nobody was reminded"] * (len(per_person) < rounds)
    faults += ["a mail came twice that no dead worker held"] * (
        seen["mails that came twice from a dead worker"] > seen["workers killed"]
    )
    faults += ["a person saw a fault"] * bool(seen["answers of 500 and above"])
    verdict = audit_chain.verify(session, keys)
    return faults + [f"the trail is broken: {verdict.fault}"] * (verdict.fault is not None)


def _rows(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def settle(session: Session, box: Postbox) -> None:
    """Wait until every mail has left."""
    deadline = time.monotonic() + WAIT
    waiting = select(func.count()).select_from(Message).where(Message.stage != MessageStage.SENT)
    while time.monotonic() < deadline:
        left, reminded = session.scalar(waiting), _rows(session, Reminder)
        session.rollback()
        if not left and reminded and box.received:
            return
        time.sleep(0.3)


@contextmanager
def postbox() -> Iterator[Postbox]:
    """A mail server."""
    box = Postbox(port=free_port())
    controller = Controller(box, hostname=box.host, port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


@contextmanager
def spawner(config: Config, folder: Path) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Starts processes whose clocks go on together; what they say is kept in `folder`."""
    started: list[subprocess.Popen[str]] = []
    begun = time.monotonic()

    def start(module: str, *words: str, **settings: Any) -> "subprocess.Popen[str]":
        now = MONDAY + timedelta(seconds=time.monotonic() - begun)
        command = [sys.executable, "-m", "tests.harness.launch", now.isoformat(), module, *words]
        with (folder / f"log-{len(started)}").open("wb") as log:
            started.append(
                subprocess.Popen(
                    command,
                    cwd=ROOT,
                    env=environment(replace(config, **settings)),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    text=True,
                )
            )
        return started[-1]

    try:
        yield start
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(timeout=60)


@contextmanager
def bucket() -> Iterator[Bucket]:
    """A bucket of its own."""
    from moto.server import ThreadedMotoServer

    from tests.harness.object_store import ObjectStore

    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield ObjectStore(endpoint=f"http://{host}:{port}").bucket("berkas")
    finally:
        server.stop()


def prove(files: str, rounds: int, *, seed: int) -> tuple[Counter[str], list[str]]:
    """Live through so many rounds with files in a folder or a bucket; answer figures and faults."""
    clock.set_fixed(MONDAY)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="simpul-hosts-")))
        server = Server()
        stack.callback(server.running.stop)
        box = stack.enter_context(postbox())
        place: dict[str, Any] = {"files_dir": folder / "berkas"}
        storage = Storage(folder / "berkas")
        if files == "bucket":
            from portal.bucket import BucketKeeper

            place = {"bucket": stack.enter_context(bucket())}
            storage = Storage(BucketKeeper(place["bucket"]))
        config = Config(
            database_url=server.url,
            files_dir=folder / "berkas",
            secret_key="kunci-untuk-pengujian-" + "x" * 32,
            base_url="http://localhost",
            secure_cookies=False,
            authenticator="offered",
        )
        session = stack.enter_context(opened(server.url))
        casts = furnish(session, storage, rounds)
        spawn = stack.enter_context(spawner(config, folder))
        settings = place | {"smtp": smtp_settings(box), "lease_seconds": LEASE}
        hosts = Hosts(spawn=spawn, settings=settings, chance=Random(seed))
        for _ in range(2):
            hosts.work()
        for one in casts:
            hosts.live(one)
            hosts.kill_worker()
        settle(session, box)
        faults = account(session, hosts, box, storage, config.audit_keys)
        session.rollback()
        return hosts.seen, faults


def main() -> None:
    """Run and print; ends with 1 when anything was lost, doubled or seen."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rounds", type=int, default=6)
    words.add_argument("--files", choices=["folder", "bucket", "both"], default="both")
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    is_clean = True
    for files in ["folder", "bucket"] if asked.files == "both" else [asked.files]:
        seen, faults = prove(files, asked.rounds, seed=asked.seed)
        lines = [*(f"  {name}: {n}" for name, n in sorted(seen.items())), *map("! ".__add__, faults)]
        print(f"files in a {files}:", *lines, sep="\n", flush=True)  # noqa: T201 (a report)
        is_clean = is_clean and not faults
    sys.exit(0 if is_clean else 1)


if __name__ == "__main__":
    main()
