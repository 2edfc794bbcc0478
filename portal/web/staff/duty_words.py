"""Duties in words: how their dates arise as one sentence, the dates themselves, the chip of each."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.dates import days_between
from portal.domain.obligation import (
    UNFINISHED,
    Cadence,
    ObligationStanding,
    OffsetUnit,
    PeriodAnchor,
    Roll,
    ScheduleKind,
    standing,
)
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
    if schedule.schedule is ScheduleKind.FIXED and schedule.fixed_on:
        return str(_("Satu kali, pada %(date)s", date=date_long(schedule.fixed_on))) + _rolled(schedule)
    if schedule.schedule is ScheduleKind.RECURRING and schedule.cadence:
        anchored = schedule.period_anchor is PeriodAnchor.ANNIVERSARY
        counted = _(" terhitung sejak perjanjian mulai") if anchored else ""
        return _every(schedule.cadence) + counted + ", " + _offset(schedule, _("periode berakhir")) + _rolled(schedule)
    if schedule.schedule is ScheduleKind.RELATIVE and schedule.relative_anchor:
        name = label(schedule.relative_anchor)
        return str(_("Satu kali, ")) + _offset(schedule, name[:1].lower() + name[1:]) + _rolled(schedule)
    return label(schedule.schedule)


def _every(cadence: Cadence) -> str:
    return label(cadence)


def _offset(schedule: Schedule, anchor: str) -> str:
    count = schedule.offset_count
    if not count:
        return str(_("paling lambat saat %(anchor)s", anchor=anchor))
    units = {
        OffsetUnit.DAYS: label(schedule.day_type).lower(),
        OffsetUnit.WEEKS: label(OffsetUnit.WEEKS).lower(),
        OffsetUnit.MONTHS: label(OffsetUnit.MONTHS).lower(),
    }
    said = {"n": abs(count), "unit": units[schedule.offset_unit], "anchor": anchor}
    if count < 0:
        return str(_("paling lambat %(n)s %(unit)s sebelum %(anchor)s", **said))
    return str(_("paling lambat %(n)s %(unit)s setelah %(anchor)s", **said))


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
            "due": date_weekday(due.due_on),
            "note": _moved(due),
        }
        for due in dues
    ]


def _moved(due: Due) -> str:
    notes = []
    if due.moved:
        notes.append(_("digeser dari %(date)s karena hari libur", date=date_short(due.counted_on)))
    if due.estimated:
        notes.append(_("perkiraan: hari libur %(year)s belum dimuat", year=due.due_on.year))
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
        "due_note": days_left(days) if is_open and days >= 0 else "",
        "chip": chip(standing(row, today), days),
        "reason": row.reason,
        "decided": _("%(date)s", date=date_short(row.decided_on)) if row.decided_on else "",
        "fulfil": url_for("staff.obligations.fulfil", **here) if is_open and by_hand else None,  # type: ignore[arg-type]
        "waive": url_for("staff.obligations.waive", **here) if is_open else None,  # type: ignore[arg-type]
    }


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
