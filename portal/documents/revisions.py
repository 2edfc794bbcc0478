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
    return (node for node in root.iter(*_KINDS) if not _is_said_already(node))


def _is_said_already(node: Element) -> bool:
    """Tell whether a mark repeats what its neighbours say: of a paragraph with other changes, inside another change."""
    holder = node.getparent()
    if holder is None or node.tag not in _MARKS:
        return False
    if holder.tag == TRPR:
        return False
    if holder.tag != RPR:
        return any(above.tag == node.tag and above.get(_AUTHOR) == node.get(_AUTHOR) for above in node.iterancestors())
    paragraph = next(node.iterancestors(P), None)
    others = paragraph.iter(node.tag) if paragraph is not None else ()
    return any(other is not node and other.getparent() is not holder for other in others)
