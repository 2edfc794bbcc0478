"""The words under dates and money of a section: the weekday, whether offices work then, the sum of the term, rupiah."""

from collections.abc import Mapping
from datetime import MAXYEAR, date
from typing import Any, Final

from flask_babel import gettext as _

from portal.domain import calendar, wording
from portal.domain.calendar import CalendarNotLoaded, WorkingCalendar
from portal.domain.dates import end_of_term
from portal.domain.wording.numbers import LARGEST
from portal.extensions import session
from portal.queries import calendar_days
from portal.web.filters import date_long, date_weekday
from portal.web.forms.drafting import SectionForm
from portal.web.staff.agreements import term

DAYS: Final = ("signed_on", "starts_on", "ends_on")
MONEY: Final = ("value_rupiah", "aid_value")


def of(form: SectionForm) -> dict[str, str]:
    """Return the words under each date and sum that the section asks, "" for what is not typed."""
    known = form._fields
    told = {name: _money(_sound(form, name)) for name in MONEY if name in known}
    if all(name in known for name in DAYS):
        told |= _days({name: _sound(form, name) for name in DAYS})
        told["ends_on"] = " ".join(filter(None, (told["ends_on"], _sum_of_term(form))))
    return told


def _sound(form: SectionForm, name: str) -> Any:
    """Return what was typed into a field, None while it cannot be taken."""
    field = form._fields[name]
    return None if field.errors else field.data


def _money(amount: int | None) -> str:
    if amount is None or abs(amount) > LARGEST:
        return ""
    return f"{wording.rupiah(amount)} — {wording.rupiah_words(amount)}"


def _days(found: Mapping[str, date | None]) -> dict[str, str]:
    rows = calendar_days.list_days(session())
    working = calendar.working_calendar(rows)
    names = {row.day: row.name for row in rows if row.kind != calendar.REGIONAL}
    return {name: _day(day, working, names) if day else "" for name, day in found.items()}


def _day(day: date, working: WorkingCalendar, names: Mapping[date, str]) -> str:
    """Return "Kamis, 31 Desember 2026 (hari kerja)." or why offices do not work then, and when they do again."""
    said = date_weekday(day)
    try:
        if working.is_working(day):
            return str(_("%(day)s (hari kerja).", day=said))
        later = date_weekday(working.next_working(day))
    except CalendarNotLoaded as unknown:
        return str(_("%(day)s (hari libur tahun %(year)s belum dimuat).", day=said, year=unknown.year))
    if day in names:
        values = {"day": said, "name": names[day], "next": later}
        return str(_("%(day)s (hari libur: %(name)s). Hari kerja berikutnya %(next)s.", **values))
    return str(_("%(day)s (akhir pekan). Hari kerja berikutnya %(next)s.", day=said, next=later))


def _sum_of_term(form: SectionForm) -> str:
    starts_on, years, months = (_sound(form, name) for name in ("starts_on", "term_years", "term_months"))
    years, months = years or 0, months or 0
    if starts_on is None or years + months == 0 or starts_on.year + years >= MAXYEAR:
        return ""
    ends_on = end_of_term(starts_on, years=years, months=months)
    values = {"start": date_long(starts_on), "term": term.length(years, months), "end": date_long(ends_on)}
    return str(_("Menurut jangka waktu: %(start)s + %(term)s = %(end)s.", **values))
