"""Which organisations may be one and the same: a number that only one can have, or names that are spelt alike.

Nothing is decided here: people compare, and say whether two records are one. An own rule, no law (design: ux W10).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from portal.domain.organisation import fold

ALIKE = 0.88
"""So alike must two names be, of 1: one or two letters of a name of three words may differ."""
_FORMS = frozenset(
    {"yayasan", "yys", "yay", "lks", "lksa", "lksla", "panti", "perkumpulan", "perhimpunan", "pt", "cv", "ky", "yysn"}
)
"""Words and abbreviations that say what a body is, not which one."""
_SHORTEST = 4
"""Numbers with fewer digits or letters than this name nobody."""


class Likeness(StrEnum):
    """Why two records may be the same."""

    TAX_NUMBER = "tax_number"
    REGISTRATION = "registration"
    NAME = "name"


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """What two records are compared by."""

    id: int
    code: str
    name: str
    names: tuple[str, ...] = ()
    """Short and other names."""
    tax_number: str | None = None
    registration_number: str | None = None
    place: str | None = None


def core(name: str) -> str:
    """Return the words by which a body is known: folded, without signs and legal forms, in alphabetical order."""
    words = re.findall(r"[a-z0-9]+", fold(name).replace("'", ""))
    return " ".join(sorted(word for word in words if word not in _FORMS))


def _number(text: str | None) -> str:
    plain = re.sub(r"[^0-9a-z]", "", fold(text or ""))
    return plain if len(plain) >= _SHORTEST and plain.strip("0") else ""


def _cores(body: Body) -> frozenset[str]:
    found = {core(name) for name in (body.name, *body.names)}
    return frozenset(each for each in found if len(each) >= _SHORTEST)


def _are_alike(one: str, other: str) -> bool:
    if one == other:
        return True
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def likenesses(one: Body, other: Body) -> tuple[Likeness, ...]:
    """Return every reason why two records may be the same, the surest first."""
    found = []
    if _number(one.tax_number) and _number(one.tax_number) == _number(other.tax_number):
        found.append(Likeness.TAX_NUMBER)
    if _number(one.registration_number) and _number(one.registration_number) == _number(other.registration_number):
        found.append(Likeness.REGISTRATION)
    if any(_are_alike(mine, theirs) for mine in _cores(one) for theirs in _cores(other)):
        found.append(Likeness.NAME)
    return tuple(found)


def like(one: Body, others: Iterable[Body]) -> tuple[tuple[Body, tuple[Likeness, ...]], ...]:
    """Return the records that may be the same as this one, each with why."""
    found = ((other, likenesses(one, other)) for other in others if other.id != one.id)
    return tuple((other, why) for other, why in found if why)


def pairs(bodies: Iterable[Body]) -> Iterator[tuple[Body, Body, tuple[Likeness, ...]]]:
    """Return every pair that may be the same; only records that share a word or a number are compared."""
    shelves: dict[str, list[Body]] = {}
    for body in bodies:
        marks = {word for each in _cores(body) for word in each.split()}
        marks |= {f"#{number}" for number in (_number(body.tax_number), _number(body.registration_number)) if number}
        for mark in marks:
            shelves.setdefault(mark, []).append(body)
    seen: set[tuple[int, int]] = set()
    for shelf in shelves.values():
        for place, one in enumerate(shelf):
            for other in shelf[place + 1 :]:
                key = (one.id, other.id)
                if key not in seen:
                    seen.add(key)
                    if why := likenesses(one, other):
                        yield one, other, why
