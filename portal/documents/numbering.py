"""Counts numbered paragraphs as Word does: what "Pasal 8 ayat (2)" is, before Word opens the file.

Reading the lists of a file is here, counting too; what a reference to a number says is in `places`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from portal.documents.wordxml import PPR, VAL, Element, P, parse, style_of, w
from portal.domain import wording

_FORMATS: Final[Mapping[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": wording.letter,
    "upperLetter": lambda number: wording.letter(number).upper(),
    "lowerRoman": lambda number: wording.roman(number).lower(),
    "upperRoman": wording.roman,
    "none": lambda _: "",
    "bullet": lambda _: "",
}
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PLACEHOLDER: Final = re.compile(r"%([1-9])")
_OFF: Final = frozenset({"0", "false", "off"})
_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_MOST_BASES: Final = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """One level of a list as the numbering part describes it; `suffix` is what stands after the label."""

    start: int
    shape: str
    text: str
    style: str | None = None
    restarts_after: int | None = None
    suffix: str = "tab"
    is_legal: bool = False


_Abstract = tuple[Mapping[int, Level], str | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbered:
    """A paragraph with its number: the level, the label as printed, and the numbered paragraphs above it."""

    paragraph: Element
    level: int
    label: str
    above: tuple["Numbered", ...]
    suffix: str = "tab"

    @property
    def chain(self) -> tuple["Numbered", ...]:
        """The paragraphs from the Pasal down to this one."""
        return (*self.above, self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbering:
    """The lists of a document and the styles that are tied to them.

    `lists` holds the levels by the number of the list instance, its own overrides already in them; instances of
    one abstract list count on together (`abstract_of`), but for the levels in `restarted`.
    """

    lists: Mapping[str, Mapping[int, Level]]
    abstract_of: Mapping[str, str]
    restarted: Mapping[str, frozenset[int]]
    style_lists: Mapping[str, tuple[str | None, int | None]]
    style_bases: Mapping[str, str]
    default_style: str | None = None
    _placed: dict[tuple[str | None, str | None, int | None], tuple[str, int] | None] = field(
        default_factory=dict, compare=False, repr=False
    )

    def walk(self, root: Element) -> Iterator[tuple[Element, Numbered | None]]:
        """Yield every paragraph in order, with its number where it has one.

        Paragraphs that stand in a file a second time, for old programs only, are left out.
        """
        counter = Counter(self)
        above: dict[str, dict[int, Numbered]] = {}
        for paragraph in _paragraphs(root):
            place = self.place(paragraph)
            if place is None:
                yield paragraph, None
                continue
            list_id, level = place
            label = counter.next(list_id, level)
            chain = above.setdefault(self.abstract_of[list_id], {})
            for deeper in [known for known in chain if known >= level]:
                del chain[deeper]
            chain[level] = Numbered(
                paragraph=paragraph,
                level=level,
                label=label,
                above=tuple(chain[known] for known in sorted(chain)),
                suffix=self.lists[list_id][level].suffix,
            )
            yield paragraph, chain[level]

    def place(self, paragraph: Element) -> tuple[str, int] | None:
        """Find list and level of a paragraph: its own, else its style's, else that of the style's base."""
        list_id, level = _list_of(paragraph.find(PPR))
        key = (style_of(paragraph), list_id, level)
        if key not in self._placed:
            self._placed[key] = self._place(*key)
        return self._placed[key]

    def _place(self, style: str | None, list_id: str | None, level: int | None) -> tuple[str, int] | None:
        style = style or self.default_style
        for _ in range(_MOST_BASES):
            if style is None or (list_id is not None and level is not None):
                break
            own, at = self.style_lists.get(style, (None, None))
            list_id = own if list_id is None else list_id
            linked = self._level_of(list_id, style) if list_id is not None else None
            level = next((known for known in (level, linked, at) if known is not None), None)
            style = self.style_bases.get(style)
        if list_id is None or list_id not in self.lists:
            return None
        level = level or 0
        return (list_id, level) if level in self.lists[list_id] else None

    def _level_of(self, list_id: str, style: str) -> int | None:
        return next((at for at, level in self.lists.get(list_id, {}).items() if level.style == style), None)


class Counter:
    """Counts the lists of a document from its beginning, one numbered paragraph after the other."""

    def __init__(self, numbering: Numbering) -> None:
        """Start with every list unused."""
        self._numbering = numbering
        self._counts: dict[str, dict[int, int]] = {}
        self._seen: set[str] = set()

    def next(self, list_id: str, level: int) -> str:
        """Count one paragraph and give its label, "Pasal 8", "(2)", "a."."""
        levels = self._numbering.lists[list_id]
        counts = self._counts.setdefault(self._numbering.abstract_of[list_id], {})
        if list_id not in self._seen:
            self._seen.add(list_id)
            for restarted in self._numbering.restarted.get(list_id, ()):
                counts.pop(restarted, None)
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [known for known in counts if known > level]:
            restarts = levels[deeper].restarts_after if deeper in levels else None
            if restarts is None or level < restarts:
                del counts[deeper]
        return _label(levels, counts, level)


def _label(levels: Mapping[int, Level], counts: dict[int, int], level: int) -> str:
    said = levels[level]

    def number(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        if at > level or at not in levels:
            return ""
        shape = "decimal" if said.is_legal else levels[at].shape
        return shown(shape, counts.setdefault(at, levels[at].start))

    return "" if said.shape == "bullet" else _PLACEHOLDER.sub(number, said.text)


def shown(shape: str, number: int) -> str:
    """Write a number in a format of Word's, "lowerLetter"; one that cannot be written so stays digits."""
    try:
        return _FORMATS.get(shape, str)(number)
    except ValueError:
        return str(number)


