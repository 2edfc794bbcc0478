"""The program that reads Excel files from outside; `parsing` runs it as a child with limits of its own.

It stands apart from `parsing_child` because the library for Excel takes long to load.
"""

from datetime import date, datetime, time
from typing import Any, Final

from portal.documents import child, offline_pack, workbook

_DATED: Final = ((datetime, "datetime"), (date, "date"), (time, "time"))


def sheet(content: bytes, most_rows: int) -> dict[str, Any]:
    """Return the first sheet of a list."""
    found = workbook.read(content, most_rows=most_rows)
    rows = [[number, [_cell(value) for value in cells]] for number, cells in found.rows]
    return {"headings": [_cell(value) for value in found.headings], "rows": rows}


def book(content: bytes) -> dict[str, Any]:
    """Return a workbook of ours that came back."""
    found = offline_pack.read(content)
    lines = [
        {
            "number": line.number,
            "first": line.first,
            "identity": [line.identity.occurrence_id, line.identity.version] if line.identity else None,
            "seal": line.seal,
            "cells": {key: [cell.place, cell.text, cell.kind.value] for key, cell in line.cells.items()},
        }
        for line in found.lines
    ]
    return {"pack": found.pack, "seal": found.seal, "lines": lines}


def _cell(value: Any) -> Any:
    """Return a cell as JSON can hold it: dates carry their kind, what else Excel may say becomes text."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    for kind, word_of in _DATED:
        if isinstance(value, kind):
            return {word_of: value.isoformat()}
    return str(value)


if __name__ == "__main__":
    child.run({"sheet": sheet, "book": book})
