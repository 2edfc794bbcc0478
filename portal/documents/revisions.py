"""Who changed a Word file under track changes and who remarked on it, counted by author.

One place counts once: the pieces into which Word tears an insertion stand under one element, and the sign of an
inserted paragraph counts only where nothing else in it changed. Nothing is accepted or rejected here.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from portal.documents.wordxml import RPR, TRPR, Element, P, parse, w
from portal.domain.rendition import Remarks, Tracked

_TEXT_PARTS: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_COMMENTS: Final = "word/comments.xml"
_AUTHOR: Final = w("author")
_KINDS: Final[Mapping[str, str]] = {
    w("ins"): "inserted",
    w("cellIns"): "inserted",
    w("del"): "deleted",
    w("cellDel"): "deleted",
    w("moveTo"): "moved",
    **{
        w(f"{name}Change"): "formatted"
        for name in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "trPr", "tcPr", "tblGrid", "numbering")
    },
    w("cellMerge"): "formatted",
}
"""What each mark says; what was moved is counted where it went to, not where it came from."""

_MARKS: Final = frozenset({w("ins"), w("del"), w("moveTo")})


def tracked(parts: Mapping[str, bytes]) -> tuple[Tracked, ...]:
    """Count the tracked changes of all texts of a file that has passed the gate, by author, most first."""
    counts: dict[str, Counter[str]] = {}
    for name in sorted(filter(_TEXT_PARTS.fullmatch, parts)):
        for change in _changes(parse(parts[name])):
            counts.setdefault(change.get(_AUTHOR, ""), Counter())[_KINDS[str(change.tag)]] += 1
    found = sorted(counts.items(), key=lambda pair: (-pair[1].total(), pair[0]))
    return tuple(Tracked(author=author, **kinds) for author, kinds in found)


def remarks(parts: Mapping[str, bytes]) -> tuple[Remarks, ...]:
    """Count the comments of a file that has passed the gate, by author, most first."""
    if _COMMENTS not in parts:
        return ()
    counts = Counter(one.get(_AUTHOR, "") for one in parse(parts[_COMMENTS]).iter(w("comment")))
    return tuple(Remarks(author=author, count=n) for author, n in sorted(counts.items(), key=lambda p: (-p[1], p[0])))


def _changes(root: Element) -> Iterator[Element]:
    """Yield every change once, in reading order but for the signs of paragraphs, which come last."""
    signs: list[Element] = []
    told: set[tuple[Element | None, str]] = set()
    for node in root.iter(*_KINDS):
        holder = node.getparent()
        if node.tag not in _MARKS or holder is None:
            yield node
        elif holder.tag == RPR:
            signs.append(node)
        elif holder.tag != TRPR and not _is_inside_its_like(node):
            told.add((_paragraph_of(node), str(node.tag)))
            yield node
    for node in signs:
        key = (_paragraph_of(node), str(node.tag))
        if key not in told:
            told.add(key)
            yield node


def _is_inside_its_like(node: Element) -> bool:
    return any(above.tag == node.tag and above.get(_AUTHOR) == node.get(_AUTHOR) for above in node.iterancestors())


def _paragraph_of(node: Element) -> Element | None:
    return next(node.iterancestors(P), None)
