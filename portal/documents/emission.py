"""Prints the steps of a template with the values of one snapshot; what is missing gets a visible mark."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from portal.documents.expression import Expression, Scope, is_missing
from portal.documents.refusal import TemplateRefused
from portal.documents.steps import Choice, Fixed, Holder, Label, Loop, Reference, Steps, Value
from portal.documents.wordxml import (
    RPR,
    SECTPR,
    SETTINGS_OF,
    TBL,
    TC,
    TCPR,
    TR,
    VAL,
    Element,
    P,
    R,
    T,
    run,
    w,
)
from portal.domain import wording
from portal.domain.marking import N_

MOST_PASSES: Final = 20_000
"""Passes of all loops of one draft together; more is a mistake, not an agreement (design: documents §8.2)."""

_AFTER_HIGHLIGHT: Final = tuple(
    w(name)
    for name in (
        "u",
        "effect",
        "bdr",
        "shd",
        "fitText",
        "vertAlign",
        "rtl",
        "cs",
        "em",
        "lang",
        "eastAsianLayout",
    )
)
_SEEN: Final = (T, w("drawing"), w("pict"), w("fldChar"), w("fldSimple"), w("object"), SECTPR)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A place where a value is missing: the run that says so, the name and the label of the value."""

    run: Element
    name: str
    label: str


@dataclass(kw_only=True, slots=True)
class Emission:
    """One printing: collects marks, labels and references while the tree grows."""

    marks: list[Mark] = field(default_factory=list)
    labels: dict[str, Element] = field(default_factory=dict)
    references: list[tuple[Element, Reference]] = field(default_factory=list)
    passes: int = 0

    def part(self, root: Holder, scope: Scope) -> Element:
        """Print a whole part."""
        made = _shell(root.element)
        self._into(made, root.body, scope)
        return made

    def _into(self, parent: Element, steps: Steps, scope: Scope) -> None:
        for step in steps:
            match step:
                case Fixed():
                    parent.append(deepcopy(step.element))
                case Holder():
                    self._hold(parent, step, scope)
                case Value():
                    self._print(parent, step, scope)
                case Choice():
                    self._choose(parent, step, scope)
                case Loop():
                    self._repeat(parent, step, scope)
                case Label() | Reference():
                    self._refer(parent, step)

    def _refer(self, parent: Element, step: Label | Reference) -> None:
        if isinstance(step, Label):
            self.labels[step.name] = _paragraph_of(parent)
            return
        placeholder = run("", step.run)
        parent.append(placeholder)
        self.references.append((placeholder, step))

    def _hold(self, parent: Element, step: Holder, scope: Scope) -> None:
        made = _shell(step.element)
        parent.append(made)
        first_reference = len(self.references)
        self._into(made, step.body, scope)
        if made.tag == TC and not any(child.tag == P for child in made):
            made.append(_empty_paragraph(step.element))
        if step.cells_vary:
            _share_width(made)
        if _is_void(made) and len(self.references) == first_reference and not _alone_in_cell(made):
            parent.remove(made)

    def _print(self, parent: Element, step: Value, scope: Scope) -> None:
        value = _value_of(step.expression, scope)
        if not is_missing(value):
            parent.append(run(str(value), step.run))
        elif step.expression.shape is None or step.expression.shape.required:
            parent.append(self._mark(step, scope))

    def _mark(self, step: Value, scope: Scope) -> Element:
        shape, name = step.expression.shape, step.expression.source
        label = name if shape is None else shape.label_for(step.expression.owner(scope))
        made = missing_run(f"[belum diketahui: {label}]", step.run)
        self.marks.append(Mark(run=made, name=name if shape is None else shape.path, label=label))
        return made

    def _choose(self, parent: Element, step: Choice, scope: Scope) -> None:
        for condition, body in step.branches:
            if condition is None or _value_of(condition, scope):
                self._into(parent, body, scope)
                return

    def _repeat(self, parent: Element, step: Loop, scope: Scope) -> None:
        for inner in _passes(step, scope):
            self.passes += 1
            if self.passes > MOST_PASSES:
                raise TemplateRefused(N_("Templat ditolak: daftar diulang lebih dari %(most)s kali."), most=MOST_PASSES)
            self._into(parent, step.body, inner)


def _shell(element: Element) -> Element:
    """Make an element of the same name and attributes, without what is in it."""
    made = etree.Element(element.tag, nsmap=element.nsmap)  # type: ignore[arg-type]  # None is the default prefix
    for name, value in element.attrib.items():
        made.set(name, value)
    return made


def missing_run(text: str, like: Element) -> Element:
    """Make a run on yellow ground, so that nobody overlooks what is not known."""
    made = run(text, like)
    properties = made.find(RPR)
    if properties is None:
        properties = etree.Element(RPR)
        made.insert(0, properties)
    for old in properties.findall(w("highlight")):
        properties.remove(old)
    highlight = etree.Element(w("highlight"), {VAL: "yellow"})
    later = next((node for node in properties if node.tag in _AFTER_HIGHLIGHT), None)
    if later is None:
        properties.append(highlight)
    else:
        later.addprevious(highlight)
    return made


def _value_of(expression: Expression, scope: Scope) -> Any:
    try:
        return expression.value(scope)
    except (TypeError, ValueError) as fault:
        raise TemplateRefused(
            N_("Templat ditolak: nilai untuk “%(tag)s” tidak cocok dengan penyaringnya."), tag=expression.source
        ) from fault


def _passes(step: Loop, scope: Scope) -> Iterator[Mapping[str, Any]]:
    items = _value_of(step.items, scope) or ()
    for number, item in enumerate(items, start=1):
        loop = {
            "nomor": number,
            "huruf": wording.letter(number),
            "pertama": number == 1,
            "terakhir": number == len(items),
            "jumlah": len(items),
            "sisa": len(items) - number,
        }
        yield {**scope, step.name: item, "putaran": loop}


def _paragraph_of(element: Element) -> Element:
    return element if element.tag == P else next(element.iterancestors(P))


def _empty_paragraph(cell: Element) -> Element:
    made = etree.Element(P)
    old = next(cell.iter(P), None)
    if old is not None and (properties := old.find(w("pPr"))) is not None:
        made.append(deepcopy(properties))
    return made


def _is_void(element: Element) -> bool:
    """Tell whether a condition or an empty list left nothing of a paragraph, row or table."""
    if element.tag == P:
        return not any(node.text or node.tag != T for node in element.iter(*_SEEN))
    if element.tag == R:
        return False
    contents = [child for child in element if child.tag not in SETTINGS_OF]
    return element.tag in {TR, TBL} and not contents


def _alone_in_cell(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == TC and len([c for c in parent if c.tag != TCPR]) == 1


def _share_width(table: Element) -> None:
    """Give the columns of a table whose cells came from a loop equal widths within the old total."""
    grid = table.find(w("tblGrid"))
    if grid is None:
        return
    total = sum(int(column.get(w("w"), "0")) for column in grid)
    count = max((len(list(row.iterchildren(TC))) for row in table.iterchildren(TR)), default=0) or 1
    for column in list(grid):
        grid.remove(column)
    for _ in range(count):
        etree.SubElement(grid, w("gridCol"), {w("w"): str(total // count)})
    for width in table.iter(w("tcW")):
        width.set(w("w"), str(total // count))
        width.set(w("type"), "dxa")
