"""Counts numbered paragraphs as Word does: what "Pasal 8 ayat (2)" is, before Word opens the file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from portal.documents.wordxml import PPR, VAL, Element, P, parse, style_of, w
from portal.domain import wording

_FORMATS: Final[Mapping[str, Callable[[int], str]]] = {
    "decimal": str,
    "lowerLetter": wording.letter,
    "upperLetter": lambda number: wording.letter(number).upper(),
    "lowerRoman": lambda number: wording.roman(number).lower(),
    "upperRoman": wording.roman,
    "none": lambda _: "",
    "bullet": lambda _: "",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """One level of a list as the numbering part describes it."""

    start: int
    shape: str
    text: str
    style: str | None
    restarts_after: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbered:
    """A paragraph with its number: the level, the label as printed, and the numbered paragraphs above it."""

    paragraph: Element
    level: int
    label: str
    above: tuple["Numbered", ...]

    @property
    def chain(self) -> tuple["Numbered", ...]:
        """The paragraphs from the Pasal down to this one."""
        return (*self.above, self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbering:
    """The lists of a document and the styles that are tied to them."""

    lists: Mapping[str, Mapping[int, Level]]
    abstract_of: Mapping[str, str]
    starts: Mapping[tuple[str, int], int]
    style_lists: Mapping[str, tuple[str, int | None]]
    style_bases: Mapping[str, str]

    def walk(self, root: Element) -> Iterator[tuple[Element, Numbered | None]]:
        """Yield every paragraph in order, with its number where it has one."""
        counters: dict[str, dict[int, int]] = {}
        above: dict[str, dict[int, Numbered]] = {}
        seen: set[str] = set()
        for paragraph in root.iter(P):
            place = self._place(paragraph)
            if place is None:
                yield paragraph, None
                continue
            list_id, level = place
            abstract = self.abstract_of[list_id]
            counts = counters.setdefault(abstract, {})
            if list_id not in seen:
                seen.add(list_id)
                counts.update({at: start - 1 for (of, at), start in self.starts.items() if of == list_id})
            label = self._count(self.lists[abstract], counts, level)
            chain = above.setdefault(abstract, {})
            for deeper in [known for known in chain if known >= level]:
                del chain[deeper]
            parents = tuple(chain[known] for known in sorted(chain))
            chain[level] = Numbered(paragraph=paragraph, level=level, label=label, above=parents)
            yield paragraph, chain[level]

    def _count(self, levels: Mapping[int, Level], counts: dict[int, int], level: int) -> str:
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [known for known in counts if known > level]:
            restarts = levels[deeper].restarts_after
            if restarts is None or level < restarts:
                del counts[deeper]
        label = levels[level].text
        for at in range(level + 1):
            if f"%{at + 1}" in label:
                number = counts.setdefault(at, levels[at].start)
                label = label.replace(f"%{at + 1}", _FORMATS.get(levels[at].shape, str)(number))
        return label

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """Find list and level of a paragraph: its own, else its style's, else that of the style's base."""
        list_id, level = _list_of(paragraph.find(PPR))
        style = style_of(paragraph)
        while list_id is None and style is not None:
            if style in self.style_lists:
                list_id, styled = self.style_lists[style]
                level = self._level_of(list_id, style) if level is None else level
                level = styled if level is None else level
            style = self.style_bases.get(style)
        if list_id is None or list_id not in self.abstract_of:
            return None
        level = level or 0
        return (list_id, level) if level in self.lists[self.abstract_of[list_id]] else None

    def _level_of(self, list_id: str, style: str) -> int | None:
        levels = self.lists.get(self.abstract_of.get(list_id, ""), {})
        return next((at for at, level in levels.items() if level.style == style), None)


def read(parts: Mapping[str, bytes]) -> Numbering:
    """Read the numbering and the styles of a document; a document without lists numbers nothing."""
    lists: dict[str, dict[int, Level]] = {}
    abstract_of: dict[str, str] = {}
    starts: dict[tuple[str, int], int] = {}
    if "word/numbering.xml" in parts:
        root = parse(parts["word/numbering.xml"])
        for abstract in root.iterchildren(w("abstractNum")):
            lists[abstract.get(w("abstractNumId"), "")] = dict(map(_level, abstract.iterchildren(w("lvl"))))
        for made in root.iterchildren(w("num")):
            list_id = made.get(w("numId"), "")
            abstract_of[list_id] = _value(made, "abstractNumId") or ""
            for change in made.iterchildren(w("lvlOverride")):
                if (start := _value(change, "startOverride")) is not None:
                    starts[list_id, int(change.get(w("ilvl"), "0"))] = int(start)
    style_lists, bases = _styles(parts)
    return Numbering(
        lists=lists,
        abstract_of={list_id: abstract for list_id, abstract in abstract_of.items() if abstract in lists},
        starts=starts,
        style_lists=style_lists,
        style_bases=bases,
    )


def _styles(parts: Mapping[str, bytes]) -> tuple[dict[str, tuple[str, int | None]], dict[str, str]]:
    lists: dict[str, tuple[str, int | None]] = {}
    bases: dict[str, str] = {}
    root = parse(parts["word/styles.xml"]) if "word/styles.xml" in parts else None
    for style in root.iterchildren(w("style")) if root is not None else ():
        name = style.get(w("styleId"), "")
        list_id, level = _list_of(style.find(PPR))
        if list_id is not None:
            lists[name] = (list_id, level)
        if (base := _value(style, "basedOn")) is not None:
            bases[name] = base
    return lists, bases


def _list_of(properties: Element | None) -> tuple[str | None, int | None]:
    found = None if properties is None else properties.find(w("numPr"))
    if found is None:
        return None, None
    level = _value(found, "ilvl")
    return _value(found, "numId"), None if level is None else int(level)


def _level(element: Element) -> tuple[int, Level]:
    restart = _value(element, "lvlRestart")
    return int(element.get(w("ilvl"), "0")), Level(
        start=int(_value(element, "start") or "1"),
        shape=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText") or "",
        style=_value(element, "pStyle"),
        restarts_after=None if restart is None else int(restart),
    )


def _value(element: Element, name: str) -> str | None:
    found = element.find(w(name))
    return None if found is None else found.get(VAL)
