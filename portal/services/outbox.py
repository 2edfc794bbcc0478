"""The outbox: messages are claimed with a lease and marked one by one. What they say is filled in by `filling`.

Leases go by the database's clock, everything else by the office's (design: platform A2.5, D5). A mail leaves at least
once: a crash between the server's yes and our mark sends it again, with the same Message-ID (A2.7).
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Table, and_, bindparam, or_, select, update
from sqlalchemy.orm import Session

from portal.domain.reminder import EndReason, MessageStage, ReminderStage
from portal.mail.compose import Letter
from portal.models import Account, Message
from portal.models.base import UtcDateTime
from portal.queries.jobs import database_now
from portal.services.plan_statements import TABLE as REMINDERS

BATCH = 20
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=6)
GIVE_UP_AFTER = timedelta(hours=72)
"""Retries: 1 minute, doubled each time, at most 6 hours apart and 72 hours in all (design: platform A2.6)."""

SECRET = frozenset({"invitation", "sign_in_code", "password_reset"})
"""Mails whose link or code is a key: once they have left, neither it nor their text is kept."""

_MESSAGES = cast(Table, Message.__table__)
_WORDS = {
    name: bindparam(f"its_{name}", type_=_MESSAGES.c[name].type) for name in ("subject", "body_text", "body_html")
}

# Kept statements for what is done once for every mail; values: one (a message's id), worker, at, included.
_OURS = and_(
    _MESSAGES.c.id == bindparam("one"),
    _MESSAGES.c.stage == MessageStage.LEASED,
    _MESSAGES.c.lease_by == bindparam("worker"),
)
_AT = bindparam("at", type_=UtcDateTime())
_SENDING = (
    update(_MESSAGES)
    .where(_OURS)
    .values(stage=MessageStage.SENT, sent_at=_AT, last_error=None, lease_by=None, lease_until=None)
    .returning(_MESSAGES.c.template, _MESSAGES.c["values"])
)
_SENDING_WORDS = _SENDING.values(_WORDS)
_KEEPING = update(_MESSAGES).where(_OURS).values(_WORDS)
_FORGETTING = (
    update(_MESSAGES)
    .where(_MESSAGES.c.id == bindparam("one"))
    .values({"values": {}, "body_text": None, "body_html": None})
)
_TELLING = (
    update(REMINDERS)
    .where(REMINDERS.c.message_id == bindparam("one"), REMINDERS.c.id.in_(bindparam("included", expanding=True)))
    .values(stage=ReminderStage.SENT, ended_at=_AT, end_reason=None)
)
"""What ended while it was leaving was told all the same, and must not return."""
_LETTING_GO = (
    update(REMINDERS)
    .where(REMINDERS.c.message_id == bindparam("one"), REMINDERS.c.stage == ReminderStage.PLANNED)
    .values(message_id=None)
)
"""What was put into this message while it was leaving goes into the next one."""


def claim(session: Session, *, worker: str, lease: timedelta, now: datetime, limit: int = BATCH) -> tuple[int, ...]:
    """Lease due messages, and those whose lease has run out, to `worker`; return their ids in order.

    Two workers never hold the same one: PostgreSQL skips locked rows, SQLite has one writer at a time.
    """
    clock = database_now(session)
    columns = _MESSAGES.c
    is_due = and_(columns.stage == MessageStage.PENDING, columns.next_try_at <= now, columns.not_before <= now)
    is_left = and_(columns.stage == MessageStage.LEASED, columns.lease_until < clock)
    wanted = (
        select(columns.id)
        .where(or_(is_due, is_left))
        .order_by(columns.next_try_at, columns.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken = session.execute(
        update(_MESSAGES)
        .where(columns.id.in_(wanted.scalar_subquery()))
        .values(stage=MessageStage.LEASED, lease_by=worker, lease_until=clock + lease)
        .returning(columns.id)
    )
    return tuple(sorted(row.id for row in taken))


def _mark(session: Session, message_ids: Sequence[int], worker: str, **values: Any) -> int:
    """Change messages that `worker` still holds and end the lease; return how many."""
    columns = _MESSAGES.c
    mine = and_(columns.id.in_(message_ids), columns.stage == MessageStage.LEASED, columns.lease_by == worker)
    result = session.execute(
        update(_MESSAGES).where(mine).values(lease_by=None, lease_until=None, **values),
        execution_options={"preserve_rowcount": True},
    )
    return result.rowcount if isinstance(result, CursorResult) else 0


def give_back(session: Session, message_ids: Sequence[int], *, worker: str, counted: bool = False) -> int:
    """Return leased messages to the queue untouched; return how many. `counted`: take back the try that was counted."""
    return _mark(session, message_ids, worker, stage=MessageStage.PENDING, tries=_MESSAGES.c.tries - int(counted))


def _held(session: Session, message_id: int, worker: str) -> Message | None:
    return session.scalar(
        select(Message)
        .where(Message.id == message_id, Message.lease_by == worker, Message.stage == MessageStage.LEASED)
        .execution_options(populate_existing=True)
    )


def _words(letter: Letter | None) -> dict[str, str]:
    """Return the words of a mail as the values of a kept statement."""
    if letter is None:
        return {}
    return {"its_subject": letter.subject[:200], "its_body_text": letter.text, "its_body_html": letter.html}


def mark_sent(
    session: Session, message_id: int, *, worker: str, now: datetime, forget_secrets: bool, letter: Letter | None = None
) -> bool:
    """Write down that a mail has left, and its words; False when the lease was lost meanwhile.

    `forget_secrets` removes links that are keys; the mailbox page of a demonstration needs them.
    """
    session.flush()
    connection = session.connection()
    mine = {"one": message_id, "worker": worker, "at": now}
    row = connection.execute(_SENDING if letter is None else _SENDING_WORDS, mine | _words(letter)).first()
    if row is None:
        return False
    if forget_secrets and row.template in SECRET:
        connection.execute(_FORGETTING, mine)
    if included := row.values.get("reminders"):
        connection.execute(_TELLING, mine | {"included": included})
        connection.execute(_LETTING_GO, mine)
    return True


def retry_delay(message_key: str, tries: int) -> timedelta:
    """Return how long to wait after the n-th failed try: doubled each time, give or take half.

    The chance in it comes from the Message-ID, so that it can be told beforehand.
    """
    plain = min(FIRST_RETRY * (1 << min(max(tries - 1, 0), 20)), LONGEST_RETRY)
    chance = int(hashlib.sha256(f"{message_key} {tries}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
    return min(plain * (0.5 + chance), LONGEST_RETRY)


def keep_words(session: Session, message_id: int, letter: Letter, *, worker: str) -> None:
    """Keep the words of a mail that `worker` holds and that did not leave, so that people see what was tried."""
    session.flush()
    session.connection().execute(_KEEPING, {"one": message_id, "worker": worker} | _words(letter))


def mark_failed(
    session: Session, message_id: int, *, worker: str, error: str, is_final: bool, now: datetime
) -> MessageStage | None:
    """Write down a failed try and when the next one is; return the new stage, None when the lease was lost.

    `is_final`: the server refuses for good. Otherwise the message is dead 72 hours after its first failure.
    """
    message = _held(session, message_id, worker)
    if message is None:
        return None
    message.first_failed_at = message.first_failed_at or now
    message.last_error = error[:500]
    message.lease_by = message.lease_until = None
    message.next_try_at = now + retry_delay(message.message_id, message.tries)
    is_dead = is_final or message.next_try_at - message.first_failed_at > GIVE_UP_AFTER
    message.stage = MessageStage.DEAD if is_dead else MessageStage.PENDING
    session.flush()
    if is_dead:
        lost = and_(REMINDERS.c.message_id == message_id, REMINDERS.c.stage == ReminderStage.PLANNED)
        session.execute(
            update(REMINDERS)
            .where(lost)
            .values(stage=ReminderStage.FAILED, ended_at=now, end_reason=EndReason.GIVEN_UP.value)
        )
    return message.stage


def flag_address(session: Session, message_id: int, *, now: datetime) -> None:
    """Remember that the server knows no such address: its owner hears nothing until it is mended."""
    message = session.get(Message, message_id)
    account = session.get(Account, message.account_id) if message and message.account_id else None
    if account is not None:
        account.mail_refused_at = now
        session.flush()
