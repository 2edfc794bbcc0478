"""What an address asks of the calendar of deadlines, and the links on it: other months, other views, what is shown."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from portal.domain.dates import add_months, month_days
from portal.domain.deadline import DeadlineKind
from portal.domain.errors import NotFound
from portal.queries.calendar_days import FIRST_YEAR, LAST_YEAR
from portal.web.asked import Asked
from portal.web.filters import date_long, label
from portal.web.listing import Place

Item = dict[str, Any]

ENDPOINT = "staff.deadline_calendar.show"
MONTH, WEEK, AGENDA = "bulan", "minggu", "agenda"
SHOWN = {
    "kewajiban": DeadlineKind.DUTY,
    "monev": DeadlineKind.MONEV,
    "berakhir": DeadlineKind.TERM_END,
    "pemberitahuan": DeadlineKind.NOTICE,
    "perpanjangan": DeadlineKind.RENEWAL_START,
}
HOLIDAYS = "libur"
"""Words of what can be shown or left out; holidays are no deadline."""
DATES_OF_LIST = ("dari", "sampai", "tenggat", "dalam", "hal")
"""Words of the list that the calendar answers by itself."""
AHEAD_DAYS = 14


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """Which part of the calendar is open: a month, one of its weeks, a day in it, and what is left out."""

    month: date
    view: str
    day: date | None
    hidden: frozenset[str]
    today: date

    @property
    def span(self) -> tuple[date, date]:
        """Return the first and the last day of the table."""
        if self.view == WEEK:
            first = self.week_of - timedelta(days=self.week_of.weekday())
            return first, first + timedelta(days=6)
        return self.month, month_days(self.month.year, self.month.month)[-1]

    @property
    def week_of(self) -> date:
        """Return a day of the week that is open."""
        return self.day or (self.today if self.today.replace(day=1) == self.month else self.month)

    @property
    def agenda(self) -> tuple[date, date]:
        """Return the first and the last day of the list: the chosen day, or the next two weeks."""
        if self.view != MONTH:
            return self.span
        if self.day:
            return self.day, self.day
        return self.week_of, self.week_of + timedelta(days=AHEAD_DAYS - 1)

    @property
    def kinds(self) -> frozenset[DeadlineKind]:
        """Return what is shown."""
        return frozenset(kind for word, kind in SHOWN.items() if word not in self.hidden)


def read(asked: Asked, month: str | None, *, today: date) -> Chosen:
    """Return what part of the calendar an address asks for; raise NotFound for a month that does not exist."""
    for word in DATES_OF_LIST:
        asked.args.pop(word, None)
    view = asked.one_of("tampilan", {word: word for word in (MONTH, WEEK, AGENDA)}) or MONTH
    day = asked.day("hari")
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        asked.forget("hari")
        day = None
    first = _first_of(month) if month else (day or today).replace(day=1)
    if day and day.replace(day=1) != first:
        asked.forget("hari")
        day = None
    known = {*SHOWN, HOLIDAYS}
    words = frozenset(asked.text("tanpa").split(",")) - {""}
    if words - known:
        asked.forget("tanpa")
        words = frozenset()
    return Chosen(month=first, view=view, day=day, hidden=words, today=today)


def _first_of(month: str) -> date:
    try:
        found = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise NotFound from None
    if month != found.strftime("%Y-%m") or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise NotFound
    return found


def name_of(month: date) -> str:
    """Return "November 2026"."""
    return date_long(month).split(" ", 1)[1]


def place(asked: Asked, month: date) -> Place:
    """Return the calendar of a month with the same filters."""
    return Place(endpoint=ENDPOINT, asked=asked, within={"month": month.strftime("%Y-%m")})


def at(asked: Asked, day: date, **changes: str | None) -> str:
    """Return the address of the calendar at a day."""
    return place(asked, day.replace(day=1)).link(hari=day.isoformat(), **changes)


def steps(asked: Asked, chosen: Chosen) -> Item:
    """Return the links before and after: months, or weeks where weeks are shown."""
    if chosen.view == WEEK:
        first, last = chosen.span
        return {
            "before": {"label": _("Pekan sebelumnya"), "href": at(asked, first - timedelta(days=7))},
            "after": {"label": _("Pekan berikutnya"), "href": at(asked, last + timedelta(days=1))},
            "now": {"label": _("Pekan ini"), "href": at(asked, chosen.today)},
        }
    before, after = add_months(chosen.month, -1), add_months(chosen.month, 1)
    return {
        "before": {"label": _("Bulan sebelumnya"), "href": place(asked, before).link(hari=None)},
        "after": {"label": _("Bulan berikutnya"), "href": place(asked, after).link(hari=None)},
        "now": {"label": _("Bulan ini"), "href": place(asked, chosen.today.replace(day=1)).link(hari=None)},
    }


def views(asked: Asked, chosen: Chosen) -> list[Item]:
    """Return month, week and agenda as links."""
    here = place(asked, chosen.month)
    names = {MONTH: _("Bulan"), WEEK: _("Pekan"), AGENDA: _("Agenda")}
    return [
        {
            "label": name,
            "href": here.link(tampilan=word if word != MONTH else None),
            "current": word == chosen.view,
        }
        for word, name in names.items()
    ]


def toggles(asked: Asked, chosen: Chosen) -> list[Item]:
    """Return what can be shown or left out, each as the link that turns it round."""
    here = place(asked, chosen.month)
    names = {word: label(kind) for word, kind in SHOWN.items()} | {HOLIDAYS: _("Libur")}
    return [
        {
            "label": name,
            "is_on": word not in chosen.hidden,
            "href": here.link(tanpa=",".join(sorted(chosen.hidden ^ {word})) or None),
        }
        for word, name in names.items()
    ]
