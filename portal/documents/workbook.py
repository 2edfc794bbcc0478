"""Excel lists: reading one that people filled in, writing the empty one and the one with what is wrong.

A file from outside has passed `domain.upload` before it comes here. Formulas are read as the values Excel kept.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from portal.domain.bulk_list import Cell
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_

MOST_COLUMNS: Final = 60
_BROKEN: Final = (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, OSError)
_HEAD: Final = PatternFill("solid", fgColor="E6EFEA")
_WRONG: Final = PatternFill("solid", fgColor="FDEAE7")
_TOP: Final = Alignment(vertical="top", wrap_text=True)
_SAYS: Final = "Simpul"
_STARTS_FORMULA: Final = ("=", "+", "-", "@")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """The first sheet of a list: its headings and its rows, each with its number as Excel counts."""

    headings: tuple[Cell, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A column to write: heading, what people should know of it, width in characters."""

    text: str
    hint: str = ""
    width: int = 22


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongRow:
    """A row that comes back: its values as typed, by heading, and sentences by heading."""

    values: Mapping[str, Any]
    problems: Mapping[str, str]


def read(content: bytes, *, most_rows: int) -> Sheet:
    """Read the first sheet; raises RuleBroken (field `workbook`) for what is no list or has more rows than allowed."""
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True)
        headings = tuple(next(rows, ()))
        found = _filled(rows, most_rows)
        book.close()
    except IndexError:
        raise RuleBroken(N_("Berkas Excel ini tidak mempunyai lembar kerja."), field="workbook") from None
    except _BROKEN as error:
        raise RuleBroken(
            N_("Berkas ini tidak dapat dibaca sebagai daftar Excel. Simpan ulang sebagai .xlsx lalu unggah lagi."),
            field="workbook",
        ) from error
    return Sheet(headings=headings, rows=found)


def _filled(rows: Iterable[tuple[Any, ...]], most_rows: int) -> tuple[tuple[int, tuple[Cell, ...]], ...]:
    found: list[tuple[int, tuple[Cell, ...]]] = []
    empty = 0
    for number, cells in enumerate(rows, start=2):
        if all(cell is None or str(cell).strip() == "" for cell in cells):
            empty += 1
            if empty > most_rows:
                break
            continue
        found.append((number, cells))
        if len(found) > most_rows:
            raise RuleBroken(
                N_("Daftar ini lebih dari %(n)s baris. Bagi menjadi beberapa berkas."), field="workbook", n=most_rows
            )
    return tuple(found)


def blank(headings: Sequence[Heading], *, sheet: str) -> bytes:
    """Write the list that people fill in; each heading carries its hint as a comment."""
    book = _book(headings, sheet)
    return _bytes(book)


def with_problems(headings: Sequence[Heading], rows: Iterable[WrongRow], *, sheet: str, last: str) -> bytes:
    """Write rows back as typed: cells with a problem are red and say it in a comment; the column `last` says all."""
    book = _book((*headings, Heading(text=last, width=60)), sheet)
    page = book.worksheets[0]
    for number, row in enumerate(rows, start=2):
        for place, heading in enumerate(headings, start=1):
            cell = page.cell(number, place)
            _put(cell, row.values.get(heading.text))
            if problem := row.problems.get(heading.text):
                cell.fill = _WRONG
                cell.comment = Comment(problem, _SAYS, height=110, width=260)
        _put(page.cell(number, len(headings) + 1), " ".join(row.problems.values()))
    return _bytes(book)


def _book(headings: Sequence[Heading], sheet: str) -> Workbook:
    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet[:31]
    page.freeze_panes = "A2"
    for place, heading in enumerate(headings, start=1):
        cell = page.cell(1, place, heading.text)
        cell.font, cell.fill, cell.alignment = Font(bold=True), _HEAD, _TOP
        page.column_dimensions[get_column_letter(place)].width = heading.width
        if heading.hint:
            cell.comment = Comment(heading.hint, _SAYS, height=90, width=240)
    return book


def _put(cell: Any, value: Any) -> None:
    """Write a value as what it is; text never becomes a formula."""
    if isinstance(value, list | tuple):
        value = "\n".join(str(each) for each in value)
    cell.value = value
    if isinstance(value, str) and value.startswith(_STARTS_FORMULA):
        cell.data_type = "s"
    cell.alignment = _TOP


def _bytes(book: Workbook) -> bytes:
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
