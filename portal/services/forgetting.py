"""Forgetting what is too old to be kept, and the report that says beforehand what that is.

How long each kind is kept stands in `domain.retention`. Keys and sessions, revoked calendars, old mails, what jobs said
and answered requests are deleted; of the trail only the details go, the chain holds. Agreements and reports never do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, CursorResult, String, cast, delete, func, or_, select, update
from sqlalchemy.orm import Session

from portal.domain import retention
from portal.domain.audit_chain import ERASED
from portal.domain.personal import RequestStage
from portal.domain.policy import SYSTEM
from portal.domain.reminder import MessageStage
from portal.models import (
    Attempt,
    CalendarFeed,
    DataRequest,
    Entry,
    Invitation,
    JobRun,
    Message,
    PasswordReset,
    Reminder,
    SecondStep,
    SignInLock,
    SignInSession,
    TrustedDevice,
    plan_change,
)
from portal.queries.audit_chain import ERASURE
from portal.services import audit, second_steps

AT_ONCE: Final = 1000
"""So many details of the trail are erased in one run."""
NOTES_KEPT: Final = timedelta(days=2)
"""So long the notes of changes of the register are kept: longer than any transaction runs."""
_DONE: Final = (MessageStage.SENT, MessageStage.DEAD, MessageStage.CANCELLED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """One kind of record: how long it is kept once it is worth nothing, when it began, and which rows are over."""

    table: Any
    kept: timedelta
    since: Any
    rows: ColumnElement[bool]

    @property
    def name(self) -> str:
        """Return the name of the table."""
        return str(self.table.__tablename__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """What of one kind would go now: how many rows of how many, and the instant of the oldest row there is."""

    name: str
    kept: timedelta
    number: int
    total: int
    oldest: datetime | None


def kinds(now: datetime) -> tuple[Kind, ...]:
    """Return every kind of record that is not kept for good, with the rows that are over at `now`."""
    return (*_keys(now), *_records(now))


def _keys(now: datetime) -> tuple[Kind, ...]:
    def kind(table: Any, kept: timedelta, since: Any, rows: ColumnElement[bool]) -> Kind:
        return Kind(table=table, kept=kept, since=since, rows=rows)

    begun = now - retention.SECOND_STEPS - second_steps.LONGEST
    spent, signed_out = now - retention.INVITATIONS, now - retention.SESSIONS
    out = or_(SignInSession.ended_at < signed_out, SignInSession.expires_at < signed_out)
    gone = or_(Invitation.accepted_at < spent, Invitation.withdrawn_at < spent)
    known, links = retention.TRUSTED_DEVICES, retention.PASSWORD_RESETS
    return (
        kind(SecondStep, retention.SECOND_STEPS, SecondStep.created_at, SecondStep.created_at < begun),
        kind(TrustedDevice, known, TrustedDevice.created_at, TrustedDevice.expires_at < now - known),
        kind(PasswordReset, links, PasswordReset.asked_at, PasswordReset.expires_at < now - links),
        kind(Invitation, retention.INVITATIONS, Invitation.created_at, gone),
        kind(SignInSession, retention.SESSIONS, SignInSession.created_at, out),
        kind(Attempt, retention.ATTEMPTS, Attempt.window_at, Attempt.window_at < now - retention.ATTEMPTS),
        kind(SignInLock, retention.LOCKS, SignInLock.tried_at, SignInLock.tried_at < now - retention.LOCKS),
    )


def _records(now: datetime) -> tuple[Kind, ...]:
    revoked, answered = now - retention.CALENDAR_FEEDS, now - retention.DATA_REQUESTS
    old_mail = (Message.stage.in_(_DONE), Message.created_at < now - retention.MAILS)
    told = (Entry.at < now - retention.TRAIL_DETAILS, Entry.action != ERASURE, _says_something())
    closed = (DataRequest.stage != RequestStage.OPEN, DataRequest.decided_at < answered)
    return (
        Kind(
            table=CalendarFeed,
            kept=retention.CALENDAR_FEEDS,
            since=CalendarFeed.created_at,
            rows=CalendarFeed.revoked_at < revoked,
        ),
        Kind(table=Message, kept=retention.MAILS, since=Message.created_at, rows=old_mail[0] & old_mail[1]),
        Kind(table=Entry, kept=retention.TRAIL_DETAILS, since=Entry.at, rows=told[0] & told[1] & told[2]),
        Kind(
            table=JobRun,
            kept=retention.JOB_RUNS,
            since=JobRun.started_at,
            rows=JobRun.started_at < now - retention.JOB_RUNS,
        ),
        Kind(table=DataRequest, kept=retention.DATA_REQUESTS, since=DataRequest.asked_at, rows=closed[0] & closed[1]),
    )


def _says_something() -> ColumnElement[bool]:
    """Return the condition that an entry has a detail that is not erased yet."""
    return cast(Entry.detail, String).not_in(("{}", ERASED))


def report(session: Session, *, now: datetime) -> Sequence[Due]:
    """Return what would go at `now`, kind by kind; nothing is changed."""
    return [_due(session, kind) for kind in kinds(now)]


def _due(session: Session, kind: Kind) -> Due:
    counted = select(func.count().filter(kind.rows), func.count(), func.min(kind.since)).select_from(kind.table)
    number, total, oldest = session.execute(counted).one()
    return Due(name=kind.name, kept=kind.kept, number=number, total=total, oldest=oldest)


def forget(session: Session, *, now: datetime) -> Mapping[str, int]:
    """Let everything go that has been worth nothing for long enough; return how many of each table.

    A second run finds nothing. Rows of known devices and sessions that still let somebody in are never touched. The
    notes of changes of the register, which tell of nobody, go as well and are not counted.
    """
    plan_change.trim_register(session, before=now - NOTES_KEPT)
    return {kind.name: _forget(session, kind, now=now) for kind in kinds(now)}


def _forget(session: Session, kind: Kind, *, now: datetime) -> int:
    if kind.table is Entry:
        entries = session.scalars(select(Entry).where(kind.rows).order_by(Entry.id).limit(AT_ONCE)).all()
        audit.erase_details(session, entries, reason="retention", actor=SYSTEM, now=now)
        return len(entries)
    if kind.table is Message:
        of_old = Reminder.message_id.in_(select(Message.id).where(kind.rows))
        cut = update(Reminder).where(of_old).values(message_id=None)
        session.execute(cut, execution_options={"synchronize_session": False})
    return _delete(session, kind.table, kind.rows)


def _delete(session: Session, table: Any, rows: ColumnElement[bool]) -> int:
    done = session.execute(delete(table).where(rows), execution_options={"synchronize_session": False})
    return done.rowcount if isinstance(done, CursorResult) else 0
