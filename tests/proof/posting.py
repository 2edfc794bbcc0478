"""Workers send a pile of mails while they and the mail server are killed; then every mail is accounted for."""

import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from sqlalchemy import and_, create_engine, event, func, or_, select
from sqlalchemy.orm import Session

from portal.domain.organisation import Zone
from portal.domain.policy import Role
from portal.domain.reminder import MessageStage, ReminderStage
from portal.models import Message, Reminder
from portal.models.scope import OfficeScope, ScopedSession
from portal.queries.jobs import database_now
from portal.services import notices
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar
from tests.proof.dead import Dead
from tests.proof.director import Place, be_patient, free_port
from tests.proof.senders import SMTP
from tests.proof.talk import Program
from tests.proof.verdict import arrivals

NOW = datetime(2026, 11, 24, 9, tzinfo=Zone.WIB.timezone).astimezone(UTC)
"""Seven days before the first of December, in working hours."""
SECONDS = 600
"""Only a stop for a run that hangs."""
POLL, REST, STANDSTILL = 0.02, 0.1, 0.3
"""Seconds between two looks at the journal, between two at the database, and until the clock may have to go on."""
WORKER = "worker"
UNTIL = 0.9
"""The last one is killed when so much has arrived."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """What is to be sent, by how many, and how many die."""

    partners: int
    """Each is told of one date; the brake lets 500 pass."""
    notices: int
    workers: int = 3
    kills: int = 0
    """Of workers."""
    smtp_kills: int = 0
    lease_seconds: int = 60
    ahead_seconds: int = 0
    """The clock of the first worker's host is so far ahead."""
    hurries: bool = False
    """Whether the leases of the dead run out at once, as they would have while nobody watched."""
    stops: bool = False
    """Whether all workers die at once in the end, and nobody lives for one lease."""

    @property
    def messages(self) -> int:
        """How many mails there are."""
        return self.partners + self.notices


@dataclass(kw_only=True)
class Outcome:
    """Figures, and the faults under the rule that they break."""

    figures: Counter[str] = field(default_factory=Counter)
    faults: dict[str, int] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        """Whether no rule was broken."""
        return not any(self.faults.values())

    def table(self) -> str:
        """The report."""
        rows = [*self.figures.items(), *self.faults.items()]
        return "\n".join(f"  {name:58} {value:>8,}" for name, value in rows)


def fill(session: Session, scene: Scene) -> None:
    """Record partners with a date each, and mails that wait."""
    make_calendar(session)
    ministry, writers = make_ministry(session), []
    for _ in range(scene.partners):
        debtor = make_partner(session)
        writers.append(make_account(session, Role.PARTNER_WRITER, debtor))
        make_occurrence(session, make_obligation(session, make_agreement(session, (ministry, debtor), ends_on=None)))
    values = dict.fromkeys(notices.NEEDS["report_accepted"], "2026-11-24") | {"period_key": "once"}
    for number in range(scene.notices):
        account, slot = writers[number % len(writers)], f"uji-{number // len(writers)}"
        notices.enqueue(session, template="report_accepted", account=account, values=values, slot=slot, now=NOW)
    session.commit()


def counted(model: Any, condition: Any) -> Any:
    """The select of how many rows there are."""
    return select(func.count()).select_from(model).where(condition)


