"""What a paragraph is for numbers and places: its list and level, and what a person calls the place it stands in."""

import re
from typing import Final

from portal.documents import places
from portal.documents.numbering import Numbering
from portal.documents.steps import Opening
from portal.documents.tags import own_text
from portal.documents.wordxml import Element, style_of, w

_LABEL: Final = re.compile(r"\{%-?\s*label\s+([a-z][a-z0-9_]*)")
UNNUMBERED: Final = "IsiPasal"


def spot(paragraph: Element, numbering: Numbering) -> Opening | None:
    """Read a paragraph; None when it has no number and names no place."""
    style = style_of(paragraph)
    placed = numbering.place(paragraph)
    kind, name = _kind(style, is_numbered=placed is not None)
    if placed is None and not kind:
        return None
    marks = () if placed is None else tuple(_bookmarks(paragraph))
    labels = () if placed is None else tuple(_LABEL.findall(own_text(paragraph)))
    list_id, level = placed or ("", 0)
    word = places.word(level, style)
    return Opening(list_id=list_id, level=level, kind=kind, name=name, word=word, bookmarks=marks, labels=labels)


def _kind(style: str | None, *, is_numbered: bool) -> tuple[str, str]:
    if is_numbered and style in places.STYLES_OF_PASAL:
        return "pasal", ""
    if style == UNNUMBERED:
        return "isi", ""
    named = places.named(style)
    return ("named", named) if named else ("", "")


def _bookmarks(paragraph: Element) -> list[str]:
    return [mark.get(w("name"), "") for mark in paragraph.iter(w("bookmarkStart"))]
