"""Reads for the pages of ladders: one ladder, who uses it, and what changing it would do."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from portal.domain.calendar import WorkingCalendar
from portal.domain.errors import NotFound
from portal.domain.ladder_effect import Effect, Span, effect
from portal.domain.reminder import NEAR, Ladder, ReminderStage, Rule, SubjectKind
from portal.models import Obligation, Occurrence, Reminder, ReminderLadder
from portal.queries.reminder_subjects import LadderChoice, targets_between

AHEAD_DAYS = 90


@dataclass(frozen=True, kw_only=True, slots=True)
class LadderRow:
    """A ladder as the list shows it; `users` are the obligations that were given it."""

    ladder_id: int
    name: str
    users: int
    value: Ladder


def value_of(row: ReminderLadder) -> Ladder:
    """Return a stored ladder with its active rules as a value."""
    rules = tuple(
        Rule(kind=row.subject_kind, step=rule.step, audience=rule.audience, channel=rule.channel)
        for rule in row.rules
        if rule.is_active
    )
    return Ladder(ladder_id=row.id, kind=row.subject_kind, is_default=row.is_default, rules=rules)


def list_all(session: Session) -> tuple[LadderRow, ...]:
    """Return every ladder, by kind, the default one first."""
    rows = session.scalars(
        select(ReminderLadder)
        .options(selectinload(ReminderLadder.rules))
        .order_by(ReminderLadder.is_default.desc(), ReminderLadder.name)
    ).all()
    counted = session.execute(
        select(Obligation.ladder_id, func.count().label("number"))
        .where(Obligation.ladder_id.is_not(None))
        .group_by(Obligation.ladder_id)
    )
    users = {each.ladder_id: each.number for each in counted}
    shown = [
        LadderRow(ladder_id=row.id, name=row.name, users=users.get(row.id, 0), value=value_of(row)) for row in rows
    ]
    return tuple(sorted(shown, key=lambda each: list(SubjectKind).index(each.value.kind)))


def get(session: Session, ladder_id: int) -> ReminderLadder:
    """Return one ladder; raise NotFound."""
    row = session.get(ReminderLadder, ladder_id)
    if row is None:
        raise NotFound
    return row


def list_for_duties(session: Session) -> tuple[tuple[int, str], ...]:
    """Return (id, name) of the ladders that an obligation can be given, the default one left out."""
    rows = session.execute(
        select(ReminderLadder.id, ReminderLadder.name)
        .where(ReminderLadder.subject_kind == SubjectKind.OCCURRENCE, ReminderLadder.is_default.is_(False))
        .order_by(ReminderLadder.name)
    )
    return tuple((row.id, row.name) for row in rows)


def effect_of(
    session: Session, row: ReminderLadder, rules: tuple[Rule, ...], *, today: date, calendar: WorkingCalendar
) -> tuple[Effect, int]:
    """Return what these rules would change within 90 days, and how many unsent reminders they would end."""
    before = value_of(row)
    after = Ladder(ladder_id=row.id, kind=row.subject_kind, is_default=row.is_default, rules=rules)
    steps = [rule.step for rule in (*before.rules, *rules)]
    span = Span(today=today, until=today + timedelta(days=AHEAD_DAYS), calendar=calendar.assumed())
    first, last = today - timedelta(days=max(steps)) - NEAR, span.until - timedelta(days=min(steps)) + NEAR
    choice = LadderChoice.DEFAULT if row.is_default else LadderChoice.OWN
    subject = targets_between(row.subject_kind, first, last, choice).subquery("subject")
    found = session.execute(select(subject.c.subject_id, subject.c.target_on), {"ladder_id": row.id})
    subjects = [(row.subject_kind, each.subject_id, each.target_on) for each in found]
    return effect(before, after, subjects, span), _ended(session, row, frozenset(rules))


def _ended(session: Session, row: ReminderLadder, rules: frozenset[Rule]) -> int:
    kinds = (Reminder.step, Reminder.audience, Reminder.channel)
    unsent = select(*kinds, func.count().label("number")).where(
        Reminder.subject_kind == row.subject_kind,
        Reminder.stage.in_((ReminderStage.PLANNED, ReminderStage.HELD)),
    )
    if row.subject_kind is SubjectKind.OCCURRENCE:
        mine = Occurrence.ladder_id.is_(None) if row.is_default else Occurrence.ladder_id == row.id
        unsent = unsent.join(Occurrence, Occurrence.id == Reminder.subject_id).where(mine)
    return sum(
        each.number
        for each in session.execute(unsent.group_by(*kinds))
        if Rule(kind=row.subject_kind, step=each.step, audience=each.audience, channel=each.channel) not in rules
    )
