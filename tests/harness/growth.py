"""Makes many of a thing out of one: copies a row with everything that hangs on it, for tests of growing numbers.

What is copied points to the copies of what it pointed to, and otherwise to the same rows as before. Words that must
be unique get a number. Nothing here knows what a table means, except where a row is named by kind and number.
"""

from collections.abc import Iterable
from itertools import count
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    String,
    Table,
    UniqueConstraint,
    and_,
    insert,
    or_,
    select,
    type_coerce,
)

from portal.models import Base

Row = dict[str, Any]
Copied = dict[str, dict[Any, Any]]
TABLES = Base.metadata.tables
KINDS = {
    "occurrence": ("occurrence",),
    "agreement": ("agreement", "term_end"),
    "report": ("report", "report_fix"),
    "organisation": ("organisation",),
    "obligation": ("obligation",),
}
"""How a table is called where a row is named by `subject_kind` and `subject_id`."""
SEAL = {"entry": ("sequence", "detail_digest", "previous_hash", "mac")}
"""What belongs to the one row of a chain: its copy comes in beside the portal and has none."""
NUMBERS = count(1001)


def owner_of(column: Column[Any]) -> str | None:
    """The table whose row a column names in the end, also over a key of several columns."""
    for key in column.foreign_keys:
        if key.column.primary_key and not key.column.foreign_keys:
            return str(key.column.table.name)
        return owner_of(key.column)
    return None


def hangs_on(table: Table, copied: Copied) -> ColumnElement[bool] | None:
    """The condition under which a row of the table belongs to what was copied."""
    found = []
    for column in table.columns:
        owner = owner_of(column)
        if owner in copied:
            found.append(column.in_(copied[owner]))
    if "subject_id" in table.c:
        found += [
            and_(type_coerce(table.c.subject_kind, String).in_(KINDS[name]), table.c.subject_id.in_(ids))
            for name, ids in copied.items()
            if name in KINDS
        ]
    return or_(*found) if found else None


def renamed(table: Table, row: Row, moved: set[str]) -> Row:
    """Give a word or number of each unique key another value, unless the key moved to a copy already."""
    keys = [[column.name] for column in table.columns if column.unique]
    keys += [[c.name for c in key.columns] for key in table.constraints if isinstance(key, UniqueConstraint)]
    changed: Row = {}
    for key in keys:
        free = [name for name in key if type(table.c[name].type) in {String, Integer} and row[name] is not None]
        free = [name for name in free if not table.c[name].foreign_keys]
        if moved & set(key) or not free or set(changed) & set(key):
            continue
        words = [name for name in free if type(table.c[name].type) is String]
        name = (words or free)[-1]
        changed[name] = another(table.c[name], row[name])
    return row | changed


def another(column: Column[Any], value: Any) -> Any:
    """A value like this one that nothing else has."""
    number = next(NUMBERS)
    if not isinstance(value, str):
        return number
    longest = getattr(column.type, "length", None) or len(value) + 6
    return value[: longest - len(str(number))] + str(number)


def put(connection: Connection, table: Table, row: Row, copied: Copied) -> None:
    """Insert the copy of one row."""
    moved = {}
    for column in table.columns:
        owner = owner_of(column)
        if owner in copied and row[column.name] in copied[owner]:
            moved[column.name] = copied[owner][row[column.name]]
    for name, kinds in KINDS.items():
        if row.get("subject_kind") in kinds and row["subject_id"] in copied.get(name, {}):
            moved["subject_id"] = copied[name][row["subject_id"]]
    new = renamed(table, row | dict.fromkeys(SEAL.get(table.name, ())) | moved, set(moved))
    own = "id" in table.c
    answer = connection.execute(insert(table).values({k: v for k, v in new.items() if k != "id" or not own}))
    if own:
        copied.setdefault(table.name, {})[row["id"]] = answer.inserted_primary_key[0]


def grow(connection: Connection, name: str, ids: Iterable[int], *, times: int, follow: Iterable[str] = ()) -> None:
    """Copy rows of a table so many times, with what hangs on them in the tables to follow."""
    wanted = list(ids)
    root, tables = TABLES[name], [table for table in Base.metadata.sorted_tables if table.name in set(follow)]
    assert wanted, f"nothing to copy in {name}"
    for _ in range(times):
        copied: Copied = {}
        for row in connection.execute(select(root).where(root.c.id.in_(wanted))).mappings().all():
            put(connection, root, dict(row), copied)
        for table in tables:
            condition = hangs_on(table, copied)
            if condition is not None:
                for row in connection.execute(select(table).where(condition)).mappings().all():
                    put(connection, table, dict(row), copied)
