"""What stands under the bell of one person: reminders that have come of what is still open, and notices to them.

Works in the session of the office and in that of a partner: `models/scope.py` keeps both to their own rows.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Label, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.domain.agreement import Stage
from portal.domain.errors import NotFound
from portal.domain.obligation import OccurrenceStage
from portal.domain.reminder import Channel, MessageStage, ReminderStage, SubjectKind
from portal.domain.report import ReportStage
from portal.models import Account, Agreement, Message, Occurrence, Reminder, Report
from portal.queries import paper_validity, reminder_lines
from portal.queries.kept import among, one_of

MOST = 50
BACK = timedelta(days=90)
"""Notices older than this have left the bell."""

NOTICES = (
    "report_submitted",
    "report_receipt",
    "report_returned",
    "report_accepted",
    "report_reopened",
    "report_approval_asked",
    "report_handed_back",
    "relief_asked",
    "relief_decided",
    "question_asked",
    "question_answered",
    "draft_shared",
    "draft_answered",
    "draft_decided",
    "card_decided",
)
"""Mails that tell of one thing and have a page; digests repeat what the reminders under the bell say already."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BellReminder:
    """A reminder that has come."""

    number: int
    kind: SubjectKind
    title: str
    period_key: str | None
    agreement_code: str
    target_on: date
    days: int
    at: datetime
    is_unread: bool
    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BellNotice:
    """A notice, as its mail says it."""

    key: str
    template: str
    values: dict[str, Any]
    at: datetime
    is_unread: bool


BellItem = BellReminder | BellNotice


@cache
def _is_open(reminder: type[Reminder]) -> ColumnElement[bool]:
    """Return whether what a reminder is about is still open on the same date."""
    kind, number, target_on = reminder.subject_kind, reminder.subject_id, reminder.target_on
    due, ending = aliased(Occurrence, name="o"), aliased(Agreement, name="a")
    occurrence = select(due.id).where(
        due.id == number,
        due.due_on == target_on,
        one_of(due.stage, (OccurrenceStage.OPEN, OccurrenceStage.RETURNED)),
    )
    report = select(Report.id).where(
        Report.id == number, Report.fix_due_on == target_on, Report.stage == ReportStage.RETURNED
    )
    days = {
        SubjectKind.TERM_END: ending.ends_on,
        SubjectKind.NOTICE: ending.notice_on,
        SubjectKind.RENEWAL_START: ending.renewal_starts_on,
    }
    same_day = or_(*(and_(kind == each, day == target_on) for each, day in days.items()))
    agreement = select(ending.id).where(ending.id == number, ending.stage == Stage.ACTIVE, same_day)
    valid = paper_validity.days().subquery("paper")
    paper = select(valid.c.subject_id).where(valid.c.subject_id == number, valid.c.expires_on == target_on)
    return or_(
        and_(kind == SubjectKind.OCCURRENCE, exists(occurrence)),
        and_(kind == SubjectKind.REPORT_FIX, exists(report)),
        and_(kind == SubjectKind.PAPER, exists(paper)),
        exists(agreement),
    )


@cache
def _aliases() -> tuple[type[Reminder], type[Reminder]]:
    """Return reminders under two short names, built once: every page of the office asks with them.

    The driver keeps what it made of a text only up to 4,096 characters.
    """
    return aliased(Reminder, name="r"), aliased(Reminder, name="n")


def _has_come(account_id: Any, today: Any, reminder: type[Reminder] = Reminder) -> ColumnElement[bool]:
    """Return whether a reminder of this person has come, and no later step of the same thing has."""
    newer = _aliases()[1]
    overtaken = exists(
        select(newer.id).where(
            newer.account_id == account_id,
            newer.subject_kind == reminder.subject_kind,
            newer.subject_id == reminder.subject_id,
            newer.target_on == reminder.target_on,
            or_(newer.step > reminder.step, and_(newer.step == reminder.step, newer.id > reminder.id)),
            one_of(newer.stage, (ReminderStage.PLANNED, ReminderStage.SENT)),
            newer.channel != Channel.SERVICE,
        )
    )
    return and_(
        reminder.account_id == account_id,
        reminder.channel != Channel.SERVICE,
        or_(
            reminder.stage == ReminderStage.SENT,
            and_(
                reminder.stage == ReminderStage.PLANNED,
                reminder.planned_on <= today,
                or_(reminder.postponed_to.is_(None), reminder.postponed_to <= today),
            ),
        ),
        ~overtaken,
        _is_open(reminder),
    )


