"""Rounds of a report as both sides read them: the days of each side, one round, two rounds compared. Words only."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.domain import report_mark, report_round
from portal.domain.dates import office_date
from portal.domain.errors import NotFound
from portal.domain.report import ReportStage, Turn
from portal.domain.report_answers import Sent
from portal.domain.report_form import NOTE
from portal.domain.report_round import Clock, FieldChange
from portal.domain.report_turn import REVIEW_WORKING_DAYS
from portal.extensions import session
from portal.queries import calendar_days, report_clocks
from portal.queries import reports as report_queries
from portal.queries.report_forms import form_of
from portal.web import report_parts
from portal.web.filters import date_long, datetime_zone

if TYPE_CHECKING:
    from portal.models import Report, ReportReopening, ReportRound

Row = dict[str, Any]
PAIR = re.compile(r"([1-9]\d{0,2})\.\.\.([1-9]\d{0,2})")


def days(number: int) -> str:
    """Return "3 hari"."""
    return str(ngettext("%(n)s hari", "%(n)s hari", number, n=number))


def clock_rows(clock: Clock | None, *, in_office: bool, review: str = "") -> list[Row]:
    """Return how long each side had the report, as facts; the days add up to the last line. `review`: the day of it."""
    if clock is None:
        return []
    ours = {"label": _("Di kantor") if in_office else _("Pada kami"), "value": days(clock.office_days), "note": review}
    theirs = {"label": _("Pada mitra") if in_office else _("Pada Anda"), "value": days(clock.partner_days)}
    rest = {"label": _("Sudah diterima, lalu dibuka lagi"), "value": days(clock.rest_days)}
    first = date_long(clock.first_on)
    if clock.turn is Turn.NOBODY:
        note = _("Dari %(first)s sampai diterima %(last)s", first=first, last=date_long(clock.last_on))
    else:
        note = _("Sejak dikirim pertama kali, %(first)s", first=first)
    whole = {"label": _("Seluruhnya"), "value": days(clock.total_days), "note": note}
    return [ours, theirs, *([rest] if clock.rest_days else []), whole]


def one(report: "Report", number: int) -> "ReportRound":
    """Return a round by its number; raise NotFound."""
    for round_ in report.rounds:
        if round_.number == number:
            return round_
    raise NotFound


def pair(report: "Report", asked: str) -> tuple["ReportRound", "ReportRound"]:
    """Return the two rounds of an address such as "1...3", the earlier first; raise NotFound."""
    found = PAIR.fullmatch(asked)
    if found is None or int(found[1]) >= int(found[2]):
        raise NotFound
    return one(report, int(found[1])), one(report, int(found[2]))


def comparison(report: "Report", asked: str) -> Row:
    """Return two rounds field by field, and the files that came and went."""
    first, second = pair(report, asked)
    old, new = Sent.load(first.answers), Sent.load(second.answers)
    found = report_round.compare(old, new)
    titles = [_("Putaran %(n)s", n=each.number) for each in (first, second)]
    return {
        "first": {"title": titles[0], "when": datetime_zone(first.submitted_at), "number": first.number},
        "second": {"title": titles[1], "when": datetime_zone(second.submitted_at), "number": second.number},
        "fields": [_change(report, each) for each in found.fields if each.before or each.after],
        "added": [file.name for file in found.added],
        "removed": [file.name for file in found.removed],
        "kept": [file.name for file in found.kept],
        "changes": found.changes,
    }


def _change(report: "Report", change: FieldChange) -> Row:
    name = change.name.removeprefix(NOTE)
    field = form_of(report).field(name)
    label = report_parts.words(field.label if field else name)
    if name != change.name:
        label = _("Catatan: %(note)s", note=label)
    return {"label": label, "same": change.is_same, "text": change.after, "pieces": change.pieces}


def others(report: "Report", address: Callable[[str], str], *, shown: str = "") -> list[Row]:
    """Return every pair of rounds that can be compared, the neighbours first; `shown` is the one on the page."""
    numbers = [each.number for each in report.rounds]
    pairs = sorted(
        ((a, b) for place, a in enumerate(numbers) for b in numbers[place + 1 :]),
        key=lambda each: (each[1] - each[0] > 1, -each[1], -each[0]),
    )
    return [
        {
            "label": _("Putaran %(a)s dan %(b)s", a=a, b=b),
            "href": address(f"{a}...{b}"),
            "current": shown == f"{a}...{b}",
            "numbers": (a, b),
        }
        for a, b in pairs
    ]


def mark_rows(report: "Report", number: int, marks: Mapping[str, str]) -> list[Row]:
    """Return what was to be mended in a round: the item's name and the officer's sentence."""
    sent, form = Sent.load(one(report, number).answers), form_of(report)
    return [
        {"label": report_parts.words(report_mark.label(item, sent=sent, form=form)), "value": marks[item]}
        for item in marks
    ]


def review_day(report: "Report", today: date) -> tuple[str, bool]:
    """Return which working day of the review it is, in words, and whether it takes longer than we promise."""
    calendar = calendar_days.working_calendar(session()).assumed()
    day = calendar.count_working(office_date(report.rounds[-1].submitted_at), today)
    said = _("Hari kerja ke-%(n)s dari %(m)s", n=day, m=REVIEW_WORKING_DAYS)
    return str(said), day > REVIEW_WORKING_DAYS


def story(report: "Report", *, endpoint: str = "", today: date) -> Row:
    """Return how a report went: its rounds as events, and the days of each side; `endpoint` shows a partner a round."""
    undone = report_clocks.reopenings(session(), report)
    names = report_queries.names(session(), report, also=[each.reopened_by_id for each in undone])
    clock = report_round.clock(report_round.handovers(report.rounds, undone), today=today)
    review = review_day(report, today)[0] if report.stage is ReportStage.SUBMITTED else ""
    address = (lambda number: url_for(endpoint, code=report.code, number=number)) if endpoint else None
    return {
        "rounds": journey(report, names, undone, address),
        "clock": clock_rows(clock, in_office=not endpoint, review=review),
    }


def journey(
    report: "Report",
    names: Mapping[int, str],
    undone: "Sequence[ReportReopening]",
    address: Callable[[int], str] | None = None,
) -> list[Row]:
    """Return the rounds and reopenings of a report as events, the newest first; `address` is where a round is read."""
    events = report_parts.rounds(report, names, address=address)
    for each in undone:
        by = names.get(each.reopened_by_id or 0) or _("petugas")
        accepted = _("Sebelumnya diterima %(when)s.", when=datetime_zone(each.accepted_at))
        event = {
            "text": _("Dibuka kembali oleh %(name)s", name=by),
            "note": f"{each.reason} {accepted}",
            "when": datetime_zone(each.reopened_at),
            "tone": "warn",
            "icon": "undo-2",
        }
        events.insert(_place(report, each), event)
    return events


def _place(report: "Report", undone: "ReportReopening") -> int:
    """Return where a reopening stands among the events of rounds: after all that happened later."""
    later = 0
    for round_ in report.rounds:
        moments = (round_.submitted_at, round_.decided_at if round_.outcome else None)
        later += sum(moment is not None and moment > undone.reopened_at for moment in moments)
    return later
