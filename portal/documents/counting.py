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


@dataclass(kw_only=True, slots=True, eq=False)
class Counted:
    """A numbered paragraph of a draft: its number, those above it, and where in `out` a bookmark around it goes."""

    opening: Opening
    label: str
    above: tuple["Counted", ...]
    start: int
    end: int = 0
    out: list[str] = field(default_factory=list)
    bookmark: str = ""

    @property
    def chain(self) -> tuple["Counted", ...]:
        """The paragraphs from the Pasal down to this one."""
        return (*self.above, self)


class Levels:
    """How the paragraphs of one list and level are counted, worked out once for a template."""

    __slots__ = ("abstract", "first", "level", "resets", "restarted", "shapes", "start")

    def __init__(self, known: Numbering, list_id: str, level: int) -> None:
        """Read the level of a list."""
        levels = known.lists[list_id]
        self.abstract = known.abstract_of[list_id]
        self.level = level
        self.start = levels[level].start
        self.resets = [deeper for deeper in range(level + 1, _LEVELS) if _restarts(levels.get(deeper), level)]
        self.restarted = known.restarted.get(list_id, frozenset())
        self.first, self.shapes = _label(levels, level)


def _restarts(deeper: Level | None, level: int) -> bool:
    after = None if deeper is None else deeper.restarts_after
    return after is None or level < after


def _label(levels: Mapping[int, Level], level: int) -> tuple[str, Sequence[tuple[int, int, str, str]]]:
    """Split the text of a level into what stands first, then (level, its start, shape, text behind)."""
    said = levels[level]
    if said.shape == "bullet":
        return "", ()
    pieces = _SPLIT.split(said.text)
    shapes = []
    for sign, text in zip(pieces[1::2], pieces[2::2], strict=True):
        at = int(sign) - 1
        if at <= level and at in levels:
            shapes.append((at, levels[at].start, "decimal" if said.is_legal else levels[at].shape, text))
        else:
            shapes.append((-1, 0, "", text))
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
        chain[level:] = [None] * (_LEVELS - level)
        parents = tuple([one for one in chain[:level] if one is not None])
        made = Counted(opening=opening, label=_written(levels, counts), above=parents, start=start)
        chain[level] = made
        return made


def _written(levels: Levels, counts: list[int | None]) -> str:
    made = levels.first
    for at, start, shape, text in levels.shapes:
        if at >= 0:
            number = counts[at]
            if number is None:
                number = counts[at] = start
            made += str(number) if shape == "decimal" else numbering.shown(shape, number)
        made += text
    return made
