"""The book of reminders of one person: what came, what comes, what was not sent, and why nothing comes of a thing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.domain.agreement import Stage
from portal.domain.calendar import WorkingCalendar
from portal.domain.errors import NotFound
from portal.domain.reminder import Audience, ReminderStage, SubjectKind
from portal.models import Absence, Account, Agreement, Reminder
from portal.queries import ledger, ledger_coming, reminder_lines
from portal.queries.ledger import PASSED_OVER, WAITING, LedgerFilter, ReminderRow
from portal.queries.ledger_coming import ComingRow
from portal.queries.reminder_people import AUDIENCES, hearers
from portal.queries.reminder_subjects import live

BACK = timedelta(days=90)
MOST = 100
"""So many lines of each part are shown; who has more reads them in the book."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reachability:
    """Whether a person can be told anything today."""

    is_active: bool
    refused_at: datetime | None
    away_until: date | None
    deputy: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonBook:
    """What the book holds of one person: 90 days back and 90 ahead."""

    account: Account
    reachability: Reachability
    came: tuple[ReminderRow, ...]
    waiting: tuple[ReminderRow, ...]
    coming: tuple[ComingRow, ...]
    not_sent: tuple[ReminderRow, ...]


def get_account(session: Session, account_id: int) -> Account:
    """Return an account with its organisation; raise NotFound."""
    found = session.scalar(select(Account).where(Account.id == account_id).options(joinedload(Account.organisation)))
    if found is None:
        raise NotFound
    return found


def book_of(
    session: Session, account: Account, *, now: datetime, today: date, calendar: WorkingCalendar, readable: bool
) -> PersonBook:
    """Return the book of one person; `readable` says whether titles of restricted agreements may be shown."""
    mine = ledger.lines().where(Reminder.account_id == account.id)
    since = now - BACK

    def rows(*conditions: Any, order: Any) -> tuple[ReminderRow, ...]:
        found = session.execute(mine.where(*conditions).order_by(order, Reminder.id).limit(MOST)).all()
        return ledger.as_rows(session, found, with_confidential=readable)

    ahead = ledger_coming.for_person(session, account.id, LedgerFilter(), today=today, calendar=calendar)
    newest = Reminder.ended_at.desc()
    return PersonBook(
        account=account,
        reachability=reachability(session, account, today=today),
        came=rows(Reminder.stage == ReminderStage.SENT, Reminder.ended_at >= since, order=newest),
        waiting=rows(Reminder.stage.in_(WAITING), order=Reminder.planned_on),
        coming=ledger_coming.as_rows(session, ahead[:MOST], with_confidential=readable),
        not_sent=rows(
            Reminder.stage.in_((*PASSED_OVER, ReminderStage.FAILED)), Reminder.ended_at >= since, order=newest
        ),
    )


def reachability(session: Session, account: Account, *, today: date) -> Reachability:
    """Return whether a person can be told anything today, and who stands in."""
    deputy = select(Account.name).where(Account.id == Absence.deputy_id).scalar_subquery()
    away = session.execute(
        select(Absence.ends_on, deputy.label("deputy")).where(
            Absence.account_id == account.id,
            Absence.cancelled_at.is_(None),
            Absence.starts_on <= today,
            Absence.ends_on >= today,
        )
    ).first()
    return Reachability(
        is_active=account.is_active,
        refused_at=account.mail_refused_at,
        away_until=away.ends_on if away else None,
        deputy=away.deputy if away else None,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """Why a person hears of one thing as they do."""

    title: str
    period_key: str | None
    kind: SubjectKind
    target_on: date
    audiences: tuple[Audience, ...]
    """The roles in which the person would hear today; empty: nothing of this concerns them."""
    rows: tuple[ReminderRow, ...]
    next_step: ComingRow | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerBook:
    """The answer to "why did I (not) get this?" for one agreement."""

    agreement_code: str
    is_running: bool
    answers: tuple[Answer, ...]
    ended: tuple[ReminderRow, ...]
    """Reminders of things that are not to be reminded of any more."""


def answer(session: Session, account: Account, code: str, *, today: date, calendar: WorkingCalendar) -> AnswerBook:
    """Return for everything of an agreement that is to be reminded of whether and when a person hears of it."""
    agreement = session.scalars(select(Agreement).where(Agreement.code == code)).one()
    found = session.execute(
        ledger.lines()
        .where(Reminder.account_id == account.id, Reminder.agreement_id == agreement.id)
        .order_by(Reminder.planned_on.desc(), Reminder.id.desc())
        .limit(MOST)
    ).all()
    keys = [(row.Reminder.subject_kind, row.Reminder.subject_id) for row in found]
    rows = list(zip(keys, ledger.as_rows(session, found, with_confidential=True), strict=True))
    asked = LedgerFilter(agreement_code=agreement.code, with_confidential=True)
    ahead = ledger_coming.for_person(session, account.id, asked, today=today, calendar=calendar)
    coming = ledger_coming.as_rows(session, ahead, with_confidential=True)
    subjects = _subjects(session, account.id, agreement.id, today)
    known = reminder_lines.about(session, [key for key, *_ in subjects])
    answers = tuple(
        Answer(
            title=known[key].title,
            period_key=known[key].period_key,
            kind=key[0],
            target_on=target_on,
            audiences=audiences,
            rows=tuple(row for of, row in rows if of == key),
            next_step=next((row for row in coming if (row.kind, row.subject_id) == key), None),
        )
        for key, target_on, audiences in subjects
    )
    alive = {key for key, *_ in subjects}
    return AnswerBook(
        agreement_code=agreement.code,
        is_running=agreement.stage is Stage.ACTIVE,
        answers=answers,
        ended=tuple(row for of, row in rows if of not in alive),
    )


Subject = tuple[reminder_lines.Key, date, tuple[Audience, ...]]


def _subjects(session: Session, account_id: int, agreement_id: int, today: date) -> list[Subject]:
    """Return everything of an agreement that is to be reminded of soon, and the roles in which a person hears."""
    found: list[Subject] = []
    for kind in SubjectKind:
        inner = live(kind).subquery("inner")
        found_of_kind = select(inner).where(inner.c.agreement_id == agreement_id)
        if kind is SubjectKind.OCCURRENCE:
            found_of_kind = found_of_kind.where(inner.c.target_on <= today + 2 * BACK)
        chosen = found_of_kind.subquery("chosen")
        heard = hearers(kind, chosen, frozenset(Audience), today)
        places: dict[int, set[int]] = {}
        if heard is not None:
            mine = select(heard.c.subject_id, heard.c.place).where(heard.c.account_id == account_id)
            for row in session.execute(mine):
                places.setdefault(row.subject_id, set()).add(row.place)
        order = (chosen.c.target_on, chosen.c.subject_id)
        for row in session.execute(select(chosen.c.subject_id, chosen.c.target_on).order_by(*order).limit(MOST)):
            roles = tuple(AUDIENCES[place] for place in sorted(places.get(row.subject_id, ())))
            found.append(((kind, row.subject_id), row.target_on, roles))
    return found
