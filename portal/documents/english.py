"""The few words of English that a bilingual text needs: dates, terms, names of parties. Pages never use these."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from portal.domain.agreement import AgreementKind

KINDS: Final = {
    AgreementKind.MOU: "Memorandum of Understanding",
    AgreementKind.SYNERGY_NOTE: "Memorandum of Synergy",
    AgreementKind.PKS: "Cooperation Agreement",
    AgreementKind.AMENDMENT: "Amendment",
    AgreementKind.EXTENSION: "Extension",
    AgreementKind.TERMINATION: "Minutes of Termination",
}
LANGUAGES: Final = {"bahasa indonesia": "Indonesian", "indonesia": "Indonesian", "bahasa inggris": "English"}

_PARTIES: Final = ("FIRST PARTY", "SECOND PARTY", "THIRD PARTY", "FOURTH PARTY", "FIFTH PARTY")
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SMALL: Final = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS: Final = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_MONTHS_OF_A_YEAR: Final = 12


def party(position: int) -> str:
    """Name a party by its place from 1 to 5: "FIRST PARTY"; raises ValueError beyond."""
    if not 1 <= position <= len(_PARTIES):
        msg = f"{position} is not a place among at most {len(_PARTIES)} parties"
        raise ValueError(msg)
    return _PARTIES[position - 1]


def in_words(number: int) -> str:
    """Say a whole number from 0 to 9999: "two thousand twenty-six"; raises ValueError beyond."""
    if not 0 <= number < 10_000:  # noqa: PLR2004 - years and months need no more
        msg = f"{number} is beyond the numbers that can be said"
        raise ValueError(msg)
    said = []
    for worth, word in ((1000, "thousand"), (100, "hundred")):
        if number >= worth:
            said.append(f"{_SMALL[number // worth]} {word}")
            number %= worth
    if number or not said:
        said.append(_below_hundred(number))
    return " ".join(said)


def ordinal(number: int) -> str:
    """Say a place from 1 to 9999: "twenty-first"."""
    head, dash, last = in_words(number).rpartition("-")
    if not dash:
        head, dash, last = in_words(number).rpartition(" ")
    place = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return f"{head}{dash}{place}"


def date_long(day: date) -> str:
    """Write "21 November 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def date_opening(day: date) -> str:
    """Write "Saturday, the twenty-first of November two thousand twenty-six (21-11-2026)"."""
    said = f"{_DAYS[day.weekday()]}, the {ordinal(day.day)} of {_MONTHS[day.month - 1]} {in_words(day.year)}"
    return f"{said} ({day:%d-%m-%Y})"


def figure_and_words(number: int) -> str:
    """Write "3 (three)"."""
    return f"{number} ({in_words(number)})"


def term(months: int) -> str:
    """Write whole years as years, else months: 36 → "3 (three) years"."""
    count, unit = (
        (months // _MONTHS_OF_A_YEAR, "year") if months % _MONTHS_OF_A_YEAR == 0 and months else (months, "month")
    )
    return f"{figure_and_words(count)} {unit}{'' if count == 1 else 's'}"


def joined(items: Sequence[str]) -> str:
    """Join as English does: "A", "A and B", "A, B, and C"."""
    if len(items) <= 1:
        return "".join(items)
    if len(items) == 2:  # noqa: PLR2004 - two need no comma
        return f"{items[0]} and {items[1]}"
    return f"{', '.join(items[:-1])}, and {items[-1]}"


def _below_hundred(number: int) -> str:
    if number < len(_SMALL):
        return _SMALL[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens]}-{_SMALL[ones]}" if ones else _TENS[tens]
