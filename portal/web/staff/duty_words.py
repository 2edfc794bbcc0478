"""Duties in words: how their dates arise as one sentence, the dates themselves, the chip of each."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.dates import days_between
from portal.domain.obligation import (
    UNFINISHED,
    ObligationStanding,
    OccurrenceStage,
    standing,
)
from portal.domain.organisation import Zone
from portal.domain.schedule import Due
from portal.queries.obligation_list import DutyRow
from portal.web import guard
from portal.web.filters import date_short, date_weekday, datetime_zone, days_left, label, period
from portal.web.reminder_reasons import step_code
from portal.web.staff import relief_rows

if TYPE_CHECKING:
    from portal.models import ObligationEvent, Occurrence

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


def latest_by(due: Due) -> str:
    """Return a date that would follow as one sentence."""
    told = str(_("Paling lambat %(due)s.", due=due_words(due.due_on, due.due_at, due.zone)))
    note = _moved(due.counted_on if due.moved else None, due.due_on if due.estimated else None)
    return f"{told} {note[:1].upper()}{note[1:]}." if note else told


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
    """Return the dated occurrences of one duty: the open ones first, with what an officer may do; then the settled."""
    open_ones = [row for row in rows if row.stage in UNFINISHED]
    settled = [row for row in reversed(rows) if row.stage not in UNFINISHED]
    here: dict[str, Any] = {"code": code, "number": number, "by_hand": by_hand, "today": today}
    return [_occurrence(row, **here) for row in [*open_ones, *settled]]


def _occurrence(row: "Occurrence", *, code: str, number: int, by_hand: bool, today: date) -> Item:
    days, here = days_between(today, row.due_on), {"code": code, "number": number, "key": row.period_key}
    is_open = row.stage in UNFINISHED
    acts = relief_rows.acts(row, here)
    reach = url_for("staff.contacts.duty", **here)  # type: ignore[arg-type]
    is_chased = is_open and days < 0 and not by_hand and any(act["href"] == reach for act in acts)
    return {
        "period": period(row.period_key) or _("Satu kali"),
        "span": _span(row.period_starts_on, row.period_ends_on),
        "due": date_short(row.due_on),
        "due_note": _due_note(row, days_left(days) if is_open and days >= 0 else ""),
        "moved": _moved(row.counted_on, row.due_on if row.is_estimated and is_open else None),
        "chip": chip(standing(row, today), days),
        "reason": row.reason,
        "decided": _decided(row, by_hand=by_hand),
        "fulfil": url_for("staff.obligations.fulfil", **here) if is_open and by_hand else None,  # type: ignore[arg-type]
        "reach": reach if is_chased else None,
        "acts": [act for act in acts if not (is_chased and act["href"] == reach)]
        + _on_behalf(row, here, by_hand=by_hand),
    }


def _on_behalf(row: "Occurrence", here: dict[str, Any], *, by_hand: bool) -> list[Item]:
    """Return the way to send a report for a partner that cannot, while nobody has sent one."""
    if by_hand or row.stage is not OccurrenceStage.OPEN or not guard.may_open("staff.report_on_behalf.write"):
        return []
    return [{"label": _("Kirim atas nama mitra"), "href": url_for("staff.report_on_behalf.write", **here)}]


def _decided(row: "Occurrence", *, by_hand: bool) -> str:
    """Return the day of the decision; a report is accepted later than it came, so the word stands beside its day."""
    if row.decided_on is None:
        return ""
    day = date_short(row.decided_on)
    return str(_("diterima %(date)s", date=day)) if row.stage is OccurrenceStage.MET and not by_hand else day


def events(rows: "Sequence[ObligationEvent]", dated: "Sequence[Occurrence]", *, code: str, number: int) -> list[Item]:
    """Return the recorded events of a duty, each with the date that it made."""
    made = {row.period_key: row for row in dated}
    return [_happened(row, made.get(f"event-{row.number}"), code=code, number=number) for row in rows]


def _happened(row: "ObligationEvent", made: "Occurrence | None", *, code: str, number: int) -> Item:
    here = {"code": code, "number": number, "place": row.number}
    return {
        "number": row.number,
        "when": datetime_zone(row.occurred_at),
        "note": row.note,
        "due": due_words(made.due_on, made.due_at, made.zone) if made else "",
        "withdrawn": row.withdrawn_at is not None,
        "reason": row.withdrawn_reason,
        "correct": url_for("staff.duty_events.correct", **here),  # type: ignore[arg-type]
        "withdraw": url_for("staff.duty_events.withdraw", **here),  # type: ignore[arg-type]
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
        "id": row.id,
        "debtors": ", ".join(party.name for party in row.debtors),
        "person": row.officer if row.owed_by_us else row.contact,
        "due": date_short(row.due_on),
        "due_note": days_left(row.days) if row.standing in NEAR else "",
        "moved": row_moved(row),
        "chip": chip(row.standing, row.days),
        "relief": url_for("staff.reliefs.show", relief_id=row.relief_id) if row.relief_id else None,
        "reminded": date_short(row.reminded_on) if row.reminded_on else None,
        "reminded_step": step_code(row.reminded_step) if row.reminded_step is not None else "",
        "verb": _("Telaah") if reported and row.standing is ObligationStanding.AWAITING_REVIEW else _verb(row),
        "verb_href": _step(row, reported=reported),
    }


def row_moved(row: DutyRow) -> str:
    """Return what moved an open date away from its schedule, or why it may still move."""
    if row.standing not in NEAR | {ObligationStanding.OVERDUE, ObligationStanding.HELD}:
        return ""
    if row.scheduled_on:
        return str(_("menurut jadwal %(date)s", date=date_short(row.scheduled_on)))
    return _moved(row.counted_on, row.due_on if row.is_estimated else None)


NEAR = frozenset({ObligationStanding.SCHEDULED, ObligationStanding.DUE_SOON, ObligationStanding.DUE_TODAY})


def _is_by_hand(row: DutyRow) -> bool:
    """Whether somebody notes by hand that it was fulfilled, and this person may."""
    waits = not row.is_reported and row.standing in NEAR | {ObligationStanding.OVERDUE}
    return waits and guard.may_open("staff.obligations.fulfil")


def _rests(row: DutyRow) -> bool:
    return row.standing is ObligationStanding.HELD and guard.may_open("staff.reliefs.take_up")


def _is_chased(row: DutyRow) -> bool:
    """Whether a partner is late with a report, so that the next step is to reach them."""
    late = row.standing is ObligationStanding.OVERDUE and not row.owed_by_us
    return late and row.is_reported and guard.may_open("staff.contacts.duty")


def _verb(row: DutyRow) -> str:
    if _rests(row):
        return str(_("Lanjutkan"))
    if _is_chased(row):
        return str(_("Hubungi"))
    return str(_("Catat") if _is_by_hand(row) else _("Buka"))


def _step(row: DutyRow, *, reported: bool) -> str:
    if reported and not _is_chased(row):
        return url_for("staff.reports.show", code=row.report_code)
    endpoint = "staff.obligations.fulfil" if _is_by_hand(row) else "staff.obligations.show"
    endpoint = "staff.contacts.duty" if _is_chased(row) else endpoint
    endpoint = "staff.reliefs.take_up" if _rests(row) else endpoint
    more = {} if endpoint == "staff.obligations.show" else {"key": row.period_key}
    return url_for(endpoint, code=row.agreement_code, number=row.number, **more)  # type: ignore[arg-type]
