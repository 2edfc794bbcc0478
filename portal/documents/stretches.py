"""The fields of a paragraph as Word keeps them: the instruction and the runs that show its result.

Reading only; what an instruction means is the business of whoever asks (`recount`, `typed`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from portal.documents.wordxml import Element, R, T, text_of, w

_FLD_CHAR: Final = w("fldChar")
_SIMPLE: Final = w("fldSimple")
_INSTRUCTION: Final = w("instrText")


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A stretch of a paragraph: plain text (no instruction) or one field with the runs of its result."""

    text: str
    instruction: str = ""
    results: Sequence[Element] = ()


def pieces(paragraph: Element) -> tuple[Piece, ...]:
    """Split a paragraph into its text and its fields, in order; the fields inside a field count as its result."""
    made: list[Piece] = []
    open_fields: list[_Open] = []
    for node in _nodes(paragraph):
        if node.tag == _SIMPLE:
            made.append(Piece(text=text_of(node), instruction=node.get(w("instr"), ""), results=tuple(node.iter(R))))
            continue
        mark = node.find(_FLD_CHAR)
        if mark is None:
            _take(node, open_fields, made)
            continue
        kind = mark.get(w("fldCharType"))
        if kind == "begin":
            open_fields.append(_Open())
        elif kind == "separate" and open_fields:
            open_fields[-1].is_result = True
        elif kind == "end" and open_fields:
            _close(open_fields, made)
    return tuple(made)


def set_text(results: Sequence[Element], text: str) -> bool:
    """Write the result of a field into its first text, empty the others; False when there is none to write into."""
    nodes = [node for piece in results for node in piece.iter(T)]
    for node in nodes:
        node.text = ""
    if nodes:
        nodes[0].text = text
    return bool(nodes)


class _Open:
    """A field that has begun and not ended."""

    def __init__(self) -> None:
        self.instruction: list[str] = []
        self.results: list[Element] = []
        self.is_result = False


def _nodes(paragraph: Element) -> Iterator[Element]:
    """Yield the runs and the simple fields of a paragraph; the runs inside a simple field belong to it."""
    for node in paragraph.iter(R, _SIMPLE):
        if node.tag == _SIMPLE or next(node.iterancestors(_SIMPLE), None) is None:
            yield node


def _take(run: Element, open_fields: list[_Open], made: list[Piece]) -> None:
    if not open_fields:
        made.append(Piece(text=text_of(run)))
    elif open_fields[-1].is_result:
        open_fields[-1].results.append(run)
    else:
        open_fields[-1].instruction += [node.text or "" for node in run.iter(_INSTRUCTION)]


def _close(open_fields: list[_Open], made: list[Piece]) -> None:
    closed = open_fields.pop()
    if open_fields:
        if open_fields[-1].is_result:
            open_fields[-1].results += closed.results
        return
    text = "".join(map(text_of, closed.results))
    made.append(Piece(text=text, instruction="".join(closed.instruction), results=tuple(closed.results)))
