"""Lists that begin anew within a text: each restart gets a list of its own, copied from the one it continues.

The copy is one of the abstract list too, so that no reader shares counters (design: documents §3.4).
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from portal.documents.markup import HEAD, Markup
from portal.documents.numbering import Numbering
from portal.documents.steps import Opening
from portal.documents.wordxml import Element, parse, w

PART: Final = "word/numbering.xml"
_ABSTRACT: Final = w("abstractNumId")
_NUMBER: Final = w("numId")
_PLACE_OF_NUMBER: Final = "@number@"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lists:
    """The numbering part cut where copies go: before the first instance, and at the end."""

    head: str
    middle: str
    tail: str
    copies: Mapping[str, str]
    first_abstract: int
    first_number: int


def read(content: bytes, known: Numbering) -> Lists:
    """Prepare the numbering part of a template whose lists are to be begun anew."""
    root = parse(content)
    markup = Markup(root)
    abstracts = list(root.iterchildren(w("abstractNum")))
    numbers = list(root.iterchildren(w("num")))
    others = [child for child in root if child.tag not in {w("abstractNum"), w("num")}]
    before = [child for child in others if child.tag == w("numPicBullet")]
    written = {abstract.get(_ABSTRACT, ""): markup.whole(_copy(abstract)) for abstract in abstracts}
    return Lists(
        head=HEAD + markup.opening(root, declare=True) + "".join(map(markup.whole, [*before, *abstracts])),
        middle="".join(map(markup.whole, numbers)),
        tail="".join(markup.whole(child) for child in others if child not in before) + markup.closing(root),
        copies={list_id: written[abstract] for list_id, abstract in known.abstract_of.items() if abstract in written},
        first_abstract=max((int(one.get(_ABSTRACT, "0")) for one in abstracts), default=0) + 1,
        first_number=max((int(one.get(_NUMBER, "0")) for one in numbers), default=0) + 1,
    )


def _copy(abstract: Element) -> Element:
    """Copy a list without what ties it to styles or makes Word take it for the same list."""
    made = deepcopy(abstract)
    made.set(_ABSTRACT, _PLACE_OF_NUMBER)
    for name in ("nsid", "tmpl", "styleLink", "name"):
        for child in made.findall(w(name)):
            made.remove(child)
    for level in made.iterchildren(w("lvl")):
        for child in level.findall(w("pStyle")):
            level.remove(child)
    return made


class Restarts:
    """The lists that one draft began anew."""

    def __init__(self, lists: Lists | None) -> None:
        """Begin a draft; `lists` is None when its template restarts nothing."""
        self._lists = lists
        self._abstracts: list[str] = []
        self._numbers: list[str] = []
        self._current: dict[str, tuple[int, int]] = {}

    def numbered(self, opening: Opening, *, again: bool) -> str:
        """Give the markup that ties a paragraph to its restarted list; "" while its own list goes on."""
        if self._lists is None or opening.list_id not in self._lists.copies:
            return ""
        if again:
            self._current[opening.list_id] = (opening.level, self._add(opening.list_id))
        level, number = self._current.get(opening.list_id, (0, 0))
        if number and opening.level < level:
            del self._current[opening.list_id]
            return ""
        if not number:
            return ""
        return f'<w:numPr><w:ilvl w:val="{opening.level}"/><w:numId w:val="{number}"/></w:numPr>'

    def part(self) -> str | None:
        """Write the numbering part with the new lists; None when there are none."""
        if self._lists is None or not self._numbers:
            return None
        lists = self._lists
        return "".join([lists.head, *self._abstracts, lists.middle, *self._numbers, lists.tail])

    def _add(self, list_id: str) -> int:
        lists = self._lists
        if lists is None:
            return 0
        abstract, number = lists.first_abstract + len(self._abstracts), lists.first_number + len(self._numbers)
        self._abstracts.append(lists.copies[list_id].replace(_PLACE_OF_NUMBER, str(abstract), 1))
        self._numbers.append(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>')
        return number
