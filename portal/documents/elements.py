"""Turns the elements of a template into steps: paragraphs, runs, tables, rows, cells, and whatever else holds text.

Tags and blocks are read by `program`, which builds on this.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from portal.documents import fields, row_blocks, tags
from portal.documents.location import Located
from portal.documents.markup import TEXT_CLOSE, TEXT_OPEN, Markup, escaped_constant, is_dropped
from portal.documents.reading import Reading
from portal.documents.schema import Shape
from portal.documents.spots import spot
from portal.documents.steps import (
    Bookmark,
    Cell,
    CellWidth,
    Closing,
    DrawingNumber,
    Field,
    Grid,
    Kept,
    ListSlot,
    Opening,
    Paragraph,
    Raw,
    Reference,
    RowOfShared,
    SharedWidth,
    Step,
    Steps,
    Text,
)
from portal.documents.wordxml import (
    DRAWING,
    PPR,
    RPR,
    SECTPR,
    SETTINGS_OF,
    TBL,
    TC,
    TCPR,
    TR,
    Element,
    P,
    R,
    T,
    text_of,
    w,
)

Names = Mapping[str, Shape]

_BEFORE_LIST: Final = frozenset(
    map(w, ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"))
)
_IN_TEXT: Final = frozenset(map(w, ("br", "tab", "noBreakHyphen", "softHyphen", "cr", "sym")))
_MARKS: Final = frozenset({w("bookmarkStart"), w("bookmarkEnd")})
_GRID: Final = w("tblGrid")
_NUMPR: Final = w("numPr")
_WIDTH: Final = w("tcW")
_PICTURE: Final = f"{{{DRAWING}}}docPr"
_SEEN: Final = (T, w("drawing"), w("pict"), w("fldChar"), w("fldSimple"), w("object"))


class Elements(ABC):
    """Builds the steps of one part; `loops` is how many loops are open around the place that is read."""

    def __init__(self, reading: Reading, located: Located, markup: Markup) -> None:
        """Begin a part; what the parts of one template share is in `reading`."""
        self.reading = reading
        self.located = located
        self.markup = markup
        self.loops = 0
        self._sharing: list[bool] = []
        self._results: dict[Element, Field | None] = {}

    @abstractmethod
    def sequence(self, children: Iterable[Element], names: Names) -> list[Step]:
        """Build the children of one parent, blocks among them."""

    @abstractmethod
    def numbered(self, element: Element, opening: Opening) -> None:
        """Take note of a numbered paragraph, for the rules about lists in loops."""

    def plain(self, element: Element, names: Names) -> list[Step]:
        """Build an element that is no tag."""
        if is_dropped(element):
            return []
        builders = {P: self._paragraph, R: self._run, TBL: self._table, TR: self._row, TC: self._cell}
        if (build := builders.get(element.tag)) is not None:
            return build(element, names)
        return self._other(element, names)

    def _paragraph(self, element: Element, names: Names) -> list[Step]:
        has_tags = "{" in tags.own_text(element)
        found = fields.references(element, self.markup)
        self._results.update(found)
        self.reading.fields |= {one.bookmark for one in found.values() if one is not None}
        properties = element.find(PPR)
        opening = spot(element, self.reading.numbering)
        body = self.sequence((child for child in element if child.tag != PPR), names)
        steps = [*self._head(element, properties, opening), *body]
        if opening is not None and opening.list_id:
            self.numbered(element, opening)
            self.reading.openings.append(opening)
            if self.reading.has_references:
                steps.append(Closing(opening=opening))
        steps.append(Raw(markup="</w:p>"))
        if not has_tags or _is_seen(body) or (properties is not None and properties.find(SECTPR) is not None):
            return steps
        return [Paragraph(body=steps)]

    def _head(self, element: Element, properties: Element | None, opening: Opening | None) -> Iterator[Step]:
        yield Raw(markup=self.markup.opening(element))
        if opening is not None and opening.list_id and self.reading.has_restarts:
            yield from self._listed(properties)
        elif properties is not None:
            yield Raw(markup=self.markup.whole(properties))
        if opening is not None:
            yield opening

    def _listed(self, properties: Element | None) -> Iterator[Step]:
        """Write the properties of a paragraph with a slot where a new list may be named."""
        children = [] if properties is None else [child for child in properties if child.tag != _NUMPR]
        own = None if properties is None else properties.find(_NUMPR)
        before = [child for child in children if child.tag in _BEFORE_LIST]
        after = [child for child in children if child.tag not in _BEFORE_LIST]
        yield Raw(markup=f"<w:pPr>{''.join(map(self.markup.whole, before))}")
        yield ListSlot(markup="" if own is None else self.markup.whole(own))
        yield Raw(markup=f"{''.join(map(self.markup.whole, after))}</w:pPr>")

    def _run(self, run: Element, names: Names) -> list[Step]:
        if run in self._results:
            found = self._results.pop(run)
            return [] if found is None else [found]
        contents = [node for node in run if node.tag != RPR and not is_dropped(node)]
        if not contents:
            return []
        if all(node.tag == T or node.tag in _IN_TEXT for node in contents):
            return [self._text(run, contents)]
        look = self.markup.look(run).plain
        steps: list[Step] = [Raw(markup=f"<w:r>{look}", shown=True)]
        for node in contents:
            steps += self._other(node, names)
        return [*steps, Raw(markup="</w:r>")]

    def _text(self, run: Element, contents: list[Element]) -> Text:
        pieces = [
            escaped_constant(node.text or "") if node.tag == T else f"{TEXT_CLOSE}{self.markup.whole(node)}{TEXT_OPEN}"
            for node in contents
        ]
        shown = any((node.text or "").strip() for node in contents) or any(node.tag == w("sym") for node in contents)
        return Text(look=self.markup.look(run), markup="".join(pieces), shown=shown)

    def _other(self, element: Element, names: Names) -> list[Step]:
        if element.tag in _MARKS:
            return [self._bookmark(element)]
        if element.tag == w("footnoteReference") and self.loops:
            self.reading.note_in_loop(self.located, element)
        if element.tag == _PICTURE:
            return self._picture(element)
        if not len(element) or not _has_slots(element):
            return [Raw(markup=self.markup.whole(element), shown=next(element.iter(*_SEEN), None) is not None)]
        return [
            Raw(markup=self.markup.opening(element)),
            *self.sequence(element, names),
            Raw(markup=self.markup.closing(element)),
        ]

    def _picture(self, element: Element) -> list[Step]:
        rest = self.markup.attributes(element, without="id")
        inside = self.markup.inside(element)
        name = self.markup.name(element.tag)
        return [Raw(markup=f'<{name} id="'), DrawingNumber(), Raw(markup=f'"{rest}>{inside}</{name}>')]

    def _bookmark(self, element: Element) -> Step:
        opens = element.tag == w("bookmarkStart")
        key, name = element.get(w("id"), ""), element.get(w("name"), "")
        if self.loops:
            return Bookmark(key=f"{self.located.part}#{key}", name=name, opens=opens)
        number = self.reading.bookmark_number(self.located.part, key)
        if opens:
            return Raw(markup=f'<w:bookmarkStart w:id="{number}" w:name="{escaped_constant(name)}"/>')
        return Raw(markup=f'<w:bookmarkEnd w:id="{number}"/>')

    def _table(self, table: Element, names: Names) -> list[Step]:
        rows = [row for row in table if row.tag == TR]
        shares = any(tags.alone(cell) for row in rows if not tags.alone(row) for cell in row if cell.tag == TC)
        settings = [child for child in table if child.tag in SETTINGS_OF]
        self._sharing.append(shares)
        for row in rows:
            row_blocks.lift(self.located, row)
        body = self.sequence((child for child in table if child.tag not in SETTINGS_OF), names)
        self._sharing.pop()
        head = "<w:tbl>" + "".join(self.markup.whole(child) for child in settings if child.tag != _GRID or not shares)
        if shares:
            total = sum(int(column.get(w("w"), "0")) for column in table.iterfind(f"{_GRID}/{w('gridCol')}"))
            kept = Kept(head=head, body=[Grid(), *body], tail="</w:tbl>")
            return [SharedWidth(total=total, body=[kept])]
        if any(isinstance(step, Raw) and step.markup.startswith("<w:tr") for step in body):
            return [Raw(markup=head), *body, Raw(markup="</w:tbl>")]
        return [Kept(head=head, body=body, tail="</w:tbl>")]

    def _row(self, row: Element, names: Names) -> list[Step]:
        head = self.markup.opening(row)
        head += "".join(self.markup.whole(child) for child in row if child.tag in SETTINGS_OF)
        body = self.sequence((child for child in row if child.tag not in SETTINGS_OF), names)
        if self._sharing and self._sharing[-1]:
            return [RowOfShared(), Kept(head=head, body=body, tail="</w:tr>")]
        return [Raw(markup=head), *body, Raw(markup="</w:tr>")]

    def _cell(self, cell: Element, names: Names) -> list[Step]:
        properties = cell.find(TCPR)
        settings = [] if properties is None else list(properties)
        head: list[Step] = [Raw(markup="<w:tc><w:tcPr>")]
        if self._sharing and self._sharing[-1]:
            head.append(CellWidth())
            settings = [child for child in settings if child.tag != _WIDTH]
        head.append(Raw(markup="".join(map(self.markup.whole, settings)) + "</w:tcPr>"))
        self._sharing.append(False)
        body = self.sequence((child for child in cell if child.tag != TCPR), names)
        self._sharing.pop()
        if len(body) == 1 and isinstance(body[0], Paragraph) and not any(_is_numbered(step) for step in body[0].body):
            body = list(body[0].body)
        if body and isinstance(body[-1], Raw) and body[-1].markup == "</w:p>":
            return [*head, *body, Raw(markup="</w:tc>")]
        return [*head, Cell(body=body, otherwise=_empty(cell, self.markup, self.reading)), Raw(markup="</w:tc>")]


def _empty(cell: Element, markup: Markup, reading: Reading) -> str:
    """Write an empty paragraph that looks like the first of a cell."""
    first = next(cell.iter(P), None)
    properties = None if first is None else first.find(PPR)
    if first is None or properties is None or reading.numbering.place(first) is not None:
        return "<w:p/>"
    return f"<w:p>{markup.whole(properties)}</w:p>"


def _is_seen(steps: Steps) -> bool:
    """Tell whether something of a paragraph is seen whatever the values are."""
    return any(isinstance(step, Reference | Field) or (isinstance(step, Raw | Text) and step.shown) for step in steps)


def _is_numbered(step: Step) -> bool:
    return isinstance(step, Opening) and bool(step.list_id)


def _has_slots(element: Element) -> bool:
    """Tell whether anything below an element changes from draft to draft."""
    return "{" in text_of(element) or next(element.iter(P, _PICTURE, *_MARKS, R), None) is not None
