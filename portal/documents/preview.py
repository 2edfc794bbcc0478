"""What a Word file says, with every number, as plain pieces for a page or for a comparison; never markup.

Pages and looks of the paper are not shown (design: documents §6); whoever prints the pieces escapes them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from typing import Final

from portal.documents import gate, numbering, tracing
from portal.documents.numbering import Numbered
from portal.documents.wordxml import PPR, RPR, TBL, TC, TR, VAL, Element, P, R, parse, style_of, w

_MAIN: Final = "word/document.xml"
_INLINE: Final = frozenset(
    {w(name) for name in ("hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo")}
)
_WRAPPERS: Final = frozenset({w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("del")})
_CHANGES: Final[Mapping[str, str]] = {
    w("ins"): "ins",
    w("moveTo"): "ins",
    w("del"): "del",
    w("moveFrom"): "del",
}
_SIGNS: Final[Mapping[str, str]] = {
    w("tab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "",
    w("sym"): "",
}
_TEXTS: Final = frozenset({w("t"), w("delText")})
_PICTURES: Final = frozenset({w("drawing"), w("pict")})
_OFF: Final = frozenset({"0", "false", "off", "none"})
_BOX: Final = w("txbxContent")
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MOST_NESTED: Final = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A stretch of text of one look.

    `mark` is "missing" for what is not known yet, "highlight" for other marked text; `change` is "ins" or "del"
    for a tracked change; `source` is the number of the value's source in a traced draft.
    """

    text: str
    mark: str = ""
    change: str = ""
    is_bold: bool = False
    is_italic: bool = False
    source: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A paragraph or a table, in the order of the text.

    `kind` is "title" (centred bold), "centred", "article" (a Pasal, a Bab), "item" (any other number), "text",
    "picture" or "table"; `level` counts the numbers above its own, 0 without; `rows` are the cells of a table, each a
    tuple of blocks.
    """

    kind: str
    level: int = 0
    label: str = ""
    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[tuple["Block", ...], ...], ...] = ()

    @property
    def text(self) -> str:
        """The words as they would be after accepting every change, without the label."""
        return "".join(piece.text for piece in self.pieces if piece.change != "del")


def blocks(content: bytes, *, is_traced: bool = False) -> tuple[Block, ...]:
    """Give the text of a Word file block by block; raises FileRefused.

    `is_traced` is only for a draft that `render` traced.
    """
    parts = gate.check(content)
    root = parse(parts[_MAIN])
    reader = _Reader(dict(numbering.read(parts).walk(root)), _styles(parts), is_traced=is_traced)
    body = root.find(w("body"))
    return tuple(reader.blocks(body)) if body is not None else ()


def text(content: bytes) -> str:
    """Give the text of a Word file, a line for each paragraph with its label and for each row of a table."""
    return "\n".join(line for block in blocks(content) for line in lines(block))


def lines(block: Block) -> Iterator[str]:
    """Write one block as lines of plain text."""
    if block.kind != "table":
        joined = " ".join(part for part in (block.label, " ".join(block.text.split())) if part)
        if joined:
            yield joined
        return
    for row in block.rows:
        cells = (" ".join(line for inner in cell for line in lines(inner)) for cell in row)
        if joined := " | ".join(cells).strip(" |"):
            yield joined


@dataclass(frozen=True, kw_only=True, slots=True)
class _Look:
    """What a paragraph style says that the preview shows."""

    is_bold: bool = False
    is_centred: bool = False


class _Reader:
    """Reads the tree of a document once, top down."""

    def __init__(
        self, numbers: Mapping[Element, Numbered | None], looks: Mapping[str, _Look], *, is_traced: bool
    ) -> None:
        self._numbers = numbers
        self._looks = looks
        self._is_traced = is_traced

    def blocks(self, parent: Element, *, depth: int = 0) -> Iterator[Block]:
        for node in parent:
            if node.tag == P:
                yield self._paragraph(node)
                yield from self._boxes(node, depth)
            elif node.tag == TBL and depth < _MOST_NESTED:
                yield self._table(node, depth)
            elif node.tag in _WRAPPERS:
                yield from self.blocks(node, depth=depth)

    def _boxes(self, paragraph: Element, depth: int) -> Iterator[Block]:
        """Give what stands in text boxes after the paragraph that holds them, once."""
        for box in paragraph.iter(_BOX) if depth < _MOST_NESTED else ():
            if not any(above.tag in {_FALLBACK, _BOX} for above in _up_to(box, paragraph)):
                yield from self.blocks(box, depth=depth + 1)

    def _table(self, table: Element, depth: int) -> Block:
        rows = (
            tuple(tuple(self.blocks(cell, depth=depth + 1)) for cell in _below(row, TC)) for row in _below(table, TR)
        )
        return Block(kind="table", rows=tuple(row for row in rows if row))

    def _paragraph(self, paragraph: Element) -> Block:
        numbered = self._numbers.get(paragraph)
        look = self._looks.get(style_of(paragraph) or "", _Look())
        found = _pieces(paragraph, is_bold=look.is_bold)
        pieces = tuple(_joined(_traced(found) if self._is_traced else found))
        return Block(
            kind=_kind(paragraph, numbered, look, pieces),
            level=len(numbered.above) if numbered else 0,
            label=numbered.label if numbered else "",
            pieces=pieces,
        )


def _kind(paragraph: Element, numbered: Numbered | None, look: _Look, pieces: tuple[Piece, ...]) -> str:
    if numbered is not None and numbered.label:
        is_head = numbered.level == 0 and numbered.label[:1].isalpha() and " " in numbered.label
        return "article" if is_head else "item"
    said = [piece for piece in pieces if piece.text.strip()]
    if not said:
        return "picture" if next(paragraph.iter(*_PICTURES), None) is not None else "text"
    own = paragraph.find(f"{PPR}/{w('jc')}")
    is_centred = look.is_centred if own is None else own.get(VAL) == "center"
    if not is_centred:
        return "text"
    return "title" if all(piece.is_bold for piece in said) else "centred"


def _up_to(node: Element, root: Element) -> Iterator[Element]:
    return takewhile(lambda above: above is not root, node.iterancestors())


def _below(parent: Element, tag: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, also those in a wrapper, not those of an inner table."""
    for node in parent:
        if node.tag == tag:
            yield node
        elif node.tag in _WRAPPERS:
            yield from _below(node, tag)


