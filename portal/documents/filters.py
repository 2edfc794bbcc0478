"""The closed list of filters that a tag may use; each turns a plain value into the words of the field."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from portal.domain import wording

_SMALL_WORDS: Final = frozenset(
    {"dan", "atau", "di", "ke", "dari", "yang", "untuk", "dengan", "pada", "dalam", "tentang", "antara", "oleh"}
    | {"bagi", "terhadap", "serta", "sebagai", "secara", "atas", "kepada", "hingga", "sampai", "agar"}
)
"""Words that a title writes small unless they begin it."""


def pairs(value: Any) -> list[list[Any]]:
    """Put the items of a list two by two, an odd last one alone."""
    items = _items(value)
    return [list(items[at : at + 2]) for at in range(0, len(items), 2)]


def title(text: str) -> str:
    """Write a text as a title: capital first letters, small words small, abbreviations as they are."""
    shouted = text == text.upper()
    words = [word if not shouted and len(word) > 1 and word == word.upper() else word.lower() for word in text.split()]
    return " ".join(
        word if place and word in _SMALL_WORDS else "-".join(piece[:1].upper() + piece[1:] for piece in word.split("-"))
        for place, word in enumerate(words)
    )


FILTERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "tanggal": lambda value: wording.date_long(_day(value)),
    "tanggal_kata": lambda value: wording.date_spelled(_day(value)),
    "tanggal_angka": lambda value: wording.date_digits(_day(value)),
    "tanggal_pembuka": lambda value: wording.date_in_words(_day(value)),
    "hari": lambda value: wording.weekday(_day(value)),
    "rupiah": lambda value: wording.rupiah(_number(value)),
    "rupiah_terbilang": lambda value: wording.rupiah_in_full(_number(value)),
    "terbilang": lambda value: wording.in_words(_number(value)),
    "angka_terbilang": lambda value: wording.figure_and_words(_number(value)),
    "masa": lambda value: wording.term_in_words(_number(value)),
    "romawi": lambda value: wording.roman(_number(value)),
    "huruf": lambda value: wording.letter(_number(value)),
    "kapital": lambda value: str(value).upper(),
    "nama_kapital": lambda value: wording.name_in_capitals(str(value)),
    "awal_kapital": lambda value: wording.capitalised(str(value)),
    "judul": lambda value: title(str(value)),
    "gabung": lambda value: wording.joined([str(item) for item in _items(value)]),
    "pasangkan": pairs,
}
"""Filters without arguments; `baku("…")`, the value for what is missing, belongs to the language itself."""


def _day(value: Any) -> date:
    return date.fromisoformat(str(value))


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        msg = f"{value!r} is not a whole number"
        raise TypeError(msg)
    return value


def _items(value: Any) -> Sequence[Any]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        msg = f"{value!r} is not a list"
        raise TypeError(msg)
    return value
