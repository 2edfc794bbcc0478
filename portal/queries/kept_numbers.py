"""Numbers over the whole register, kept by each process for as long as nothing changed on which they rest.

Every change of agreements, duties, dates, reports and people leaves a note (`models/plan_change.py`), in its own
transaction; a sweep that removes notes writes its own row. So three numbers tell whether anything was committed since.
What is asked inside a transaction that has itself changed something is counted anew and not kept.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from portal.models import PlanChange, RegisterChange, SweepLog
from portal.models.plan_change import has_noted
from portal.models.running import run

MOST = 500
"""So many numbers are kept; the one asked longest ago is given up."""

Number = TypeVar("Number")

_MARKED = "kept_numbers_mark"
_LOCK = threading.Lock()
_KEPT: OrderedDict[Hashable, tuple[Any, Any]] = OrderedDict()


def mark_columns() -> tuple[ColumnElement[int], ...]:
    """Return the numbers of the mark, for a question that asks something else as well and then calls `remember`.

    Three tell of any change, two of changes of the register: which agreements there are and what a filter finds.
    """
    return (
        select(func.max(SweepLog.id)).scalar_subquery(),
        select(func.max(PlanChange.id)).scalar_subquery(),
        select(func.count()).select_from(PlanChange).scalar_subquery(),
        select(func.max(RegisterChange.id)).scalar_subquery(),
        select(func.count()).select_from(RegisterChange).scalar_subquery(),
    )


_ANYTHING, _REGISTER = slice(0, 3), slice(3, 5)


_MARK = select(*mark_columns())


def remember(session: Session, mark: Sequence[int | None]) -> None:
    """Let what is kept in the rest of this transaction go by a mark that was just read in it."""
    session.info[_MARKED] = (session.get_transaction(), tuple(mark))


def _mark(session: Session) -> tuple[int | None, ...]:
    """Return the mark of this transaction, read once: what is counted later is never older than it."""
    transaction, mark = session.info.get(_MARKED, (None, ()))
    if transaction is None or transaction is not session.get_transaction():
        remember(session, run(session, _MARK).one())
        mark = session.info[_MARKED][1]
    found: tuple[int | None, ...] = mark
    return found


def keep(
    session: Session, key: tuple[Hashable, ...], count: Callable[[], Number], *, of_register: bool = False
) -> Number:
    """Return the number of `key`, counted by `count` only when something changed since it was counted last.

    `key` names what is counted with everything it depends on besides the rows: the day, a filter, a role's sight. Only
    for the office: what a partner may see is no part of the key. A number `of_register` rests on the tables of
    `plan_change.REGISTER` alone, so that reports and dates leave it as it is.
    """
    if has_noted(session) or session.new or session.dirty or session.deleted:
        return count()
    place, mark = (session.get_bind(), *key), _mark(session)[_REGISTER if of_register else _ANYTHING]
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
