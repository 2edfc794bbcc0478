"""Dates and lengths of time as Indonesian writes them. What a deadline means lives elsewhere."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from portal.domain.marking import N_
from portal.domain.wording.numbers import figure_and_words, in_words

WEEKDAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
"""Monday first, as `date.weekday` counts."""

MONTHS: Final = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip

MONTHS_SHORT: Final = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")

_OLD_SPELLINGS: Final[Mapping[str, str]] = MappingProxyType(
    {"pebruari": "februari", "nopember": "november", "jum'at": "jumat", "jum’at": "jumat", "ahad": "minggu"}
)


def weekday(day: date) -> str:
    """Name the weekday, "Sabtu"."""
    return WEEKDAYS[day.weekday()]


def month(day: date) -> str:
    """Name the month, "November"."""
    return MONTHS[day.month - 1]


def month_number(name: str) -> int | None:
    """Read a month's name in any case, old spellings too ("Nopember" → 11); None when it is no month."""
    known = name.strip().casefold()
    known = _OLD_SPELLINGS.get(known, known)
    names = [month_name.casefold() for month_name in MONTHS]
    return names.index(known) + 1 if known in names else None


def date_long(day: date) -> str:
    """Write a date in full, "21 November 2026"."""
    return f"{day.day} {month(day)} {day.year}"


def date_short(day: date) -> str:
    """Write a date in short, "21 Nov 2026"."""
    return f"{day.day} {MONTHS_SHORT[day.month - 1]} {day.year}"


def date_with_weekday(day: date) -> str:
    """Write a date with its weekday, "Sabtu, 21 November 2026"."""
    return f"{weekday(day)}, {date_long(day)}"


def date_digits(day: date) -> str:
    """Write a date in figures as agreements do, "21-11-2026" (design: domain §2.2 block 4)."""
    return f"{day.day:02}-{day.month:02}-{day.year:04}"


def date_spelled(day: date) -> str:
    """Say a date in words, "tanggal dua puluh satu bulan November tahun dua ribu dua puluh enam"."""
    return f"tanggal {in_words(day.day)} bulan {month(day)} tahun {in_words(day.year)}"


def date_in_words(day: date) -> str:
    """Write a date as the opening of an agreement does: weekday, words, figures (design: domain §2.2, 4)."""
    return f"{weekday(day)} {date_spelled(day)} ({date_digits(day)})"


def years_in_words(years: int) -> str:
    """Write a term in years as agreements do, "3 (tiga) tahun"."""
    return f"{figure_and_words(years)} tahun"


def months_in_words(months: int) -> str:
    """Write a term in months as agreements do, "6 (enam) bulan"."""
    return f"{figure_and_words(months)} bulan"


def term_in_words(months: int) -> str:
    """Write a term of so many months in years where it is whole years, else in years and months."""
    years, rest = divmod(months, 12)
    parts = [years_in_words(years)] if years else []
    if rest or not years:
        parts.append(months_in_words(rest))
    return " ".join(parts)


def days_left_message(days: int) -> tuple[str, dict[str, int]]:
    """Give the sentence for `days` until a deadline as message and values, for whoever translates it.

    Negative days are days late. `days_left` is the same, ready in Indonesian.
    """
    if days == -1:
        return N_("Terlambat 1 hari"), {}
    if days < 0:
        return N_("Terlambat %(n)s hari"), {"n": -days}
    if days == 0:
        return N_("hari ini"), {}
    if days == 1:
        return N_("besok"), {}
    return N_("%(n)s hari lagi"), {"n": days}


def days_left(days: int) -> str:
    """Say how far a deadline is: "10 hari lagi", "besok", "hari ini", "Terlambat 6 hari"."""
    message, values = days_left_message(days)
    return message % values
