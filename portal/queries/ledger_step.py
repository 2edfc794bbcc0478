"""One step of a ladder that has not come yet: of what it is, and who would hear of it if it came today."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.domain.calendar import WorkingCalendar
from portal.domain.errors import NotFound
from portal.domain.reminder import Audience, Channel, Coming, Ladder, SubjectKind, day_of
from portal.models import Account
from portal.queries import ledger_coming, reminders
from portal.queries.ledger_coming import ComingRow, Rung
from portal.queries.reminder_people import AUDIENCES, recipients
from portal.queries.reminder_subjects import live


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """Which step of which date of what."""

    kind: SubjectKind
    subject_id: int
    target_on: date
    step: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Hearer:
    """Somebody who would hear, in which role and by which way."""

    account_id: int
    audience: Audience
    channel: Channel
    agreement_id: int


def _subject(asked: Step) -> Select[Any]:
    inner = live(asked.kind).subquery("inner")
    return select(inner).where(inner.c.subject_id == asked.subject_id, inner.c.target_on == asked.target_on)


def _ladder(session: Session, asked: Step) -> Ladder:
    """Return the ladder that a subject climbs; NotFound when it has no such date or its ladder no such step."""
    row = session.execute(_subject(asked)).first()
    of_kind = [each for each in reminders.list_ladders(session) if each.kind is asked.kind]
    own = [each for each in of_kind if row is not None and each.ladder_id == row.ladder_id and row.ladder_id]
    chosen = [*own, *(each for each in of_kind if each.is_default)]
    if row is None or not chosen or asked.step not in chosen[0].steps:
        raise NotFound
    return chosen[0]


def hearers_of(session: Session, asked: Step, *, today: date) -> tuple[Hearer, ...]:
    """Return everybody who would hear of a step if it came today.

    Raises NotFound when nothing has this date any more or its ladder has no such step.
    """
    found = []
    for channel, audiences in _ladder(session, asked).heard(asked.step).items():
        who = recipients(asked.kind, _subject(asked).subquery("chosen"), audiences, today)
        rows = session.execute(select(who.c.account_id, who.c.place, who.c.agreement_id)) if who is not None else ()
        found += [
            Hearer(
                account_id=row.account_id,
                audience=AUDIENCES[row.place],
                channel=channel,
                agreement_id=row.agreement_id,
            )
            for row in rows
        ]
    return tuple(found)


def get_row(session: Session, asked: Step, *, with_confidential: bool, calendar: WorkingCalendar) -> ComingRow:
    """Return a step as a line of the book; raise NotFound, also for what the reader may not see."""
    coming = Coming(
        on=day_of(asked.target_on, asked.step, calendar.assumed()),
        kind=asked.kind,
        subject_id=asked.subject_id,
        target_on=asked.target_on,
        step=asked.step,
    )
    rung = Rung(coming=coming, ladder=_ladder(session, asked))
    (row,) = ledger_coming.as_rows(session, [rung], with_confidential=with_confidential)
    if row.title is None:
        raise NotFound
    return row


def names_of(session: Session, hearers: tuple[Hearer, ...]) -> tuple[str, ...]:
    """Return the names and addresses of some people, each once."""
    rows = session.execute(
        select(Account.name, Account.email)
        .where(Account.id.in_({each.account_id for each in hearers}))
        .order_by(Account.name, Account.email)
    )
    return tuple(f"{row.name} ({row.email})" for row in rows)
