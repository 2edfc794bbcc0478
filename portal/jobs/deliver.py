"""The job that sends: reminders are put into messages, messages are claimed, filled, sent and marked one by one."""

import logging
import os
import secrets
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Flask

from portal.config import Config
from portal.domain.calendar import WorkingCalendar
from portal.domain.reminder import Channel
from portal.extensions import PortalSession
from portal.jobs import runner
from portal.mail.compose import ComposeError, Letter, Letterhead, wire
from portal.mail.services import Services
from portal.mail.transport import (
    AddressRefusedError,
    Mailbox,
    MailRefusedError,
    SendError,
    Transport,
    transport_of,
)
from portal.queries import calendar_days
from portal.services import digests, filling, job_runs, outbox, password_resets, unheard
from portal.services.filling import Desk, Outgoing

NAME = "deliver"
TRANSPORT = "transport"
GIVE_BACK_AT = 0.8
"""When so much of a lease is gone, the rest of the batch is given back (design: platform A2.5)."""
FRESH_SECONDS = 1.0
"""What a mail says was true so long before it leaves, at most."""
BEAT_SECONDS = 30.0
"""A long run says so often that it lives (design: platform E15)."""

_log = logging.getLogger(__name__)
_TOKEN = secrets.token_hex(4)


@dataclass(kw_only=True)
class Round:
    """One run of the job: who sends, how, and what came of it."""

    app: Flask
    now: datetime
    worker: str
    transport: Transport
    calendar: WorkingCalendar
    started: float
    sent: int = 0
    failed: int = 0
    beaten_at: float = field(default_factory=time.monotonic)

    @property
    def settings(self) -> Config:
        """Return the settings of the installation."""
        found: Config = self.app.config["SETTINGS"]
        return found

    @property
    def lease(self) -> timedelta:
        """Return how long a batch is ours."""
        return timedelta(seconds=self.settings.lease_seconds)

    @property
    def moment(self) -> datetime:
        """Return the office's time now: that of the beginning and what has passed since."""
        return self.now + timedelta(seconds=time.monotonic() - self.started)

    @property
    def done(self) -> str:
        """Return what was done so far in one sentence."""
        return f"{self.sent} terkirim, {self.failed} gagal"

    def beat(self, session: PortalSession) -> None:
        """Write the heartbeat, in a transaction that is open anyway, unless that was done a short while ago."""
        if time.monotonic() - self.beaten_at >= BEAT_SECONDS:
            job_runs.beat(session, NAME, detail=self.done, now=self.moment)
            self.beaten_at = time.monotonic()


def transport(app: Flask) -> Transport:
    """Return the app's way of sending, made once so that the connection is kept."""
    found: Transport | None = app.extensions.get(TRANSPORT)
    if found is None:
        found = app.extensions[TRANSPORT] = transport_of(app.config["SETTINGS"].smtp)
    return found


def worker_name() -> str:
    """Return the name under which this process leases: host, process, and a chance part against numbers used again."""
    return f"{socket.gethostname()[:32]}-{os.getpid()}-{_TOKEN}"


def run(app: Flask, *, now: datetime, slot: str | None = None) -> str:
    """Put what is planned into messages and send everything that is due; return what was done in one sentence."""
    del slot
    with runner.transaction(app) as session:
        calendar = calendar_days.working_calendar(session)
        digests.gather(session, now=now, calendar=calendar)
        unheard.tell(session, now=now, calendar=calendar)
        password_resets.answer_waiting(session, base_url=app.config["SETTINGS"].base_url, now=now)
    this = Round(
        app=app, now=now, worker=worker_name(), transport=transport(app), calendar=calendar, started=time.monotonic()
    )
    while _batch(this):
        pass
    with runner.transaction(app) as session:
        job_runs.beat(session, NAME, detail=this.done, now=this.moment)
    return this.done