def _is_notice(account_id: Any, since: Any, message: type[Message] = Message) -> ColumnElement[bool]:
    return and_(
        message.account_id == account_id,
        among(message.template, NOTICES),
        message.created_at > since,
        one_of(message.stage, (MessageStage.SENT, MessageStage.PENDING, MessageStage.LEASED)),
    )


def unread(session: Session, account_id: int, *, now: datetime, today: date) -> int:
    """Return how many things under the bell of a person are unread, in one statement."""
    row = session.execute(_unread(), {"account": account_id, "today": today, "since": now - BACK}).first()
    return row.reminders + row.notices if row else 0


@cache
def _unread() -> Select[int, int, int]:
    """Return the question of every page of a partner, built once."""
    asked = select(Account.id, *unread_numbers())
    return asked.where(Account.id == bindparam("account", type_=Integer()))


def unread_numbers() -> tuple[Label[int], Label[int]]:
    """Return how many reminders and notices of `account` are unread, as `reminders` and `notices`.

    The question that holds them binds `account`, `today` and `since`, before which notices have left the bell.
    """
    account, today = bindparam("account", type_=Integer()), bindparam("today", type_=Date())
    since = bindparam("since", type_=Message.created_at.type)
    reminder = _aliases()[0]
    reminders = select(func.count(reminder.id)).where(_has_come(account, today, reminder), reminder.read_at.is_(None))
    message = aliased(Message, name="m")
    notices = select(func.count(message.id)).where(_is_notice(account, since, message), message.read_at.is_(None))
    return reminders.scalar_subquery().label("reminders"), notices.scalar_subquery().label("notices")


def list_items(
    session: Session, account_id: int, *, now: datetime, today: date, in_office: bool
) -> tuple[BellItem, ...]:
    """Return what stands under the bell, unread things first, then the newest."""
    newest = (Reminder.read_at.is_not(None), Reminder.planned_at.desc(), Reminder.target_on, Reminder.id)
    reminders = session.scalars(
        select(Reminder).where(_has_come(account_id, today)).order_by(*newest).limit(MOST)
    ).all()
    known = reminder_lines.about(session, {(each.subject_kind, each.subject_id) for each in reminders})
    found: list[BellItem] = []
    for each in reminders:
        subject = known[each.subject_kind, each.subject_id]
        found.append(
            BellReminder(
                number=each.id,
                kind=each.subject_kind,
                title=subject.title,
                period_key=subject.period_key,
                agreement_code=subject.agreement_code,
                target_on=each.target_on,
                days=(each.target_on - today).days,
                at=each.planned_at,
                is_unread=each.read_at is None,
                path=subject.path(in_office=in_office),
            )
        )
    return tuple(
        sorted(
            [*found, *_notices(session, account_id, now)], key=lambda each: (not each.is_unread, -each.at.timestamp())
        )
    )


def _notices(session: Session, account_id: int, now: datetime) -> list[BellNotice]:
    order = (Message.read_at.is_not(None), Message.created_at.desc(), Message.id.desc())
    messages = session.scalars(select(Message).where(_is_notice(account_id, now - BACK)).order_by(*order).limit(MOST))
    return [
        BellNotice(
            key=message.message_id,
            template=message.template,
            values=message.values,
            at=message.created_at,
            is_unread=message.read_at is None,
        )
        for message in messages
    ]


def unread_rows(session: Session, account_id: int, *, now: datetime, today: date) -> list[Reminder | Message]:
    """Return the rows behind everything unread, to be marked."""
    reminders = session.scalars(select(Reminder).where(_has_come(account_id, today), Reminder.read_at.is_(None)))
    notices = session.scalars(select(Message).where(_is_notice(account_id, now - BACK), Message.read_at.is_(None)))
    return [*reminders, *notices]


def get_reminder(session: Session, account_id: int, number: int) -> Reminder:
    """Return one reminder of a person; raise NotFound for anybody else's."""
    found = session.scalar(select(Reminder).where(Reminder.id == number, Reminder.account_id == account_id))
    if found is None:
        raise NotFound
    return found


def get_notice(session: Session, account_id: int, key: str) -> Message:
    """Return one notice to a person; raise NotFound for anybody else's."""
    mine = (Message.account_id == account_id, Message.template.in_(NOTICES))
    found = session.scalar(select(Message).where(Message.message_id == key, *mine))
    if found is None:
        raise NotFound
    return found


def path_of(session: Session, reminder: Reminder, *, in_office: bool) -> str:
    """Return the page where something can be done about a reminder."""
    key = (reminder.subject_kind, reminder.subject_id)
    return reminder_lines.about(session, [key])[key].path(in_office=in_office)
