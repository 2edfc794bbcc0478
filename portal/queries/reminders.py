"""Reads of the ladders of reminders."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.reminder import SEED, Ladder, Rule
from portal.models import ReminderLadder, ReminderRule


def list_ladders(session: Session) -> tuple[Ladder, ...]:
    """Return every ladder with its active rules, default ones first; the seed while none is stored."""
    stored = session.execute(
        select(ReminderLadder.id, ReminderLadder.subject_kind, ReminderLadder.is_default).order_by(
            ReminderLadder.is_default.desc(), ReminderLadder.id
        )
    ).all()
    if not stored:
        return SEED
    rules = session.execute(
        select(ReminderRule.ladder_id, ReminderRule.step, ReminderRule.audience, ReminderRule.channel)
        .where(ReminderRule.is_active.is_(True))
        .order_by(ReminderRule.step, ReminderRule.id)
    ).all()
    of_ladder: dict[int, list[Rule]] = {row.id: [] for row in stored}
    kinds = {row.id: row.subject_kind for row in stored}
    for ladder_id, step, audience, channel in rules:
        of_ladder[ladder_id].append(Rule(kind=kinds[ladder_id], step=step, audience=audience, channel=channel))
    return tuple(
        Ladder(ladder_id=row.id, kind=row.subject_kind, is_default=row.is_default, rules=tuple(of_ladder[row.id]))
        for row in stored
    )


def list_rules(session: Session) -> tuple[Rule, ...]:
    """Return the active rules of the default ladders; the seed while there are none."""
    return rules_of(list_ladders(session))


def rules_of(ladders: Sequence[Ladder]) -> tuple[Rule, ...]:
    """Return the rules of the default ladders."""
    return tuple(rule for ladder in ladders if ladder.is_default for rule in ladder.rules)
