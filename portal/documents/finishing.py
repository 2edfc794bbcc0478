"""The last pass over a printed part: numbers, references, bookmarks, restarted lists, places of what is missing.

It runs over the events that `emission` left, in the order of the text, never over the text itself.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from portal.documents.counting import Counted, Counter, Levels
from portal.documents.emission import escaped
from portal.documents.numbering import Numbering
from portal.documents.printing import Mark, Printing
from portal.documents.referring import ROOM_FOR_NUMBER, Missing, References, Waiting, said
from portal.documents.restarts import Restarts
from portal.documents.steps import (
    Bookmark,
    Closing,
    DrawingNumber,
    Field,
    Label,
    ListSlot,
    Opening,
    Openings,
    Reference,
    Restart,
)

_START: Final = {"header": "Kepala halaman", "footer": "Kaki halaman"}


class Finishing:
    """The finishing of one draft, part by part; `conclude` ends it."""

    def __init__(
        self, known: Numbering, levels: dict[tuple[str, int], Levels], marks: int, restarts: Restarts, *, is_whole: bool
    ) -> None:
        """Begin a draft of a template that has so many bookmarks of its own.

        Only a whole finishing knows the places of what is missing; another passes by paragraphs nobody refers to.
        """
        self._is_whole = is_whole
        self._known = known
        self._levels = levels
        self._references = References(marks=marks)
        self.restarts = restarts
        self._drawings = 0
        self.missing: tuple[Missing, ...] = ()
        self._missing: list[tuple[int, Missing]] = []
        self._open: dict[str, int] = {}
        self._names: dict[str, int] = {}
        self._order = 0
        self._begin(Printing(), "")

    def _begin(self, printing: Printing, part: str) -> None:
        self._out = printing.out
        self._counter = Counter()
        self._current: Counted | None = None
        self._where: Counted | str = next((name for stem, name in _START.items() if stem in part), "Awal naskah")
        self._slot: tuple[int, str] | None = None
        self._is_again = False

    def part(self, printing: Printing, part: str) -> None:
        """Take the events of one part; the main part comes first."""
        self._begin(printing, part)
        takers: Mapping[type, Callable[[Any, int], None]] = {
            Opening: self._opening,
            Openings: self._openings,
            Closing: self._closing,
            Mark: self._mark,
            Label: self._label,
            Reference: self._wait,
            Field: self._wait,
            Bookmark: self._bookmark,
            Restart: self._restart,
            ListSlot: self._list_slot,
            DrawingNumber: self._drawing,
        }
        for step, place in printing.events:
            takers[type(step)](step, place)

    def conclude(self) -> None:
        """Write the references, now that every label is known, and list what is missing once, in order."""
        kept: dict[tuple[str, str], Missing] = {}
        for _, one in sorted([*self._missing, *self._references.write()], key=lambda pair: pair[0]):
            kept.setdefault((one.name, one.label), one)
        self.missing = tuple(kept.values())

    def _openings(self, step: Openings, place: int) -> None:
        for one in step.all if self._is_whole else step.counted:
            self._opening(one, place)

    def _opening(self, step: Opening, place: int) -> None:
        if step.list_id:
            self._number(step, place)
        if step.kind == "pasal" and self._current is not None:
            self._where = self._current
        elif step.kind == "isi" and isinstance(self._where, Counted):
            self._where = self._where.chain[0]
        elif step.kind == "named":
            self._where = step.name

    def _number(self, step: Opening, place: int) -> None:
        key = (step.list_id, step.level)
        levels = self._levels.get(key)
        if levels is None:
            levels = self._levels[key] = Levels(self._known, *key)
        made = self._counter.next(levels, step, place, again=self._is_again)
        made.out = self._out
        if self._slot is not None:
            slot, markup = self._slot
            self._out[slot] = self.restarts.numbered(step, again=self._is_again) or markup
        self._slot = None
        self._is_again = False
        self._current = made
        for name in step.bookmarks:
            self._references.bookmarks.setdefault(name, []).append((self._order, name, made))

    def _closing(self, _: Closing, place: int) -> None:
        if self._current is not None:
            self._current.end = place

    def _mark(self, mark: Mark, _: int) -> None:
        self._order += 1
        self._missing.append((self._order, Missing(name=mark.name, label=mark.label, place=said(self._where))))

    def _label(self, step: Label, _: int) -> None:
        if self._current is not None:
            self._references.labels.setdefault(step.name, self._current)

    def _wait(self, step: Reference | Field, place: int) -> None:
        self._order += 1
        self._references.waiting.append(
            Waiting(step=step, place=place, order=self._order, where=self._where, out=self._out)
        )

    def _bookmark(self, step: Bookmark, place: int) -> None:
        if not step.opens:
            self._out[place] = f'<w:bookmarkEnd w:id="{self._open.get(step.key, 0)}"/>'
            return
        self._references.marks += 1
        self._open[step.key] = number = self._references.marks
        self._names[step.name] = count = self._names.get(step.name, 0) + 1
        name = step.name if count == 1 else f"{step.name[:ROOM_FOR_NUMBER]}_{count}"
        self._out[place] = f'<w:bookmarkStart w:id="{number}" w:name="{escaped(name)}"/>'
        kept = self._references.bookmarks.get(step.name, [])
        if kept and self._current is kept[-1][2]:
            kept[-1] = (kept[-1][0], name, kept[-1][2])

    def _restart(self, _: Restart, __: int) -> None:
        self._is_again = True

    def _list_slot(self, step: ListSlot, place: int) -> None:
        self._slot = (place, step.markup)
        self._out[place] = step.markup

    def _drawing(self, _: DrawingNumber, place: int) -> None:
        self._drawings += 1
        self._out[place] = str(self._drawings)
