"""What is to be reminded of now although nobody can be told, and whose mail box is to hear of that instead."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, literal, or_, select, union_all
from sqlalchemy.orm import Session

from portal.domain.calendar import WorkingCalendar
from portal.domain.organisation import OrganisationKind
from portal.domain.reminder import Audience, Ladder, SubjectKind, windows
from portal.models import Message, Organisation
from portal.queries import reminder_lines, reminders
from portal.queries.reminder_people import recipients
from portal.queries.reminder_subjects import targets_between

TELLS: Mapping[SubjectKind, Audience] = {
    SubjectKind.OCCURRENCE: Audience.DEBTOR,
    SubjectKind.REPORT_FIX: Audience.DEBTOR,
    SubjectKind.PAPER: Audience.DEBTOR,
    SubjectKind.TERM_END: Audience.OFFICER,
    SubjectKind.NOTICE: Audience.OFFICER,
    SubjectKind.RENEWAL_START: Audience.OFFICER,
}
"""Who must act: without them nobody is told who can, whoever watches from above."""

MOST_LINES = 20
"""A mail lists so many; the rest is a number and a link."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """Something that has come to a step of its ladder, without anybody who must act."""

    kind: SubjectKind
    subject_id: int
    target_on: date
    unit_id: int | None

    @property
    def key(self) -> reminder_lines.Key:
        """Return by what it is known."""
        return (self.kind, self.subject_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Unheard:
    """The same as pages show it; `who` are the partners that owe, for duties."""

    kind: SubjectKind
    title: str | None
    """None: the agreement is restricted."""
    period_key: str | None
    agreement_code: str
    target_on: date
    who: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """The mail box of a unit, under the unit's name."""

    address: str
    name: str


def list_subjects(
    session: Session, *, today: date, calendar: WorkingCalendar, limit: int | None = None
) -> tuple[Subject, ...]:
    """Return what nobody hears of, the most urgent first, in two statements for the ladders and one for the rest.

    Raises CalendarNotLoaded when a year's holidays are missing.
    """
    ladders = reminders.list_ladders(session)
    asked = [
        found
        for kind in SubjectKind
        if (found := _of_kind(kind, [each for each in ladders if each.kind is kind], today, calendar)) is not None
    ]
    if not asked:
        return ()
    every = union_all(*asked).subquery("unheard")
    ordered = select(every).order_by(every.c.target_on, every.c.kind, every.c.subject_id).limit(limit)
    return tuple(
        Subject(kind=SubjectKind(row.kind), subject_id=row.subject_id, target_on=row.target_on, unit_id=row.unit_id)
        for row in session.execute(ordered)
    )


def _of_kind(
    kind: SubjectKind, ladders: Sequence[Ladder], today: date, calendar: WorkingCalendar
) -> Select[Any] | None:
    """Return the select of a kind's subjects that stand on a rung of their own ladder and have nobody."""
    spans = {each: span for each in ladders if (span := _span(each, today, calendar)) is not None}
    if not spans:
        return None
    first, last = min(span[0] for span in spans.values()), max(span[1] for span in spans.values())
    subject = targets_between(kind, first, last).subquery(f"subject_{kind.value}")
    who = recipients(kind, subject, frozenset({TELLS[kind]}), today)
    if who is None:
        return None
    stands = [
        and_(
            subject.c.ladder_id.is_(None) if each.is_default else subject.c.ladder_id == each.ladder_id,
            subject.c.target_on.between(*span),
        )
        for each, span in spans.items()
    ]
    return (
        select(literal(kind.value).label("kind"), subject.c.subject_id, subject.c.target_on, subject.c.unit_id)
        .select_from(subject)
        .outerjoin(who, who.c.subject_id == subject.c.subject_id)
        .where(who.c.account_id.is_(None), or_(*stands))
    )


def _span(ladder: Ladder, today: date, calendar: WorkingCalendar) -> tuple[date, date] | None:
    """Return the first and the last target date for which a step of the ladder has come and is not over."""
    shown = [window for window in windows(today, ladder.steps, calendar) if not window.is_empty]
    if not shown:
        return None
    return min(each.first_on for each in shown), max(each.last_on for each in shown)


def subjects_without_recipient(
    session: Session, *, today: date, calendar: WorkingCalendar, with_confidential: bool, limit: int = 50
) -> tuple[Unheard, ...]:
    """Return what nobody hears of as pages show it, the most urgent first; raises CalendarNotLoaded."""
    found = list_subjects(session, today=today, calendar=calendar, limit=limit)
    known = reminder_lines.about(session, {each.key for each in found})
    return tuple(_shown(known[each.key], each.target_on, with_confidential=with_confidential) for each in found)


def _shown(subject: reminder_lines.About, target_on: date, *, with_confidential: bool) -> Unheard:
    hidden = subject.is_confidential and not with_confidential
    return Unheard(
        kind=subject.kind,
        title=None if hidden else subject.title,
        period_key=subject.period_key,
        agreement_code=subject.agreement_code,
        target_on=target_on,
        who=None if hidden else subject.who,
    )


def boxes(session: Session) -> dict[int | None, Box]:
    """Return the mail box of each unit of the office: its own, else that of the unit above it, else the ministry's.

    None stands for an agreement without a unit. Units for which there is no box at all are left out.
    """
    rows = session.execute(
        select(Organisation.id, Organisation.parent_id, Organisation.email, Organisation.name, Organisation.kind).where(
            Organisation.is_ours.is_(True)
        )
    ).all()
    units = {row.id: row for row in rows}
    ministry = next((row for row in rows if row.kind is OrganisationKind.MINISTRY and row.email), None)
    last = None if ministry is None else Box(address=ministry.email, name=ministry.name)
    found = {row.id: _box(row, units) or last for row in rows}
    return {unit_id: box for unit_id, box in {**found, None: last}.items() if box is not None}


def _box(unit: Any, units: Mapping[int, Any]) -> Box | None:
    """Climb from a unit to the first one with a mail box; a circle of units ends the climb."""
    seen: set[int] = set()
    while unit is not None and unit.id not in seen:
        if unit.email:
            return Box(address=unit.email, name=unit.name)
        seen.add(unit.id)
        unit = units.get(unit.parent_id)
    return None


def told_on(session: Session, slot: str, day: date) -> frozenset[str]:
    """Return the addresses that have a message in a slot of a day."""
    return frozenset(session.scalars(select(Message.recipient).where(Message.slot == slot, Message.local_day == day)))


def values(session: Session, subjects: Iterable[Subject], *, name: str, today: date) -> dict[str, Any]:
    """Return what the mail to one box says, as plain values; of restricted agreements only the code."""
    every = tuple(subjects)
    shown = every[:MOST_LINES]
    known = reminder_lines.about(session, {each.key for each in shown})
    lines = []
    for each in shown:
        subject = known[each.key]
        line = subject.line(target_on=each.target_on, today=today, in_office=True)
        hidden = {"title": None, "agreement_title": None, "article": None, "who": None}
        lines.append(line | hidden if subject.is_confidential else line)
    return {"name": name, "lines": lines, "total": len(every), "more": len(every) - len(shown)}
