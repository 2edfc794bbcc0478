"""The occurrences of an agreement follow its schedules: added, moved, cancelled, taken up again.

An occurrence is known by obligation and period. Whatever people have answered is never touched. `project` tells what
would be written, `refresh` writes it: what a preview shows is what happens.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from portal.domain import schedule
from portal.domain.agreement import Stage
from portal.domain.dates import add_months, office_date
from portal.domain.duty import LIVING
from portal.domain.duty_change import Hold, State, Survival
from portal.domain.obligation import UNFINISHED, DutyRole, OccurrenceStage, ScheduleKind
from portal.domain.organisation import Zone
from portal.domain.period import Period
from portal.domain.schedule import HORIZON_MONTHS, Anchors, Due, Happening
from portal.domain.schedule_check import WAITING
from portal.models import Agreement, Obligation, Occurrence
from portal.queries import duty_decisions
from portal.queries import obligations as reading
from portal.queries.obligations import Places

MACHINE = frozenset({OccurrenceStage.OPEN, OccurrenceStage.CANCELLED})
"""Stages that follow the schedule; the others were answered or decided by people."""

COLUMNS = (
    "period_starts_on",
    "period_ends_on",
    "due_on",
    "due_at",
    "scheduled_on",
    "counted_on",
    "is_estimated",
    "zone",
    "ladder_id",
    "stage",
    "remind_from",
    "decided_on",
    "decided_by_id",
    "reason",
)
"""Columns of an occurrence that a plan may change."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlook:
    """What schedules count with: an agreement as it is recorded, or as it would be after a change."""

    stage: Stage
    anchors: Anchors
    ended_on: date | None = None
    """The day of an early end: what was due up to it stays owed."""
    survival: Mapping[int, Survival] = field(default_factory=dict)
    """Duties that outlive an early end, by id."""
    rest: str | None = None
    """Why everything rests while the agreement is suspended; new dates rest too. None: they run."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One occurrence: what it is (`before` None: not written yet) and what it becomes."""

    obligation: Obligation
    period_key: str
    row: Occurrence | None
    before: State | None
    after: State

    @property
    def is_changed(self) -> bool:
        """Return whether anything is to be written."""
        return self.before != self.after


@dataclass(frozen=True, kw_only=True, slots=True)
class _Frame:
    outlook: Outlook
    places: Places
    happenings: Mapping[int, Sequence[Happening]]
    today: date
    now: datetime


Overlay = Callable[[Obligation, str, State], State]
"""What people decide about one written occurrence before its schedule is looked at."""


def refresh(session: Session, *, agreement_id: int, now: datetime) -> int:
    """Bring the open occurrences of an agreement to its schedules; return how many rows changed."""
    agreement = session.get_one(Agreement, agreement_id)
    return write(session, project(session, agreement, now=now), now=now)


def project(
    session: Session,
    agreement: Agreement,
    *,
    outlook: Outlook | None = None,
    overlay: Overlay | None = None,
    now: datetime,
) -> tuple[Line, ...]:
    """Return every occurrence of an agreement with what it becomes, without writing anything."""
    obligations = session.scalars(
        select(Obligation)
        .where(Obligation.agreement_id == agreement.id)
        .options(selectinload(Obligation.parties))
        .order_by(Obligation.id)
    ).all()
    if not obligations:
        return ()
    rows = session.scalars(select(Occurrence).where(Occurrence.agreement_id == agreement.id)).all()
    frame = _Frame(
        outlook=outlook or recorded(session, agreement),
        places=reading.places(session, agreement.id),
        happenings=_happenings(session, agreement, obligations),
        today=office_date(now),
        now=now,
    )
    lines: list[Line] = []
    for obligation in obligations:
        ours = {row.period_key: row for row in rows if row.obligation_id == obligation.id}
        lines += _lines(obligation, ours, overlay, frame)
    return tuple(lines)


def _happenings(
    session: Session, agreement: Agreement, obligations: Sequence[Obligation]
) -> Mapping[int, Sequence[Happening]]:
    waiting = any(obligation.schedule in WAITING for obligation in obligations)
    return reading.happenings(session, agreement_id=agreement.id) if waiting else {}


def recorded(session: Session, agreement: Agreement) -> Outlook:
    """Return the outlook of an agreement as it is recorded, with what was decided about its duties."""
    decided = duty_decisions.latest(session, agreement)
    return Outlook(
        stage=agreement.stage,
        anchors=reading.anchors_of(session, agreement),
        ended_on=decided.entered_on if decided and agreement.stage is Stage.TERMINATED else None,
        survival=duty_decisions.survival_of(decided),
        rest=decided.reason if decided and (decided.duties or {}).get("hold") == Hold.ALL else None,
    )


