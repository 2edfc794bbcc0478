"""The workbook that partners fill in away from the portal: writing it, and reading it when it comes back.

A file from outside has passed `services.taking_in` before it comes here. Cells are read as what they say; a formula is
never reckoned. What rows mean is judged by `domain.offline_pack`.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.offline_pack import FIELDS, MOST_ROWS, SHEET, Book, Cell, CellKind, Identity, Line, plain

MOST_UNPACKED: Final = 8 * 2**20
"""A workbook of ours is far smaller, however much is typed into it."""
_ABOUT: Final = "Petunjuk"
_HIDDEN: Final = "simpul"
_MARK: Final = "simpul-isian-1"
_KEYS: Final = 1
_FIRST_ROW: Final = 3
_BROKEN: Final = (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, OSError)
_NO_WORKBOOK: Final = N_("Berkas ini bukan buku kerja dari portal. Unduh buku kerja, isi, lalu unggah lagi.")
_HEAD: Final = PatternFill("solid", fgColor="E6EFEA")
_FIXED: Final = PatternFill("solid", fgColor="F2F2F0")
_TOP: Final = Alignment(vertical="top", wrap_text=True)
_EDGE: Final = Border(*(Side(style="thin", color="C9D3CE") for _ in range(4)))
_KINDS: Final = {"f": CellKind.FORMULA, "e": CellKind.ERROR}
_STARTS_FORMULA: Final = ("=", "+", "-", "@")


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column: its key, its heading, its width in characters; fields can be typed into, everything else is fixed."""

    key: str
    heading: str
    width: int = 24


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row: what is shown, by key; which fields it asks; its identity with its seal."""

    values: Mapping[str, str | int | None]
    asked: frozenset[str]
    identity: Identity
    seal: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Pack:
    """A workbook to write."""

    pack: str
    seal: str
    about: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Row]


def write(pack: Pack) -> bytes:
    """Return the workbook: how to fill it in, the rows, and hidden who it is for."""
    book = Workbook()
    about = book.worksheets[0]
    about.title = _ABOUT
    about.column_dimensions["A"].width = 90
    for number, sentence in enumerate(pack.about, start=1):
        cell = about.cell(number, 1)
        _put(cell, sentence)
        cell.font = Font(bold=number == 1)
    about.protection.sheet = True
    _write_rows(book.create_sheet(SHEET), pack)
    hidden = book.create_sheet(_HIDDEN)
    hidden.append([_MARK, pack.pack, pack.seal])
    hidden.sheet_state = "veryHidden"
    book.active = 1
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _write_rows(page: Any, pack: Pack) -> None:
    hidden = [Column(key=key, heading=key, width=8) for key in ("occurrence", "version", "seal")]
    columns = [*pack.columns, *hidden]
    for place, column in enumerate(columns, start=1):
        letter = get_column_letter(place)
        page.cell(_KEYS, place, column.key)
        head = page.cell(_KEYS + 1, place, column.heading)
        head.font, head.fill, head.alignment, head.border = Font(bold=True), _HEAD, _TOP, _EDGE
        page.column_dimensions[letter].width = column.width
        page.column_dimensions[letter].hidden = column in hidden
    for number, row in enumerate(pack.rows, start=_FIRST_ROW):
        told = dict(row.values)
        told |= {"occurrence": row.identity.occurrence_id, "version": row.identity.version, "seal": row.seal}
        for place, column in enumerate(columns, start=1):
            cell = page.cell(number, place)
            _put(cell, told.get(column.key))
            is_open = column.key in row.asked
            cell.protection, cell.border = Protection(locked=not is_open), _EDGE
            if not is_open:
                cell.fill = _FIXED
    page.row_dimensions[_KEYS].hidden = True
    page.freeze_panes = page.cell(_FIRST_ROW, 2)
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False


def _put(cell: Any, value: str | int | None) -> None:
    """Write a value as what it is; text never becomes a formula."""
    cell.value, cell.alignment = value, _TOP
    if isinstance(value, str):
        cell.number_format = "@"
        if value.startswith(_STARTS_FORMULA):
            cell.data_type, cell.quotePrefix = "s", True


def read(content: bytes) -> Book:
    """Read a workbook that came back; raises RuleBroken (field `workbook`) for what is none of ours."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise RuleBroken(N_("Buku kerja ini terlalu besar. Unduh yang baru, lalu isi ulang."), field="workbook")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        mark, pack, seal = _told(book)
        lines = _lines(book[SHEET])
        book.close()
    except _BROKEN as error:
        raise RuleBroken(_NO_WORKBOOK, field="workbook") from error
    if mark != _MARK:
        raise RuleBroken(_NO_WORKBOOK, field="workbook")
    return Book(pack=pack, seal=seal, lines=lines)


def _told(book: Any) -> tuple[str, str, str]:
    first = next(book[_HIDDEN].iter_rows(max_row=1, max_col=3, values_only=True))
    mark, pack, seal = (str(value or "") for value in first)
    return mark, pack, seal


def _lines(page: Any) -> tuple[Line, ...]:
    rows = page.iter_rows(max_row=_FIRST_ROW + MOST_ROWS, max_col=len(FIELDS) + 12)
    keys = [str(cell.value or "") for cell in next(rows)]
    if not {"occurrence", "version", "seal", FIELDS[0]} <= set(keys):
        raise KeyError(_KEYS)
    next(rows, None)
    return tuple(_line(number, dict(zip(keys, row, strict=False))) for number, row in enumerate(rows, _FIRST_ROW))


def _line(number: int, row: Mapping[str, Any]) -> Line:
    letters = {key: get_column_letter(place) for place, key in enumerate(row, start=1)}
    cells = {
        key: Cell(
            place=f"{letters[key]}{number}",
            text=plain(cell.value),
            kind=_KINDS.get(getattr(cell, "data_type", "n"), CellKind.PLAIN),
        )
        for key, cell in row.items()
        if key in FIELDS
    }
    told = [plain(row[key].value) for key in ("occurrence", "version")]
    identity = Identity(occurrence_id=int(told[0]), version=int(told[1])) if all(t.isdecimal() for t in told) else None
    return Line(number=number, first=f"A{number}", identity=identity, seal=plain(row["seal"].value), cells=cells)
