"""The paragraphs of a Word file as (label, text, style), in order: what the review of a text reads.

Deleted text and instructions of fields are no text; a line break is a space. Places in words are `review.placed`'s.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from portal.documents import numbering, package
from portal.documents.wordxml import TBL, TC, TR, Element, P, T, parse, style_of, w

_EMBLEM: Final = re.compile(r"\bgaruda\b|\blambang\s+negara\b", re.IGNORECASE)
_MAIN: Final = "word/document.xml"
_BESIDE: Final = re.compile(r"word/(?P<kind>header|footer|footnotes|endnotes)\d*\.xml")
_BREAKS: Final = frozenset({w("br"), w("cr"), w("tab")})
_DESCRIBED: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"

Piece = tuple[str, str, str]
"""A paragraph, or a row of names: label, text, style."""


def pieces(content: bytes) -> tuple[Piece, ...]:
    """Give every paragraph of the text, those in tables row by row and cell by cell; the cells of one row are one.

    A row whose cells hold one paragraph each becomes a single piece, joined by " | ": a table of names and offices
    then reads as the sentence it is.
    """
    return tuple(_of_part(package.unpack(content), _MAIN))


def beside(content: bytes) -> tuple[tuple[str, Piece], ...]:
    """Give the paragraphs beside the text with the kind of their part: header, footer, footnotes, endnotes."""
    parts = package.unpack(content)
    found = [(name, kind["kind"]) for name in sorted(parts) if (kind := _BESIDE.fullmatch(name))]
    return tuple((kind, piece) for name, kind in found for piece in _of_part(parts, name))


def _of_part(parts: Mapping[str, bytes], name: str) -> Iterator[Piece]:
    root = parse(parts[name])
    return _walk(root, dict(numbering.read(parts).walk(root)))


def descriptions(content: bytes) -> tuple[str, ...]:
    """Give the alternative texts of the pictures in the text, the sign of a logo or of the state emblem."""
    root = parse(package.unpack(content)[_MAIN])
    return tuple(text for node in root.iter(_DESCRIBED) if (text := node.get("descr") or node.get("name") or ""))


def shows_emblem(content: bytes) -> bool:
    """Tell whether a picture anywhere says that it is the state emblem (design: domain §1.1, UU 24/2009)."""
    roots = (parse(part) for name, part in package.unpack(content).items() if name == _MAIN or _BESIDE.fullmatch(name))
    pictures = (node for root in roots for node in root.iter(_DESCRIBED))
    return any(_EMBLEM.search(f"{node.get('descr', '')} {node.get('name', '')}") for node in pictures)


def _walk(root: Element, numbers: dict[Element, numbering.Numbered | None]) -> Iterator[Piece]:
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


def _of_row(row: Element, numbers: dict[Element, numbering.Numbered | None]) -> Iterator[Piece]:
    cells = [[_piece(one, numbers) for one in cell.iter(P)] for cell in row.iterchildren(TC)]
    if any(len(cell) > 1 for cell in cells) or len(cells) < 3:  # noqa: PLR2004 - side by side is two
        yield from (piece for cell in cells for piece in cell)
        return
    told = [piece for cell in cells for piece in cell]
    label = next((own for own, _, _ in told if own), "")
    yield label, " | ".join(text for _, text, _ in told if text), next((style for _, _, style in told if style), "")


def _piece(paragraph: Element, numbers: dict[Element, numbering.Numbered | None]) -> Piece:
    numbered = numbers.get(paragraph)
    said = "".join(
        (node.text or "") if node.tag == T else " " if node.tag in _BREAKS else ""
        for node in paragraph.iter(T, *_BREAKS)
        if next(node.iterancestors(P), None) is paragraph
    )
    return numbered.label if numbered else "", " ".join(said.split()), style_of(paragraph) or ""
