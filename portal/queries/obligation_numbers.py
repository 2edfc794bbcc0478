"""Numbers of dated duties: of the saved views, and of the days of a month."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case, func
from sqlalchemy.orm import Session

from portal.domain.obligation import UNFINISHED, ObligationStanding, OccurrenceStage
from portal.models import Occurrence
from portal.queries.obligation_filter import DutyFilter, conditions, rows_with


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyTally:
    """Numbers of the saved views."""

    overdue: int
    within_7: int
    within_30: int
    awaiting_review: int
    ours: int
    without_officer: int
    relief_asked: int
    held: int


VIEWS = ("overdue", "within_7", "within_30", "awaiting_review", "ours", "without_officer", "relief_asked", "held")


def filter_of_view(view: str, *, today: date, with_confidential: bool) -> DutyFilter:
    """Return what a saved view asks; `view` is one of VIEWS."""
    overdue = frozenset({ObligationStanding.OVERDUE})
    waiting = frozenset({ObligationStanding.AWAITING_REVIEW})
    asked: dict[str, dict[str, Any]] = {
        "overdue": {"standings": overdue},
        "within_7": {"unfinished": True, "due_from": today, "due_to": today + timedelta(days=7)},
        "within_30": {"unfinished": True, "due_from": today, "due_to": today + timedelta(days=30)},
        "awaiting_review": {"standings": waiting},
        "ours": {"unfinished": True, "owed_by_us": True},
        "without_officer": {"unfinished": True, "without_officer": True},
        "relief_asked": {"relief_asked": True},
        "held": {"standings": frozenset({ObligationStanding.HELD})},
    }
    return DutyFilter(with_confidential=with_confidential, **asked[view])


def tally(session: Session, *, with_confidential: bool, today: date) -> DutyTally:
    """Return the exact numbers of the saved views from one query."""
    columns = []
    for view in VIEWS:
        asked = filter_of_view(view, today=today, with_confidential=with_confidential)
        hit = case((and_(*conditions(asked, today)), 1), else_=0)
        columns.append(func.coalesce(func.sum(hit), 0).label(view))
    row = session.execute(rows_with(*columns)).one()
    return DutyTally(**{view: int(getattr(row, view)) for view in VIEWS})


@dataclass(frozen=True, kw_only=True, slots=True)
class DayTally:
    """How many dated duties a day has, and how many of them are late or still open."""

    day: date
    number: int
    overdue: int
    unfinished: int


def days_of_month(
    session: Session, first: date, last: date, *, with_confidential: bool, today: date
) -> tuple[DayTally, ...]:
    """Return the days between two dates that have duties, with their numbers."""
    asked = DutyFilter(due_from=first, due_to=last, with_confidential=with_confidential)
    open_ = case((Occurrence.stage.in_(UNFINISHED), 1), else_=0)
    late = case(((Occurrence.stage == OccurrenceStage.OPEN) & (Occurrence.due_on < today), 1), else_=0)
    rows = session.execute(
        rows_with(Occurrence.due_on, func.count(), func.sum(late), func.sum(open_))
        .where(*conditions(asked, today))
        .group_by(Occurrence.due_on)
        .order_by(Occurrence.due_on)
    )
    return tuple(DayTally(day=r[0], number=r[1], overdue=r[2], unfinished=r[3]) for r in rows)
