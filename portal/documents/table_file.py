"""Lists as Excel files on their way out, row by row: no row is held, however many there are.

Written by hand: openpyxl takes nine times as long for the same sheet and keeps every text until the end. Lists
that people fill in and send back are in `workbook`.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import IO, Final
from xml.sax.saxutils import escape, quoteattr

Value = str | int | date | datetime | None
"""What a cell holds; a date-time stands as it reads on the wall and carries no zone."""

LONGEST: Final = 32_767
"""So many characters does Excel take in a cell."""
_ROWS_AT_ONCE: Final = 200
_DAY_NOUGHT: Final = date(1899, 12, 30).toordinal()
_DAY: Final = 86_400
_STARTS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\']")
_TEXT, _QUOTED, _DATE, _TIME, _HEAD = range(1, 6)
"""Places in the list of cell formats of `_STYLES`."""

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CELL: Final = '<xf numFmtId="{}" fontId="{}" fillId="{}" borderId="0" xfId="0" applyAlignment="1"{}>\
<alignment vertical="top" wrapText="1"/></xf>'
_NUMBER_FORMAT: Final = ' applyNumberFormat="1"'
_CELLS: Final = "".join(
    _CELL.format(*each)
    for each in (
        (0, 0, 0, ""),
        (49, 0, 0, _NUMBER_FORMAT),
        (49, 0, 0, f'{_NUMBER_FORMAT} quotePrefix="1"'),
        (164, 0, 0, _NUMBER_FORMAT),
        (165, 0, 0, _NUMBER_FORMAT),
        (0, 1, 2, ' applyFont="1" applyFill="1"'),
    )
)
_STYLES: Final = f"""{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="2">\
<numFmt numFmtId="164" formatCode="d\\ mmm\\ yyyy"/>\
<numFmt numFmtId="165" formatCode="d\\ mmm\\ yyyy\\,\\ hh:mm"/></numFmts>\
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>\
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFE6EFEA"/><bgColor indexed="64"/></patternFill></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="6">{_CELLS}</cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column to write: its heading and its width in characters."""

    text: str
    width: int = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One sheet: its name, its columns and its rows, which are taken one after the other."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


def write(stream: IO[bytes], sheets: Sequence[Sheet]) -> None:
    """Write sheets as one Excel file; the head of each stays in sight and can be filtered. Text is never a formula."""
    numbers = range(1, len(sheets) + 1)
    with zipfile.ZipFile(stream, "w") as archive:
        _put(archive, "[Content_Types].xml", [_types(numbers)])
        _put(archive, "_rels/.rels", [_links([("officeDocument", "xl/workbook.xml")])])
        _put(archive, "xl/workbook.xml", [_book(sheets)])
        targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
        _put(archive, "xl/_rels/workbook.xml.rels", [_links([*targets, ("styles", "styles.xml")])])
        _put(archive, "xl/styles.xml", [_STYLES])
        for number, sheet in zip(numbers, sheets, strict=True):
            _put(archive, f"xl/worksheets/sheet{number}.xml", _sheet(sheet))


def _put(archive: zipfile.ZipFile, name: str, pieces: Iterable[str]) -> None:
    told = zipfile.ZipInfo(name)
    told.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(told, "w") as part:
        for piece in pieces:
            part.write(piece.encode())


def _types(numbers: Iterable[int]) -> str:
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in numbers]
    told = "".join(f'<Override PartName="{name}" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in parts)
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


def _links(targets: Iterable[tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{_LINKS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _book(sheets: Iterable[Sheet]) -> str:
    told = "".join(
        f'<sheet name={quoteattr(_NOT_IN_NAMES.sub(" ", sheet.name)[:31])} sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    return f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{told}</sheets></workbook>'


def _sheet(sheet: Sheet) -> Iterator[str]:
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{column.width}" customWidth="1"/>'
        for place, column in enumerate(sheet.columns, start=1)
    )
    yield (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>'
    )
    head = "".join(_cell(column.text, _HEAD) for column in sheet.columns)
    count, waiting = 1, [f"<row>{head}</row>"]
    for row in sheet.rows:
        count += 1
        waiting.append(f"<row>{''.join(map(_cell, row))}</row>")
        if len(waiting) >= _ROWS_AT_ONCE:
            yield "".join(waiting)
            waiting = []
    last = _letters(len(sheet.columns))
    yield "".join(chain(waiting, (f'</sheetData><autoFilter ref="A1:{last}{count}"/></worksheet>',)))


def _letters(place: int) -> str:
    """Return the letters of a column: A, Z, AA."""
    before, here = divmod(place - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + here)


def _cell(value: Value, style: int = _TEXT) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, str):
        kind = _QUOTED if style == _TEXT and value.startswith(_STARTS_FORMULA) else style
        return f'<c s="{kind}" t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'
    if isinstance(value, datetime):
        passed = (value.hour * 60 + value.minute) * 60 + value.second
        return f'<c s="{_TIME}"><v>{value.toordinal() - _DAY_NOUGHT + passed / _DAY:.10f}</v></c>'
    if isinstance(value, date):
        return f'<c s="{_DATE}"><v>{value.toordinal() - _DAY_NOUGHT}</v></c>'
    return f'<c s="0"><v>{value}</v></c>'


def _text(value: str) -> str:
    """Return a text as Excel reads it back: no letters that XML refuses, none that Excel takes for a code."""
    plain = _FORBIDDEN.sub("", value)
    plain = plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"
    return escape(_ESCAPED.sub("_x005F_", plain))
