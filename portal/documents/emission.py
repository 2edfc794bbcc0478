"""Prints the steps of a template with the values of one snapshot: every step becomes a function once, then they run.

What depends on the whole text (numbers, references, places) is left open here and noted as an event; `finishing`
fills it in.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from portal.documents import printing_tables as tables
from portal.documents.expression import Expression, Scope
from portal.documents.markup import TEXT_CLOSE, TEXT_OPEN
from portal.documents.printing import Emit, Mark, Printing
from portal.documents.refusal import TemplateRefused
from portal.documents.steps import (
    Bookmark,
    Cell,
    CellWidth,
    Choice,
    Closing,
    DrawingNumber,
    Field,
    Grid,
    Kept,
    Label,
    ListSlot,
    Loop,
    Opening,
    Openings,
    Paragraph,
    Raw,
    Reference,
    Restart,
    RowOfShared,
    SharedWidth,
    Step,
    Steps,
    Value,
)
from portal.documents.tracing import signed
from portal.domain import wording
from portal.domain.marking import N_

MOST_PASSES: Final = 20_000
"""Passes of all loops of one draft together; more is a mistake, not an agreement (design: documents §8.2)."""

MOST_LETTERS: Final = 5_000_000
"""Letters of markup of one part of a draft (design: documents §8.2)."""

_MOST_PIECES: Final = 400_000


def program(steps: Steps) -> Emit:
    """Make the function that prints these steps."""
    made: tuple[str | Emit, ...] = tuple(
        step.markup if isinstance(step, Raw) and not step.shown else _BY_KIND[type(step)](step) for step in steps
    )
    if len(made) == 1 and not isinstance(made[0], str):
        return made[0]

    def emit(printing: Printing, scope: Scope) -> None:
        append = printing.out.append
        for piece in made:
            if piece.__class__ is str:
                append(piece)
            else:
                piece(printing, scope)  # type: ignore[operator]  # the other of the two

    return emit


def escaped(text: str) -> str:
    """Write a value as text of a run: never markup, line breaks and tabs as Word's own, nothing XML cannot carry."""
    return _SPECIAL.sub(_replaced, text) if _SPECIAL.search(text) else text


def missing(text: str, look_plain: str, look_marked: str) -> str:
    """Write a mark on yellow ground in the midst of a run, and open a run of the old look behind it."""
    return (
        f"{TEXT_CLOSE}</w:r><w:r>{look_marked}{TEXT_OPEN}{escaped(text)}{TEXT_CLOSE}</w:r><w:r>{look_plain}{TEXT_OPEN}"
    )


def value_of(made: Expression, scope: Scope) -> Any:
    """Compute an expression; raises TemplateRefused with the tag when the value does not fit."""
    try:
        return made.value(scope)
    except _MISFITS as fault:
        raise misfit(made) from fault


def misfit(made: Expression) -> TemplateRefused:
    """Make the refusal of a value that its filter or comparison cannot take."""
    return TemplateRefused(
        N_("Templat ditolak: nilai untuk “%(tag)s” tidak cocok dengan penyaringnya."), tag=made.source
    )


_MISFITS: Final = (TypeError, ValueError, ArithmeticError, LookupError)
_SPECIAL: Final = re.compile("\r\n|[&<>\n\r\t\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_BREAK: Final = f"{TEXT_CLOSE}<w:br/>{TEXT_OPEN}"
_REPLACED: Final[Mapping[str, str]] = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "\n": _BREAK,
    "\r": _BREAK,
    "\r\n": _BREAK,
    "\t": f"{TEXT_CLOSE}<w:tab/>{TEXT_OPEN}",
}


def _replaced(found: re.Match[str]) -> str:
    return _REPLACED.get(found[0], "")


def _shown(step: Raw) -> Emit:
    markup = step.markup

    def emit(printing: Printing, _: Scope) -> None:
        printing.seen += 1
        printing.out.append(markup)

    return emit


