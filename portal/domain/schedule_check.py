"""What a schedule must say, and the question of the first period. The dates themselves are counted in `schedule`."""

from datetime import date
from typing import Final

from portal.domain.dates import add_months
from portal.domain.errors import RuleBroken
from portal.domain.obligation import Cadence, DayType, OffsetUnit, PeriodAnchor, Roll, ScheduleKind
from portal.domain.schedule import MONTHS_OF_YEAR, Anchors, Schedule, period_start

FIRST_YEAR, LAST_YEAR = 1945, 2199
"""Years outside these are slips of the hand."""

MOST_MONTHS: Final = 120
"""The longest period of a duty that recurs: ten years."""

WAITING: Final = frozenset({ScheduleKind.EVENT, ScheduleKind.ON_REQUEST})
"""Kinds that wait for something to be recorded."""


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
    if schedule.schedule is ScheduleKind.EVENT and schedule.event_type is None:
        raise RuleBroken("Pilih peristiwa yang memulai hitungan.", field="event_type")
    if schedule.yearly_check and schedule.schedule is not ScheduleKind.CONTINUOUS:
        raise RuleBroken(
            "Pemeriksaan tahunan hanya untuk kewajiban yang berlaku selama perjanjian.", field="yearly_check"
        )
    _check_offset(schedule)
    if schedule.schedule is ScheduleKind.RECURRING:
        _check_recurring(schedule, anchors)


def _check_offset(schedule: Schedule) -> None:
    if schedule.offset_unit is OffsetUnit.HOURS:
        _check_hours(schedule)
    if schedule.day_type is DayType.WORKING and schedule.offset_unit is not OffsetUnit.DAYS:
        raise RuleBroken(
            "Hari kerja hanya dapat dihitung dalam hari. Pilih satuan hari, atau hari kalender.", field="day_type"
        )
    if schedule.schedule is ScheduleKind.ON_REQUEST and schedule.offset_count < 0:
        raise RuleBroken("Tenggat atas permintaan selalu sesudah permintaan itu.", field="direction")


def _check_hours(schedule: Schedule) -> None:
    """Hours run by the clock, from an instant: never by working time, never moved off a holiday, never backwards."""
    if schedule.schedule not in WAITING:
        raise RuleBroken(
            "Jam hanya dapat dihitung dari suatu peristiwa atau permintaan. Pilih hari, pekan, atau bulan.",
            field="offset_unit",
        )
    if schedule.day_type is DayType.WORKING:
        raise RuleBroken("Jam berjalan terus, juga pada hari libur. Pilih hari kalender.", field="day_type")
    if schedule.roll is not Roll.NONE:
        raise RuleBroken("Batas dalam jam tidak bergeser karena hari libur. Pilih tetap pada tanggalnya.", field="roll")
    if schedule.offset_count < 1:
        raise RuleBroken("Tulis jumlah jam, paling sedikit 1, sesudah peristiwa.", field="offset_count")


def _check_recurring(schedule: Schedule, anchors: Anchors) -> None:
    if schedule.cadence is None:
        raise RuleBroken("Pilih seberapa sering kewajiban ini jatuh tempo.", field="cadence")
    if schedule.cadence is Cadence.EVERY_N_MONTHS and not 1 <= (schedule.cadence_months or 0) <= MOST_MONTHS:
        raise RuleBroken("Tulis jumlah bulan dari 1 sampai 120.", field="cadence_months")
    if schedule.period_anchor is None:
        raise RuleBroken("Pilih dari mana periode dihitung.", field="period_anchor")
    if schedule.period_anchor is PeriodAnchor.CALENDAR and MONTHS_OF_YEAR % (schedule.period_months or 1):
        raise RuleBroken(
            "Menurut kalender hanya untuk 1, 2, 3, 4, 6, atau 12 bulan. Hitung dari mulai perjanjian, atau tentukan"
            " tanggalnya.",
            field="period_anchor",
        )
    if schedule.period_anchor is PeriodAnchor.FIXED_DAY and schedule.first_period_on is None:
        raise RuleBroken("Tulis hari pertama dari periode pertama.", field="first_period_on")
    if asks_first_period(schedule, anchors):
        raise RuleBroken(
            "Perjanjian mulai di tengah periode. Tulis hari pertama dari periode pertama yang dihitung.",
            field="first_period_on",
        )
    first = schedule.first_period_on
    if schedule.until_on and first and schedule.until_on < first:
        raise RuleBroken("Tulis hari terakhir yang tidak mendahului periode pertama.", field="until_on")


def asks_first_period(schedule: Schedule, anchors: Anchors) -> bool:
    """Return whether a person must say which period is the first: the term starts inside one of the calendar."""
    starts_on, months = anchors.term.starts_on, schedule.period_months
    if not months or MONTHS_OF_YEAR % months or schedule.first_period_on is not None:
        return False
    if schedule.schedule is not ScheduleKind.RECURRING or schedule.period_anchor is not PeriodAnchor.CALENDAR:
        return False
    return starts_on is not None and starts_on != period_start(starts_on, months)


def first_periods(months: int, starts_on: date) -> tuple[date, date]:
    """Return the two answers to that question: begin with the broken period, or with the next whole one."""
    return starts_on, add_months(period_start(starts_on, months), months)
