"""The last pass over a printed part: numbers, references, bookmarks, restarted lists, places of what is missing.

It runs over the events that `emission` left, in the order of the text, never over the text itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from portal.documents.counting import Counted, Counter, Levels
from portal.documents.emission import escaped
from portal.documents.fields import REF
from portal.documents.markup import TEXT_CLOSE, TEXT_OPEN
from portal.documents.markup import field as markup_of_field
from portal.documents.numbering import Numbering
from portal.documents.printing import Mark, Printing
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

_LONGEST_NAME: Final = 40
"""Word's limit for the name of a bookmark."""

_ROOM_FOR_NUMBER: Final = 30
_START: Final = {"header": "Kepala halaman", "footer": "Kaki halaman"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """A value that is not known: its name in the schema, its label, and the first place that needs it."""

    name: str
    label: str
    place: str


@dataclass(kw_only=True, slots=True)
class _Waiting:
    """A reference that waits until all labels are known: where it stands, and in which articles."""

    step: Reference | Field
    place: int
    order: int
    where: "Counted | str"
    tops: frozenset[int]
    printing: Printing


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
        self._marks = marks
        self.restarts = restarts
        self._drawings = 0
        self.missing: tuple[Missing, ...] = ()
        self._missing: list[tuple[int, Missing]] = []
        self._labels: dict[str, Counted] = {}
        self._bookmarks: dict[str, list[tuple[int, str, Counted]]] = {}
        self._waiting: list[_Waiting] = []
        self._open: dict[str, int] = {}
        self._names: dict[str, int] = {}
        self._order = 0
        self._begin(Printing(), "")

    def _begin(self, printing: Printing, part: str) -> None:
        self._printing = printing
        self._out = printing.out
        self._counter = Counter()
        self._current: Counted | None = None
        self._tops: set[int] = set()
        self._where: Counted | str = next((said for stem, said in _START.items() if stem in part), "Awal naskah")
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
        for waiting in self._waiting:
            if isinstance(waiting.step, Reference):
                self._refer(waiting, waiting.step)
            else:
                self._repeat(waiting, waiting.step)
        kept: dict[tuple[str, str], Missing] = {}
        for _, one in sorted(self._missing, key=lambda pair: pair[0]):
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
            self._bookmarks.setdefault(name, []).append((self._order, name, made))

    def _closing(self, _: Closing, place: int) -> None:
        if self._current is not None:
            self._current.end = place

    def _mark(self, mark: Mark, _: int) -> None:
        self._order += 1
        self._missing.append((self._order, Missing(name=mark.name, label=mark.label, place=said(self._where))))

    def _label(self, step: Label, _: int) -> None:
        if self._current is not None:
            self._labels.setdefault(step.name, self._current)

    def _wait(self, step: Reference | Field, place: int) -> None:
        self._order += 1
        top = self._where.chain[0] if isinstance(self._where, Counted) else None
        self._waiting.append(
            _Waiting(
                step=step,
                place=place,
                order=self._order,
                where=self._where,
                tops=frozenset() if top is None else frozenset({id(top)}),
                printing=self._printing,
            )
        )

    def _bookmark(self, step: Bookmark, place: int) -> None:
        if not step.opens:
            self._out[place] = f'<w:bookmarkEnd w:id="{self._open.get(step.key, 0)}"/>'
            return
        self._marks += 1
        self._open[step.key] = self._marks
        self._names[step.name] = count = self._names.get(step.name, 0) + 1
        name = step.name if count == 1 else f"{step.name[:_ROOM_FOR_NUMBER]}_{count}"
        self._out[place] = f'<w:bookmarkStart w:id="{self._marks}" w:name="{escaped(name)}"/>'
        kept = self._bookmarks.get(step.name, [])
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

    def _refer(self, waiting: _Waiting, step: Reference) -> None:
        target = self._labels.get(step.name)
        out = waiting.printing.out
        if target is None:
            label = f"rujukan ke “{step.name}”"
            self._absent(waiting, f"rujuk.{step.name}", label)
            out[waiting.place] = _run(step.look.marked, f"[{label} tidak ada]")
            return
        is_near = step.near and target.above and id(target.chain[0]) in waiting.tops
        pieces = []
        for index, one in enumerate(target.chain[1:] if is_near else target.chain):
            word = one.opening.word
            if lead := f"{' ' if index else ''}{f'{word} ' if word else ''}":
                pieces.append(_run(step.look.plain, lead))
            instruction = f" REF {self._bookmark_of(one, step.name)} \\n \\h "
            pieces.append(markup_of_field(step.look.plain, instruction, one.label.removesuffix(".")))
        out[waiting.place] = "".join(pieces)

    def _repeat(self, waiting: _Waiting, step: Field) -> None:
        """Write a field of Word's own with the number its bookmark has now, the nearest one before it in loops."""
        found = self._bookmarks.get(step.bookmark)
        out = waiting.printing.out
        if not found:
            out[waiting.place] = markup_of_field(step.look.plain, step.instruction, step.text)
            return
        before = [one for one in found if one[0] < waiting.order]
        _, name, target = before[-1] if before else found[0]
        named = REF.match(step.instruction)
        instruction = f" REF {name} {named['switches']}" if named is not None else step.instruction
        out[waiting.place] = markup_of_field(step.look.plain, instruction, target.label.removesuffix("."))

    def _absent(self, waiting: _Waiting, name: str, label: str) -> None:
        self._missing.append((waiting.order, Missing(name=name, label=label, place=said(waiting.where))))

    def _bookmark_of(self, target: Counted, name: str) -> str:
        """Give the name of the hidden bookmark around a numbered paragraph, making it where there is none."""
        if not target.bookmark:
            self._marks += 1
            number = self._marks
            title = f"_Ref_{name}_{number}" if len(name) < _ROOM_FOR_NUMBER else f"_Ref_{number}"
            target.bookmark = title[:_LONGEST_NAME]
            target.out[target.start] = f'<w:bookmarkStart w:id="{number}" w:name="{target.bookmark}"/>'
            target.out[target.end] = f'<w:bookmarkEnd w:id="{number}"/>'
        return target.bookmark


def said(where: Counted | str) -> str:
    """Say where something is: "Pasal 2 ayat (1)" or the name of a place."""
    if isinstance(where, str):
        return where
    steps = [(one.opening.word, one.label.removesuffix(".")) for one in where.chain]
    return " ".join(f"{word} {label}" if word else label for word, label in steps)


def _run(look: str, text: str) -> str:
    return f"<w:r>{look}{TEXT_OPEN}{escaped(text)}{TEXT_CLOSE}</w:r>"