def _paragraphs(root: Element) -> Iterator[Element]:
    twice = {paragraph for fallback in root.iter(_FALLBACK) for paragraph in fallback.iter(P)}
    return (paragraph for paragraph in root.iter(P) if paragraph not in twice) if twice else root.iter(P)


def read(parts: Mapping[str, bytes]) -> Numbering:
    """Read the numbering and the styles of a document; a document without lists numbers nothing."""
    style_lists, bases, default = _styles(parts)
    root = parse(parts["word/numbering.xml"]) if "word/numbering.xml" in parts else None
    abstracts = {} if root is None else _abstracts(root)
    made = {} if root is None else {num.get(w("numId"), ""): num for num in root.iterchildren(w("num"))}
    lists: dict[str, Mapping[int, Level]] = {}
    abstract_of: dict[str, str] = {}
    restarted: dict[str, frozenset[int]] = {}
    for list_id, num in made.items():
        name, (levels, link) = _abstract_of(num, abstracts)
        if link is not None and (linked := made.get(style_lists.get(link, (None, None))[0] or "")) is not None:
            name, (levels, _) = _abstract_of(linked, abstracts)
        if list_id != "0" and name in abstracts:
            abstract_of[list_id] = name
            lists[list_id], restarted[list_id] = _overridden(levels, num)
    return Numbering(
        lists=lists,
        abstract_of=abstract_of,
        restarted=restarted,
        style_lists=style_lists,
        style_bases=bases,
        default_style=default,
    )


def _abstracts(root: Element) -> dict[str, _Abstract]:
    """Read every abstract list: its levels, and the style whose list it stands for, if any."""
    return {
        abstract.get(w("abstractNumId"), ""): (
            dict(map(_level, abstract.iterchildren(w("lvl")))),
            _value(abstract, "numStyleLink"),
        )
        for abstract in root.iterchildren(w("abstractNum"))
    }


def _abstract_of(num: Element, abstracts: Mapping[str, _Abstract]) -> tuple[str, _Abstract]:
    name = _value(num, "abstractNumId") or ""
    return name, abstracts.get(name, ({}, None))


def _overridden(levels: Mapping[int, Level], num: Element) -> tuple[Mapping[int, Level], frozenset[int]]:
    """Give the levels of one instance with its own changes, and which of them it starts anew."""
    own = dict(levels)
    restarted = set()
    for change in num.iterchildren(w("lvlOverride")):
        at = _whole(change.get(w("ilvl")), 0)
        for redefined in change.iterchildren(w("lvl")):
            own[at] = _level(redefined)[1]
        start = _value(change, "startOverride")
        if start is not None and at in own:
            own[at] = replace(own[at], start=_whole(start, 1))
            restarted.add(at)
    return own, frozenset(restarted)


def _styles(
    parts: Mapping[str, bytes],
) -> tuple[dict[str, tuple[str | None, int | None]], dict[str, str], str | None]:
    lists: dict[str, tuple[str | None, int | None]] = {}
    bases: dict[str, str] = {}
    default = None
    root = parse(parts["word/styles.xml"]) if "word/styles.xml" in parts else None
    for style in root.iterchildren(w("style")) if root is not None else ():
        name = style.get(w("styleId"), "")
        own = _list_of(style.find(PPR))
        if own != (None, None):
            lists[name] = own
        if (base := _value(style, "basedOn")) is not None:
            bases[name] = base
        if style.get(w("type")) == "paragraph" and style.get(w("default"), "0") not in _OFF:
            default = name
    return lists, bases, default


def _list_of(properties: Element | None) -> tuple[str | None, int | None]:
    found = None if properties is None else properties.find(w("numPr"))
    if found is None:
        return None, None
    level = _value(found, "ilvl")
    return _value(found, "numId"), None if level is None else _whole(level, 0)


def _level(element: Element) -> tuple[int, Level]:
    restart = _value(element, "lvlRestart")
    legal = element.find(w("isLgl"))
    return _whole(element.get(w("ilvl")), 0), Level(
        start=_whole(_value(element, "start"), 1),
        shape=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText") or "",
        style=_value(element, "pStyle"),
        restarts_after=None if restart is None else _whole(restart, 0),
        suffix=_value(element, "suff") or "tab",
        is_legal=legal is not None and legal.get(VAL, "1") not in _OFF,
    )


def _value(element: Element, name: str) -> str | None:
    found = element.find(w(name))
    return None if found is None else found.get(VAL)


def _whole(text: str | None, otherwise: int) -> int:
    """Read a number that a careless program may have written as something else."""
    return int(text) if text is not None and _NUMBER.fullmatch(text) else otherwise
