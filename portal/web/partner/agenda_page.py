"""Lines of the partner's calendar, and the months under which they stand. No query, no rule."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.agreement import Stage
from portal.domain.dates import days_between
from portal.domain.report import ReportStage
from portal.web.filters import days_left, period
from portal.web.partner import rows

if TYPE_CHECKING:
    from datetime import date

    from portal.models import Agreement
    from portal.queries.partner_duties import Duty

Row = dict[str, Any]

MOST = 40
"""So many lines stand on the page, the nearest days first; it stays small on a thin line."""
LATE = "late"


def days(
    owed: "Iterable[Duty]", promised: "Iterable[Duty]", agreements: "Iterable[Agreement]", today: "date"
) -> list[Row]:
    """Return a line for every day, the earliest first; `month` says under what it stands."""
    found = [
        *(_own(duty, today) for duty in owed),
        *(_theirs(duty, today) for duty in promised),
        *(_end(row, today) for row in agreements if row.stage is Stage.ACTIVE and row.ends_on and row.ends_on >= today),
    ]
    return sorted(found, key=lambda row: row["on"])


def _line(on: "date", today: "date", **told: str | None) -> Row:
    month = LATE if on < today else f"{on:%Y-%m}"
    return {**rows.day_of(on), "on": on, "month_key": month, "tone": "bad" if on < today else "", **told}


def _own(duty: "Duty", today: "date") -> Row:
    """One day of what the partner owes; a report that was sent waits for the ministry."""
    sent = duty.stage is ReportStage.SUBMITTED
    left = days_left(days_between(today, duty.answer_on))
    note = _("Sudah terkirim. Sedang kami periksa.") if sent else _("Tugas Anda · %(left)s", left=left)
    listed = url_for("partner.reports.index")
    there = listed if duty.is_reported else url_for("partner.agreements.show", code=duty.agreement_code)
    row = _line(duty.answer_on, today, title=rows.name_of(duty), note=note, href=rows.report_link(duty) or there)
    if sent:
        return row | {"tone": "good", "month_key": f"{duty.answer_on:%Y-%m}"}
    return row | {"tone": "warn"} if not row["tone"] and duty.is_partners_turn(today) else row


def _theirs(duty: "Duty", today: "date") -> Row:
    """One day of what the ministry owes."""
    note = _("Tugas Kemensos · %(left)s", left=days_left(days_between(today, duty.due_on)))
    there = url_for("partner.agreements.show", code=duty.agreement_code)
    return _line(duty.due_on, today, title=rows.name_of(duty), note=note, href=there)


def _end(row: "Agreement", today: "date") -> Row:
    """The last day of an agreement."""
    on = row.ends_on or today
    title = _("Perjanjian berakhir: %(title)s", title=row.title)
    note = days_left(days_between(today, on))
    return _line(on, today, title=title, note=note, href=url_for("partner.agreements.show", code=row.code))


def months(lines: Sequence[Row]) -> list[Row]:
    """Return the lines under their months; what is late stands first."""
    late_first = sorted(lines, key=lambda row: (row["month_key"] != LATE, row["on"]))
    return [
        {
            "id": f"bulan-{key}",
            "label": _("Lewat batas waktu") if key == LATE else period(key),
            "rows": list(found),
        }
        for key, found in groupby(late_first, key=lambda row: row["month_key"])
    ]
