"""The mail in which a waiting reminder will leave, made beforehand as it will be made then; nothing is written."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.calendar import WorkingCalendar
from portal.domain.organisation import Zone
from portal.domain.reminder import Channel, ReminderStage
from portal.mail import compose
from portal.mail.compose import Envelope, Letter, Letterhead, Reader
from portal.models import Message, Reminder
from portal.queries import reminder_mails
from portal.services import digests, reminder_decisions
from portal.services.notices import message_key


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """A mail that has not left: what it says, to whom, when, and how many reminders share it."""

    letter: Letter
    envelope: Envelope
    leaves_at: datetime
    zone: Zone
    reminders: int


def preview(
    session: Session, reminder: Reminder, *, letterhead: Letterhead, now: datetime, calendar: WorkingCalendar
) -> Preview | None:
    """Return the mail of a waiting reminder; None for one that is only shown under the bell."""
    if reminder.channel is not Channel.MAIL:
        return None
    message = session.get(Message, reminder.message_id) if reminder.message_id else None
    reader = reminder_mails.addressee(session, reminder.account_id, today=now.date())
    zone = reader.account.organisation.zone
    leaves_at = message.next_try_at if message else _leaves_at(reminder, zone, now, calendar)
    today = leaves_at.astimezone(zone.timezone).date()
    mates = _mates(session, reminder, today)
    template = message.template if message else _template(reminder, mates, in_office=reader.in_office)
    included = mates if template != reminder_mails.SINGLE else [reminder]
    told = reminder_mails.Addressee(account=reader.account, today=today)
    values = reminder_mails.values(template, included, told, reminder_mails.facts(session, included, [told]))
    person = Reader(name=reader.account.name, language=reader.account.language, zone=zone)
    return Preview(
        letter=compose.compose(template, values, reader=person, letterhead=letterhead),
        envelope=Envelope(
            recipient=reader.account.email,
            name=reader.account.name,
            message_key=message.message_id if message else message_key(reader.account.email, today, "preview"),
            at=leaves_at,
        ),
        leaves_at=leaves_at,
        zone=zone,
        reminders=len(included),
    )


def _leaves_at(reminder: Reminder, zone: Zone, now: datetime, calendar: WorkingCalendar) -> datetime:
    known = calendar.assumed()
    day: date = digests.sending_day(now, zone, known)
    if reminder.postponed_to and reminder.postponed_to > day:
        day = known.next_working(reminder.postponed_to)
    return digests.opening(day, zone, now)


def _mates(session: Session, reminder: Reminder, today: date) -> list[Reminder]:
    """Return what leaves together: the same mail or, before there is one, what waits for the same person."""
    same = Reminder.message_id == reminder.message_id if reminder.message_id else Reminder.message_id.is_(None)
    found = session.scalars(
        select(Reminder)
        .where(
            Reminder.account_id == reminder.account_id,
            Reminder.channel == Channel.MAIL,
            Reminder.stage == ReminderStage.PLANNED,
            same,
        )
        .order_by(Reminder.target_on, Reminder.id)
    )
    ready = [each for each in found if each.postponed_to is None or each.postponed_to <= today]
    return ready if any(each.id == reminder.id for each in ready) else [reminder]


def _template(reminder: Reminder, mates: list[Reminder], *, in_office: bool) -> str:
    alone = reminder_decisions.template_of(reminder, in_office=in_office)
    singles = sum(reminder_decisions.template_of(each, in_office=in_office) == reminder_mails.SINGLE for each in mates)
    return "digest_partner" if alone == reminder_mails.SINGLE and singles > digests.MOST_SINGLES else alone


def wire(found: Preview, letterhead: Letterhead) -> bytes:
    """Return the mail as a file that any mail program opens."""
    return compose.wire(found.letter, found.envelope, letterhead).as_bytes()
