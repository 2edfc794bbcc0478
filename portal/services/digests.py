"""Puts planned reminders into messages: one digest for each person and working day, single mails for what is late.

A message leaves from 08.00 on a working day in its reader's zone and not after 17.00 (design: platform A2.8). What it
says is read when it is sent (`outbox`), so that nothing old is told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.domain.calendar import WorkingCalendar
from portal.domain.dates import local_instant, office_date
from portal.domain.organisation import Zone
from portal.domain.reminder import Audience, Channel, MessageStage, ReminderStage, SubjectKind
from portal.models import Account, Message, Organisation, Reminder
from portal.services.notices import message_key
from portal.services.plan_statements import TABLE, is_time

DIGEST = "digest"
FIRST_HOUR = 8
LAST_HOUR = 17
MOST_SINGLES = 3
"""Who is late with more than this hears of all of it in the digest: nobody gets a dozen mails in one morning."""

_MESSAGES = cast(Table, Message.__table__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A planned reminder without a message, and who reads it."""

    id: int
    kind: SubjectKind
    subject_id: int
    target_on: date
    step: int
    audience: Audience
    account_id: int
    recipient: str
    language: str
    zone: Zone
    is_ours: bool

    @property
    def is_single(self) -> bool:
        """Return whether a partner is told of this alone: a duty of theirs that is late (design: ux §11)."""
        late = self.kind is SubjectKind.OCCURRENCE and self.step > 0
        return late and self.audience is Audience.DEBTOR and not self.is_ours

    @property
    def single_slot(self) -> str:
        """Return the slot of its own mail."""
        return f"overdue-{self.subject_id}-{self.target_on.isoformat()}-{self.step}"


def is_quiet(now: datetime, zone: Zone, calendar: WorkingCalendar) -> bool:
    """Return whether reminders are not sent now in a zone: outside 08.00 to 17.00 or on a free day."""
    local = now.astimezone(zone.timezone)
    return not (FIRST_HOUR <= local.hour < LAST_HOUR and calendar.is_working(local.date()))


def sending_day(now: datetime, zone: Zone, calendar: WorkingCalendar) -> date:
    """Return the local day on which a reminder planned now is sent: today before 17.00, else the next working day."""
    local = now.astimezone(zone.timezone)
    if local.hour < LAST_HOUR and calendar.is_working(local.date()):
        return local.date()
    return calendar.next_working(local.date() + timedelta(days=1))


def opening(day: date, zone: Zone, now: datetime) -> datetime:
    """Return when mails of a local day may leave: 08.00 there, or now when that is past."""
    return max(now, local_instant(day, FIRST_HOUR, zone))


def _waiting(session: Session, now: datetime) -> list[Waiting]:
    rows = session.execute(
        select(
            Reminder.id,
            Reminder.subject_kind.label("kind"),
            Reminder.subject_id,
            Reminder.target_on,
            Reminder.step,
            Reminder.audience,
            Reminder.account_id,
            Account.email.label("recipient"),
            Account.language,
            Organisation.zone,
            Organisation.is_ours,
        )
        .join(Account, Account.id == Reminder.account_id)
        .join(Organisation, Organisation.id == Account.organisation_id)
        .where(
            Reminder.stage == ReminderStage.PLANNED,
            Reminder.message_id.is_(None),
            Reminder.channel == Channel.MAIL,
            is_time(office_date(now)),
        )
        .order_by(Reminder.account_id, Reminder.target_on, Reminder.id)
    )
    return [Waiting(**row) for row in rows.mappings()]


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """The place of a message: one for each recipient, local day and slot."""

    recipient: str
    local_day: date
    slot: str


def _closed_days(session: Session, recipients: Iterable[str], since: date) -> set[tuple[str, date]]:
    """Return the days whose digest has been taken in hand already: it does not grow any more."""
    rows = session.execute(
        select(Message.recipient, Message.local_day).where(
            Message.slot == DIGEST,
            Message.local_day >= since,
            Message.recipient.in_(sorted(set(recipients))),
            (Message.stage != MessageStage.PENDING) | (Message.tries > 0),
        )
    )
    return {(row.recipient, row.local_day) for row in rows}


def _places(
    waiting: Sequence[Waiting], closed: set[tuple[str, date]], now: datetime, calendar: WorkingCalendar
) -> dict[int, tuple[Waiting, Slot]]:
    singles: dict[int, int] = {}
    for each in waiting:
        singles[each.account_id] = singles.get(each.account_id, 0) + each.is_single
    placed = {}
    for each in waiting:
        day = sending_day(now, each.zone, calendar)
        if each.is_single and singles[each.account_id] <= MOST_SINGLES:
            placed[each.id] = (each, Slot(recipient=each.recipient, local_day=day, slot=each.single_slot))
            continue
        while (each.recipient, day) in closed:
            day = calendar.next_working(day + timedelta(days=1))
        placed[each.id] = (each, Slot(recipient=each.recipient, local_day=day, slot=DIGEST))
    return placed


def _row(each: Waiting, slot: Slot, now: datetime) -> dict[str, Any]:
    opens_at = opening(slot.local_day, each.zone, now)
    digest = "digest_office" if each.is_ours else "digest_partner"
    return {
        "recipient": slot.recipient,
        "account_id": each.account_id,
        "channel": Channel.MAIL,
        "local_day": slot.local_day,
        "slot": slot.slot,
        "template": digest if slot.slot == DIGEST else "occurrence_overdue",
        "language": each.language,
        "values": {},
        "message_id": message_key(slot.recipient, slot.local_day, slot.slot),
        "stage": MessageStage.PENDING,
        "not_before": opens_at,
        "next_try_at": opens_at,
        "tries": 0,
        "created_at": now,
    }


def gather(session: Session, *, now: datetime, calendar: WorkingCalendar) -> int:
    """Give every planned reminder without a message its message; return how many reminders were placed."""
    waiting = _waiting(session, now)
    if not waiting:
        return 0
    since = (now - timedelta(days=1)).date()
    closed = _closed_days(session, (each.recipient for each in waiting), since)
    placed = _places(waiting, closed, now, calendar)
    rows = {slot: _row(each, slot, now) for each, slot in placed.values()}
    dialect = session.get_bind().dialect.name
    adding = postgresql.insert(_MESSAGES) if dialect == "postgresql" else sqlite.insert(_MESSAGES)
    # Whichever of its unique keys another worker was the first to take; and in one order, or two workers that gather
    # at once would wait for each other.
    session.execute(adding.on_conflict_do_nothing(), sorted(rows.values(), key=itemgetter("message_id")))
    keys = {row["message_id"]: slot for slot, row in rows.items()}
    found = session.execute(
        select(Message.id, Message.message_id).where(
            Message.message_id.in_(list(keys)), Message.stage == MessageStage.PENDING
        )
    )
    ids = {keys[row.message_id]: row.id for row in found}
    linked = [{"one": each.id, "to": ids[slot]} for each, slot in placed.values() if slot in ids]
    links = sorted(linked, key=itemgetter("one"))
    if links:
        linking = update(TABLE).where(TABLE.c.id == bindparam("one"), TABLE.c.message_id.is_(None))
        session.execute(linking.values(message_id=bindparam("to")), links)
    return len(links)
