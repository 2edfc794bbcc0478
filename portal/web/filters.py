"""Jinja filters: values become words in the reader's language, so that templates do no arithmetic."""

from datetime import date, datetime
from enum import StrEnum

from flask import Flask
from flask_babel import format_date, get_locale, gettext
from jinja2 import StrictUndefined

from portal.domain import wording
from portal.domain.organisation import Zone
from portal.domain.policy import Role
from portal.domain.wording.abilities import ABILITIES
from portal.domain.wording.periods import period_message
from portal.web.guard import signed_in


def _indonesian() -> bool:
    locale = get_locale()
    return locale is None or locale.language == "id"


def abilities(role: Role) -> list[str]:
    """Return what a role of a partner can do, in sentences."""
    return [str(gettext(sentence)) for sentence in ABILITIES.get(role, ())]


def label(member: StrEnum) -> str:
    """Return the word for a member of a domain enum."""
    return str(gettext(wording.label(member)))


def date_long(day: date) -> str:
    """Return 21 November 2026."""
    return wording.date_long(day) if _indonesian() else format_date(day, "d MMMM yyyy")


def date_short(day: date) -> str:
    """Return 21 Nov 2026."""
    return wording.date_short(day) if _indonesian() else format_date(day, "d MMM yyyy")


def date_weekday(day: date) -> str:
    """Return Sabtu, 21 November 2026."""
    return wording.date_with_weekday(day) if _indonesian() else format_date(day, "EEEE, d MMMM yyyy")


def zone() -> Zone:
    """Return the reader's time zone; WIB before sign-in."""
    signed = signed_in()
    return signed.zone if signed else Zone.WIB


def datetime_zone(instant: datetime) -> str:
    """Return 21 Nov 2026, 10.42 WIB in the reader's zone."""
    own = zone()
    local = instant.astimezone(own.timezone)
    time = local.strftime("%H.%M" if _indonesian() else "%H:%M")
    return f"{date_short(local.date())}, {time} {own.value}"


def days_left(days: int) -> str:
    """Return "10 hari lagi", "hari ini" or "Terlambat 6 hari" for days until a date."""
    message, values = wording.days_left_message(days)
    return str(gettext(message, **values))


def period(key: str) -> str:
    """Return "Semester I 2026" for the key of an occurrence's period; nothing for a duty without periods."""
    message, values = period_message(key)
    said = {name: _day_of_period(name, value) for name, value in values.items()}
    return str(gettext(message, **said)) if message else ""


def _day_of_period(name: str, value: object) -> object:
    if not isinstance(value, date):
        return value
    if name == "month":
        return wording.month(value) if _indonesian() else format_date(value, "MMMM")
    return date_long(value)


def number(amount: int) -> str:
    """Return a number with its thousands grouped."""
    return wording.grouped(amount) if _indonesian() else f"{amount:,}"


def file_size(size: int) -> str:
    """Return 2,4 MB or 182 KB."""
    text = f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, size // 1000)} KB"  # noqa: PLR2004
    return text.replace(".", ",") if _indonesian() else text


def register(app: Flask) -> None:
    """Give the filters to every template; an unknown name in a template is an error."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        abilities=abilities,
        label=label,
        date_long=date_long,
        date_short=date_short,
        date_weekday=date_weekday,
        datetime_zone=datetime_zone,
        days_left=days_left,
        number=number,
        period=period,
        rupiah=wording.rupiah,
        file_size=file_size,
    )
