"""The Word files of an agreement, one row of numbers: where each came from, and what was found in one that came in.

How a file is read is the business of `documents`; what is kept of it stands here as plain values.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class RenditionOrigin(StrEnum):
    """Where the text of a Word file came from."""

    MADE = "made"
    """The portal wrote it from a draft."""
    EDITED = "edited"
    """People of the office changed it in Word."""
    RECEIVED = "received"
    """The partner sent it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Renumbered:
    """References that said `old` and say `new` since they were counted anew; `times` in the whole file."""

    old: str
    new: str
    times: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Lost:
    """A reference that leads nowhere: its words and where they stand."""

    text: str
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Tracked:
    """The tracked changes of one author, counted in places; the name is "" where Word kept none."""

    author: str
    inserted: int = 0
    deleted: int = 0
    moved: int = 0
    formatted: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Remarks:
    """How many comments of one author the file carries."""

    author: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class IntakeReport:
    """What was found in a Word file that came in, and what the portal did to it (design: documents §3.4).

    `dropped_order`: the file had asked Word to update its fields at every opening; that order is gone.
    """

    renumbered: tuple[Renumbered, ...] = ()
    dangling: tuple[Lost, ...] = ()
    typed: tuple[Lost, ...] = ()
    tracked: tuple[Tracked, ...] = ()
    remarks: tuple[Remarks, ...] = ()
    dropped_order: bool = False


def to_plain(report: IntakeReport) -> dict[str, Any]:
    """Return the report as plain JSON."""
    return asdict(report)


def read(plain: Mapping[str, Any]) -> IntakeReport:
    """Return a kept report; nothing kept is an empty one."""
    return IntakeReport(
        renumbered=tuple(Renumbered(**one) for one in plain.get("renumbered", ())),
        dangling=tuple(Lost(**one) for one in plain.get("dangling", ())),
        typed=tuple(Lost(**one) for one in plain.get("typed", ())),
        tracked=tuple(Tracked(**one) for one in plain.get("tracked", ())),
        remarks=tuple(Remarks(**one) for one in plain.get("remarks", ())),
        dropped_order=bool(plain.get("dropped_order", False)),
    )
