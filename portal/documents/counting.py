"""Counts the numbered paragraphs of a draft while it is finished: the rules of `numbering`, made for speed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from portal.documents import numbering
from portal.documents.numbering import Level, Numbering
from portal.documents.steps import Opening

_LEVELS: Final = 9
_SPLIT: Final = re.compile(r"%([1-9])")


class Counted:
    """A numbered paragraph of a draft: its number, those above it, and where in `out` a bookmark around it goes."""

    __slots__ = ("_above", "_counts", "_levels", "bookmark", "end", "opening", "out", "start")

    def __init__(
        self, opening: Opening, start: int, levels: "Levels", counts: list[int | None], above: "list[Counted | None]"
    ) -> None:
        """Keep the counts of this moment; most numbers are never asked for."""
        self.opening = opening
        self.start = start
        self.end = 0
        self.out: list[str] = []
        self.bookmark = ""
        self._levels = levels
        self._counts = counts
        self._above = above

    @property
    def above(self) -> list["Counted"]:
        """The numbered paragraphs that this one stands under, the Pasal first."""
        return [one for one in self._above if one is not None]

    @property
    def chain(self) -> list["Counted"]:
        """The paragraphs from the Pasal down to this one."""
        return [*self.above, self]

    @property
    def label(self) -> str:
        """The number as printed, "Pasal 8", "(2)", "a."."""
        return _written(self._levels, self._counts)


class Levels:
    """How the paragraphs of one list and level are counted, worked out once for a template."""

    __slots__ = ("abstract", "first", "level", "nothing", "resets", "restarted", "shapes", "shown", "start", "starts")

    def __init__(self, known: Numbering, list_id: str, level: int) -> None:
        """Read the level of a list."""
        levels = known.lists[list_id]
        self.abstract = known.abstract_of[list_id]
        self.level = level
        self.start = levels[level].start
        self.resets = [deeper for deeper in range(level + 1, _LEVELS) if _restarts(levels.get(deeper), level)]
        self.restarted = known.restarted.get(list_id, frozenset())
        self.first, self.shapes = _label(levels, level)
        self.shown = [at for at, _, _ in self.shapes if 0 <= at < level]
        self.starts = {at: levels[at].start for at in self.shown}
        self.nothing = [None] * (_LEVELS - level - 1)


def _restarts(deeper: Level | None, level: int) -> bool:
    after = None if deeper is None else deeper.restarts_after
    return after is None or level < after


def _label(levels: Mapping[int, Level], level: int) -> tuple[str, Sequence[tuple[int, str, str]]]:
    """Split the text of a level into what stands first, then (level, shape, text behind)."""
    said = levels[level]
    if said.shape == "bullet":
        return "", ()
    pieces = _SPLIT.split(said.text)
    shapes = []
    for sign, text in zip(pieces[1::2], pieces[2::2], strict=True):
        at = int(sign) - 1
        if at <= level and at in levels:
            shapes.append((at, "decimal" if said.is_legal else levels[at].shape, text))
        else:
            shapes.append((-1, "", text))
    return pieces[0], tuple(shapes)


@dataclass(kw_only=True, slots=True)
class _List:
    """The counts of one list so far; None is a level that was not counted since its restart."""

    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)
    chain: list[Counted | None] = field(default_factory=lambda: [None] * _LEVELS)
    seen: set[str] = field(default_factory=set)


class Counter:
    """Counts the lists of one draft from its beginning."""

    def __init__(self) -> None:
        """Start with every list unused."""
        self._lists: dict[str, _List] = {}

    def next(self, levels: Levels, opening: Opening, start: int, *, again: bool = False) -> Counted:
        """Count a paragraph; `again` begins its level anew."""
        kept = self._lists.get(levels.abstract)
        if kept is None:
            kept = self._lists[levels.abstract] = _List()
        counts, chain, level = kept.counts, kept.chain, levels.level
        if opening.list_id not in kept.seen:
            kept.seen.add(opening.list_id)
            for restarted in levels.restarted:
                counts[restarted] = None
        before = None if again else counts[level]
        counts[level] = levels.start if before is None else before + 1
        for deeper in levels.resets:
            counts[deeper] = None
        for at in levels.shown:
            if counts[at] is None:
                counts[at] = levels.starts[at]
        made = Counted(opening, start, levels, counts[:], chain[:level])
        chain[level:] = [made, *levels.nothing]
        return made


def _written(levels: Levels, counts: list[int | None]) -> str:
    made = levels.first
    for at, shape, text in levels.shapes:
        if at >= 0:
            number = counts[at] or 0
            made += str(number) if shape == "decimal" else numbering.shown(shape, number)
        made += text
    return made
