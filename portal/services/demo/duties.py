"""Duties of the sample agreements with what became of their occurrences, through the ordinary services."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.domain import duty as rules
from portal.domain.dates import local_instant
from portal.domain.obligation import (
    Cadence,
    DayType,
    EventType,
    ObligationKind,
    OffsetUnit,
    PeriodAnchor,
    RelativeAnchor,
    Roll,
    ScheduleKind,
)
from portal.domain.organisation import Zone
from portal.domain.policy import Actor
from portal.domain.relief import ReliefKind, Wish
from portal.domain.schedule import Schedule
from portal.domain.schedule_check import first_periods
from portal.models import Agreement, Message, Obligation, Occurrence
from portal.queries import obligations as reading
from portal.services import obligation_events, obligations, reliefs
from portal.services.demo import easing, rounds
from portal.services.demo.papers import Shelf
from portal.services.obligation_events import Told
from portal.services.obligations import Duty, Fulfilment
from portal.services.reference import read
from portal.services.reliefs import Gift

Row = Mapping[str, Any]

MAIL_KEPT = timedelta(days=3)
"""Mails about acts of the last days are delivered, so that the mailbox of the demonstration is not empty."""
OPEN, MET, WAIVED = "open", "met", "waived"
EASED = (easing.ASKED, easing.MOVED, easing.HELD)
"""Ends that are not reports of their own; `rounds` knows draft, submitted and returned."""


def put_all(session: Session, shelf: Shelf, actors: Mapping[str, Actor]) -> None:
    """Record every duty of the sample set and bring its occurrences to where the rows say they stand."""
    officers = {actor.account_id: actor for actor in actors.values()}
    for row in read("sample_obligations")["obligation"]:
        agreement = shelf.papers[row["agreement"]]
        officer = officers[agreement.officer_id]
        obligation = obligations.record(
            session, agreement, duty=_duty(row, shelf, agreement), actor=officer, now=shelf.moment.now
        )
        desk = rounds.Desk(shelf=shelf, officer=officer, actors=actors)
        _record_events(session, row, obligation, desk)
        _settle(session, row, obligation, desk)
        if "closed" in row:
            obligations.close(
                session,
                obligation,
                reason=row["closed"],
                version=obligation.version,
                actor=officer,
                now=shelf.moment.now,
            )
    _forget_old_mail(session, shelf)


def _duty(row: Row, shelf: Shelf, agreement: Agreement) -> Duty:
    known = shelf.organisations
    return Duty(
        kind=ObligationKind(row["kind"]),
        title=row["title"],
        schedule=_schedule(row, shelf, agreement),
        debtors=frozenset(known[code].id for code in row["debtors"]),
        creditors=frozenset(known[code].id for code in row["creditors"]),
        article=row.get("article"),
        evidence=row.get("evidence"),
    )


def _schedule(row: Row, shelf: Shelf, agreement: Agreement) -> Schedule:
    cadence = Cadence(row["cadence"]) if "cadence" in row else None
    anchor = PeriodAnchor(row["period_anchor"]) if "period_anchor" in row else None
    first = None
    months = row.get("cadence_months") or (cadence.months if cadence else None)
    if months and anchor is PeriodAnchor.CALENDAR and agreement.starts_on:
        first = first_periods(months, agreement.starts_on)[1]
    return Schedule(
        schedule=ScheduleKind(row["schedule"]),
        fixed_on=shelf.moment.day(row, "fixed"),
        cadence=cadence,
        cadence_months=row.get("cadence_months"),
        period_anchor=anchor,
        first_period_on=first,
        relative_anchor=RelativeAnchor(row["relative_anchor"]) if "relative_anchor" in row else None,
        offset_count=row.get("offset_count", 0),
        offset_unit=OffsetUnit(row.get("offset_unit", OffsetUnit.DAYS)),
        day_type=DayType(row.get("day_type", DayType.CALENDAR)),
        roll=Roll(row.get("roll", Roll.NONE)),
        event_type=EventType(row["event_type"]) if "event_type" in row else None,
        yearly_check=row.get("yearly_check", False),
    )


def _record_events(session: Session, row: Row, obligation: Obligation, desk: rounds.Desk) -> None:
    """Record what happened so many days ago at some hour, which makes the duty come due."""
    moment = desk.shelf.moment
    for told in row.get("events", ()):
        occurred_at = local_instant(moment.today - timedelta(days=told["days_ago"]), told["hour"], Zone.WIB)
        happened = Told(occurred_at=occurred_at, note=told["note"])
        obligation_events.record(session, obligation, happened, actor=desk.officer, now=moment.now)


def _settle(session: Session, row: Row, obligation: Obligation, desk: rounds.Desk) -> None:
    """Bring past occurrences, the latest of them and the next one to what the row says."""
    found = session.scalars(
        select(Occurrence).where(Occurrence.obligation_id == obligation.id).order_by(Occurrence.due_on)
    ).all()
    partner_owes = reading.has_partner_debtor(session, obligation.id)
    reported = rules.is_reported(obligation.kind, has_partner_debtor=partner_owes)
    for occurrence, end in _ends(row, found, desk.shelf.moment.today):
        if end == WAIVED:
            _waive(session, occurrence, row["reason"], desk)
        elif end in EASED:
            easing.put(session, occurrence, end, desk)
        elif reported and end != OPEN:
            rounds.put(session, occurrence, end, desk)
        elif end == MET:
            _meet(session, occurrence, desk)


def _ends(row: Row, found: Sequence[Occurrence], today: date) -> list[tuple[Occurrence, str]]:
    past = [occurrence for occurrence in found if occurrence.due_on < today]
    coming = [occurrence for occurrence in found if occurrence.due_on >= today]
    earlier = row.get("past", OPEN)
    ends = [(occurrence, earlier) for occurrence in past[:-1]]
    ends += [(occurrence, row.get("last", earlier)) for occurrence in past[-1:]]
    return ends + [(occurrence, row.get("next", OPEN)) for occurrence in coming[:1]]


def _waive(session: Session, occurrence: Occurrence, reason: str, desk: rounds.Desk) -> None:
    gift = Gift(wish=Wish(kind=ReliefKind.WAIVER, reason=reason))
    moment = desk.shelf.moment
    reliefs.give(session, occurrence, gift=gift, version=occurrence.version, actor=desk.officer, now=moment.now)


def _meet(session: Session, occurrence: Occurrence, desk: rounds.Desk) -> None:
    """Note a duty as fulfilled some days before its date; which day follows from the row itself."""
    early = timedelta(days=1 + occurrence.id % 5)
    obligations.mark_met(
        session,
        occurrence,
        fulfilment=Fulfilment(met_on=min(occurrence.due_on - early, desk.shelf.moment.today)),
        version=occurrence.version,
        actor=desk.officer,
        now=desk.shelf.moment.now,
    )


def _forget_old_mail(session: Session, shelf: Shelf) -> None:
    """Remove the mails of acts that are dated back: they tell of things long past and were never sent."""
    border = shelf.moment.now - MAIL_KEPT
    session.execute(delete(Message).where(Message.created_at < border))
