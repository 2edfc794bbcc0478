"""Puts two plausible rows into every table, made from the columns alone: for tests of the schema itself."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, Date, DateTime, Integer, MetaData, Numeric, Table

from portal.models.base import EnumText, UtcDateTime

ROWS = 2
Made = dict[str, list[dict[str, Any]]]


def plain_value(column: Column[Any], number: int) -> Any:
    """A value of the column's type, another one for each row."""
    kind = column.type
    if isinstance(kind, EnumText):
        return list(kind.kind)[number % len(kind.kind)]
    simple: list[tuple[Any, Any]] = [
        ((UtcDateTime, DateTime), datetime(2026, 11, 21, 2, tzinfo=UTC) + timedelta(hours=number)),
        (Date, date(2026, 11, 21) + timedelta(days=number)),
        (Boolean, False),
        (Integer, number + 1),
        (Numeric, Decimal(number + 1)),
        (JSON, {}),
    ]
    for types, value in simple:
        if isinstance(kind, types):
            return value
    return "ab"[number]


def row_for(table: Table, number: int, made: Made) -> dict[str, Any]:
    """A row; its second single reference to the same table points to the other row there."""
    row: dict[str, Any] = {}
    pointed: Counter[str] = Counter()
    for constraint in sorted(table.foreign_key_constraints, key=lambda found: -len(found.columns)):
        other = constraint.referred_table
        single = len(constraint.columns) == 1
        if single and constraint.columns[0].name in row:
            continue
        for key in constraint.elements:
            name = key.parent.name
            if other is table:
                row[name] = None
            else:
                row.setdefault(name, made[other.name][(number + single * pointed[other.name]) % ROWS][key.column.name])
        pointed[other.name] += single
    return {column.name: row.get(column.name, plain_value(column, number)) for column in table.columns}


def fill(connection: Connection, metadata: MetaData) -> None:
    """Insert the rows of every table in the order of their keys."""
    made: Made = {}
    for table in metadata.sorted_tables:
        made[table.name] = [row_for(table, number, made) for number in range(ROWS)]
        for row in made[table.name]:
            connection.execute(table.insert().values(row))