def _pieces(parent: Element, *, is_bold: bool, change: str = "") -> Iterator[Piece]:
    """Yield the text of a paragraph; the instructions of fields are no text."""
    for node in parent:
        if node.tag == R:
            yield from _run(node, is_bold=is_bold, change=change)
        elif node.tag in _CHANGES:
            yield from _pieces(node, is_bold=is_bold, change=_CHANGES[node.tag])
        elif node.tag in _INLINE:
            yield from _pieces(node, is_bold=is_bold, change=change)


def _run(run: Element, *, is_bold: bool, change: str) -> Iterator[Piece]:
    said = "".join((node.text or "") if node.tag in _TEXTS else _SIGNS.get(node.tag, "") for node in run)
    if not said:
        return
    look = run.find(RPR)
    bold, italic, highlight = is_bold, False, ""
    if look is not None:
        bold = _is_on(look.find(w("b")), otherwise=is_bold)
        italic = _is_on(look.find(w("i")), otherwise=False)
        shade = look.find(w("highlight"))
        highlight = "" if shade is None or shade.get(VAL) in _OFF else "highlight"
    yield _marked(Piece(text=said, mark=highlight, change=change, is_bold=bold, is_italic=italic))


def _marked(piece: Piece) -> Piece:
    """Take highlighted text in brackets for something missing."""
    is_missing = piece.mark and piece.text.lstrip().startswith("[") and piece.text.rstrip().endswith("]")
    return replace(piece, mark="missing") if is_missing else piece


def _traced(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Split where a value begins and ends."""
    for piece in pieces:
        yield from (_marked(replace(piece, text=said, source=source)) for said, source in tracing.split(piece.text))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Join neighbours of one look: Word splits text over runs as it likes."""
    for (mark, change, is_bold, is_italic, source), group in groupby(pieces, key=_look_of):
        said = "".join(piece.text for piece in group)
        yield Piece(text=said, mark=mark, change=change, is_bold=is_bold, is_italic=is_italic, source=source)


def _look_of(piece: Piece) -> tuple[str, str, bool, bool, int | None]:
    return piece.mark, piece.change, piece.is_bold, piece.is_italic, piece.source


def _styles(parts: Mapping[str, bytes]) -> dict[str, _Look]:
    if "word/styles.xml" not in parts:
        return {}
    made = {}
    for style in parse(parts["word/styles.xml"]).iterchildren(w("style")):
        centred = style.find(f"{PPR}/{w('jc')}")
        made[style.get(w("styleId"), "")] = _Look(
            is_bold=_is_on(style.find(f"{RPR}/{w('b')}"), otherwise=False),
            is_centred=centred is not None and centred.get(VAL) == "center",
        )
    return made


def _is_on(switch: Element | None, *, otherwise: bool) -> bool:
    return otherwise if switch is None else switch.get(VAL, "1") not in _OFF
