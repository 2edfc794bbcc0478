"""The holiday table, year by year: the working calendar is made of these rows."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import policy
from portal.domain.dates import office_date
from portal.domain.errors import NotFound
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import calendar_days as reading
from portal.queries import organisation_choices
from portal.services import calendar_days
from portal.web import guard
from portal.web.access import office
from portal.web.asked import whole
from portal.web.filters import date_long, date_weekday
from portal.web.forms.holiday import KIND_NAMES, HolidayForm
from portal.web.forms.outcome import attempt

blueprint = Blueprint("holidays", __name__, url_prefix="/kelola/libur")

Answer = str | Response | tuple[str, int]


def _lines(rows: Sequence[Any], provinces: dict[str, str]) -> list[dict[str, Any]]:
    """Return the rows of a year; the address of each names its date and its place among the rows of that date."""
    places: Counter[date] = Counter()
    found = []
    for row in rows:
        places[row.day] += 1
        found.append(_line(row, provinces, places[row.day]))
    return found


def _line(row: Any, provinces: dict[str, str], place: int) -> dict[str, Any]:
    return {
        "day": date_weekday(row.day),
        "name": row.name,
        "kind": KIND_NAMES[row.kind],
        "region": provinces.get(row.region, row.region),
        "source": row.source,
        "confirmed": row.confirmed,
        "href": url_for("staff.holidays.edit", day=row.day.isoformat(), place=place),
    }


def _provinces() -> dict[str, str]:
    return {province.code: province.name for province in organisation_choices.list_provinces(session())}


@blueprint.get("")
@office()
def index() -> Answer:
    """Lead to the year of today."""
    return redirect(url_for("staff.holidays.show", year=office_date(clock.now()).year))


@blueprint.get("/<int:year>")
@office()
def show(year: int) -> str:
    """Show the free days of one year with their sources, and what is not confirmed yet."""
    today, names = office_date(clock.now()), _provinces()
    verdict = policy.may(guard.actor(), Action.EDIT_CALENDAR)
    rows = reading.list_year(session(), year)
    return render_template(
        "staff/holidays/show.html",
        year=year,
        rows=_lines(rows, names),
        years=[_year(each, year) for each in reading.list_years(session(), today=today)],
        numbers=reading.numbers_of(rows),
        unconfirmed=reading.unconfirmed_year(session(), today=today),
        estimated=[_estimated(each, today) for each in reading.estimated_years(session(), today=today)],
        may_edit=bool(verdict),
        reason=_(verdict.reason) if verdict.reason else "",
    )


def _estimated(found: reading.EstimatedYear, today: date) -> dict[str, Any]:
    """Return what rests on a year that is not loaded, as an alarm when it is near."""
    said = {"year": found.year, "n": found.number, "date": date_long(found.first_on)}
    text = _("Hari libur %(year)s belum dimuat: %(n)s tenggat masih perkiraan, yang terdekat %(date)s.", **said)
    return {"text": text, "tone": "bad" if found.is_near(today) else "warn"}


def _year(each: int, year: int) -> dict[str, Any]:
    return {"label": str(each), "href": url_for("staff.holidays.show", year=each), "current": each == year}


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound from None


def _page(form: HolidayForm, year: int, *, day: str | None = None, place: int | None = None) -> Answer:
    answer = render_template("staff/holidays/edit.html", form=form, year=year, day=day, place=place)
    return (answer, 422) if request.method == "POST" else answer


def _to_year(form: HolidayForm) -> Response:
    return redirect(url_for("staff.holidays.show", year=form.day.data.year), 303)


@blueprint.route("/<int:year>/baru", methods=["GET", "POST"])
@office(Action.EDIT_CALENDAR)
def record(year: int) -> Answer:
    """Add a free day."""
    reading.check_year(year)
    form = HolidayForm().offer(list(_provinces().items()))
    stamp: dict[str, Any] = {"actor": guard.actor(), "now": clock.now()}
    if not form.validate_on_submit() or not attempt(
        form, lambda: calendar_days.record(session(), form.holiday(), **stamp)
    ):
        return _page(form, year)
    flash(_("Hari libur tercatat. Tenggat yang dihitung dengan hari kerja sudah mengikuti."))
    return _to_year(form)


@blueprint.route("/<day>/<int:place>", methods=["GET", "POST"])
@office(Action.EDIT_CALENDAR)
def edit(day: str, place: int) -> Answer:
    """Change a free day."""
    row = reading.get_day(session(), _date(day), place)
    form = HolidayForm(obj=row).offer(list(_provinces().items()))
    stamp: dict[str, Any] = {"version": _version(form), "actor": guard.actor(), "now": clock.now()}
    if not form.validate_on_submit() or not attempt(
        form, lambda: calendar_days.edit(session(), row, form.holiday(), **stamp)
    ):
        return _page(form, row.day.year, day=day, place=place)
    flash(_("Hari libur diubah. Tenggat yang dihitung dengan hari kerja sudah mengikuti."))
    return _to_year(form)


def _version(form: HolidayForm) -> int:
    told = str(form.version.data or "")
    return whole(told)


@blueprint.route("/<day>/<int:place>/hapus", methods=["GET", "POST"])
@office(Action.EDIT_CALENDAR)
def remove(day: str, place: int) -> Answer:
    """Remove a day that the decree no longer names, after the page that says what follows."""
    row = reading.get_day(session(), _date(day), place)
    if request.method == "GET":
        shown = {"row": _line(row, _provinces(), place), "version": row.version, "year": row.day.year}
        return render_template("staff/holidays/remove.html", **shown, day=day, place=place)
    told = request.form.get("version", "")
    version = whole(told)
    calendar_days.remove(session(), row, version=version, actor=guard.actor(), now=clock.now())
    flash(_("Hari libur dihapus. Tenggat yang dihitung dengan hari kerja sudah mengikuti."))
    return redirect(url_for("staff.holidays.show", year=_date(day).year), 303)
