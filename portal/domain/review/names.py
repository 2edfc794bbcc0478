"""Compares names of bodies, people and places as people write them: capitals, degrees and commas do not matter."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from portal.domain.organisation import fold

_NOT_WORD: Final = re.compile(r"[^\w&/’']+")
_TITLES: Final = frozenset(
    {
        "dr",
        "drs",
        "dra",
        "ir",
        "prof",
        "h",
        "c",
        "hj",
        "kh",
        "ustaz",
        "apt",
        "ns",
        "irjen",
        "pol",
        "plt",
        "plh",
        "bapak",
        "ibu",
    }
)
_REGION: Final = re.compile(
    r"\b(?:Kabupaten|Kota)\s+[A-Z][a-z]+(?:\s+(?!Tahun|Provinsi|Kecamatan|Kelurahan|Desa|Jalan|Nomor|Dan\b)[A-Z][a-z]+)*"
    r"|\b(?:KABUPATEN|KOTA)\s+[A-Z]{3,}\b"
)
DESIGNATION: Final = re.compile(r"\bPIHAK\s+(?:KESATU|PERTAMA|KEDUA|KETIGA|KEEMPAT|KELIMA)\b")
SHORTEST_BARE: Final = 4
"""Names of places shorter than this are only looked for behind "Kabupaten" or "Kota"."""


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return the words of a text folded, with single spaces between and around."""
    return f" {' '.join(_NOT_WORD.sub(' ', fold(text)).split())} "


def person(name: str) -> str:
    """Return a person's name without degrees and titles, folded."""
    words = plain(name.split(",", maxsplit=1)[0]).split()
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return " ".join(words)


def designated(text: str) -> str:
    """Return the last "PIHAK KEDUA" that a text names, "" where it names none."""
    return next((" ".join(one.split()) for one in reversed(DESIGNATION.findall(text))), "")


def same_person(one: str, other: str) -> bool:
    """Tell whether two printed names are of one person."""
    return person(one) == person(other)


def same(one: str, other: str) -> bool:
    """Tell whether two names of bodies or offices are the same but for capitals and commas."""
    return plain(one) == plain(other)


def mentions(text: str, name: str) -> bool:
    """Tell whether a name stands in a text as whole words."""
    return bool(name.strip()) and plain(name) in plain(text)


def mentioned(text: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """Return those of many names that stand in a text at all, each once: what is worth a closer look."""
    whole = plain(text)
    return tuple(name for name in dict.fromkeys(candidates) if name.strip() and plain(name) in whole)


def names_person(text: str, name: str) -> bool:
    """Tell whether a person's name stands in a text, with or without degrees."""
    return f" {person(name)} " in plain(text)


def positions(text: str, names: Iterable[str]) -> dict[str, int]:
    """Return where each name first stands in a text; a name inside a longer one is not counted there."""
    left, found = plain(text), {}
    for name in sorted(set(names), key=len, reverse=True):
        known = plain(name)
        place = left.find(known)
        if place >= 0:
            found[name] = place
            left = left.replace(known, f" {'#' * (len(known) - 2)} ")
    return found


def regions(text: str, known: Iterable[str] = ()) -> frozenset[str]:
    """Return the regencies and cities that a text names, folded: "kabupaten garut".

    A longer name that is known wins over a shorter one: "KABUPATEN BANDUNG BARAT" is not "Kabupaten Bandung".
    """
    typed = {fold(found[0]) for found in _REGION.finditer(text)}
    named = {fold(name) for name in positions(text, (name for name in known if _stands(text, name)))}
    full = {name for name in named if not any(one.endswith(f" {name}") for one in typed)}
    return frozenset(full | {one for one in typed if not any(_alike(one, name) for name in full)})


def _alike(one: str, other: str) -> bool:
    return f"{one} ".startswith(f"{other} ") or f"{other} ".startswith(f"{one} ")


def _stands(text: str, name: str) -> bool:
    if fold(name).startswith(("kabupaten ", "kota ", "provinsi ")):
        return mentions(text, name)
    if len(name) < SHORTEST_BARE:
        return mentions(text, f"Kabupaten {name}") or mentions(text, f"Kota {name}")
    return re.search(rf"(?<=[\w,;] )(?:{re.escape(name)}|{re.escape(name.upper())})\b", text) is not None
