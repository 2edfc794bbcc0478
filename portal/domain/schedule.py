"""From the schedule of an obligation to its dated occurrences, purely (design: domain §4.3).

An occurrence is known by its period, never by its place in a list, so that a changed date moves it.
What becomes of it later (reports, waivers) is not decided here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portal.domain.calendar import CalendarNotLoaded, WorkingCalendar
from portal.domain.dates import add_months
from portal.domain.errors import RuleBroken
from portal.domain.obligation import (
    Cadence,
    DayType,
    OffsetUnit,
    PeriodAnchor,
    RelativeAnchor,
    Roll,
    ScheduleKind,
)
from portal.domain.period import Period

ONCE = "once"
"""Period key of an obligation that comes due one time."""

HORIZON_MONTHS = 24
"""How far ahead recurring occurrences are written down; a term that ends earlier ends them earlier."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """How the dates of one obligation arise; the names are those of the columns of `obligation`."""

    schedule: ScheduleKind
    fixed_on: date | None = None
    cadence: Cadence | None = None
    period_anchor: PeriodAnchor | None = None
    first_period_on: date | None = None
    until_on: date | None = None
    relative_anchor: RelativeAnchor | None = None
    offset_count: int = 0
    offset_unit: OffsetUnit = OffsetUnit.DAYS
    day_type: DayType = DayType.CALENDAR
    roll: Roll = Roll.NONE


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

    @property
    def moved(self) -> bool:
        """Return whether a holiday moved it."""
        return self.due_on != self.counted_on


FIRST_YEAR, LAST_YEAR = 1945, 2199
"""Years outside these are slips of the hand."""


def check(schedule: Schedule, anchors: Anchors) -> None:
    """Raise RuleBroken, with the field, unless `schedule` says all that its kind needs."""
    for field in ("fixed_on", "first_period_on", "until_on"):
        day: date | None = getattr(schedule, field)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise RuleBroken("Periksa tahunnya: tulis tahun antara 1945 dan 2199.", field=field)
    if schedule.schedule is ScheduleKind.FIXED and schedule.fixed_on is None:
        raise RuleBroken("Isi tanggal jatuh tempo.", field="fixed_on")
    if schedule.schedule is ScheduleKind.RELATIVE and schedule.relative_anchor is None:
        raise RuleBroken("Pilih dari tanggal apa tenggat ini dihitung.", field="relative_anchor")
    if schedule.day_type is DayType.WORKING and schedule.offset_unit is not OffsetUnit.DAYS:
        raise RuleBroken(
            "Hari kerja hanya dapat dihitung dalam hari. Pilih satuan hari, atau hari kalender.", field="day_type"
        )
    if schedule.schedule is ScheduleKind.RECURRING:
        _check_recurring(schedule, anchors)


def _check_recurring(schedule: Schedule, anchors: Anchors) -> None:
    if schedule.cadence is None:
        raise RuleBroken("Pilih seberapa sering kewajiban ini jatuh tempo.", field="cadence")
    if schedule.period_anchor is None:
        raise RuleBroken("Pilih dari mana periode dihitung.", field="period_anchor")
    if asks_first_period(schedule, anchors):
        raise RuleBroken(
            "Perjanjian mulai di tengah periode. Tulis hari pertama dari periode pertama yang dihitung.",
            field="first_period_on",
        )
    first = schedule.first_period_on
    if schedule.until_on and first and schedule.until_on < first:
        raise RuleBroken("Tulis hari terakhir yang tidak mendahului periode pertama.", field="until_on")


def asks_first_period(schedule: Schedule, anchors: Anchors) -> bool:
    """Return whether a person must say which period is the first: the term starts inside one."""
    starts_on = anchors.term.starts_on
    if schedule.cadence is None or schedule.first_period_on is not None:
        return False
    if schedule.schedule is not ScheduleKind.RECURRING or schedule.period_anchor is not PeriodAnchor.CALENDAR:
        return False
    return starts_on is not None and starts_on != period_start(starts_on, schedule.cadence)


def first_periods(cadence: Cadence, starts_on: date) -> tuple[date, date]:
    """Return the two answers to that question: begin with the broken period, or with the next whole one."""
    start = period_start(starts_on, cadence)
    return starts_on, add_months(start, cadence.months)


def occurrences(
    schedule: Schedule, anchors: Anchors, *, calendar: WorkingCalendar, horizon_on: date
) -> tuple[Due, ...]:
    """Return every occurrence in order; recurring ones as far as their period begins by `horizon_on`.

    A schedule whose anchor is unknown, and a duty that simply lasts, have none.
    """
    if schedule.schedule is ScheduleKind.FIXED and schedule.fixed_on is not None:
        return (_due(ONCE, None, schedule.fixed_on, schedule, calendar),)
    if schedule.schedule is ScheduleKind.RELATIVE:
        anchor = _anchor(schedule.relative_anchor, anchors)
        return () if anchor is None else (_counted(ONCE, None, anchor, schedule, calendar),)
    if schedule.schedule is ScheduleKind.RECURRING and schedule.cadence is not None:
        return tuple(
            _counted(key, period, period.ends_on, schedule, calendar)
            for key, period in _periods(schedule, schedule.cadence, anchors, horizon_on)
            if period.ends_on is not None
        )
    return ()


def _anchor(kind: RelativeAnchor | None, anchors: Anchors) -> date | None:
    known = {
        RelativeAnchor.SIGNING: anchors.signed_on,
        RelativeAnchor.START: anchors.term.starts_on,
        RelativeAnchor.END: anchors.term.ends_on,
        RelativeAnchor.PARENT_SIGNING: anchors.parent_signed_on,
    }
    return known[kind] if kind is not None else None


def _periods(schedule: Schedule, cadence: Cadence, anchors: Anchors, horizon_on: date) -> Iterator[tuple[str, Period]]:
    """Yield the periods with their keys, the first and the last cut to the days that count."""
    first = schedule.first_period_on or anchors.term.starts_on
    if first is None:
        return
    by_calendar = schedule.period_anchor is not PeriodAnchor.ANNIVERSARY
    origin = period_start(first, cadence) if by_calendar else first
    ends = [day for day in (schedule.until_on, anchors.term.ends_on) if day is not None]
    last = min(ends, default=date.max)
    place = 0
    while True:
        starts_on = add_months(origin, place * cadence.months)
        if starts_on > min(last, horizon_on) or (place and _is_end_day(starts_on, anchors)):
            return
        ends_on = min(add_months(origin, (place + 1) * cadence.months) - ONE_DAY, last)
        key = _calendar_key(starts_on, cadence) if by_calendar else starts_on.isoformat()
        yield key, Period(starts_on=max(starts_on, first), ends_on=ends_on)
        place += 1


def _is_end_day(starts_on: date, anchors: Anchors) -> bool:
    """Return whether a period would be the last day alone: "n years" end on the same day n years later."""
    return starts_on == anchors.term.ends_on


def period_start(day: date, cadence: Cadence) -> date:
    """Return the first day of the calendar's period in which `day` lies."""
    month = (day.month - 1) // cadence.months * cadence.months + 1
    return date(day.year, month, 1)


def _calendar_key(starts_on: date, cadence: Cadence) -> str:
    place = (starts_on.month - 1) // cadence.months + 1
    return {
        Cadence.MONTHLY: f"{starts_on.year}-{place:02}",
        Cadence.QUARTERLY: f"{starts_on.year}-Q{place}",
        Cadence.SEMESTER: f"{starts_on.year}-S{place}",
        Cadence.YEARLY: f"{starts_on.year}",
    }[cadence]


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
