"""The book of reminders as people read it: what waits, what was passed over, and why. Mails are in `ledger_mails`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.domain.errors import NotFound
from portal.domain.reminder import (
    Audience,
    Channel,
    EndReason,
    ReminderStage,
    SubjectKind,
)
from portal.models import Account, Agreement, Message, Reminder
from portal.queries import reminder_lines

PER_PAGE = 25
AT_ONCE = 500
"""So many rows are read together where all are wanted."""
COUNTED_UP_TO = 1000
"""Rows are counted so far; beyond it the page says "lebih dari 1.000" (Settled 19)."""

WAITING = (ReminderStage.PLANNED, ReminderStage.HELD)
PASSED_OVER = (ReminderStage.OVERTAKEN, ReminderStage.SUPERSEDED, ReminderStage.CANCELLED)


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerFilter:
    """What the reader asks for; `with_confidential` says whether titles of restricted agreements may be shown."""

    agreement_code: str | None = None
    person: str | None = None
    first_on: date | None = None
    last_on: date | None = None
    kind: SubjectKind | None = None
    page: int = 1
    with_confidential: bool = False

    @property
    def offset(self) -> int:
        """Return how many rows lie before this page."""
        return (self.page - 1) * PER_PAGE


@dataclass(frozen=True, kw_only=True, slots=True)
class ReminderRow:
    """One reminder with everything that its line and its reason show."""

    number: int
    kind: SubjectKind
    title: str | None
    """None: the agreement is restricted and the reader may not see it."""
    period_key: str | None
    agreement_code: str
    is_sample: bool
    step: int
    target_on: date
    planned_on: date
    planned_at: datetime
    audience: Audience
    channel: Channel
    stage: ReminderStage
    end_reason: EndReason | None
    ended_at: datetime | None
    name: str
    email: str
    account_id: int
    message_id: int | None
    leaves_at: datetime | None
    postponed_to: date | None
    decided_by: str | None
    decision_reason: str | None
    ladder: str | None
    """Name of the ladder that the duty was given; None: the default one of its kind."""

    @property
    def waits(self) -> bool:
        """Return whether somebody may still decide about it."""
        return self.stage in WAITING


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerPage:
    """One page of rows; `total` stops one above COUNTED_UP_TO."""

    rows: tuple[Any, ...]
    total: int


def person_like(text: str) -> ColumnElement[bool]:
    """Return the condition that a reader's name or address contains a text."""
    pattern = f"%{text.lower().replace('%', '').replace('_', '')}%"
    return or_(func.lower(Account.name).like(pattern), func.lower(Account.email).like(pattern))


def lines() -> Any:
    """Return the select of reminders with what their lines need; `as_rows` reads it."""
    decider = aliased(Account, name="decider")
    return (
        select(
            Reminder,
            Account.name,
            Account.email,
            Message.next_try_at,
            Agreement.is_confidential,
            decider.name.label("decided_by"),
        )
        .join(Account, Account.id == Reminder.account_id)
        .join(Agreement, Agreement.id == Reminder.agreement_id)
        .outerjoin(Message, Message.id == Reminder.message_id)
        .outerjoin(decider, decider.id == Reminder.decided_by_id)
    )


def _selected(asked: LedgerFilter) -> Any:
    found = lines()
    if asked.kind:
        found = found.where(Reminder.subject_kind == asked.kind)
    if asked.agreement_code:
        found = found.where(Agreement.code == asked.agreement_code)
    if asked.person:
        found = found.where(person_like(asked.person))
    if asked.first_on:
        found = found.where(Reminder.planned_on >= asked.first_on)
    if asked.last_on:
        found = found.where(Reminder.planned_on <= asked.last_on)
    return found


def as_rows(session: Session, rows: Sequence[Any], *, with_confidential: bool) -> tuple[ReminderRow, ...]:
    """Turn rows of `lines` into lines of the book, titles read together."""
    known = reminder_lines.about(session, {(row.Reminder.subject_kind, row.Reminder.subject_id) for row in rows})
    found = []
    for row in rows:
        reminder = row.Reminder
        subject = known[reminder.subject_kind, reminder.subject_id]
        found.append(
            ReminderRow(
                number=reminder.id,
                kind=reminder.subject_kind,
                title=None if row.is_confidential and not with_confidential else subject.title,
                period_key=subject.period_key,
                agreement_code=subject.agreement_code,
                is_sample=subject.is_sample,
                step=reminder.step,
                target_on=reminder.target_on,
                planned_on=reminder.planned_on,
                planned_at=reminder.planned_at,
                audience=reminder.audience,
                channel=reminder.channel,
                stage=reminder.stage,
                end_reason=EndReason(reminder.end_reason) if reminder.end_reason else None,
                ended_at=reminder.ended_at,
                name=row.name,
                email=row.email,
                account_id=reminder.account_id,
                message_id=reminder.message_id,
                leaves_at=row.next_try_at,
                postponed_to=reminder.postponed_to,
                decided_by=row.decided_by,
                decision_reason=reminder.decision_reason,
                ladder=subject.ladder,
            )
        )
    return tuple(found)


