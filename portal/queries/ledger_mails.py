"""Mails of the book of reminders: what left, what failed, what the mailbox of a demonstration holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from portal.domain.dates import local_instant
from portal.domain.errors import NotFound
from portal.domain.organisation import Zone
from portal.domain.reminder import Channel, MessageStage
from portal.models import Account, Agreement, Message, Reminder
from portal.queries import ledger
from portal.queries.ledger import (
    AT_ONCE,
    COUNTED_UP_TO,
    PER_PAGE,
    LedgerFilter,
    LedgerPage,
    ReminderRow,
    as_rows,
    person_like,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class MailRow:
    """One mail with the reminders in it."""

    key: str
    template: str
    subject: str | None
    recipient: str
    channel: Channel
    name: str | None
    stage: MessageStage
    tries: int
    sent_at: datetime | None
    created_at: datetime
    next_try_at: datetime
    last_error: str | None
    reminders: tuple[ReminderRow, ...]
    is_restricted: bool
    """Whether it names an agreement that the reader may not see."""


def _selected(asked: LedgerFilter) -> Any:
    found: Any = select(Message, Account.name).outerjoin(Account, Account.id == Message.account_id)
    if asked.agreement_code:
        found = found.where(
            exists(
                select(Reminder.id)
                .join(Agreement, Agreement.id == Reminder.agreement_id)
                .where(Reminder.message_id == Message.id, Agreement.code == asked.agreement_code)
            )
        )
    if asked.person:
        found = found.where(or_(person_like(asked.person), func.lower(Message.recipient) == asked.person.lower()))
    if asked.kind:
        found = found.where(
            exists(select(Reminder.id).where(Reminder.message_id == Message.id, Reminder.subject_kind == asked.kind))
        )
    if asked.first_on:
        found = found.where(Message.created_at >= local_instant(asked.first_on, 0, Zone.WIB))
    if asked.last_on:
        found = found.where(Message.created_at < local_instant(asked.last_on, 24, Zone.WIB))
    return found


def _reminders(session: Session, ids: list[int], asked: LedgerFilter) -> dict[int, list[ReminderRow]]:
    rows = session.execute(
        ledger.lines().where(Reminder.message_id.in_(ids)).order_by(Reminder.target_on, Reminder.id)
    ).all()
    found: dict[int, list[ReminderRow]] = {}
    for row in as_rows(session, rows, with_confidential=asked.with_confidential):
        found.setdefault(row.message_id or 0, []).append(row)
    return found


def _page(session: Session, statement: Any, asked: LedgerFilter) -> LedgerPage:
    rows = session.execute(statement.limit(PER_PAGE).offset(asked.offset)).all()
    inner = statement.with_only_columns(Message.id).order_by(None).limit(COUNTED_UP_TO + 1).subquery()
    total = session.scalar(select(func.count()).select_from(inner)) or 0
    return LedgerPage(rows=_mails(session, rows, asked), total=total)


def _mails(session: Session, rows: Sequence[Any], asked: LedgerFilter) -> tuple[MailRow, ...]:
    reminders = _reminders(session, [row.Message.id for row in rows], asked)
    return tuple(_mail(row.Message, row.name, tuple(reminders.get(row.Message.id, ()))) for row in rows)


def _iterate(session: Session, statement: Any, asked: LedgerFilter, limit: int) -> Iterator[MailRow]:
    ids = session.scalars(statement.with_only_columns(Message.id).limit(limit)).all()
    every: Any = select(Message, Account.name).outerjoin(Account, Account.id == Message.account_id)
    for first in range(0, len(ids), AT_ONCE):
        some = ids[first : first + AT_ONCE]
        known = {row.Message.id: row for row in session.execute(every.where(Message.id.in_(some)))}
        yield from _mails(session, [known[number] for number in some if number in known], asked)


def _mail(message: Message, name: str | None, reminders: tuple[ReminderRow, ...]) -> MailRow:
    return MailRow(
        key=message.message_id,
        template=message.template,
        subject=message.subject,
        recipient=message.recipient,
        channel=message.channel,
        name=name,
        stage=message.stage,
        tries=message.tries,
        sent_at=message.sent_at,
        created_at=message.created_at,
        next_try_at=message.next_try_at,
        last_error=message.last_error,
        reminders=reminders,
        is_restricted=any(reminder.title is None for reminder in reminders),
    )


def _sent(asked: LedgerFilter) -> Any:
    order = (Message.sent_at.desc(), Message.id.desc())
    return _selected(asked).where(Message.stage == MessageStage.SENT).order_by(*order)


def _failed(asked: LedgerFilter) -> Any:
    failing = (Message.stage == MessageStage.PENDING) & Message.first_failed_at.is_not(None)
    order = (Message.stage, Message.next_try_at.desc(), Message.id.desc())
    return _selected(asked).where(or_(Message.stage == MessageStage.DEAD, failing)).order_by(*order)


def list_sent(session: Session, asked: LedgerFilter) -> LedgerPage:
    """Return mails that left, newest first."""
    return _page(session, _sent(asked), asked)


def list_failed(session: Session, asked: LedgerFilter) -> LedgerPage:
    """Return mails that nobody tries any more, and those whose last try went wrong; newest first."""
    return _page(session, _failed(asked), asked)


def iterate_sent(session: Session, asked: LedgerFilter, *, limit: int) -> Iterator[MailRow]:
    """Yield the first rows of `list_sent`'s pages; only a few hundred are held at a time."""
    return _iterate(session, _sent(asked), asked, limit)


def iterate_failed(session: Session, asked: LedgerFilter, *, limit: int) -> Iterator[MailRow]:
    """Yield the first rows of `list_failed`'s pages; only a few hundred are held at a time."""
    return _iterate(session, _failed(asked), asked, limit)


def list_mailbox(session: Session, asked: LedgerFilter) -> LedgerPage:
    """Return every mail that left or waits, newest first: the mailbox of a portal without a mail server."""
    statement = _selected(asked).where(Message.stage != MessageStage.CANCELLED)
    newest = func.coalesce(Message.sent_at, Message.next_try_at).desc()
    return _page(session, statement.order_by(newest, Message.id.desc()), asked)


def get_message(session: Session, key: str) -> Message:
    """Return the message of a Message-ID's first half; raise NotFound."""
    found = session.scalar(select(Message).where(Message.message_id == key))
    if found is None:
        raise NotFound
    return found


def get_mail(session: Session, key: str, *, with_confidential: bool) -> MailRow:
    """Return one mail as a line of the book; raise NotFound."""
    message = get_message(session, key)
    asked = LedgerFilter(with_confidential=with_confidential)
    reminders = _reminders(session, [message.id], asked).get(message.id, [])
    name = session.scalar(select(Account.name).where(Account.id == message.account_id))
    return _mail(message, name, tuple(reminders))


def count_dead(session: Session) -> int:
    """Return how many mails nobody tries any more."""
    return session.scalar(select(func.count()).where(Message.stage == MessageStage.DEAD)) or 0
