"""The numbers that services outside the portal are told: counts only, without anything of restricted agreements."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from portal.domain.reminder import Channel
from portal.models import Agreement, Message, Organisation
from portal.queries.obligation_filter import conditions, rows_with
from portal.queries.obligation_numbers import filter_of_view

TOLD = ("overdue", "within_7", "awaiting_review")
"""Saved views of the list of duties whose numbers are told."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """How many dated duties are late, due within seven days, or wait for review; `unit` None is the whole office."""

    unit: str | None
    overdue: int
    within_7: int
    awaiting_review: int


def summary(session: Session, service: str, *, today: date) -> Summary:
    """Return the numbers for a service: those of the unit whose code is its name, else of the whole office."""
    unit = session.execute(
        select(Organisation.id, Organisation.name).where(
            Organisation.is_ours.is_(True), func.lower(Organisation.code) == service.lower()
        )
    ).first()
    columns = []
    for view in TOLD:
        asked = conditions(filter_of_view(view, today=today, with_confidential=False), today)
        columns.append(func.coalesce(func.sum(case((and_(*asked), 1), else_=0)), 0).label(view))
    rows = rows_with(*columns)
    found = session.execute(rows.where(Agreement.unit_id == unit.id) if unit else rows).one()
    return Summary(unit=unit.name if unit else None, **{view: int(getattr(found, view)) for view in TOLD})


def told_on(session: Session, day: date) -> frozenset[tuple[str, str]]:
    """Return what services have been told on a day: names with slots."""
    rows = session.execute(
        select(Message.recipient, Message.slot).where(Message.local_day == day, Message.channel == Channel.SERVICE)
    )
    return frozenset((row.recipient, row.slot) for row in rows)
