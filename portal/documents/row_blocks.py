"""Loops that a person opens in the first cell of a row and closes in the last: they repeat the whole row."""

from lxml import etree

from portal.documents import tags
from portal.documents.location import Located
from portal.documents.refusal import TagRefused
from portal.documents.wordxml import TC, TCPR, TR, Element, P, R, T

_OPENERS = frozenset({"for"})
_DEPTHS = {"if": 1, "for": 1, "end": -1}


def lift(located: Located, row: Element) -> None:
    """Move such a pair of tags into rows of their own around the row; every other row stays as it is."""
    cells = list(row.iterchildren(TC))
    if len(cells) < 2 or tags.alone(row):  # noqa: PLR2004 - a block within one cell is its own affair
        return
    first, last = _tag_at(cells[0], 0), _tag_at(cells[-1], -1)
    if first is None or last is None or tags.alone(cells[0]) or tags.alone(cells[-1]):
        return
    if first[1].kind not in _OPENERS or last[1].kind != "end" or _depth(cells[0]) != 1 or _depth(cells[-1]) != -1:
        return
    for (run, tag), before in ((first, True), (last, False)):
        paragraph = next(run.iterancestors(P))
        made = _row_of(row, tag.source)
        located.made_up[made] = paragraph
        run.getparent().remove(run)  # type: ignore[union-attr]  # a run stands in a paragraph
        row.addprevious(made) if before else row.addnext(made)


def _tag_at(cell: Element, place: int) -> tuple[Element, tags.Tag] | None:
    """Give the tag that begins (0) or ends (-1) the text of a cell, with its run."""
    runs = [run for run in cell.iter(R) if (run.findtext(T) or "").strip()]
    if not runs or (source := tags.of_run(runs[place])) is None:
        return None
    tag = _read(source)
    return None if tag is None else (runs[place], tag)


def _depth(cell: Element) -> int:
    """Count the blocks that a cell opens less those it closes."""
    sources = (tags.of_run(run) for run in cell.iter(R))
    read = [_read(source) for source in sources if source is not None]
    return sum(_DEPTHS.get(tag.kind, 0) for tag in read if tag is not None)


def _read(source: str) -> tags.Tag | None:
    try:
        return tags.read(source)
    except TagRefused:
        return None


def _row_of(row: Element, source: str) -> Element:
    made = row.makeelement(TR)
    cell = etree.SubElement(made, TC)
    etree.SubElement(cell, TCPR)
    etree.SubElement(etree.SubElement(etree.SubElement(cell, P), R), T).text = source
    return made
