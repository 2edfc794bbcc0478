"""Prints tables: rows and cells that may go away, and columns that share the width of their table."""

from portal.documents.expression import Scope
from portal.documents.printing import Emit, Printing, SharedTable
from portal.documents.steps import Cell, Kept, SharedWidth, Step


def kept(step: Kept, body: Emit) -> Emit:
    """Print a table or row unless no row or cell of it is left."""

    def emit(printing: Printing, scope: Scope) -> None:
        printing.out.append(step.head)
        place = len(printing.out)
        body(printing, scope)
        if any(piece.startswith("<w:t") for piece in printing.out[place:]):
            printing.out.append(step.tail)
        else:
            del printing.out[place - 1 :]

    return emit


def cell(step: Cell, body: Emit) -> Emit:
    """Print a cell, which must end with a paragraph."""

    def emit(printing: Printing, scope: Scope) -> None:
        place = len(printing.out)
        body(printing, scope)
        last = next((piece for piece in reversed(printing.out[place:]) if piece), "")
        if not last.endswith("</w:p>"):
            printing.out.append(step.otherwise)

    return emit


def shared_width(step: SharedWidth, body: Emit) -> Emit:
    """Print a table whose columns share its width, however many cells its rows get."""

    def emit(printing: Printing, scope: Scope) -> None:
        table = SharedTable(total=step.total)
        printing.tables.append(table)
        start = len(printing.out)
        body(printing, scope)
        printing.tables.pop()
        if len(printing.out) == start:
            return
        width = step.total // table.most
        column = f'<w:gridCol w:w="{width}"/>'
        printing.out[table.grid] = f"<w:tblGrid>{column * table.most}</w:tblGrid>"
        for slot in table.slots:
            printing.out[slot] = f'<w:tcW w:w="{width}" w:type="dxa"/>'

    return emit


def grid(_: Step) -> Emit:
    """Keep the place of the columns."""

    def emit(printing: Printing, _: Scope) -> None:
        printing.tables[-1].grid = len(printing.out)
        printing.out.append("")

    return emit


def row_of_shared(_: Step) -> Emit:
    """Count the cells of a row from here."""

    def emit(printing: Printing, _: Scope) -> None:
        printing.tables[-1].cells = 0

    return emit


def cell_width(_: Step) -> Emit:
    """Keep the place for the width of a cell."""

    def emit(printing: Printing, _: Scope) -> None:
        table = printing.tables[-1]
        table.cells += 1
        table.most = max(table.most, table.cells)
        table.slots.append(len(printing.out))
        printing.out.append("")

    return emit
