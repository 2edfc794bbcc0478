"""From the schedule of an obligation to its dated occurrences, purely (design: domain §4.3).

An occurrence is known by its period or its event, never by its place in a list, so that a changed date moves it.
What a schedule must say is in `schedule_check`; what becomes of an occurrence (reports, relief) is not decided here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.domain.calendar import CalendarNotLoaded, WorkingCalendar
from portal.domain.dates import add_months, office_date
from portal.domain.obligation import (
    Cadence,
    DayType,
    EventType,
    OffsetUnit,
    PeriodAnchor,
    RelativeAnchor,
    Roll,
    ScheduleKind,
)
from portal.domain.organisation import Zone
from portal.domain.period import Period

ONCE = "once"
"""Period key of an obligation that comes due one time."""

HORIZON_MONTHS = 24
"""How far ahead recurring occurrences are written down; a term that ends earlier ends them earlier."""

ONE_DAY = timedelta(days=1)
MONTHS_OF_YEAR = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """How the dates of one obligation arise; the names are those of the columns of `obligation`."""

    schedule: ScheduleKind
    fixed_on: date | None = None
    cadence: Cadence | None = None
    cadence_months: int | None = None
    period_anchor: PeriodAnchor | None = None
    first_period_on: date | None = None
    until_on: date | None = None
    relative_anchor: RelativeAnchor | None = None
    offset_count: int = 0
    offset_unit: OffsetUnit = OffsetUnit.DAYS
    day_type: DayType = DayType.CALENDAR
    roll: Roll = Roll.NONE
    event_type: EventType | None = None
    yearly_check: bool = False

    @property
    def period_months(self) -> int | None:
        """Return the length of one period in months; None while nobody has said it."""
        if self.cadence is Cadence.EVERY_N_MONTHS:
            return self.cadence_months
        return self.cadence.months if self.cadence is not None else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """Something happened, or was asked for, that makes an obligation due."""

    number: int
    """Counted from 1 within the obligation; never given again."""
    occurred_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchors:
    """The dates of an agreement that schedules count from; None where the record does not tell."""

    term: Period
    signed_on: date | None = None
    parent_signed_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """One dated occurrence."""

    period_key: str
    period: Period | None
    due_on: date
    counted_on: date
    """The date before it was moved off a holiday."""
    estimated: bool = False
    """The holidays of its year are not loaded yet: it may move by some days."""
    due_at: datetime | None = None
    """The instant of a date that is counted in hours; None: the whole day counts."""
    zone: Zone = Zone.WIB
    """Where its day ends, the debtor's; dates of days alone do not tell it."""

    @property
    def moved(self) -> bool:
        """Return whether a holiday moved it."""
        return self.due_on != self.counted_on


def occurrences(
    schedule: Schedule,
    anchors: Anchors,
    *,
    calendar: WorkingCalendar,
    horizon_on: date,
    happenings: Sequence[Happening] = (),
    zone: Zone = Zone.WIB,
) -> tuple[Due, ...]:
    """Return every occurrence in order; recurring ones as far as their period begins by `horizon_on`.

    `happenings` are the events recorded for an event duty; their days are those of `zone`, the debtor's. A schedule
    whose anchor is unknown, and a duty that simply lasts, have none.
    """
    if schedule.schedule is ScheduleKind.RECURRING and schedule.period_months:
        return tuple(
            _counted(key, period, period.ends_on, schedule, calendar)
            for key, period in _periods(schedule, schedule.period_months, anchors, horizon_on)
            if period.ends_on is not None
        )
    if schedule.schedule in {ScheduleKind.EVENT, ScheduleKind.ON_REQUEST}:
        found = sorted(happenings, key=lambda each: (each.occurred_at, each.number))
        return tuple(_after(each, schedule, calendar, zone) for each in found)
    if schedule.schedule is ScheduleKind.CONTINUOUS and schedule.yearly_check:
        return tuple(_checks(schedule, anchors, calendar, horizon_on))
    return _once(schedule, anchors, calendar)


def _once(schedule: Schedule, anchors: Anchors, calendar: WorkingCalendar) -> tuple[Due, ...]:
    if schedule.schedule is ScheduleKind.FIXED and schedule.fixed_on is not None:
        return (_due(ONCE, None, schedule.fixed_on, schedule, calendar),)
    anchor = _anchor(schedule.relative_anchor, anchors)
    if schedule.schedule is not ScheduleKind.RELATIVE or anchor is None:
        return ()
    return (_counted(ONCE, None, anchor, schedule, calendar),)


def _after(happening: Happening, schedule: Schedule, calendar: WorkingCalendar, zone: Zone) -> Due:
    """Count from an event: hours from its instant, everything else from its day in `zone`, which is day 0."""
    key = f"event-{happening.number}"
    if schedule.offset_unit is not OffsetUnit.HOURS:
        return _counted(key, None, office_date(happening.occurred_at, zone), schedule, calendar)
    due_at = happening.occurred_at + timedelta(hours=schedule.offset_count)
    day = office_date(due_at, zone)
    return Due(period_key=key, period=None, due_on=day, counted_on=day, due_at=due_at, zone=zone)


