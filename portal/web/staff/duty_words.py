"""Duties in words: how their dates arise as one sentence, the dates themselves, the chip of each."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.dates import days_between
from portal.domain.obligation import (
    UNFINISHED,
    Cadence,
    DayType,
    ObligationStanding,
    OffsetUnit,
    PeriodAnchor,
    Roll,
    ScheduleKind,
    standing,
)
from portal.domain.organisation import Zone
from portal.domain.schedule import Due, Schedule
from portal.queries.obligation_list import DutyRow
from portal.web import guard
from portal.web.filters import date_long, date_short, date_weekday, days_left, label, period

if TYPE_CHECKING:
    from portal.models import Occurrence

Item = dict[str, Any]

TONES = {
    ObligationStanding.SCHEDULED: "",
    ObligationStanding.DUE_SOON: "warn",
    ObligationStanding.DUE_TODAY: "warn",
    ObligationStanding.OVERDUE: "bad",
    ObligationStanding.AWAITING_REVIEW: "warn",
    ObligationStanding.RETURNED: "bad",
    ObligationStanding.MET: "good",
    ObligationStanding.WAIVED: "",
    ObligationStanding.CANCELLED: "",
    ObligationStanding.HELD: "",
}


def chip(found: ObligationStanding, days: int) -> Item:
    """Return the chip of a dated duty; what is late says by how many days."""
    text = days_left(days) if found is ObligationStanding.OVERDUE else label(found)
    return {"text": text, "tone": TONES[found]}


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


def previews(dues: Iterable[Due]) -> list[Item]:
    """Return the rows of the table "Jadwal yang terjadi": period, date with its weekday, what moved it."""
    return [
        {
            "period": period(due.period_key) or _("Satu kali"),
            "span": _span(due.period.starts_on, due.period.ends_on) if due.period else "",
            "due": due_words(due.due_on, due.due_at, due.zone),
            "note": _moved(due.counted_on if due.moved else None, due.due_on if due.estimated else None),
        }
        for due in dues
    ]


def due_words(due_on: date, due_at: datetime | None, zone: Zone) -> str:
    """Return a due date in full, for one in hours with its time in the debtor's zone."""
    if due_at is None:
        return date_weekday(due_on)
    clock = due_at.astimezone(zone.timezone)
    said = {"date": date_weekday(due_on), "time": f"{clock:%H.%M}", "zone": zone.value}
    return str(_("%(date)s pukul %(time)s %(zone)s", **said))


def _moved(counted_on: date | None, estimated_on: date | None) -> str:
    notes = []
    if counted_on:
        notes.append(_("digeser dari %(date)s karena hari libur", date=date_short(counted_on)))
    if estimated_on:
        notes.append(_("perkiraan: hari libur %(year)s belum dimuat", year=estimated_on.year))
    return "; ".join(str(note) for note in notes)


def _span(starts_on: date | None, ends_on: date | None) -> str:
    if starts_on is None or ends_on is None:
        return ""
    return f"{date_short(starts_on)} – {date_short(ends_on)}"


def occurrences(rows: "Sequence[Occurrence]", *, code: str, number: int, by_hand: bool, today: date) -> list[Item]:
    """Return the dated occurrences of one duty; open ones carry what an officer may do with them."""
    return [_occurrence(row, code=code, number=number, by_hand=by_hand, today=today) for row in rows]


def _occurrence(row: "Occurrence", *, code: str, number: int, by_hand: bool, today: date) -> Item:
    days, here = days_between(today, row.due_on), {"code": code, "number": number, "key": row.period_key}
    is_open = row.stage in UNFINISHED
    return {
        "period": period(row.period_key) or _("Satu kali"),
        "span": _span(row.period_starts_on, row.period_ends_on),
        "due": date_short(row.due_on),
        "due_note": _due_note(row, days_left(days) if is_open and days >= 0 else ""),
        "moved": _moved(row.counted_on, row.due_on if row.is_estimated and is_open else None),
        "chip": chip(standing(row, today), days),
        "reason": row.reason,
        "decided": _("%(date)s", date=date_short(row.decided_on)) if row.decided_on else "",
        "fulfil": url_for("staff.obligations.fulfil", **here) if is_open and by_hand else None,  # type: ignore[arg-type]
        "waive": url_for("staff.obligations.waive", **here) if is_open else None,  # type: ignore[arg-type]
    }


def _due_note(row: "Occurrence", left: str) -> str:
    """Return what stands under a due date: its hour, the date before more time was granted, the days that are left."""
    notes = [left]
    if row.due_at:
        clock = row.due_at.astimezone(row.zone.timezone)
        notes.insert(0, str(_("pukul %(time)s %(zone)s", time=f"{clock:%H.%M}", zone=row.zone.value)))
    if row.scheduled_on:
        notes.append(str(_("menurut jadwal %(date)s", date=date_short(row.scheduled_on))))
    return "; ".join(note for note in notes if note)


def line(row: DutyRow) -> Item:
    """Return one line of the list of dated duties."""
    named = period(row.period_key)
    reported = row.is_reported and row.report_code is not None
    return {
        "title": f"{row.title}, {named}" if named else row.title,
        "href": url_for("staff.obligations.show", code=row.agreement_code, number=row.number),
        "agreement": row.agreement_title,
        "agreement_href": url_for("staff.agreements.show", code=row.agreement_code),
        "code": row.agreement_code,
        "sample": row.is_sample,
        "debtors": ", ".join(party.name for party in row.debtors),
        "side": _("Kemensos") if row.owed_by_us else _("Mitra"),
        "due": date_short(row.due_on),
        "due_note": days_left(row.days) if row.standing in NEAR else "",
        "chip": chip(row.standing, row.days),
        "reminded": date_short(row.reminded_on) if row.reminded_on else None,
        "verb": _("Telaah") if reported and row.standing is ObligationStanding.AWAITING_REVIEW else _verb(row),
        "verb_href": _step(row, reported=reported),
    }


NEAR = frozenset({ObligationStanding.SCHEDULED, ObligationStanding.DUE_SOON, ObligationStanding.DUE_TODAY})


def _is_by_hand(row: DutyRow) -> bool:
    """Whether somebody notes by hand that it was fulfilled, and this person may."""
    waits = not row.is_reported and row.standing in NEAR | {ObligationStanding.OVERDUE}
    return waits and guard.may_open("staff.obligations.fulfil")


def _verb(row: DutyRow) -> str:
    return str(_("Catat") if _is_by_hand(row) else _("Buka"))


def _step(row: DutyRow, *, reported: bool) -> str:
    if reported:
        return url_for("staff.reports.show", code=row.report_code)
    by_hand = _is_by_hand(row)
    endpoint = "staff.obligations.fulfil" if by_hand else "staff.obligations.show"
    more = {"key": row.period_key} if by_hand else {}
    return url_for(endpoint, code=row.agreement_code, number=row.number, **more)  # type: ignore[arg-type]
