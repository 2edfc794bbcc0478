"""Fills a claimed message at the last moment with what is true then, or takes it back when nothing is to be said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

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
from portal.services.plan_statements import TABLE as REMINDERS
from portal.services.plan_statements import is_time
from portal.services.planning import Day, Scope

OF_REMINDERS = frozenset({"digest_partner", "digest_office", "occurrence_overdue"})
"""Mails made of reminders: they keep quiet hours and say what is true when they leave."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outgoing:
    """A mail ready to leave."""

    id: int
    channel: Channel
    letter: Letter
    envelope: Envelope


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """What filling needs of the office: who fills, on whose paper, when, by which calendar."""

    worker: str
    letterhead: Letterhead
    now: datetime
    calendar: WorkingCalendar


def prepare(session: Session, message_id: int, *, desk: Desk) -> Outgoing | None:
    """Fill a leased message and count the try; None when it is not to leave, which is then written down.

    It does not leave when nothing is left to tell, when it is a quiet hour for its reader, or when the lease is lost.
    """
    message = session.scalar(
        select(Message)
        .where(Message.id == message_id, Message.lease_by == desk.worker, Message.stage == MessageStage.LEASED)
        .execution_options(populate_existing=True)
    )
    if message is None:
        return None
    account = _account_of(session, message)
    if message.template in OF_REMINDERS and not _refill(session, message, account, desk):
        return None
    if message.template == unheard.TEMPLATE and not _has_unheard(session, message, desk):
        return None
    reader = _reader(message, account)
    letter = _letter(message, reader, desk)
    message.subject, message.body_text, message.body_html = letter.subject[:200], letter.text, letter.html
    message.tries += 1
    session.flush()
    envelope = Envelope(
        recipient=message.recipient, name=reader.name, message_key=message.message_id, at=message.created_at
    )
    return Outgoing(id=message.id, channel=message.channel, letter=letter, envelope=envelope)


def _letter(message: Message, reader: Reader, desk: Desk) -> Letter:
    """Compose a mail; what goes to a service was written when it was planned."""
    if message.channel is Channel.SERVICE:
        return Letter(subject=message.values["title"], text=message.values["text"], html="")
    return compose.compose(message.template, message.values, reader=reader, letterhead=desk.letterhead)


def _account_of(session: Session, message: Message) -> Account | None:
    if message.account_id is None:
        return None
    return session.scalar(
        select(Account).where(Account.id == message.account_id).options(joinedload(Account.organisation))
    )


def _reader(message: Message, account: Account | None) -> Reader:
    if account is None:
        return Reader(name=str(message.values.get("name", message.recipient)), language=message.language)
    return Reader(name=account.name, language=message.language, zone=account.organisation.zone)


def _refill(session: Session, message: Message, account: Account | None, desk: Desk) -> bool:
    """Put today's lines into a mail of reminders; False when it is cancelled or put off."""
    zone = account.organisation.zone if account else Zone.WIB
    day = Day(today=office_date(desk.now), now=desk.now, calendar=desk.calendar)
    scope = Scope(column="message_id", value=message.id)
    kinds = {each.subject_kind for each in _planned(session, message.id)}
    planning.settle(session, scope, day, kinds=kinds)
    planning.overtake(session, scope, desk.now)
    _let_go_of_postponed(session, message.id, day.today)
    if digests.is_quiet(desk.now, zone, desk.calendar):
        _put_off(session, message, zone, desk)
        return False
    reminders = _planned(session, message.id)
    if not reminders or account is None:
        _leave_lease(message, MessageStage.CANCELLED)
        session.flush()
        return False
    today = desk.now.astimezone(zone.timezone).date()
    values = reminder_mails.values(session, message.template, reminders, Addressee(account=account, today=today))
    message.values = values | {"reminders": [reminder.id for reminder in reminders]}
    return True


def _has_unheard(session: Session, message: Message, desk: Desk) -> bool:
    """Put what nobody hears of into the alarm; False when it is cancelled, because people are told by now."""
    if unheard.refill(session, message, now=desk.now, calendar=desk.calendar):
        return True
    _leave_lease(message, MessageStage.CANCELLED)
    session.flush()
    return False


def _let_go_of_postponed(session: Session, message_id: int, today: date) -> None:
    """Take what somebody put off to a later day out of a message; it gets another one on its day."""
    mine = (REMINDERS.c.message_id == message_id, REMINDERS.c.stage == ReminderStage.PLANNED)
    session.execute(update(REMINDERS).where(*mine, ~is_time(today)).values(message_id=None))


def _leave_lease(message: Message, stage: MessageStage) -> None:
    message.stage, message.lease_by, message.lease_until = stage, None, None


def _planned(session: Session, message_id: int) -> Sequence[Reminder]:
    return session.scalars(
        select(Reminder)
        .where(Reminder.message_id == message_id, Reminder.stage == ReminderStage.PLANNED)
        .order_by(Reminder.target_on, Reminder.id)
        .execution_options(populate_existing=True)
    ).all()


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
    session.flush()
