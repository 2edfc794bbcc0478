"""Numbers as Indonesian writes them: in words, in rupiah, in Roman figures. Dates live in `days`."""

from decimal import Decimal
from typing import Final

Number = int | Decimal
"""A whole number, or a decimal fraction as it was written; binary fractions are no numbers of an agreement."""

_SMALL: Final = (
    "nol", "satu", "dua", "tiga", "empat", "lima",
    "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
_GROUPS: Final = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"))
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip

LARGEST: Final = 10**18 - 1
"""The largest number that can be said with the names up to triliun."""

LARGEST_ROMAN: Final = 3999


def in_words(number: Number) -> str:
    """Say a number in Indonesian words, "satu juta seribu" (design: domain §2.2, terbilang rules).

    A number below zero begins with "minus"; the figures behind a decimal comma are said one by one, "dua koma nol
    lima". Raises ValueError beyond `LARGEST` in either direction and TypeError for a binary fraction.
    """
    whole, figures = _split(number)
    if abs(whole) > LARGEST:
        msg = f"{number} is too large to be said in words"
        raise ValueError(msg)
    if number < 0:
        return f"minus {in_words(-number)}"
    if figures.strip("0"):
        return " ".join([_said(whole), "koma", *(_SMALL[int(figure)] for figure in figures)])
    return _said(whole)


def grouped(number: int) -> str:
    """Write a whole number with points between the thousands, "1.250.000"."""
    return f"{number:,}".replace(",", ".")


def figure_and_words(number: int) -> str:
    """Write the figure and the words as agreements do, "3 (tiga)"."""
    return f"{grouped(number)} ({in_words(number)})"


def rupiah(amount: Number) -> str:
    """Write rupiah as on screen, "Rp325.000.000", sen only where there are any, "Rp1.250,50".

    Raises ValueError for parts of a sen, TypeError for a binary fraction.
    """
    whole, sen = _rupiah_and_sen(amount)
    return f"{'-' if amount < 0 else ''}Rp{grouped(whole)}{f',{sen:02}' if sen else ''}"


def rupiah_words(amount: Number) -> str:
    """Say rupiah in words, "tiga ratus dua puluh lima juta rupiah", with sen "… rupiah lima puluh sen".

    Below zero it begins with "minus". Raises as `rupiah` and `in_words` do.
    """
    whole, sen = _rupiah_and_sen(amount)
    said = f"{in_words(whole)} rupiah{f' {in_words(sen)} sen' if sen else ''}"
    return f"minus {said}" if amount < 0 else said


def rupiah_in_full(amount: Number) -> str:
    """Write rupiah as agreements do, "Rp325.000.000,00 (tiga ratus … rupiah)" (design: domain §2.2)."""
    _, sen = _rupiah_and_sen(amount)
    return f"{rupiah(amount)}{'' if sen else ',00'} ({rupiah_words(amount)})"


def roman(number: int) -> str:
    """Write 1 to 3999 in Roman figures, "XI"; raises ValueError outside."""
    if not 1 <= number <= LARGEST_ROMAN:
        msg = f"{number} has no Roman figure"
        raise ValueError(msg)
    text = ""
    for value, figure in _ROMAN:
        text += figure * (number // value)
        number %= value
    return text


def letter(number: int) -> str:
    """Name the n-th letter of a list as Word does, 1 → "a", 26 → "z", 27 → "aa"."""
    if number < 1:
        msg = f"{number} has no letter"
        raise ValueError(msg)
    rounds, index = divmod(number - 1, 26)
    return chr(ord("a") + index) * (rounds + 1)


def _split(number: Number) -> tuple[int, str]:
    """Split a number into its whole part and the figures behind the comma as they were written."""
    if isinstance(number, bool) or not isinstance(number, Number):
        msg = f"{number!r} is neither a whole number nor a decimal fraction"
        raise TypeError(msg)
    if isinstance(number, int):
        return number, ""
    if not number.is_finite():
        msg = f"{number} is no number that can be said"
        raise ValueError(msg)
    return int(number), f"{number:f}".partition(".")[2]


def _rupiah_and_sen(amount: Number) -> tuple[int, int]:
    whole, figures = _split(amount)
    if figures[2:].strip("0"):
        msg = f"{amount} has parts of a sen"
        raise ValueError(msg)
    return abs(whole), int(f"{figures:0<2}"[:2])


def _said(number: int) -> str:
    for size, name in _GROUPS:
        if number >= size:
            return _joined(f"{_said(number // size)} {name}", number % size)
    return _below_a_million(number)


def _below_a_million(number: int) -> str:
    if number >= 1000:  # noqa: PLR2004 - the thousand of the language
        thousands = number // 1000
        head = "seribu" if thousands == 1 else f"{_below_a_thousand(thousands)} ribu"
        return _joined(head, number % 1000)
    return _below_a_thousand(number)


def _below_a_thousand(number: int) -> str:
    if number < len(_SMALL):
        return _SMALL[number]
    if number < 20:  # noqa: PLR2004 - the teens
        return f"{_SMALL[number - 10]} belas"
    if number < 100:  # noqa: PLR2004 - the tens
        return _joined(f"{_SMALL[number // 10]} puluh", number % 10)
    hundreds = number // 100
    return _joined("seratus" if hundreds == 1 else f"{_SMALL[hundreds]} ratus", number % 100)


def _joined(head: str, rest: int) -> str:
    return f"{head} {_said(rest)}" if rest else head