class Posting:
    """The office's clock, the kills, and what came of them."""

    def __init__(self, place: Place, scene: Scene, *, seed: int = 1) -> None:
        """Begin at NOW; nobody works yet."""
        self.place, self.scene, self.chance = place, scene, Random(seed)
        self.engine = create_engine(place.database_url)
        event.listen(self.engine, "connect", be_patient)
        self.outcome = Outcome()
        self.keeper: Program | None = None
        self.kills: Counter[str] = Counter()
        self.dead = Dead(self.engine)
        self.deadline = time.monotonic() + SECONDS
        self.set_clock(NOW)

    def set_clock(self, moment: datetime) -> None:
        """Set the office's clock for all processes at once."""
        fresh = self.place.clock.with_suffix(".new")
        fresh.write_text(moment.isoformat())
        fresh.replace(self.place.clock)
        self.now = moment

    def read(self, statement: Any) -> Any:
        """One value of the database."""
        with ScopedSession(bind=self.engine) as session:
            session.work_for(OfficeScope())
            found = session.execute(statement).scalar_one()
            session.rollback()
            return found

    def run(self) -> Outcome:
        """Let everything be sent and give account."""
        settings = {
            "database_url": self.place.database_url,
            "folder": str(self.place.folder),
            "clock": str(self.place.clock),
            "journal": str(self.place.journal),
            "port": free_port(),
            "lease_seconds": self.scene.lease_seconds,
            "ahead_seconds": self.scene.ahead_seconds,
            "workers": self.scene.workers,
        }
        keeper = self.keeper = Program("tests.proof.senders", settings)
        begun = time.monotonic()
        try:
            self._kill(keeper)
            if self.scene.stops:
                self._stop(keeper)
            self._wait(lambda: self._unfinished() == 0, REST)
        finally:
            keeper.close()
        self.outcome.figures["seconds"] = round(time.monotonic() - begun)
        self._judge()
        self.engine.dispose()
        return self.outcome

    def _wait(self, done: Callable[[], bool], pause: float) -> None:
        """Look until something is so; let the clock go on to the next try of what the mail server did not take."""
        looked = time.monotonic()
        while not done():
            now = time.monotonic()
            if now > self.deadline or (self.keeper and self.keeper.process.poll() is not None):
                raise RuntimeError(f"{self._unfinished()} are not sent in time")
            if now > looked + STANDSTILL:
                looked = now
                self._go_on()
            time.sleep(pause)

    def _go_on(self) -> None:
        due = or_(
            Message.stage == MessageStage.LEASED,
            and_(Message.stage == MessageStage.PENDING, Message.next_try_at <= self.now),
        )
        following = self.read(select(func.min(Message.next_try_at)).where(Message.stage == MessageStage.PENDING))
        if following is not None and not self.read(counted(Message, due)):
            self.set_clock(following + timedelta(seconds=1))

    def _arrived(self) -> int:
        return self.place.journal.read_bytes().count(b'"id"') if self.place.journal.exists() else 0

    def _has_come(self, number: float) -> bool:
        return self._arrived() >= number

    def _unfinished(self) -> int:
        """How many mails and reminders have not arrived; nothing planned counts as unfinished, too."""
        messages = self.read(counted(Message, Message.stage != MessageStage.SENT))
        told = self.read(counted(Reminder, Reminder.stage == ReminderStage.SENT))
        return int(messages + self.scene.partners - told)

    def _kill(self, keeper: Program) -> None:
        """Kill workers and mail server at moments spread by chance over the whole work."""
        victims = [str(self.chance.randrange(self.scene.workers)) for _ in range(self.scene.kills)]
        victims += [SMTP] * self.scene.smtp_kills
        self.chance.shuffle(victims)
        moments = sorted(self.chance.uniform(1, self.scene.messages * UNTIL) for _ in victims)
        for moment, victim in zip(moments, victims, strict=True):
            self._wait(partial(self._has_come, moment), POLL)
            time.sleep(self.chance.uniform(0, 2 * POLL))
            self._bury(victim if victim == SMTP else WORKER, keeper.ask(f"kill {victim}"))

    def _bury(self, what: str, answer: str) -> None:
        """Count the dead, and what they held."""
        dead = json.loads(answer)
        self.kills[what] += len(dead)
        if what == SMTP:
            self.dead.bury_server()
        for number in dead if what == WORKER else ():
            held = self.dead.bury_worker(number, lease_ends=self.scene.hurries)
            self.outcome.figures["  of these in the middle of a batch"] += held

    def _stop(self, keeper: Program) -> None:
        """Let all workers die; when a lease has passed nobody holds anything any more."""
        self._bury(WORKER, keeper.ask("stop"))
        leased = counted(Message, Message.stage == MessageStage.LEASED)
        self.outcome.figures["left leased when all workers were dead"] = self.read(leased)
        time.sleep(self.scene.lease_seconds + 0.5)
        with ScopedSession(bind=self.engine) as session:
            session.work_for(OfficeScope())
            held = session.scalar(leased.where(Message.lease_until >= database_now(session)))
            session.rollback()
        self.outcome.faults["still held after one lease"] = held or 0
        keeper.ask("start")

    def _judge(self) -> None:
        """Everything arrived, again only what somebody held who died, with the same Message-ID; plans are single."""
        with ScopedSession(bind=self.engine) as session:
            session.work_for(OfficeScope())
            messages = session.scalars(select(Message)).all()
            keys = session.execute(
                select(Reminder.subject_id, Reminder.target_on, Reminder.step, Reminder.account_id)
            ).all()
            stages = Counter(row.stage for row in messages)
            made = {row.message_id for row in messages}
            session.rollback()
        came = Counter(each.key for each in arrivals(self.place.journal))
        doubles, kills = sum(came.values()) - len(came), self.kills.total()
        self.outcome.figures = Counter(
            {f"killed: {name}": count for name, count in sorted(self.kills.items(), reverse=True)}
            | self.outcome.figures
            | {"messages": len(made), "deliveries": sum(came.values()), "delivered twice, same Message-ID": doubles}
            | {"delivered more than twice": sum(count > 2 for count in came.values())}
        )
        twice = len(keys) - len(set(keys))
        self.outcome.faults |= {
            "lost": len(made - came.keys()) + self.scene.messages - len(made),
            "mails without a message": len(came.keys() - made),
            "second deliveries beyond the kills": max(doubles - kills, 0),
            "delivered more often than their senders died": len(self.dead.too_often(came)),
            "left leased": stages[MessageStage.LEASED],
            "not sent": stages.total() - stages[MessageStage.SENT],
            "reminders planned twice or not at all": abs(len(set(keys)) - self.scene.partners) + twice,
        }
