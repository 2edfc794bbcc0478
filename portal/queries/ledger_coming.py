"""What the ladders will plan in the days ahead, counted out beforehand, and what nobody could be told of."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.calendar import WorkingCalendar
from portal.domain.reminder import (
    NEAR,
    Audience,
    Coming,
    Rule,
    SubjectKind,
    audiences,
    coming,
    ladder,
    windows,
)
from portal.models import Agreement
from portal.queries import ledger, reminder_lines, reminders
from portal.queries.ledger import PER_PAGE, LedgerFilter, LedgerPage
from portal.queries.reminder_people import recipients
from portal.queries.reminder_subjects import targets_between

AHEAD_DAYS = 90


@dataclass(frozen=True, kw_only=True, slots=True)
class ComingRow:
    """A step that will come, and who is to hear of it by role."""

    on: date
    kind: SubjectKind
    title: str | None
    period_key: str | None
    agreement_code: str
    is_sample: bool
    step: int
    target_on: date
    audiences: tuple[Audience, ...]


def list_plan(session: Session, asked: LedgerFilter, *, today: date, calendar: WorkingCalendar) -> LedgerPage:
    """Return what waits to leave (ReminderRow) and, after it, what will come within 90 days (ComingRow)."""
    waiting = ledger.list_waiting(session, asked)
    skip, room = max(0, asked.offset - waiting.total), PER_PAGE - len(waiting.rows)
    ahead = _ahead(session, asked, today=today, calendar=calendar)
    rows = _rows(session, ahead[skip : skip + room], asked, reminders.list_rules(session))
    return LedgerPage(rows=(*waiting.rows, *rows), total=waiting.total + len(ahead))


def _ahead(session: Session, asked: LedgerFilter, *, today: date, calendar: WorkingCalendar) -> list[Coming]:
    """Return the steps that come within 90 days, the next first; days of years that are not loaded count as ordinary.

    People are joined to the roles on the day itself, so a filter by person finds nothing here.
    """
    if asked.person:
        return []
    rules = reminders.list_rules(session)
    until = today + timedelta(days=AHEAD_DAYS)
    subjects = []
    for kind in SubjectKind:
        steps = ladder(kind, rules)
        if not steps:
            continue
        first, last = today - timedelta(days=steps[-1]) - NEAR, until - timedelta(days=steps[0]) + NEAR
        subject = targets_between(kind, first, last).subquery("subject")
        found = select(subject.c.subject_id, subject.c.target_on)
        if asked.agreement_code:
            found = found.join(Agreement, Agreement.id == subject.c.agreement_id).where(
                Agreement.code == asked.agreement_code
            )
        subjects += [(kind, row.subject_id, row.target_on) for row in session.execute(found)]
    return [
        each
        for each in coming(subjects, rules, today, until, calendar.assumed())
        if (asked.first_on or today) <= each.on <= (asked.last_on or until)
    ]


def _rows(session: Session, shown: list[Coming], asked: LedgerFilter, rules: tuple[Rule, ...]) -> tuple[ComingRow, ...]:
    known = reminder_lines.about(session, {(each.kind, each.subject_id) for each in shown})
    found = []
    for each in shown:
        subject = known[each.kind, each.subject_id]
        hidden = subject.is_confidential and not asked.with_confidential
        found.append(
            ComingRow(
                on=each.on,
                kind=each.kind,
                title=None if hidden else subject.title,
                period_key=subject.period_key,
                agreement_code=subject.agreement_code,
                is_sample=subject.is_sample,
                step=each.step,
                target_on=each.target_on,
                audiences=tuple(sorted(audiences(each.kind, each.step, rules), key=list(Audience).index)),
            )
        )
    return tuple(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class Unheard:
    """Something that is to be reminded of now, whose debtor has nobody who can be written to."""

    title: str
    period_key: str | None
    agreement_code: str
    target_on: date
    who: str | None


def subjects_without_recipient(
    session: Session, *, today: date, calendar: WorkingCalendar, limit: int = 50
) -> tuple[Unheard, ...]:
    """Return duties whose reminders have begun but whose debtors have nobody to be told, the most urgent first."""
    rules = reminders.list_rules(session)
    shown = [
        window for window in windows(today, ladder(SubjectKind.OCCURRENCE, rules), calendar) if not window.is_empty
    ]
    if not shown:
        return ()
    subject = targets_between(
        SubjectKind.OCCURRENCE, min(each.first_on for each in shown), max(each.last_on for each in shown)
    ).subquery("subject")
    who = recipients(SubjectKind.OCCURRENCE, subject, frozenset({Audience.DEBTOR}), today)
    if who is None:
        return ()
    unheard = (
        select(subject.c.subject_id, subject.c.target_on)
        .outerjoin(who, who.c.subject_id == subject.c.subject_id)
        .where(who.c.account_id.is_(None))
        .order_by(subject.c.target_on, subject.c.subject_id)
        .limit(limit)
    )
    rows = session.execute(unheard).all()
    known = reminder_lines.about(session, {(SubjectKind.OCCURRENCE, row.subject_id) for row in rows})
    return tuple(_unheard(known[SubjectKind.OCCURRENCE, row.subject_id], row.target_on) for row in rows)


def _unheard(subject: reminder_lines.About, target_on: date) -> Unheard:
    return Unheard(
        title=subject.title,
        period_key=subject.period_key,
        agreement_code=subject.agreement_code,
        target_on=target_on,
        who=subject.who,
    )
