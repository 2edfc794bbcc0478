"""What the ladders will plan in the days ahead, counted out beforehand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Subquery, select
from sqlalchemy.orm import Session

from portal.domain.calendar import WorkingCalendar
from portal.domain.reminder import (
    NEAR,
    Audience,
    Channel,
    Coming,
    Ladder,
    SubjectKind,
    coming,
)
from portal.models import Agreement
from portal.queries import ledger, reminder_lines, reminders
from portal.queries.ledger import PER_PAGE, LedgerFilter, LedgerPage
from portal.queries.reminder_people import AUDIENCES, hearers
from portal.queries.reminder_subjects import targets_between

AHEAD_DAYS = 90


@dataclass(frozen=True, kw_only=True, slots=True)
class ComingRow:
    """A step that will come, and who is to hear of it by role."""

    on: date
    kind: SubjectKind
    subject_id: int
    title: str | None
    period_key: str | None
    agreement_code: str
    is_sample: bool
    step: int
    target_on: date
    audiences: tuple[Audience, ...]
    channels: tuple[Channel, ...]
    ladder: str | None
    """Name of the ladder that the duty was given; None: the default one of its kind."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rung:
    """A step that will come, and the ladder that it is of."""

    coming: Coming
    ladder: Ladder

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """Return who hears, in the order of the roles."""
        heard = {audience for each in self.ladder.heard(self.coming.step).values() for audience in each}
        return tuple(sorted(heard, key=AUDIENCES.index))


def list_plan(session: Session, asked: LedgerFilter, *, today: date, calendar: WorkingCalendar) -> LedgerPage:
    """Return what waits to leave (ReminderRow) and, after it, what will come within 90 days (ComingRow)."""
    waiting = ledger.list_waiting(session, asked)
    skip, room = max(0, asked.offset - waiting.total), PER_PAGE - len(waiting.rows)
    ahead = ahead_of(session, asked, today=today, calendar=calendar)
    rows = as_rows(session, ahead[skip : skip + room], with_confidential=asked.with_confidential)
    return LedgerPage(rows=(*waiting.rows, *rows), total=waiting.total + len(ahead))


def iterate_coming(
    session: Session, asked: LedgerFilter, *, limit: int, today: date, calendar: WorkingCalendar
) -> Iterator[ComingRow]:
    """Yield the first steps of the next 90 days as lines of the book, read a few hundred at a time."""
    ahead = ahead_of(session, asked, today=today, calendar=calendar)[:limit]
    for first in range(0, len(ahead), ledger.AT_ONCE):
        some = ahead[first : first + ledger.AT_ONCE]
        yield from as_rows(session, some, with_confidential=asked.with_confidential)


def ahead_of(session: Session, asked: LedgerFilter, *, today: date, calendar: WorkingCalendar) -> list[Rung]:
    """Return the steps that come within 90 days, the next first; days of years that are not loaded count as ordinary.

    People are joined to the roles on the day itself, so a filter by person finds nothing here.
    """
    if asked.person:
        return []
    until, ladders = today + timedelta(days=AHEAD_DAYS), reminders.list_ladders(session)
    found = []
    for kind in (each for each in SubjectKind if asked.kind in {None, each}):
        of_kind = [each for each in ladders if each.kind is kind]
        subjects = _subjects(session, asked, kind, of_kind, today=today)
        for one in of_kind:
            mine = [(kind, *each) for each in subjects.get(one.ladder_id, ())]
            steps = coming(mine, one.rules, today, until, calendar.assumed())
            found += [Rung(coming=step, ladder=one) for step in steps]
    wanted = [each for each in found if (asked.first_on or today) <= each.coming.on <= (asked.last_on or until)]
    return sorted(
        wanted, key=lambda each: (each.coming.on, each.coming.target_on, each.coming.kind, each.coming.subject_id)
    )


def _window(kind: SubjectKind, of_kind: Sequence[Ladder], today: date) -> Subquery | None:
    """Return the live subjects of a kind any step of which can come within 90 days."""
    steps = [step for each in of_kind for step in each.steps]
    if not steps:
        return None
    first, last = today - timedelta(days=max(steps)), today + timedelta(days=AHEAD_DAYS - min(steps))
    return targets_between(kind, first - NEAR, last + NEAR).subquery("subject")


def _subjects(
    session: Session, asked: LedgerFilter, kind: SubjectKind, of_kind: Sequence[Ladder], *, today: date
) -> dict[int | None, list[tuple[int, date]]]:
    """Return the subjects of a kind and their dates, by the ladder that they climb."""
    subject = _window(kind, of_kind, today)
    if subject is None:
        return {}
    default = next((each.ladder_id for each in of_kind if each.is_default), None)
    statement = select(subject.c.subject_id, subject.c.target_on, subject.c.ladder_id)
    if asked.agreement_code:
        statement = statement.join(Agreement, Agreement.id == subject.c.agreement_id).where(
            Agreement.code == asked.agreement_code
        )
    found: dict[int | None, list[tuple[int, date]]] = {}
    for row in session.execute(statement):
        found.setdefault(row.ladder_id or default, []).append((row.subject_id, row.target_on))
    return found


def for_person(
    session: Session, account_id: int, asked: LedgerFilter, *, today: date, calendar: WorkingCalendar
) -> list[Rung]:
    """Return the steps of the next 90 days that one person would hear of, by the roles that they hold today."""
    ladders, roles = reminders.list_ladders(session), dict[tuple[SubjectKind, int], set[Audience]]()
    for kind in SubjectKind:
        subject = _window(kind, [each for each in ladders if each.kind is kind], today)
        heard = None if subject is None else hearers(kind, subject, frozenset(Audience), today)
        if heard is None:
            continue
        mine = select(heard.c.subject_id, heard.c.place).where(heard.c.account_id == account_id)
        for row in session.execute(mine):
            roles.setdefault((kind, row.subject_id), set()).add(AUDIENCES[row.place])
    return [
        each
        for each in ahead_of(session, asked, today=today, calendar=calendar)
        if roles.get((each.coming.kind, each.coming.subject_id), set()) & set(each.audiences)
    ]


def as_rows(session: Session, shown: Sequence[Rung], *, with_confidential: bool) -> tuple[ComingRow, ...]:
    """Return steps as lines of the book, titles read together."""
    known = reminder_lines.about(session, {(each.coming.kind, each.coming.subject_id) for each in shown})
    found = []
    for rung in shown:
        each = rung.coming
        subject = known[each.kind, each.subject_id]
        hidden = subject.is_confidential and not with_confidential
        found.append(
            ComingRow(
                on=each.on,
                kind=each.kind,
                subject_id=each.subject_id,
                title=None if hidden else subject.title,
                period_key=subject.period_key,
                agreement_code=subject.agreement_code,
                is_sample=subject.is_sample,
                step=each.step,
                target_on=each.target_on,
                audiences=rung.audiences,
                channels=tuple(rung.ladder.heard(each.step)),
                ladder=subject.ladder,
            )
        )
    return tuple(found)
