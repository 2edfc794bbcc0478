"""What statements that are kept and run again and again are made of."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, TypeVar, cast

from sqlalchemy import BindParameter, ClauseElement, ColumnElement, literal_column, or_
from sqlalchemy.sql import visitors

_CODE = re.compile(r"[a-z][a-z_]*")

Kept = TypeVar("Kept", bound=ClauseElement)


def one_of(column: Any, values: Iterable[Any]) -> ColumnElement[bool]:
    """Return whether a column has one of a few known values.

    The same as IN, which both databases make of it; but a list given to `in_` is written into the text of the
    statement anew at every run, which costs more than a short statement itself.
    """
    return or_(*(column == value for value in values))


def among(column: Any, codes: Iterable[str]) -> ColumnElement[bool]:
    """Return whether a column has one of many codes of ours, which stand in the text of the statement."""
    found: ColumnElement[bool] = column.in_([literal_column(f"'{_code(code)}'", column.type) for code in codes])
    return found


def _code(value: str) -> str:
    if not _CODE.fullmatch(value):
        raise ValueError(f"{value!r} is no code of ours")
    return str(value)


def settled(statement: Kept) -> Kept:
    """Return a statement with its codes and small numbers in its text; only what has a name is given at a run.

    Dozens of values that never change would be handed over anew at every run, and the database plans better when it
    sees them. Texts other than codes stay values.
    """
    found: Any = visitors.replacement_traverse(statement, {}, _in_text)
    return cast(Kept, found)


def _in_text(element: Any, **_: Any) -> ColumnElement[Any] | None:
    """Return what stands in the text for a value that was given when the statement was built."""
    if not isinstance(element, BindParameter) or not element.unique or element.required or element.expanding:
        return None
    value = element.value
    if isinstance(value, StrEnum):
        return literal_column(f"'{value.value}'", element.type)
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return literal_column(str(value), element.type) if is_number else None
