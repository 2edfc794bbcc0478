"""What a digest costs on its way out beside sending ready letters: `python -m tests.benchmarks.sending`.

`--mails 300` and `--database both` choose what is measured. Half of the readers are partners, half are officers, each
with four things that are late. The server that takes the mails is a process of its own, and its time does not count.
"""

import argparse
import cProfile
import multiprocessing
import pstats
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from flask import Flask
from sqlalchemy import select, text

from portal.app import create_app
from portal.config import Config, Smtp
from portal.domain.policy import Role
from portal.domain.reminder import MessageStage
from portal.jobs import deliver, runner
from portal.mail.compose import Envelope, Letterhead, Reader, compose, wire
from portal.mail.transport import SmtpTransport
from portal.models import Message, SweepLog
from portal.services import reminders
from tests.benchmarks.planning import application, fresh
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar
from tests.harness.databases import POSTGRESQL, SQLITE, statements

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
"""Tuesday, 10.00 in Jakarta."""
LATE_ON = date(2026, 11, 17)
"""A week late: partner and officer hear of it."""
LINES = 4
"""More than three late duties make a digest of them."""
LEAST_A_SECOND = 100
"""So many digests a worker sends in a second (design: platform E9)."""


def fill(app: Flask, mails: int) -> None:
    """Record so many readers, half of them partners, and plan what they hear this morning."""
    with runner.transaction(app) as session:
        make_calendar(session)
        ministry = make_ministry(session)
        for _ in range(mails // 2):
            partner = make_partner(session)
            make_account(session, Role.PARTNER_WRITER, partner)
            officer = make_account(session, Role.OFFICER, ministry)
            agreement = make_agreement(
                session, (ministry, partner), officer_id=officer.id, unit_id=ministry.id, ends_on=date(2030, 1, 1)
            )
            obligation = make_obligation(session, agreement)
            for place in range(LINES):
                make_occurrence(session, obligation, period_key=f"2026-0{place + 1}", due_on=LATE_ON)
    with runner.transaction(app) as session:
        # A large plan of this day keeps the brake open.
        session.add(SweepLog(day=NOW.date(), at=NOW, planned=10**9))
        reminders.sweep(session, now=NOW)
        session.execute(text("ANALYZE"))


def sink(listener: socket.socket) -> None:
    """Take every mail, as little as SMTP needs, one connection after the other."""
    while True:
        connection, _ = listener.accept()
        with suppress(OSError), connection, connection.makefile("rwb") as lines:
            _talk(lines)


def _talk(lines: socket.SocketIO) -> None:
    lines.write(b"220 sink\r\n")
    lines.flush()
    in_mail = False
    for line in lines:
        if in_mail:
            in_mail = line != b".\r\n"
            if in_mail:
                continue
        lines.write(b"354 go on\r\n" if line[:4].upper() == b"DATA" else b"250 OK\r\n")
        in_mail = line[:4].upper() == b"DATA"
        lines.flush()


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """Seconds of the clock and of this process's CPU for so many mails, and the statements of one."""

    database: str
    mails: int
    wall: float
    cpu: float
    statements: float
    floor_wall: float
    floor_cpu: float

    @property
    def a_second(self) -> float:
        """How many digests left in a second."""
        return self.mails / self.wall

    @property
    def is_slow(self) -> bool:
        """Whether they were too few."""
        return self.a_second < LEAST_A_SECOND

    def line(self) -> str:
        """The figures in one line."""
        each = 1000 / self.mails
        return (
            f"{self.database:10} {self.mails} digests  {self.a_second:.0f}/s  {self.cpu * each:.1f} ms CPU each  "
            f"{self.statements:.1f} statements each  floor {self.mails / self.floor_wall:.0f}/s, "
            f"{self.floor_cpu * each:.1f} ms CPU each  {'too slow' if self.is_slow else 'within limits'}\n"
        )


def measure(database: str, url: str, mails: int, port: int, profile: str | None) -> Figures:
    """Send the morning's digests once; then compose and send the same values again as the floor."""
    plain = application(url)
    settings: Config = plain.config["SETTINGS"]
    app = create_app(replace(settings, smtp=Smtp(host="127.0.0.1", port=port, tls="none")))
    fill(app, mails)
    profiler = cProfile.Profile()
    if profile:
        profiler.enable()
    with statements() as ran:
        cpu, wall = time.process_time(), time.perf_counter()
        deliver.run(app, now=NOW)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    if profile:
        profiler.disable()
        pstats.Stats(profiler).sort_stats(profile).print_stats(60)
    deliver.transport(app).close()
    with runner.transaction(app) as session:
        rows = session.scalars(select(Message).where(Message.stage == MessageStage.SENT)).all()
        letters = [(row.template, row.values, row.recipient, row.message_id, row.created_at) for row in rows]
    if len(letters) != mails:
        raise RuntimeError(f"{len(letters)} of {mails} mails left.")
    floor_cpu, floor_wall = _floor(settings, port, letters)
    return Figures(
        database=database, mails=mails, wall=wall, cpu=cpu, statements=len(ran) / mails, floor_wall=floor_wall,
        floor_cpu=floor_cpu,
    )  # fmt: skip


def _floor(
    settings: Config, port: int, letters: list[tuple[str, dict[str, object], str, str, datetime]]
) -> tuple[float, float]:
    """CPU and clock seconds of composing and sending ready values on one kept connection."""
    server = SmtpTransport(Smtp(host="127.0.0.1", port=port, tls="none"))
    letterhead = Letterhead.of(settings)
    cpu, wall = time.process_time(), time.perf_counter()
    for template, values, recipient, key, at in letters:
        letter = compose(template, values, reader=Reader(name="Pembaca"), letterhead=letterhead)
        server.send(
            wire(letter, Envelope(recipient=recipient, name="Pembaca", message_key=key, at=at), letterhead), recipient
        )
    took = time.process_time() - cpu, time.perf_counter() - wall
    server.close()
    return took


def main(words: list[str]) -> int:
    """Print the figures; 1 when digests leave too slowly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=300)
    parser.add_argument("--database", choices=[SQLITE, POSTGRESQL, "both"], default="both")
    parser.add_argument("--profile", choices=["cumulative", "tottime"])
    asked = parser.parse_args(words)
    listener = socket.create_server(("127.0.0.1", 0))
    taker = multiprocessing.Process(target=sink, args=(listener,), daemon=True)
    taker.start()
    slow = 0
    for kind in [SQLITE, POSTGRESQL] if asked.database == "both" else [asked.database]:
        with fresh(kind) as url:
            found = measure(kind, url, asked.mails, listener.getsockname()[1], asked.profile)
        slow += found.is_slow
        sys.stdout.write(found.line())
        sys.stdout.flush()
    taker.terminate()
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
