"""The planner: sweeps, plans again after an edit, lets go or declines what the brake held back.

Planning is exactly once: a reminder's key is (subject, target date, step, recipient, channel) and the insert does
nothing when it is there (design: platform A2); a row that ended untold returns when its end is undone in time.
Sending is in `outbox`, the statements are in `planning`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from portal.domain import policy
from portal.domain.brake import is_braked
from portal.domain.calendar import CalendarNotLoaded, WorkingCalendar
from portal.domain.dates import office_date
from portal.domain.policy import Action, Actor
from portal.domain.reminder import (
    RULES,
    Channel,
    EndReason,
    Ladder,
    ReminderStage,
    SubjectKind,
    missed_windows,
    windows,
)
from portal.models import Reminder, ReminderLadder, ReminderRule, SweepLog
from portal.models.running import run
from portal.queries import calendar_days, jobs, reminders
from portal.services import audit, planning
from portal.services.plan_agenda import Day, Track, tracks
from portal.services.planning import EVERYTHING, Beginning, Scope

_LATER = "reminders_planned_later"

_LOGGING = insert(SweepLog)

DEFAULT = "Bawaan"
"""Name of the ladder that a kind begins with."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SweepResult:
    """What one sweep did: rows planned, missed steps written down, unsent ones ended, whether the brake held them."""

    day: date
    planned: int
    overtaken: int
    ended: int
    held: bool


def seed_rules(session: Session, *, now: datetime) -> int:
    """Give every kind without a ladder its default one, from the seed; return how many rules were added."""
    present = set(session.scalars(select(ReminderLadder.subject_kind)))
    added = 0
    for kind in (each for each in SubjectKind if each not in present):
        rules = [ReminderRule(step=rule.step, audience=rule.audience) for rule in RULES if rule.kind is kind]
        stamps = {"created_at": now, "updated_at": now}
        session.add(ReminderLadder(subject_kind=kind, name=DEFAULT, is_default=True, rules=rules, **stamps))
        added += len(rules)
    session.flush()
    return added


def tracks_today(ladders: Sequence[Ladder], day: Day) -> tuple[Track, ...]:
    """Return every step of every ladder with the target dates for which it is the last that has come."""
    return tracks(ladders, lambda steps: windows(day.today, steps, day.calendar), ReminderStage.PLANNED)


def _tracks_missed(ladders: Sequence[Ladder], day: Day, before: date | None) -> tuple[Track, ...]:
    """Return the steps that came and went since the sweep before this one."""
    if before is None or before >= day.today:
        return ()
    return tracks(
        ladders, lambda steps: missed_windows(before, day.today, steps, day.calendar), ReminderStage.OVERTAKEN
    )


def _day(session: Session, now: datetime, calendar: WorkingCalendar | None, *, somebody_away: bool) -> Day:
    known = calendar or calendar_days.working_calendar(session)
    return Day(today=office_date(now), now=now, calendar=known, somebody_away=somebody_away)


def sweep(session: Session, *, now: datetime, calendar: WorkingCalendar | None = None) -> SweepResult:
    """Plan everything whose day has come and that has no row yet; end what is no longer to be sent.

    The number of statements depends on the ladders alone. Raises CalendarNotLoaded when a year's holidays are
    missing. A plan that is too large, or made after a jump of the date, is held until people release it.
    """
    planning.keep_apart(session, alone=True)
    is_changed = planning.see_changes(session)
    first = planning.begin(session, office_date(now))
    day, before = _day(session, now, calendar, somebody_away=first.somebody_away), first.swept_on
    ladders = reminders.list_ladders(session)
    if not first.is_empty:
        planning.forget_future(session, day.today)
    ended, overtaken, planned = 0, 0, 0
    # What was planned today needs no second look while nothing changed.
    if is_changed or before != day.today:
        ended, overtaken, planned = _plan(session, ladders, day, first)
    held = is_braked(planned, recent=jobs.planned_by_day(session, today=day.today), before=before, today=day.today)
    if held:
        planning.hold(session, now)
    if any(rule.channel is Channel.BELL for ladder in ladders for rule in ladder.rules):
        planning.ring(session, EVERYTHING, day)
    log = {"day": day.today, "at": now, "planned": planned, "overtaken": overtaken, "held": held}
    run(session, _LOGGING, log)
    session.expire_all()
    return SweepResult(day=day.today, planned=planned, overtaken=overtaken, ended=ended, held=held)


