"""Editing of ladders: which steps, who hears, by which way; copies for obligations, and giving them one.

A change is followed by what waits to be sent: rungs that are gone end visibly. What is new is planned by the next
sweep, under the brake, so that a slip of the pen mails nobody at once.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.domain import policy
from portal.domain.dates import office_date
from portal.domain.errors import Conflict, RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor
from portal.domain.reminder import Rule, SubjectKind
from portal.models import Obligation, Occurrence, ReminderLadder, ReminderRule
from portal.queries import calendar_days
from portal.services import audit, planning, reminders
from portal.services.plan_agenda import Day
from portal.services.planning import EVERYTHING


def edit(
    session: Session, ladder: ReminderLadder, rules: Sequence[Rule], *, version: int, actor: Actor, now: datetime
) -> int:
    """Give a ladder other rules as seen at `version`; return how many unsent reminders ended.

    Raises RuleBroken when nothing is left, Conflict when somebody changed the ladder meanwhile.
    """
    policy.check(actor, Action.EDIT_REMINDER_RULE)
    if ladder.version != version:
        raise Conflict(N_("Orang lain sudah mengubah tangga ini. Muat ulang halaman, lalu ulangi perubahan Anda."))
    if not rules:
        raise RuleBroken(N_("Isi paling sedikit satu hari pengingat."))
    before = {(rule.step, rule.audience, rule.channel): rule for rule in ladder.rules if rule.is_active}
    after = {(rule.step, rule.audience, rule.channel) for rule in rules}
    if after == set(before):
        return 0
    added, removed = sorted(after - set(before)), sorted(set(before) - after)
    ladder.rules = [rule for key, rule in before.items() if key in after]
    session.flush()
    ladder.rules += [ReminderRule(step=step, audience=audience, channel=channel) for step, audience, channel in added]
    ladder.updated_at = now
    # Its rules are rows of their own: only a change of the ladder's row counts its version on.
    flag_modified(ladder, "updated_at")
    session.flush()
    detail = {"ladder": ladder.name, "kind": ladder.subject_kind.value, "added": added, "removed": removed}
    audit.record(session, "ladder_edited", subject=ladder, actor=actor, now=now, detail=detail)
    calendar = calendar_days.working_calendar(session)
    day = Day(today=office_date(now), now=now, calendar=calendar)
    planning.keep_apart(session, alone=False)
    ended = planning.settle(session, EVERYTHING, day, kinds=(ladder.subject_kind,))
    session.expire_all()
    return ended


def copy(session: Session, ladder: ReminderLadder, *, name: str, actor: Actor, now: datetime) -> ReminderLadder:
    """Make a ladder of its own for obligations out of another; raises RuleBroken for a name that is taken."""
    policy.check(actor, Action.EDIT_REMINDER_RULE)
    name = name.strip()
    if not name:
        raise RuleBroken(N_("Tulis nama tangga baru."), field="name")
    if ladder.subject_kind is not SubjectKind.OCCURRENCE:
        raise RuleBroken(N_("Hanya tangga kewajiban yang dapat disalin."), field="name")
    taken = select(ReminderLadder.id).where(
        ReminderLadder.subject_kind == ladder.subject_kind, ReminderLadder.name == name
    )
    if session.scalar(taken) is not None:
        raise RuleBroken(N_("Sudah ada tangga dengan nama ini."), field="name")
    rules = [
        ReminderRule(step=rule.step, audience=rule.audience, channel=rule.channel)
        for rule in ladder.rules
        if rule.is_active
    ]
    made = ReminderLadder(
        subject_kind=ladder.subject_kind, name=name, is_default=False, rules=rules, created_at=now, updated_at=now
    )
    session.add(made)
    session.flush()
    audit.record(session, "ladder_copied", subject=made, actor=actor, now=now, detail={"from": ladder.name, "to": name})
    return made


def assign(
    session: Session, obligation: Obligation, ladder: ReminderLadder | None, *, actor: Actor, now: datetime
) -> None:
    """Give an obligation a ladder, None for the default one; its dates and their reminders follow."""
    policy.check(actor, Action.EDIT_OBLIGATION)
    if ladder is not None and ladder.subject_kind is not SubjectKind.OCCURRENCE:
        raise RuleBroken(N_("Pilih tangga untuk kewajiban."), field="ladder")
    ladder_id = None if ladder is None or ladder.is_default else ladder.id
    if obligation.ladder_id == ladder_id:
        return
    detail = {"ladder": [obligation.ladder_id, ladder_id]}
    obligation.ladder_id = ladder_id
    session.flush()
    session.execute(update(Occurrence).where(Occurrence.obligation_id == obligation.id).values(ladder_id=ladder_id))
    audit.record(session, "ladder_assigned", subject=obligation, actor=actor, now=now, detail=detail)
    reminders.replan(session, agreement_id=obligation.agreement_id, now=now)
