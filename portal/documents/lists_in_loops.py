"""Finds lists that would count on from pass to pass of a loop although a reader expects them to begin anew."""

from dataclasses import dataclass, field
from typing import Final

from portal.documents.location import Located
from portal.documents.numbering import Numbering
from portal.documents.steps import Opening
from portal.documents.wordxml import Element, style_of
from portal.domain.marking import N_

_COUNT_ON: Final = frozenset({"Pasal", "Article", "Bab"})
"""Styles that count through the whole text on purpose."""


@dataclass(kw_only=True, slots=True)
class _Pass:
    """What one pass of a loop has had so far."""

    is_restarted: bool = False
    levels: set[tuple[str, int]] = field(default_factory=set)


class ListsInLoops:
    """Follows the loops of a part and the numbered paragraphs in them."""

    def __init__(self, numbering: Numbering, located: Located) -> None:
        """Begin outside of every loop."""
        self._numbering = numbering
        self._located = located
        self._open: list[_Pass] = []

    def enter(self) -> None:
        """Begin the body of a loop."""
        self._open.append(_Pass())

    def leave(self) -> None:
        """End the body of a loop."""
        self._open.pop()

    def restart(self) -> None:
        """Take note that the next list begins anew."""
        if self._open:
            self._open[-1].is_restarted = True

    def numbered(self, element: Element, opening: Opening) -> None:
        """Note a doubt when a list in a loop within a loop is neither begun anew nor below another level."""
        if not self._open:
            return
        abstract = self._numbering.abstract_of[opening.list_id]
        self._open[-1].levels.add((abstract, opening.level))
        if len(self._open) == 1 or style_of(element) in _COUNT_ON:
            return
        outer = self._open[-2]
        is_below = any(of == abstract and level < opening.level for of, level in outer.levels | self._open[-1].levels)
        if not outer.is_restarted and not self._open[-1].is_restarted and not is_below:
            message = N_(
                "Daftar bernomor di dalam “untuk” bersarang akan berlanjut; sisipkan tag “ulang nomor” sebelumnya."
            )
            self._located.add(element, "T205", message, is_error=False)
