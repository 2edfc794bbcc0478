"""The outbox: messages are claimed with a lease and marked one by one. What they say is filled in by `filling`.

Leases go by the database's clock, everything else by the office's (design: platform A2.5, D5). A mail leaves at least
once: a crash between the server's yes and our mark sends it again, with the same Message-ID (A2.7).
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Table, and_, or_, select, update
from sqlalchemy.orm import Session

from portal.domain.reminder import EndReason, MessageStage, ReminderStage
from portal.models import Account, Message
from portal.queries.jobs import database_now
from portal.services.plan_statements import TABLE as REMINDERS

BATCH = 20
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=6)
GIVE_UP_AFTER = timedelta(hours=72)
"""Retries: 1 minute, doubled each time, at most 6 hours apart and 72 hours in all (design: platform A2.6)."""

SECRET = frozenset({"invitation"})
"""Mails whose link is a key: once they have left, neither link nor text is kept."""

_MESSAGES = cast(Table, Message.__table__)


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


def mark_sent(session: Session, message_id: int, *, worker: str, now: datetime, forget_secrets: bool) -> bool:
    """Write down that a mail has left; False when the lease was lost meanwhile.

    `forget_secrets` removes links that are keys; the mailbox page of a demonstration needs them.
    """
    message = _held(session, message_id, worker)
    if message is None:
        return False
    included = message.values.get("reminders", [])
    message.stage, message.sent_at, message.last_error = MessageStage.SENT, now, None
    message.lease_by = message.lease_until = None
    if forget_secrets and message.template in SECRET:
        message.values, message.body_text, message.body_html = {}, None, None
    session.flush()
    mine = and_(REMINDERS.c.message_id == message_id, REMINDERS.c.stage == ReminderStage.PLANNED)
    # What ended while it was leaving was told all the same, and must not return.
    told = and_(REMINDERS.c.message_id == message_id, REMINDERS.c.id.in_(included))
    session.execute(update(REMINDERS).where(told).values(stage=ReminderStage.SENT, ended_at=now, end_reason=None))
    # What was put into this message while it was leaving goes into the next one.
    session.execute(update(REMINDERS).where(mine).values(message_id=None))
    return True


def retry_delay(message_key: str, tries: int) -> timedelta:
    """Return how long to wait after the n-th failed try: doubled each time, give or take half.

    The chance in it comes from the Message-ID, so that it can be told beforehand.
    """
    plain = min(FIRST_RETRY * (1 << min(max(tries - 1, 0), 20)), LONGEST_RETRY)
    chance = int(hashlib.sha256(f"{message_key} {tries}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
    return min(plain * (0.5 + chance), LONGEST_RETRY)


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
