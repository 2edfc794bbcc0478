"""Fills claimed messages at the last moment with what is true then, or takes them back when nothing is to be said.

What is read is put into words later, one mail after the other, when no transaction is open.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from portal.domain.calendar import WorkingCalendar
from portal.domain.dates import office_date
from portal.domain.organisation import Zone
from portal.domain.reminder import Channel, MessageStage, ReminderStage
from portal.mail import compose
from portal.mail.compose import Envelope, Letter, Letterhead, Reader
from portal.models import Account, Message, Reminder
from portal.queries import reminder_mails
from portal.queries.reminder_mails import Addressee
from portal.services import digests, planning, unheard
from portal.services.plan_agenda import Day
from portal.services.plan_statements import MESSAGES, is_time
from portal.services.plan_statements import TABLE as REMINDERS
from portal.services.planning import Scope

OF_REMINDERS = frozenset({"digest_partner", "digest_office", "occurrence_overdue"})
"""Mails made of reminders: they keep quiet hours and say what is true when they leave."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outgoing:
    """A mail that is to leave now: what it says, to whom."""

    id: int
    channel: Channel
    template: str
    values: Mapping[str, Any]
    reader: Reader
    envelope: Envelope

    def letter(self, letterhead: Letterhead) -> Letter:
        """Return it in words; raise ComposeError. What goes to a service was written when it was planned."""
        if self.channel is Channel.SERVICE:
            return Letter(subject=self.values["title"], text=self.values["text"], html="")
        return compose.compose(self.template, self.values, reader=self.reader, letterhead=letterhead)


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """What filling needs of the office: who fills, on whose paper, when, by which calendar."""

    worker: str
    letterhead: Letterhead
    now: datetime
    calendar: WorkingCalendar


def prepare(session: Session, message_ids: Sequence[int], *, desk: Desk, again: bool = False) -> list[Outgoing]:
    """Fill leased messages with what is true now, and return those that are to leave, in order.

    The others have nothing left to tell, a quiet hour for their reader, or a lost lease; that is written down. The
    number of statements does not grow with the messages. The try is counted unless they are filled `again`.
    """
    messages = session.scalars(
        select(Message)
        .where(Message.id.in_(message_ids), Message.lease_by == desk.worker, Message.stage == MessageStage.LEASED)
        .order_by(Message.id)
        .execution_options(populate_existing=True)
    ).all()
    accounts = _accounts_of(session, messages)
    leaving = _refill(session, [each for each in messages if each.template in OF_REMINDERS], accounts, desk)
    found = []
    for message in messages:
        if message.template in OF_REMINDERS and message.id not in leaving:
            continue
        if message.template == unheard.TEMPLATE and not _has_unheard(session, message, desk):
            continue
        message.tries += not again
        found.append(_outgoing(message, accounts.get(message.account_id or 0)))
    session.flush()
    return found


def _outgoing(message: Message, account: Account | None) -> Outgoing:
    reader = _reader(message, account)
    return Outgoing(
        id=message.id,
        channel=message.channel,
        template=message.template,
        values=message.values,
        reader=reader,
        envelope=Envelope(
            recipient=message.recipient, name=reader.name, message_key=message.message_id, at=message.created_at
        ),
    )


def _accounts_of(session: Session, messages: Iterable[Message]) -> dict[int, Account]:
    """Return the readers of messages by their ids, as they are now."""
    ids = {each.account_id for each in messages if each.account_id is not None}
    if not ids:
        return {}
    rows = session.scalars(select(Account).where(Account.id.in_(ids)).options(joinedload(Account.organisation)))
    return {row.id: row for row in rows}


def _reader(message: Message, account: Account | None) -> Reader:
    if account is None:
        return Reader(name=str(message.values.get("name", message.recipient)), language=message.language)
    return Reader(name=account.name, language=message.language, zone=account.organisation.zone)


def _refill(
    session: Session, messages: Sequence[Message], accounts: Mapping[int, Account], desk: Desk
) -> frozenset[int]:
    """Put today's lines into mails of reminders; return the ids of those that are neither cancelled nor put off."""
    if not messages:
        return frozenset()
    today = office_date(desk.now)
    away = planning.is_somebody_away(session, today)
    day = Day(today=today, now=desk.now, calendar=desk.calendar, somebody_away=away)
    planned = _settled(session, tuple(message.id for message in messages), day)
    told: list[tuple[Message, list[Reminder], Addressee]] = []
    for message in messages:
        account, reminders = accounts.get(message.account_id or 0), planned.get(message.id, [])
        zone = account.organisation.zone if account else Zone.WIB
        if digests.is_quiet(desk.now, zone, desk.calendar):
            _put_off(session, message, zone, desk)
        elif account is None or not reminders:
            _leave_lease(message, MessageStage.CANCELLED)
        else:
            local_day = desk.now.astimezone(zone.timezone).date()
            told.append((message, reminders, Addressee(account=account, today=local_day)))
    lines, readers = chain.from_iterable(each for _, each, _ in told), [each for *_, each in told]
    known = reminder_mails.facts(session, lines, readers, somebody_away=away)
    for message, reminders, reader in told:
        values = reminder_mails.values(message.template, reminders, reader, known)
        message.values = values | {"reminders": [reminder.id for reminder in reminders]}
    return frozenset(message.id for message, *_ in told)


def _settled(session: Session, message_ids: Sequence[int], day: Day) -> dict[int, list[Reminder]]:
    """End what is not to be told any more, and return what is left of each message."""
    scope = Scope(column=MESSAGES, value=message_ids)
    planning.settle(session, scope, day)
    planning.overtake(session, scope, day.now)
    mine = (REMINDERS.c.message_id.in_(message_ids), REMINDERS.c.stage == ReminderStage.PLANNED)
    # What somebody put off to a later day gets another message on its day.
    session.execute(update(REMINDERS).where(*mine, ~is_time(day.today)).values(message_id=None))
    found: dict[int, list[Reminder]] = {}
    for reminder in session.scalars(
        select(Reminder)
        .where(Reminder.message_id.in_(message_ids), Reminder.stage == ReminderStage.PLANNED)
        .order_by(Reminder.target_on, Reminder.id)
        .execution_options(populate_existing=True)
    ):
        found.setdefault(reminder.message_id or 0, []).append(reminder)
    return found


def _has_unheard(session: Session, message: Message, desk: Desk) -> bool:
    """Put what nobody hears of into the alarm; False when it is cancelled, because people are told by now."""
    if unheard.refill(session, message, now=desk.now, calendar=desk.calendar):
        return True
    _leave_lease(message, MessageStage.CANCELLED)
    return False


def _leave_lease(message: Message, stage: MessageStage) -> None:
    message.stage, message.lease_by, message.lease_until = stage, None, None


def _put_off(session: Session, message: Message, zone: Zone, desk: Desk) -> None:
    """Wait for the next morning: a mail that was tried keeps its Message-ID, a fresh one is made anew for that day."""
    opens_at = digests.opening(digests.sending_day(desk.now, zone, desk.calendar), zone, desk.now)
    if message.tries:
        _leave_lease(message, MessageStage.PENDING)
        message.not_before = message.next_try_at = opens_at
    else:
        _leave_lease(message, MessageStage.CANCELLED)
        mine = (REMINDERS.c.message_id == message.id, REMINDERS.c.stage == ReminderStage.PLANNED)
        session.execute(update(REMINDERS).where(*mine).values(message_id=None))
