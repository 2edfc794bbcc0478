"""How the dates of a duty arise, as one sentence of the pages. The dates themselves in words are in `duty_words`."""

from flask_babel import gettext as _

from portal.domain.obligation import Cadence, DayType, OffsetUnit, PeriodAnchor, Roll, ScheduleKind
from portal.domain.schedule import Schedule
from portal.web.filters import date_long, label


def sentence(schedule: Schedule) -> str:
    """Return in one sentence how the dates of a duty arise."""
    told = _SENTENCES[schedule.schedule](schedule)
    return told + _rolled(schedule) if told else label(schedule.schedule)


def _fixed(schedule: Schedule) -> str:
    day = schedule.fixed_on
    return str(_("Satu kali, pada %(date)s", date=date_long(day))) if day else ""


def _recurring(schedule: Schedule) -> str:
    return f"{_every(schedule)}, {_offset(schedule, _('periode berakhir'))}" if schedule.cadence else ""


def _relative(schedule: Schedule) -> str:
    if schedule.relative_anchor is None:
        return ""
    return str(_("Satu kali, ")) + _offset(schedule, _small(label(schedule.relative_anchor)))


def _event(schedule: Schedule) -> str:
    if schedule.event_type is None:
        return ""
    told = str(_("Setiap kali: %(event)s; ", event=_small(label(schedule.event_type))))
    return told + _offset(schedule, _("peristiwa itu"))


def _on_request(schedule: Schedule) -> str:
    return str(_("Sewaktu-waktu bila diminta, ")) + _offset(schedule, _("permintaan"))


def _continuous(schedule: Schedule) -> str:
    return str(_("Berlaku selama perjanjian; diperiksa setiap tahun")) if schedule.yearly_check else ""


_SENTENCES = {
    ScheduleKind.FIXED: _fixed,
    ScheduleKind.RECURRING: _recurring,
    ScheduleKind.RELATIVE: _relative,
    ScheduleKind.EVENT: _event,
    ScheduleKind.ON_REQUEST: _on_request,
    ScheduleKind.CONTINUOUS: _continuous,
}


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _every(schedule: Schedule) -> str:
    """Return how often, and from which day the periods run where the calendar does not say it."""
    often = label(schedule.cadence) if schedule.cadence else ""
    if schedule.cadence is Cadence.EVERY_N_MONTHS:
        often = str(_("Setiap %(n)s bulan", n=schedule.cadence_months))
    if schedule.period_anchor is PeriodAnchor.ANNIVERSARY:
        return often + str(_(" terhitung sejak perjanjian mulai"))
    if schedule.period_anchor is PeriodAnchor.FIXED_DAY and schedule.first_period_on:
        return often + str(_(" terhitung sejak %(date)s", date=date_long(schedule.first_period_on)))
    return often


def _offset(schedule: Schedule, anchor: str) -> str:
    count = schedule.offset_count
    if not count:
        return str(_("paling lambat saat %(anchor)s", anchor=anchor))
    units = {
        OffsetUnit.DAYS: label(schedule.day_type).lower(),
        OffsetUnit.WEEKS: label(OffsetUnit.WEEKS).lower(),
        OffsetUnit.MONTHS: label(OffsetUnit.MONTHS).lower(),
        OffsetUnit.HOURS: label(OffsetUnit.HOURS).lower(),
    }
    said = {"n": abs(count), "unit": units[schedule.offset_unit], "anchor": anchor}
    if count < 0:
        return str(_("paling lambat %(n)s %(unit)s sebelum %(anchor)s", **said))
    if _is_day_of_next_month(schedule):
        said["day"] = count
        return str(_("paling lambat %(n)s %(unit)s setelah %(anchor)s (tanggal %(day)s bulan berikutnya)", **said))
    return str(_("paling lambat %(n)s %(unit)s setelah %(anchor)s", **said))


SHORTEST_MONTH = 28


def _is_day_of_next_month(schedule: Schedule) -> bool:
    """Whether the offset is the same as "pada tanggal 5 bulan berikutnya" (design: domain §4.1)."""
    whole_months = schedule.schedule is ScheduleKind.RECURRING and schedule.period_anchor is PeriodAnchor.CALENDAR
    in_days = schedule.offset_unit is OffsetUnit.DAYS and schedule.day_type is DayType.CALENDAR
    return whole_months and in_days and schedule.offset_count <= SHORTEST_MONTH


def _rolled(schedule: Schedule) -> str:
    sentences = {
        Roll.NONE: "",
        Roll.NEXT_WORKING: _("; bila libur, mundur ke hari kerja berikutnya"),
        Roll.PREVIOUS_WORKING: _("; bila libur, maju ke hari kerja sebelumnya"),
    }
    return str(sentences[schedule.roll])
