"""Turns of phrase of agreements: joined lists, names of parties. Numbers and dates lie beside."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from portal.domain.wording.numbers import in_words


class PartyStyle(StrEnum):
    """How the first party is called; both are in use (design: domain §2.2 block 5)."""

    KESATU = "kesatu"
    PERTAMA = "pertama"


MOST_PARTIES: Final = 5
_ORDINALS: Final = ("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA")


def ordinal(position: int, style: PartyStyle = PartyStyle.KESATU) -> str:
    """Give the ordinal in capitals, 2 → "KEDUA"; position counts from 1 to 5, else ValueError."""
    if not 1 <= position <= MOST_PARTIES:
        msg = f"{position} is not a place among at most {MOST_PARTIES} parties"
        raise ValueError(msg)
    if position == 1 and style is PartyStyle.PERTAMA:
        return "PERTAMA"
    return _ORDINALS[position - 1]


def ordinal_party(position: int, style: PartyStyle = PartyStyle.KESATU) -> str:
    """Name a party by its place, 1 → "PIHAK KESATU" or, in the other style, "PIHAK PERTAMA"."""
    return f"PIHAK {ordinal(position, style)}"


def ordinal_word(number: int) -> str:
    """Give an ordinal for running text, 1 → "kesatu", 12 → "kedua belas" (design: documents §10)."""
    return f"ke{in_words(number)}"


def joined(items: Sequence[str], *, last: str = "dan") -> str:
    """Join a list as Indonesian does: "A", "A dan B", "A, B, dan C"."""
    if len(items) <= 1:
        return "".join(items)
    if len(items) == 2:  # noqa: PLR2004 - two need no comma
        return f"{items[0]} {last} {items[1]}"
    return f"{', '.join(items[:-1])}, {last} {items[-1]}"


def name_in_capitals(name: str) -> str:
    """Write a person's name in capitals and leave the degrees as they are: "Dr. SITI CONTOH, S.Sos., M.Si."."""
    person, comma, degrees = name.partition(",")
    words = [word if word.endswith(".") else word.upper() for word in person.split()]
    return f"{' '.join(words)}{comma}{degrees}"


def capitalised(text: str) -> str:
    """Make the first letter a capital and leave the rest as it is."""
    return text[:1].upper() + text[1:]
