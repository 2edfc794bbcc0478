"""Numbers over the whole register, kept by each process for as long as nothing changed on which they rest.

Every change of agreements, duties, dates, reports and people leaves a note (`models/plan_change.py`), in its own
transaction; a sweep that removes notes writes its own row. So three numbers tell whether anything was committed since.
What is asked inside a transaction that has itself changed something is counted anew and not kept.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.models import PlanChange, SweepLog
from portal.models.plan_change import has_noted

MOST = 200
"""So many numbers are kept; the one asked longest ago is given up."""

Number = TypeVar("Number")

_MARK = select(
    select(func.max(SweepLog.id)).scalar_subquery(),
    select(func.max(PlanChange.id)).scalar_subquery(),
    select(func.count()).select_from(PlanChange).scalar_subquery(),
)
_LOCK = threading.Lock()
_KEPT: OrderedDict[Hashable, tuple[Any, Any]] = OrderedDict()


def keep(session: Session, key: tuple[Hashable, ...], count: Callable[[], Number]) -> Number:
    """Return the number of `key`, counted by `count` only when something changed since it was counted last.

    `key` names what is counted with everything it depends on besides the rows: the day, a filter, a role's sight. Only
    for the office: what a partner may see is no part of the key.
    """
    if has_noted(session):
        return count()
    place = (session.get_bind(), *key)
    mark = tuple(session.execute(_MARK).one())
    with _LOCK:
        before, number = _KEPT.get(place, (None, None))
        if before == mark:
            _KEPT.move_to_end(place)
            return cast("Number", number)
    counted = count()
    with _LOCK:
        _KEPT[place] = (mark, counted)
        _KEPT.move_to_end(place)
        while len(_KEPT) > MOST:
            _KEPT.popitem(last=False)
    return counted


def forget() -> None:
    """Forget every number: the rows of a database were replaced by others."""
    with _LOCK:
        _KEPT.clear()