def _checks(schedule: Schedule, anchors: Anchors, calendar: WorkingCalendar, horizon_on: date) -> Iterator[Due]:
    """Yield the yearly checks of a duty that lasts: each anniversary of the start, else of the signing."""
    since = anchors.term.starts_on or anchors.signed_on
    if since is None:
        return
    last = min(day for day in (schedule.until_on, anchors.term.ends_on, horizon_on) if day is not None)
    years = 1
    while (day := add_months(since, years * MONTHS_OF_YEAR)) <= last:
        yield _due(f"check-{day.year}", None, day, schedule, calendar)
        years += 1


def _anchor(kind: RelativeAnchor | None, anchors: Anchors) -> date | None:
    known = {
        RelativeAnchor.SIGNING: anchors.signed_on,
        RelativeAnchor.START: anchors.term.starts_on,
        RelativeAnchor.END: anchors.term.ends_on,
        RelativeAnchor.PARENT_SIGNING: anchors.parent_signed_on,
    }
    return known[kind] if kind is not None else None


def _periods(schedule: Schedule, months: int, anchors: Anchors, horizon_on: date) -> Iterator[tuple[str, Period]]:
    """Yield the periods with their keys, the first and the last cut to the days that count."""
    known = [day for day in (schedule.first_period_on, anchors.term.starts_on) if day is not None]
    if not known:
        return
    by_calendar = schedule.period_anchor is PeriodAnchor.CALENDAR
    origin = period_start(known[0], months) if by_calendar else known[0]
    first = max(known)
    ends = [day for day in (schedule.until_on, anchors.term.ends_on) if day is not None]
    last = min(ends, default=date.max)
    place = 0
    while True:
        starts_on = add_months(origin, place * months)
        if starts_on > min(last, horizon_on) or (place and _is_end_day(starts_on, anchors)):
            return
        ends_on = min(add_months(origin, (place + 1) * months) - ONE_DAY, last)
        key = _calendar_key(starts_on, months) if by_calendar else starts_on.isoformat()
        if ends_on >= first:
            yield key, Period(starts_on=max(starts_on, first), ends_on=ends_on)
        place += 1


def _is_end_day(starts_on: date, anchors: Anchors) -> bool:
    """Return whether a period would be the last day alone: "n years" end on the same day n years later."""
    return starts_on == anchors.term.ends_on


def period_start(day: date, months: int) -> date:
    """Return the first day of the calendar's period of `months` in which `day` lies; `months` divides the year."""
    month = (day.month - 1) // months * months + 1
    return date(day.year, month, 1)


def _calendar_key(starts_on: date, months: int) -> str:
    place = (starts_on.month - 1) // months + 1
    named = {
        1: f"{starts_on.year}-{place:02}",
        3: f"{starts_on.year}-Q{place}",
        6: f"{starts_on.year}-S{place}",
        MONTHS_OF_YEAR: f"{starts_on.year}",
    }
    return named.get(months, starts_on.isoformat())


def _counted(key: str, period: Period | None, anchor: date, schedule: Schedule, calendar: WorkingCalendar) -> Due:
    """Count the offset from `anchor`: day 0 is the anchor itself, months keep to the end of the month."""
    count = schedule.offset_count
    if schedule.day_type is DayType.WORKING:
        day, estimated = _working(calendar, anchor, count)
        return _due(key, period, day, schedule, calendar, estimated=estimated)
    if schedule.offset_unit is OffsetUnit.MONTHS:
        return _due(key, period, add_months(anchor, count), schedule, calendar)
    days = count * 7 if schedule.offset_unit is OffsetUnit.WEEKS else count
    return _due(key, period, anchor + timedelta(days=days), schedule, calendar)


def _working(calendar: WorkingCalendar, anchor: date, count: int) -> tuple[date, bool]:
    try:
        return calendar.add_working(anchor, count), False
    except CalendarNotLoaded:
        return calendar.assumed().add_working(anchor, count), True


def _due(
    key: str,
    period: Period | None,
    day: date,
    schedule: Schedule,
    calendar: WorkingCalendar,
    *,
    estimated: bool = False,
) -> Due:
    try:
        due_on = _rolled(day, schedule.roll, calendar)
    except CalendarNotLoaded:
        due_on, estimated = _rolled(day, schedule.roll, calendar.assumed()), True
    return Due(period_key=key, period=period, due_on=due_on, counted_on=day, estimated=estimated)


def _rolled(day: date, roll: Roll, calendar: WorkingCalendar) -> date:
    if roll is Roll.NEXT_WORKING:
        return calendar.next_working(day)
    if roll is Roll.PREVIOUS_WORKING:
        return calendar.previous_working(day)
    return day
