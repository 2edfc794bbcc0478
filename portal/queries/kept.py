"""What statements that are kept and run again and again are made of."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, or_


def one_of(column: Any, values: Iterable[Any]) -> ColumnElement[bool]:
    """Return whether a column has one of a few known values.

    The same as IN, which both databases make of it; but a list given to `in_` is written into the text of the
    statement anew at every run, which costs more than a short statement itself.
    """
    return or_(*(column == value for value in values))