def write(session: Session, lines: Iterable[Line], *, now: datetime) -> int:
    """Write what a plan says and return how many rows changed."""
    changed = [line for line in lines if line.is_changed]
    for line in changed:
        if line.row is None:
            keys = {"obligation_id": line.obligation.id, "agreement_id": line.obligation.agreement_id}
            stamps = {"created_at": now, "updated_at": now}
            session.add(Occurrence(period_key=line.period_key, **keys, **line.after, **stamps))
            continue
        for name, value in line.after.items():
            setattr(line.row, name, value)
        line.row.updated_at = now
    session.flush()
    return len(changed)


def _lines(
    obligation: Obligation, rows: Mapping[str, Occurrence], overlay: Overlay | None, frame: _Frame
) -> Sequence[Line]:
    debtors = [party.organisation_id for party in obligation.parties if party.duty_role is DutyRole.DEBTOR]
    zone = frame.places.zone(debtors)
    wanted = {due.period_key: _columns(due, zone) for due in _wanted(obligation, debtors, zone, frame)}
    lines = []
    for key in (*wanted, *(key for key in rows if key not in wanted)):
        row = rows.get(key)
        before = {name: getattr(row, name) for name in COLUMNS} if row else None
        decided = overlay(obligation, key, before) if overlay and before else before
        found = wanted.get(key)
        after = _settled(found, decided, frame) if found else _unwanted(obligation, decided or {}, frame)
        if after["stage"] in UNFINISHED:
            after = {**after, "ladder_id": obligation.ladder_id}
        lines.append(Line(obligation=obligation, period_key=key, row=row, before=before, after=after))
    return lines


def _wanted(obligation: Obligation, debtors: Sequence[int], zone: Zone, frame: _Frame) -> Iterable[Due]:
    anchors = _anchors(obligation, frame.outlook)
    if anchors is None or obligation.is_closed:
        return ()
    return schedule.occurrences(
        reading.schedule_of(obligation),
        anchors,
        calendar=frame.places.calendar(debtors),
        horizon_on=add_months(frame.today, HORIZON_MONTHS),
        happenings=frame.happenings.get(obligation.id, ()),
        zone=zone,
    )


def _anchors(obligation: Obligation, outlook: Outlook) -> Anchors | None:
    """Return the dates that a duty counts from; None when nothing of it comes due any more."""
    if outlook.stage in LIVING:
        return outlook.anchors
    survival = outlook.survival.get(obligation.id, Survival.CLOSE)
    if outlook.stage is not Stage.TERMINATED or survival is Survival.CLOSE:
        return None
    if survival is Survival.KEEP or obligation.schedule is ScheduleKind.CONTINUOUS:
        return outlook.anchors
    term = Period(starts_on=outlook.anchors.term.starts_on, ends_on=outlook.ended_on)
    return replace(outlook.anchors, term=term)


def _columns(due: Due, zone: Zone) -> State:
    """Return the columns of an open occurrence as its schedule alone says them."""
    period = due.period
    return {
        "period_starts_on": period.starts_on if period else None,
        "period_ends_on": period.ends_on if period else None,
        "due_on": due.due_on,
        "due_at": due.due_at,
        "scheduled_on": None,
        "counted_on": due.counted_on if due.moved else None,
        "is_estimated": due.estimated,
        "zone": zone,
        "stage": OccurrenceStage.OPEN,
    }


GRANTED = ("due_on", "due_at", "counted_on", "is_estimated")
"""Columns that people decide when they grant a later date."""


def _settled(wanted: State, state: State | None, frame: _Frame) -> State:
    """Return the columns of a wanted occurrence; `state` is what it is now, None when it is not written yet."""
    # What lies in the past when it is written down stays silent; what is still to come is reminded of as usual.
    silent_from = frame.now if wanted["due_on"] < frame.today else None
    if state is None:
        resting = {"stage": OccurrenceStage.HELD, "reason": frame.outlook.rest} if frame.outlook.rest else {}
        return {**dict.fromkeys(COLUMNS), **wanted, "remind_from": silent_from, **resting}
    if state["stage"] not in MACHINE:
        return state
    # A later date that was granted holds until the schedule itself goes beyond it.
    if state["stage"] is OccurrenceStage.OPEN and state["scheduled_on"] and wanted["due_on"] <= state["due_on"]:
        kept = {name: state[name] for name in GRANTED}
        return {**state, **wanted, **kept, "scheduled_on": wanted["due_on"]}
    moved = state["due_on"] != wanted["due_on"] or state["stage"] is OccurrenceStage.CANCELLED
    remind_from = (silent_from or state["remind_from"]) if moved else state["remind_from"]
    return {**state, **wanted, "remind_from": remind_from}


def _unwanted(obligation: Obligation, state: State, frame: _Frame) -> State:
    """Cancel an open row that no schedule wants; what was due before an agreement was ended stays owed."""
    survives = frame.outlook.stage is Stage.TERMINATED and not obligation.is_closed
    owed_until = frame.outlook.ended_on or frame.today
    if state["stage"] is not OccurrenceStage.OPEN or (survives and state["due_on"] <= owed_until):
        return state
    return {**state, "stage": OccurrenceStage.CANCELLED}
