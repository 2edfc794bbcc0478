"""The calendar of deadlines (design: ux W8): a month or week as a table, its days as an agenda."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock
from portal.domain.dates import office_date
from portal.extensions import session
from portal.queries import calendar_days, deadline_calendar
from portal.queries.deadline_calendar import CalendarFilter
from portal.web import guard
from portal.web.access import office
from portal.web.asked import Asked
from portal.web.filters import date_weekday
from portal.web.listing import filter_name, notice
from portal.web.staff import calendar_page, calendar_rows, duty_list
from portal.web.staff.calendar_page import AGENDA, HOLIDAYS, Chosen
from portal.web.staff.calendar_rows import Sheet

blueprint = Blueprint("deadline_calendar", __name__, url_prefix="/kalender")


@blueprint.get("", defaults={"month": None})
@blueprint.get("/<month>")
@office()
def show(month: str | None) -> str:
    """Show one month, by whatever filter the address carries."""
    asked, today = Asked(request.args), office_date(clock.now())
    chosen = calendar_page.read(asked, month, today=today)
    wanted = CalendarFilter(duties=duty_list.read(asked, actor=guard.actor(), today=today), kinds=chosen.kinds)
    here = calendar_page.place(asked, chosen.month)
    choices = duty_list.choices()
    chips = duty_list.chips(here, choices)
    return render_template(
        "staff/deadline_calendar/show.html",
        asked=asked,
        choices=choices,
        chips=chips,
        notice=notice(asked),
        filter_name=filter_name(chips),
        **_shown(asked, chosen, wanted),
    )


def _shown(asked: Asked, chosen: Chosen, wanted: CalendarFilter) -> dict[str, Any]:
    table = _sheet(asked, chosen, wanted, of_table=True)
    agenda = _sheet(asked, chosen, wanted, of_table=False)
    here = calendar_page.place(asked, chosen.month)
    return {
        "month": calendar_page.name_of(chosen.month),
        "total": table.found.total,
        "view": chosen.view,
        "weeks": [] if chosen.view == AGENDA else table.weeks(),
        "agenda": agenda.days(),
        "agenda_title": agenda.title(),
        "is_one": agenda.is_one,
        "day": chosen.day,
        "steps": calendar_page.steps(asked, chosen),
        "views": calendar_page.views(asked, chosen),
        "toggles": calendar_page.toggles(asked, chosen),
        "clear": url_for(here.endpoint, **here.within),  # type: ignore[arg-type]
        "subscribe": url_for("staff.calendar_feeds.index", **_words(asked)),  # type: ignore[arg-type]
        "keep": [(word, asked.text(word)) for word in ("tampilan", "tanpa", "hari") if asked.text(word)],
        "nothing": _nothing(asked, chosen, wanted) if not table.found.total else None,
    }


def _words(asked: Asked) -> dict[str, str]:
    """Return the filter without what only this page means by it."""
    return {word: text for word, text in asked.args.items() if word not in ("hari", "tampilan")}


def _sheet(asked: Asked, chosen: Chosen, wanted: CalendarFilter, *, of_table: bool) -> Sheet:
    first, last = chosen.span if of_table else chosen.agenda
    most = calendar_rows.IN_WEEK if of_table else calendar_rows.IN_DAY if first == last else calendar_rows.IN_AGENDA
    return Sheet(
        asked=asked,
        chosen=chosen,
        found=deadline_calendar.between(session(), wanted, first, last, each_day=most, today=chosen.today),
        holidays={} if HOLIDAYS in chosen.hidden else calendar_days.holidays_between(session(), first, last),
    )


def _nothing(asked: Asked, chosen: Chosen, wanted: CalendarFilter) -> dict[str, Any]:
    """Return the sentence of an empty month, and the next day that has something."""
    day = deadline_calendar.next_day(session(), wanted, after=chosen.span[1], today=chosen.today)
    month = calendar_page.name_of(chosen.month)
    return {
        "text": _("Tidak ada tenggat pada %(month)s", month=month),
        "next": _("Tenggat berikutnya: %(date)s", date=date_weekday(day)) if day else None,
        "href": calendar_page.at(asked, day) if day else None,
    }
