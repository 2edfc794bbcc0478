"""Editing of the holiday table. Every change moves what was counted by it: dates of duties, then reminders.

The days come from the joint decree of three ministers, which can be revised during the year (design: domain §4.3).
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.domain import calendar, policy
from portal.domain.duty import LIVING
from portal.domain.errors import Conflict, RuleBroken
from portal.domain.obligation import DayType, Roll
from portal.domain.policy import Action, Actor
from portal.models import Agreement, CalendarDay, Obligation
from portal.services import audit, obligations, reminders, renewal_days

KINDS = (calendar.NATIONAL, calendar.JOINT_LEAVE, calendar.REGIONAL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Holiday:
    """One free day as people write it down; `region` is a province code, for regional days only."""

    day: date
    name: str
    kind: str
    source: str
    confirmed: bool
    region: str = ""


def record(session: Session, holiday: Holiday, *, actor: Actor, now: datetime) -> CalendarDay:
    """Add a free day; raises RuleBroken naming the field."""
    policy.check(actor, Action.EDIT_CALENDAR)
    _check(session, holiday, other_than=None)
    row = CalendarDay(**_values(holiday))
    session.add(row)
    session.flush()
    audit.record(session, "holiday_recorded", subject=row, actor=actor, now=now, detail=_values(holiday))
    _follow(session, now=now)
    return row


def edit(
    session: Session, row: CalendarDay, holiday: Holiday, *, version: int, actor: Actor, now: datetime
) -> CalendarDay:
    """Change a free day as seen at `version`; raises Conflict when somebody changed it meanwhile."""
    policy.check(actor, Action.EDIT_CALENDAR)
    _check_version(row, version)
    _check(session, holiday, other_than=row.id)
    before = {name: getattr(row, name) for name in _values(holiday)}
    for name, value in _values(holiday).items():
        setattr(row, name, value)
    changed = audit.differences(before, _values(holiday))
    if changed:
        row.version += 1
        session.flush()
        audit.record(session, "holiday_edited", subject=row, actor=actor, now=now, detail=changed)
        _follow(session, now=now)
    return row


def remove(session: Session, row: CalendarDay, *, version: int, actor: Actor, now: datetime) -> None:
    """Remove a day that the decree no longer names; the trail keeps it."""
    policy.check(actor, Action.EDIT_CALENDAR)
    _check_version(row, version)
    detail = {name: getattr(row, name) for name in ("day", "name", "kind", "region", "source", "confirmed")}
    audit.record(session, "holiday_removed", subject=row, actor=actor, now=now, detail=detail)
    session.delete(row)
    session.flush()
    _follow(session, now=now)


def _values(holiday: Holiday) -> dict[str, object]:
    return {
        "day": holiday.day,
        "name": holiday.name.strip(),
        "kind": holiday.kind,
        "region": holiday.region if holiday.kind == calendar.REGIONAL else "",
        "source": holiday.source.strip(),
        "confirmed": holiday.confirmed,
    }


def _check_version(row: CalendarDay, version: int) -> None:
    if row.version != version:
        raise Conflict("Hari ini diubah orang lain sesudah Anda membukanya. Muat ulang halaman, lalu ulangi.")


def _check(session: Session, holiday: Holiday, *, other_than: int | None) -> None:
    if holiday.kind not in KINDS:
        raise RuleBroken("Pilih jenis hari libur.", field="kind")
    if not holiday.name.strip():
        raise RuleBroken("Tulis nama hari libur.", field="name")
    if not holiday.source.strip():
        raise RuleBroken("Tulis sumbernya, misalnya nomor SKB.", field="source")
    if holiday.kind == calendar.REGIONAL and not holiday.region:
        raise RuleBroken("Pilih provinsi untuk libur daerah.", field="region")
    values = _values(holiday)
    same = session.scalar(
        select(CalendarDay.id).where(
            CalendarDay.day == holiday.day,
            CalendarDay.kind == holiday.kind,
            CalendarDay.region == values["region"],
            CalendarDay.name == values["name"],
        )
    )
    if same is not None and same != other_than:
        raise RuleBroken("Hari libur ini sudah tercatat.", field="day")


def _follow(session: Session, *, now: datetime) -> None:
    """Count anew what rests on working days, agreement by agreement: the calendar is edited a few times a year."""
    renewal_days.refresh_all(session, now=now)
    ids = session.scalars(
        select(Obligation.agreement_id)
        .join(Obligation.agreement)
        .where(
            Agreement.stage.in_(LIVING),
            Obligation.is_closed.is_(False),
            or_(Obligation.day_type == DayType.WORKING, Obligation.roll != Roll.NONE),
        )
        .distinct()
    ).all()
    for agreement_id in ids:
        if obligations.refresh(session, agreement_id=agreement_id, now=now):
            reminders.replan(session, agreement_id=agreement_id, now=now)