def counted(session: Session, statement: Any) -> int:
    """Return how many rows a select has, counted up to one above COUNTED_UP_TO."""
    inner = statement.with_only_columns(Reminder.id).order_by(None).limit(COUNTED_UP_TO + 1).subquery()
    return session.scalar(select(func.count()).select_from(inner)) or 0


def _page(session: Session, statement: Any, asked: LedgerFilter) -> LedgerPage:
    rows = session.execute(statement.limit(PER_PAGE).offset(asked.offset)).all()
    lines = as_rows(session, rows, with_confidential=asked.with_confidential)
    return LedgerPage(rows=lines, total=counted(session, statement))


def _waiting(asked: LedgerFilter) -> Any:
    order = (Reminder.planned_on, Reminder.target_on, Reminder.id)
    return _selected(asked).where(Reminder.stage.in_(WAITING)).order_by(*order)


def _passed_over(asked: LedgerFilter) -> Any:
    order = (Reminder.ended_at.desc(), Reminder.id.desc())
    return _selected(asked).where(Reminder.stage.in_(PASSED_OVER)).order_by(*order)


def list_waiting(session: Session, asked: LedgerFilter) -> LedgerPage:
    """Return planned reminders that have not left yet, held ones included, the next to leave first; all are counted."""
    page = _page(session, _waiting(asked), asked)
    inner = _waiting(asked).with_only_columns(Reminder.id).order_by(None).subquery()
    return replace(page, total=session.scalar(select(func.count()).select_from(inner)) or 0)


def list_passed_over(session: Session, asked: LedgerFilter) -> LedgerPage:
    """Return reminders that were not sent on purpose, newest first."""
    return _page(session, _passed_over(asked), asked)


def iterate_waiting(session: Session, asked: LedgerFilter, *, limit: int) -> Iterator[ReminderRow]:
    """Yield the first rows of `list_waiting`'s pages; only a few hundred are held at a time."""
    return _iterate(session, _waiting(asked), asked, limit)


def iterate_passed_over(session: Session, asked: LedgerFilter, *, limit: int) -> Iterator[ReminderRow]:
    """Yield the first rows of `list_passed_over`'s pages; only a few hundred are held at a time."""
    return _iterate(session, _passed_over(asked), asked, limit)


def _iterate(session: Session, statement: Any, asked: LedgerFilter, limit: int) -> Iterator[ReminderRow]:
    ids = session.scalars(statement.with_only_columns(Reminder.id).limit(limit)).all()
    for first in range(0, len(ids), AT_ONCE):
        some = ids[first : first + AT_ONCE]
        found = session.execute(lines().where(Reminder.id.in_(some))).all()
        known = {row.Reminder.id: row for row in found}
        rows = [known[number] for number in some if number in known]
        yield from as_rows(session, rows, with_confidential=asked.with_confidential)


def get_waiting(session: Session, number: int, *, with_confidential: bool) -> ReminderRow:
    """Return one reminder that somebody may still decide about; raise NotFound for any other."""
    found = session.execute(lines().where(Reminder.id == number, Reminder.stage.in_(WAITING))).all()
    rows = as_rows(session, found, with_confidential=with_confidential)
    if not rows or rows[0].title is None:
        raise NotFound
    return rows[0]


def get_reminder(session: Session, number: int) -> Reminder:
    """Return the row of a reminder; raise NotFound."""
    found = session.get(Reminder, number)
    if found is None:
        raise NotFound
    return found


def count_held(session: Session) -> int:
    """Return how many reminders the brake holds back."""
    return session.scalar(select(func.count()).where(Reminder.stage == ReminderStage.HELD)) or 0


def planned_at(session: Session, instant: datetime) -> tuple[ReminderRow, ...]:
    """Return everything that a sweep at this instant planned."""
    rows = session.execute(
        _selected(LedgerFilter())
        .where(Reminder.planned_at == instant)
        .order_by(Reminder.target_on, Account.email, Reminder.id)
    ).all()
    return as_rows(session, rows, with_confidential=True)