def _batch(this: Round) -> bool:
    """Claim and send one batch; False when nothing was due."""
    claimed_at = time.monotonic()
    with runner.transaction(this.app) as session:
        ids = outbox.claim(session, worker=this.worker, lease=this.lease, now=this.now)
        this.beat(session)
    left: Sequence[int] = ids
    at_once, until = len(ids), claimed_at + GIVE_BACK_AT * this.lease.total_seconds()
    while left:
        if time.monotonic() > until:
            _give_back(this, left, counted=left is not ids)
            break
        stale = _send_while_fresh(this, left[:at_once], again=left is not ids, until=until)
        # As many as went out while they were fresh will do so again.
        at_once, left = max(1, at_once - len(stale)), [*stale, *left[at_once:]]
    return bool(ids)


def _give_back(this: Round, ids: Sequence[int], *, counted: bool) -> None:
    with runner.transaction(this.app) as session:
        outbox.give_back(session, ids, worker=this.worker, counted=counted)


def _send_while_fresh(this: Round, ids: Sequence[int], *, again: bool, until: float) -> Sequence[int]:
    """Fill messages together and send them one by one; return those that are left when what they say is a second old.

    None is begun after `until`, when the lease is nearly over. No transaction is open while a mail is put into words
    and the server is talked to.
    """
    desk = Desk(worker=this.worker, letterhead=Letterhead.of(this.settings), now=this.moment, calendar=this.calendar)
    fresh_until = time.monotonic() + FRESH_SECONDS
    made = runner.persist(this.app, lambda session: filling.prepare(session, ids, desk=desk, again=again))
    for place, each in enumerate(made):
        if (place and time.monotonic() > fresh_until) or time.monotonic() > until:
            return [left.id for left in made[place:]]
        _send_one(this, each, desk.letterhead)
    return ()


def _send_one(this: Round, outgoing: Outgoing, letterhead: Letterhead) -> None:
    """Put one message into words, send and mark it."""
    letter = None
    try:
        letter = outgoing.letter(letterhead)
        _hand_over(this, outgoing, letter, letterhead)
    except (ComposeError, SendError) as error:
        _mark_failed(this, outgoing.id, error, letter)
    else:
        _mark_sent(this, outgoing.id, letter)


def _hand_over(this: Round, outgoing: Outgoing, letter: Letter, letterhead: Letterhead) -> None:
    """Give a message to the mail server, or to the service that it names."""
    recipient = outgoing.envelope.recipient
    if outgoing.channel is Channel.SERVICE:
        services: Services = this.app.extensions["services"]
        services.send(recipient, title=letter.subject, text=letter.text)
    else:
        this.transport.send(wire(letter, outgoing.envelope, letterhead), recipient)


def _mark_sent(this: Round, message_id: int, letter: Letter) -> None:
    this.sent += 1
    forget = not isinstance(this.transport, Mailbox)

    def mark(session: PortalSession) -> bool:
        kept = outbox.mark_sent(
            session, message_id, worker=this.worker, now=this.moment, forget_secrets=forget, letter=letter
        )
        this.beat(session)
        return kept

    if not runner.persist(this.app, mark):
        _log.warning("The lease of message %s ran out while it was sent; it may arrive twice.", message_id)


def _mark_failed(this: Round, message_id: int, error: ComposeError | SendError, letter: Letter | None) -> None:
    this.failed += 1
    if isinstance(error, ComposeError):
        _log.error("Message %s cannot be composed: %s", message_id, error)
    is_final = isinstance(error, AddressRefusedError | MailRefusedError | ComposeError)

    def mark(session: PortalSession) -> None:
        if letter is not None:
            outbox.keep_words(session, message_id, letter, worker=this.worker)
        outbox.mark_failed(
            session, message_id, worker=this.worker, error=str(error), is_final=is_final, now=this.moment
        )
        if isinstance(error, AddressRefusedError):
            outbox.flag_address(session, message_id, now=this.moment)
        this.beat(session)

    runner.persist(this.app, mark)
