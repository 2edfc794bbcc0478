"""Reads of the ladders of reminders."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

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
    return _ladders(tuple(map(tuple, run(session, _LADDERS))))


@lru_cache(maxsize=16)
def _ladders(rows: tuple[tuple[Any, ...], ...]) -> tuple[Ladder, ...]:
    """Return the ladders of the rows that were read; they are asked for at every sweep and change once a year."""
    found = []
    for ladder_id, grouped in groupby(rows, key=itemgetter(0)):
        of_ladder = list(grouped)
        _, kind, is_default, *_ = of_ladder[0]
        rules = tuple(
            Rule(kind=kind, step=step, audience=audience, channel=channel)
            for *_, step, audience, channel in of_ladder
            if step is not None
        )
        found.append(Ladder(ladder_id=ladder_id, kind=kind, is_default=is_default, rules=rules))
    return tuple(found) or SEED


def list_rules(session: Session) -> tuple[Rule, ...]:
    """Return the active rules of the default ladders; the seed while there are none."""
    return rules_of(list_ladders(session))


def rules_of(ladders: Sequence[Ladder]) -> tuple[Rule, ...]:
    """Return the rules of the default ladders."""
    return tuple(rule for ladder in ladders if ladder.is_default for rule in ladder.rules)