def _plan(session: Session, ladders: Sequence[Ladder], day: Day, first: Beginning) -> tuple[int, int, int]:
    """End what does not stand, write down what was missed, plan today's steps; return (ended, overtaken, planned)."""
    today, is_new = tracks_today(ladders, day), first.swept_on != day.today
    missed = _tracks_missed(ladders, day, first.swept_on)
    if is_new:
        planning.allow_memory(session)
    if first.is_empty:
        # Nothing can end, return, be declined or overtaken.
        return 0, planning.insert_all(session, missed, day), planning.insert_all(session, today, day)
    ended = overtaken = planned = 0
    # On a day that has been planned the plan mostly stands although something changed: that is asked in one look.
    if is_new or not planning.stands(session, today, day):
        ended = planning.settle(session, EVERYTHING, day)
        overtaken = planning.insert_all(session, missed, day)
        planned = planning.insert_all(session, today, day)
    planned += planning.revive_all(session, today, day)
    if planned:
        planned -= planning.follow_decisions(session, day.now)
        overtaken += planning.overtake(session, EVERYTHING, day.now)
    return ended, overtaken, planned


@contextmanager
def planned_later(session: Session) -> Iterator[None]:
    """Let nothing be planned anew inside this block: for bulk loading, which the next sweep plans as a whole."""
    session.info[_LATER] = True
    try:
        yield
    finally:
        del session.info[_LATER]


def replan(session: Session, *, agreement_id: int, now: datetime) -> int:
    """Bring the plan of one agreement up to date after a change and return how many reminders are new.

    For sessions of the office only. Call it after every change of dates, stage, people or obligations. A year whose
    holidays are missing keeps nobody from recording: nothing is planned then, and the sweep reports it.
    """
    session.flush()
    if session.info.get(_LATER):
        return 0
    planning.keep_apart(session, alone=False)
    day = _day(session, now, None, somebody_away=planning.is_somebody_away(session, office_date(now)))
    scope = Scope(column="agreement_id", value=agreement_id)
    planning.settle(session, scope, day)
    targets = planning.targets_of(session, agreement_id)
    try:
        today = tracks_today(reminders.list_ladders(session), day)
    except CalendarNotLoaded:
        return 0
    near = [track.among(targets[track.kind]) for track in today]
    needed = [track for track in near if track.rungs]
    planned = planning.revive_all(session, needed, day, agreement_id=agreement_id)
    planned += planning.insert_all(session, needed, day, agreement_id=agreement_id)
    if planned:
        planned -= planning.follow_decisions(session, now)
    planning.overtake(session, scope, now)
    planning.ring(session, scope, day)
    return planned


def release_held(session: Session, *, actor: Actor, now: datetime) -> int:
    """Let everything go that the brake held back; return how many reminders."""
    return _decide_held(session, ReminderStage.PLANNED, None, actor=actor, now=now)


def decline_held(session: Session, *, actor: Actor, now: datetime) -> int:
    """Decide that what the brake held back is never sent; return how many reminders."""
    return _decide_held(session, ReminderStage.CANCELLED, EndReason.DECLINED, actor=actor, now=now)


def _decide_held(session: Session, stage: ReminderStage, why: EndReason | None, *, actor: Actor, now: datetime) -> int:
    policy.check(actor, Action.RESEND_MESSAGE)
    held = Reminder.stage == ReminderStage.HELD
    count = len(session.scalars(select(Reminder.id).where(held)).all())
    ends = {"ended_at": now, "end_reason": why.value} if why else {}
    session.execute(
        update(Reminder).where(held).values(stage=stage, **ends), execution_options={"synchronize_session": False}
    )
    log = jobs.last_sweep(session)
    if count and log is not None:
        action = "reminders_declined" if why else "reminders_released"
        audit.record(session, action, subject=log, actor=actor, now=now, detail={"count": count})
    session.expire_all()
    return count