def _value(step: Value) -> Emit:
    made, look, value = step.expression, step.look, step.expression.value
    is_special, replace = _SPECIAL.search, _SPECIAL.sub

    def emit(printing: Printing, scope: Scope) -> None:
        try:
            found = value(scope)
        except _MISFITS as fault:
            raise misfit(made) from fault
        if type(found) is not str:
            found = _said(found)
        if found:
            printing.seen += 1
            found = replace(_replaced, found) if is_special(found) else found
            printing.out.append(found if printing.sources is None else signed(printing.sources, made, scope, found))
        elif (made.shape is None or made.shape.required) and not made.is_beyond(scope):
            mark = _mark(made, scope)
            printing.has_marks = True
            printing.seen += 1
            printing.events.append((mark, len(printing.out)))
            text = f"[belum diketahui: {mark.label}]"
            text = text if printing.sources is None else signed(printing.sources, made, scope, text)
            printing.out.append(missing(text, look.plain, look.marked))

    return emit


def _said(value: Any) -> str:
    """Say a plain value that is no text; what is no plain value is never printed."""
    if type(value) is bool:
        return "ya" if value else "tidak"
    return str(value) if type(value) in {int, float} else ""


def _mark(made: Expression, scope: Scope) -> Mark:
    if made.shape is None:
        return Mark(made.source, made.source)
    return Mark(made.shape.path, made.shape.label_for(made.owner(scope)))


def _choice(step: Choice) -> Emit:
    branches = [(condition, program(body)) for condition, body in step.branches]

    def emit(printing: Printing, scope: Scope) -> None:
        for condition, body in branches:
            if condition is None or value_of(condition, scope):
                body(printing, scope)
                return

    return emit


def _loop(step: Loop) -> Emit:
    body = program(step.body)

    def emit(printing: Printing, scope: Scope) -> None:
        for inner in _passes(step, scope):
            printing.passes += 1
            if printing.passes > MOST_PASSES:
                raise TemplateRefused(N_("Templat ditolak: daftar diulang lebih dari %(most)s kali."), most=MOST_PASSES)
            body(printing, inner)
            if len(printing.out) > _MOST_PIECES:
                raise too_long()

    return emit


def too_long() -> TemplateRefused:
    """Make the refusal of a draft that grows beyond all measure."""
    return TemplateRefused(N_("Templat ditolak: naskah yang dihasilkan terlalu panjang."))


def _passes(step: Loop, scope: Scope) -> Iterator[Mapping[str, Any]]:
    items = value_of(step.items, scope)
    if type(items) not in {list, tuple}:
        return
    count = len(items)
    for number, item in enumerate(items, start=1):
        inner = {**scope, step.name: item}
        if step.asked:
            inner["putaran"] = {name: _ASKED[name](number, count) for name in step.asked if name in _ASKED}
        yield inner


_ASKED: Final[Mapping[str, Callable[[int, int], Any]]] = {
    "nomor": lambda number, _: number,
    "huruf": lambda number, _: wording.letter(number),
    "pertama": lambda number, _: number == 1,
    "terakhir": lambda number, count: number == count,
    "jumlah": lambda _, count: count,
    "sisa": lambda number, count: count - number,
}
"""What a loop tells of itself, from the number of the pass and the count of the items."""


def _paragraph(step: Paragraph) -> Emit:
    body = program(step.body)

    def emit(printing: Printing, scope: Scope) -> None:
        place, events, seen = len(printing.out), len(printing.events), printing.seen
        body(printing, scope)
        if printing.seen == seen:
            del printing.out[place:]
            del printing.events[events:]

    return emit


def _openings(step: Openings) -> Emit:
    def emit(printing: Printing, _: Scope) -> None:
        printing.events.append((step, 0))

    return emit


def _later(step: Step) -> Emit:
    """Keep a place in the output for what is known only at the end."""
    seen = isinstance(step, Reference | Field)

    def emit(printing: Printing, _: Scope) -> None:
        printing.seen += seen
        printing.events.append((step, len(printing.out)))
        printing.out.append("")

    return emit


_BY_KIND: Final[Mapping[type, Callable[[Any], Emit]]] = {
    Raw: _shown,
    Value: _value,
    Choice: _choice,
    Loop: _loop,
    Paragraph: _paragraph,
    Kept: lambda step: tables.kept(step, program(step.body)),
    Openings: _openings,
    Cell: lambda step: tables.cell(step, program(step.body)),
    SharedWidth: lambda step: tables.shared_width(step, program(step.body)),
    Grid: tables.grid,
    RowOfShared: tables.row_of_shared,
    CellWidth: tables.cell_width,
    **dict.fromkeys((Label, Reference, Field, Bookmark, Restart, ListSlot, Opening, Closing, DrawingNumber), _later),
}
"""How each kind of step is printed; `Text` is gone after joining."""
