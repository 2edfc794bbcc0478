"""The occurrences of an agreement follow its schedules: added, moved, cancelled, taken up again.

An occurrence is known by obligation and period. Whatever people have answered is never touched.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from portal.domain import schedule
from portal.domain.agreement import Stage
from portal.domain.dates import add_months, office_date
from portal.domain.duty import LIVING
from portal.domain.obligation import DutyRole, OccurrenceStage
from portal.domain.schedule import HORIZON_MONTHS, Anchors, Due
from portal.models import Agreement, Obligation, Occurrence
from portal.queries import obligations as reading
from portal.queries.obligations import Places

MACHINE = frozenset({OccurrenceStage.OPEN, OccurrenceStage.CANCELLED})
"""Stages that follow the schedule; the others were answered by people."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Frame:
    agreement: Agreement
    anchors: Anchors
    places: Places
    today: date
    now: datetime


def refresh(session: Session, *, agreement_id: int, now: datetime) -> int:
    """Bring the open occurrences of an agreement to its schedules; return how many rows changed."""
    agreement = session.get_one(Agreement, agreement_id)
    obligations = session.scalars(
        select(Obligation)
        .where(Obligation.agreement_id == agreement_id)
        .options(selectinload(Obligation.parties))
        .order_by(Obligation.id)
    ).all()
    if not obligations:
        return 0
    rows = session.scalars(select(Occurrence).where(Occurrence.agreement_id == agreement_id)).all()
    present = {(row.obligation_id, row.period_key): row for row in rows}
    frame = _Frame(
        agreement=agreement,
        anchors=reading.anchors_of(session, agreement),
        places=reading.places(session, agreement_id),
        today=office_date(now),
        now=now,
    )
    changed = 0
    for obligation in obligations:
        wanted = {due.period_key: due for due in _wanted(obligation, frame)}
        for key, due in wanted.items():
            changed += _settle(session, obligation, due, present.get((obligation.id, key)), frame)
        ours = [row for row in rows if row.obligation_id == obligation.id]
        changed += _cancel((row for row in ours if row.period_key not in wanted), obligation, frame)
    session.flush()
    return changed


def _wanted(obligation: Obligation, frame: _Frame) -> Iterable[Due]:
    if obligation.is_closed or frame.agreement.stage not in LIVING:
        return ()
    debtors = [p.organisation_id for p in obligation.parties if p.duty_role is DutyRole.DEBTOR]
    return schedule.occurrences(
        reading.schedule_of(obligation),
        frame.anchors,
        calendar=frame.places.calendar(debtors),
        horizon_on=add_months(frame.today, HORIZON_MONTHS),
    )


def _settle(session: Session, obligation: Obligation, due: Due, row: Occurrence | None, frame: _Frame) -> bool:
    period = due.period
    values = {
        "period_starts_on": period.starts_on if period else None,
        "period_ends_on": period.ends_on if period else None,
        "due_on": due.due_on,
        "stage": OccurrenceStage.OPEN,
    }
    # What lies in the past when it is written down stays silent; what is still to come is reminded of as usual.
    silent_from = frame.now if due.due_on < frame.today else None
    if row is None:
        stamps = {"created_at": frame.now, "updated_at": frame.now, "remind_from": silent_from}
        keys = {"obligation_id": obligation.id, "agreement_id": obligation.agreement_id}
        session.add(Occurrence(period_key=due.period_key, **keys, **values, **stamps))
        return True
    if row.stage not in MACHINE or all(getattr(row, name) == value for name, value in values.items()):
        return False
    if row.due_on != due.due_on or row.stage is OccurrenceStage.CANCELLED:
        row.remind_from = silent_from or row.remind_from
    for name, value in values.items():
        setattr(row, name, value)
    row.updated_at = frame.now
    return True


def _cancel(rows: Iterable[Occurrence], obligation: Obligation, frame: _Frame) -> int:
    """Cancel open rows that no schedule wants; what was due before an agreement was ended stays owed."""
    survives = frame.agreement.stage is Stage.TERMINATED and not obligation.is_closed
    changed = 0
    for row in rows:
        if row.stage is not OccurrenceStage.OPEN or (survives and row.due_on <= frame.today):
            continue
        row.stage = OccurrenceStage.CANCELLED
        row.updated_at = frame.now
        changed += 1
    return changed
