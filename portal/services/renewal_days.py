"""Keeps two days of an agreement that nobody types: the last one for its notice, and the start of work on a renewal.

They stand in columns so that the planner can read them. They follow every edit, stage and holiday; the job `extend`
counts them anew once a month, because the measured days of the stages change with every agreement that is signed.
Decisions are in `renewals`.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from portal.domain import renewal
from portal.domain.dates import office_date
from portal.models import Agreement
from portal.queries import calendar_days, stage_durations

TABLE = cast(Table, Agreement.__table__)
DAYS = ("notice_on", "renewal_starts_on")

Changed = dict[int, tuple[date | None, date | None]]


def refresh(session: Session, agreement: Agreement, *, now: datetime) -> bool:
    """Bring both days of one agreement up to date; return whether one moved. Its version stays: nobody edited it."""
    session.flush()
    plan = stage_durations.backwards(session, agreement)
    starts_on = renewal.kept_start(
        agreement.renewal_starts_on, plan.starts_on if plan else None, today=office_date(now)
    )
    counted = (_notice_of(agreement), starts_on)
    if counted == (agreement.notice_on, agreement.renewal_starts_on):
        return False
    _write(session, {agreement.id: counted})
    return True


def refresh_all(session: Session, *, now: datetime) -> int:
    """Bring the days of every agreement up to date in a fixed number of statements; return how many moved.

    Reminders of a day that moved are planned anew by the next sweep.
    """
    session.flush()
    rows = session.execute(
        select(*(getattr(Agreement, name) for name in _NEEDED)).where(
            or_(*(column.is_not(None) for column in (Agreement.ends_on, *(getattr(Agreement, d) for d in DAYS))))
        )
    ).all()
    starts = _starts(session, rows)
    changed: Changed = {}
    for row in rows:
        starts_on = renewal.kept_start(row.renewal_starts_on, starts.get(row.id), today=office_date(now))
        counted = (_notice_of(row), starts_on)
        if counted != (row.notice_on, row.renewal_starts_on):
            changed[row.id] = counted
    _write(session, changed)
    return len(changed)


_NEEDED = ("id", "kind", "stage", "ends_on", "notice_count", "notice_unit", *DAYS)


def _notice_of(row: Any) -> date | None:
    return renewal.notice_on(row.ends_on, row.notice_count, row.notice_unit)


def _starts(session: Session, rows: Iterable[Any]) -> dict[int, date]:
    calendar = calendar_days.working_calendar(session)
    measured = stage_durations.measured(session, calendar=calendar)
    partners = stage_durations.partners_of(session)
    found = {}
    for row in rows:
        if renewal.is_planned(row.stage, row.kind, row.ends_on):
            durations = measured.durations(row.kind, partners.get(row.id, ()))
            by = _notice_of(row) or row.ends_on
            found[row.id] = renewal.plan_backwards(by, durations, calendar=calendar).starts_on
    return found


def _write(session: Session, changed: Changed) -> None:
    """Write the days past the version of the rows, and tell the objects that are loaded."""
    if not changed:
        return
    session.execute(
        update(TABLE).where(TABLE.c.id == bindparam("key")).values({name: bindparam(f"new_{name}") for name in DAYS}),
        [{"key": key, "new_notice_on": days[0], "new_renewal_starts_on": days[1]} for key, days in changed.items()],
    )
    for key, days in changed.items():
        loaded = session.identity_map.get(identity_key(Agreement, key))
        if loaded is not None:
            for name, day in zip(DAYS, days, strict=True):
                set_committed_value(loaded, name, day)
