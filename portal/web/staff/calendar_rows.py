"""What stands on the calendar of deadlines: the cells of its table, the days of its agenda, each entry in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from portal import charts
from portal.domain.dates import days_between
from portal.domain.deadline import OF_DUTIES, DeadlineKind, Urgency, urgency
from portal.domain.wording import capitalised
from portal.queries.deadline_calendar import Span, TermDay
from portal.queries.obligation_list import DutyRow
from portal.web.asked import Asked
from portal.web.filters import date_weekday, days_left, label
from portal.web.staff import calendar_page, duty_words
from portal.web.staff.calendar_page import MONTH, WEEK, Chosen

Item = dict[str, Any]

IN_CELL, IN_WEEK, IN_AGENDA, IN_DAY = 3, 8, 12, 50
"""So many entries of a day are shown; the rest is one link away."""
RANK = {"bad": 0, "warn": 1, "": 2, "info": 2, "good": 3}
ICONS = {DeadlineKind.TERM_END: "scroll-text", DeadlineKind.NOTICE: "bell", DeadlineKind.RENEWAL_START: "refresh-cw"}
TONES = {Urgency.LATE: "bad", Urgency.SOON: "warn", Urgency.LATER: "info", Urgency.DONE: "good"}


def duty_entry(row: DutyRow) -> Item:
    """Return a dated duty as the calendar shows it."""
    line = duty_words.line(row)
    return {
        "title": line["title"],
        "short": line["title"],
        "href": line["href"],
        "note": f"{line['debtors']} · {line['agreement']}",
        "chip": line["chip"],
        "tone": line["chip"]["tone"],
        "icon": "clipboard-check",
        "sample": row.is_sample,
    }


def _short(kind: DeadlineKind) -> str:
    """Return the name of a day of an agreement where there is little room."""
    names = {DeadlineKind.TERM_END: _("Berakhir"), DeadlineKind.NOTICE: _("Pemberitahuan")}
    return str(names.get(kind) or _("Perpanjangan"))


def term_entry(row: TermDay, today: date) -> Item:
    """Return a day of an agreement as the calendar shows it: what is near in days, the rest by its decision."""
    found = urgency(row.on, today, is_decided=row.is_decided)
    ended = row.kind is DeadlineKind.TERM_END and row.on < today
    tone = "" if ended else TONES[found]
    word = capitalised(days_left(days_between(today, row.on))) if found is Urgency.SOON else label(found)
    return {
        "title": f"{label(row.kind)}: {row.agreement_title}",
        "short": f"{_short(row.kind)}: {row.agreement_title}",
        "href": url_for("staff.agreements.show", code=row.agreement_code),
        "note": row.agreement_code,
        "chip": {"text": _("Sudah berakhir") if ended else word, "tone": tone},
        "tone": tone,
        "icon": ICONS[row.kind],
        "sample": row.is_sample,
    }


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One opened part of the calendar: what was found in it, and the free days."""

    asked: Asked
    chosen: Chosen
    found: Span
    holidays: Mapping[date, str]

    @property
    def is_one(self) -> bool:
        """Return whether a single day is open."""
        return self.found.first == self.found.last

    @property
    def numbers(self) -> dict[date, int]:
        """Return how many deadlines each day has."""
        numbers = dict(self.found.numbers)
        for term in self.found.terms:
            numbers[term.on] = numbers.get(term.on, 0) + 1
        return numbers

    @property
    def entries(self) -> dict[date, list[Item]]:
        """Return the entries of each day: what presses most first, days of agreements before duties."""
        days: dict[date, list[Item]] = {}
        for term in self.found.terms:
            days.setdefault(term.on, []).append(term_entry(term, self.chosen.today))
        for duty in self.found.duties:
            days.setdefault(duty.due_on, []).append(duty_entry(duty))
        return {day: sorted(items, key=lambda each: RANK[each["tone"]]) for day, items in days.items()}

    def weeks(self) -> list[list[Item]]:
        """Return the table: rows of seven cells, Monday first; days of other months are blank."""
        entries, numbers = self.entries, self.numbers
        return [
            [self._cell(day, entries.get(day.on, []), numbers.get(day.on, 0)) for day in row] for row in self._rows()
        ]

    def _rows(self) -> tuple[tuple[charts.MonthDay, ...], ...]:
        chosen = self.chosen
        if chosen.view == WEEK:
            days = (chosen.span[0] + timedelta(days=n) for n in range(7))
            return (tuple(charts.MonthDay(on=day, inside=True, today=day == chosen.today) for day in days),)
        return charts.month_grid(chosen.month.year, chosen.month.month, today=chosen.today)

    def _cell(self, day: charts.MonthDay, entries: list[Item], total: int) -> Item:
        shown = entries[: IN_WEEK if self.chosen.view == WEEK else IN_CELL] if day.inside else []
        return {
            "number": day.on.day,
            "inside": day.inside,
            "today": day.today,
            "chosen": day.on == self.chosen.day,
            "holiday": self.holidays.get(day.on),
            "href": calendar_page.at(self.asked, day.on, tampilan=None) + "#agenda",
            "words": self._words(day.on, total),
            "tone": entries[0]["tone"] if entries else "",
            "total": total if day.inside else 0,
            "entries": shown,
            "more": total - len(shown),
        }

    def _words(self, day: date, total: int) -> str:
        if not total:
            return date_weekday(day)
        return str(_("%(day)s, %(n)s tenggat", day=date_weekday(day), n=total))

    def days(self) -> list[Item]:
        """Return the agenda: the days that have something, each with its entries and where the rest is."""
        entries, numbers = self.entries, self.numbers
        wanted = sorted({*entries, *self.holidays})
        return [self._day(day, entries.get(day, []), numbers.get(day, 0)) for day in wanted]

    def _day(self, day: date, entries: list[Item], total: int) -> Item:
        most = IN_DAY if self.is_one else IN_AGENDA
        shown = entries[:most]
        return {
            "name": date_weekday(day),
            "today": day == self.chosen.today,
            "holiday": self.holidays.get(day),
            "entries": shown,
            "more": total - len(shown),
            "list": self._list(day),
        }

    def _list(self, day: date) -> str | None:
        """Return where the duties of a day stand as a list; None when the calendar shows only a part of them."""
        if not self.chosen.kinds >= OF_DUTIES:
            return None
        own = {word: text for word, text in self.asked.args.items() if word not in ("tampilan", "tanpa", "hari")}
        return url_for("staff.obligations.index", **{**own, "tenggat": day.isoformat()})  # type: ignore[arg-type]

    def title(self) -> str:
        """Return what the agenda is about."""
        if self.is_one:
            return date_weekday(self.found.first)
        if self.chosen.view == MONTH:
            return str(_("14 hari sejak %(date)s", date=date_weekday(self.found.first)))
        return str(_("Agenda"))
