"""Puts a clause where its approved placing says: its group and kinds, its place among the others."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.domain.clause import Block
from portal.domain.clause_placing import FIRST, STEP, Placing
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.models import Clause

Row = tuple[str, Block, int]
"""Code, group and position of a clause."""


def place(session: Session, clause: Clause, placing: Placing) -> None:
    """Give a saved clause the facts of a placing and move it; without `after` a clause that has a place keeps it.

    Raises RuleBroken (field `after`) when the clause it shall follow is not there.
    """
    clause.block, clause.condition = placing.block, placing.condition
    clause.kinds = [kind.value for kind in placing.kinds]
    clause.mandatory_kinds = [kind.value for kind in placing.mandatory_kinds]
    if placing.after or not clause.position:
        session.flush()
        clause.position = _position(session, clause, placing)


def _position(session: Session, clause: Clause, placing: Placing) -> int:
    """Return the position between two others; they are numbered afresh when nothing fits between."""
    others = _others(session, clause)
    held = _index(others, placing)
    before, after = _around(others, held)
    if after is not None and after <= before + 1:
        table = Clause.metadata.tables["clause"]
        for number, (code, _block, _position) in enumerate(others, start=1):
            session.execute(update(table).where(table.c.code == code).values(position=number * STEP))
        before, after = _around(_others(session, clause), held)
    return before + STEP if after is None else (before + after) // 2


def _others(session: Session, clause: Clause) -> Sequence[Row]:
    query = select(Clause.code, Clause.block, Clause.position).where(Clause.id != clause.id)
    return [(row[0], row[1], row[2]) for row in session.execute(query.order_by(Clause.position, Clause.id))]


def _index(others: Sequence[Row], placing: Placing) -> int:
    """Return how many of the others stand before it; without a named neighbour it ends its group."""
    if placing.after == FIRST:
        return 0
    if placing.after:
        found = next((number for number, row in enumerate(others, start=1) if row[0] == placing.after), None)
        if found is None:
            raise RuleBroken(N_("Klausul yang didahului tidak ada lagi. Pilih letak lain."), field="after")
        return found
    order = list(Block)
    told = [number for number, row in enumerate(others, start=1) if order.index(row[1]) <= order.index(placing.block)]
    return max(told, default=0)


def _around(others: Sequence[Row], held: int) -> tuple[int, int | None]:
    before = others[held - 1][2] if held else 0
    return before, others[held][2] if held < len(others) else None
