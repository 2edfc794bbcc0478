"""One part of a draft on its way out: the pieces of its markup, and what `finishing` has to fill in."""

from collections.abc import Callable
from dataclasses import dataclass, field

from portal.documents.expression import Scope
from portal.documents.steps import Step
from portal.documents.tracing import Source


@dataclass(frozen=True, slots=True)
class Mark:
    """A required value is missing here: its name in the schema and its label."""

    name: str
    label: str


Event = tuple[Step | Mark, int]
"""What is to be finished later, and the place in the output that is kept for it."""


@dataclass(kw_only=True, slots=True)
class SharedTable:
    """A table whose columns share its width, while it is printed."""

    total: int
    grid: int = 0
    slots: list[int] = field(default_factory=list)
    cells: int = 0
    most: int = 1


@dataclass(kw_only=True, slots=True)
class Printing:
    """One part on its way: the pieces of its markup, the events, and what was counted.

    `sources` collects where each value comes from, for a draft that is only looked at; None for every other.
    """

    out: list[str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    seen: int = 0
    passes: int = 0
    has_marks: bool = False
    tables: list[SharedTable] = field(default_factory=list)
    sources: list[Source] | None = None


Emit = Callable[[Printing, Scope], None]
"""Prints a step with the values of a scope."""
