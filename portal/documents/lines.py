"""The paragraphs of a Word file as (label, text, style), in order: what the review of a text reads.

Deleted text and instructions of fields are no text; a line break is a space. Places in words are `review.placed`'s.
"""

import re
from collections.abc import Iterator
from typing import Final

from portal.documents import numbering, package
from portal.documents.wordxml import TBL, TC, TR, Element, P, T, parse, style_of, w

_EMBLEM: Final = re.compile(r"\bgaruda\b|\blambang\s+negara\b", re.IGNORECASE)
_MAIN: Final = "word/document.xml"
_BREAKS: Final = frozenset({w("br"), w("cr"), w("tab")})
_DESCRIBED: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def pieces(content: bytes) -> tuple[tuple[str, str, str], ...]:
    """Give every paragraph of the text, those in tables row by row and cell by cell; the cells of one row are one.

    A row whose cells hold one paragraph each becomes a single piece, joined by " | ": a table of names and offices
    then reads as the sentence it is.
    """
    parts = package.unpack(content)
    root = parse(parts[_MAIN])
    return tuple(_walk(root, dict(numbering.read(parts).walk(root))))


def descriptions(content: bytes) -> tuple[str, ...]:
    """Give the alternative texts of the pictures in the text, the sign of a logo or of the state emblem."""
    root = parse(package.unpack(content)[_MAIN])
    return tuple(text for node in root.iter(_DESCRIBED) if (text := node.get("descr") or node.get("name") or ""))


def shows_emblem(content: bytes) -> bool:
    """Tell whether a picture in the text says that it is the state emblem (design: domain §1.1, UU 24/2009)."""
    pictures = parse(package.unpack(content)[_MAIN]).iter(_DESCRIBED)
    return any(_EMBLEM.search(f"{node.get('descr', '')} {node.get('name', '')}") for node in pictures)


def _walk(root: Element, numbers: dict[Element, numbering.Numbered | None]) -> Iterator[tuple[str, str, str]]:
    rows: set[Element] = set()
    for paragraph in root.iter(P):
        row = _row_of(paragraph)
        if row is None:
            yield _piece(paragraph, numbers)
        elif row not in rows:
            rows.add(row)
            yield from _of_row(row, numbers)


def _row_of(node: Element) -> Element | None:
    """Return the row of a table that a node lies in; one that holds another table is no row of names and offices."""
    row = next(node.iterancestors(TR), None)
    return None if row is None or next(row.iter(TBL), None) is not None else row


def _of_row(row: Element, numbers: dict[Element, numbering.Numbered | None]) -> Iterator[tuple[str, str, str]]:
    cells = [[_piece(one, numbers) for one in cell.iter(P)] for cell in row.iterchildren(TC)]
    if any(len(cell) > 1 for cell in cells) or len(cells) < 3:  # noqa: PLR2004 - side by side is two
        yield from (piece for cell in cells for piece in cell)
        return
    told = [piece for cell in cells for piece in cell]
    label = next((own for own, _, _ in told if own), "")
    yield label, " | ".join(text for _, text, _ in told if text), next((style for _, _, style in told if style), "")


def _piece(paragraph: Element, numbers: dict[Element, numbering.Numbered | None]) -> tuple[str, str, str]:
    numbered = numbers.get(paragraph)
    said = "".join(
        (node.text or "") if node.tag == T else " " if node.tag in _BREAKS else ""
        for node in paragraph.iter(T, *_BREAKS)
        if next(node.iterancestors(P), None) is paragraph
    )
    return numbered.label if numbered else "", " ".join(said.split()), style_of(paragraph) or ""
