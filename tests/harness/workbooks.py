"""Workbooks in the hands of a partner: opened as Excel would, filled in cell by cell, saved again."""

import io
from typing import Any

from openpyxl import load_workbook

FIRST_ROW = 3


class Filled:
    """A downloaded workbook of reports; rows count from 0, columns go by the key of their field."""

    def __init__(self, content: bytes) -> None:
        """Open it."""
        self.book = load_workbook(io.BytesIO(content))
        self.page = self.book["Laporan"]
        keys = [cell.value for cell in self.page[1]]
        self.letters = {key: self.page.cell(1, place).column_letter for place, key in enumerate(keys, 1)}

    @property
    def count(self) -> int:
        """How many reports it asks for."""
        return int(self.page.max_row) - FIRST_ROW + 1

    def place(self, row: int, key: str) -> str:
        """The cell of a field: "D7"."""
        return f"{self.letters[key]}{FIRST_ROW + row}"

    def put(self, row: int, key: str, value: Any) -> str:
        """Type into a cell; return its place."""
        self.page[self.place(row, key)] = value
        return self.place(row, key)

    def save(self) -> bytes:
        """The file as it would be uploaded."""
        kept = io.BytesIO()
        self.book.save(kept)
        return kept.getvalue()
