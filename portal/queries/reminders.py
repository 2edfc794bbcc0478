"""Reads of the ladders of reminders."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from portal.domain.reminder import SEED, Ladder, Rule
from portal.models import ReminderLadder, ReminderRule
from portal.models.running import run

_LADDERS = (
    select(
        ReminderLadder.id,
        ReminderLadder.subject_kind,
        ReminderLadder.is_default,
        ReminderRule.step,
        ReminderRule.audience,
        ReminderRule.channel,
    )
    .outerjoin(ReminderRule, and_(ReminderRule.ladder_id == ReminderLadder.id, ReminderRule.is_active.is_(True)))
    .order_by(ReminderLadder.is_default.desc(), ReminderLadder.id, ReminderRule.step, ReminderRule.id)
)


def list_ladders(session: Session) -> tuple[Ladder, ...]:
    """Return every ladder with its active rules, default ones first; the seed while none is stored."""
    found = []
    for _, grouped in groupby(run(session, _LADDERS), key=itemgetter(0)):
        rows = list(grouped)
        kind = rows[0].subject_kind
        rules = tuple(
            Rule(kind=kind, step=step, audience=audience, channel=channel)
            for *_, step, audience, channel in map(tuple, rows)
            if step is not None
        )
        found.append(Ladder(ladder_id=rows[0].id, kind=kind, is_default=rows[0].is_default, rules=rules))
    return tuple(found) or SEED


def list_rules(session: Session) -> tuple[Rule, ...]:
    """Return the active rules of the default ladders; the seed while there are none."""
    return rules_of(list_ladders(session))


def rules_of(ladders: Sequence[Ladder]) -> tuple[Rule, ...]:
    """Return the rules of the default ladders."""
    return tuple(rule for ladder in ladders if ladder.is_default for rule in ladder.rules)
