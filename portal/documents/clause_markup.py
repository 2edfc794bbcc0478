"""The Word markup of an article's lines: paragraphs of the numbered styles, bordered tables, command rows.

Where it goes is `clauses`'; what an article may say is `domain.clause`'s.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from portal.documents.wordxml import printable
from portal.domain import clause
from portal.domain.clause import Article, Block, Level, Line

ENGLISH: Final = "_en"
"""What the names of labels end with in the English column, so that each language refers to itself."""

_STYLES: Final[Mapping[str, Mapping[Level, str]]] = {
    "id": {
        Level.PLAIN: "IsiPasal",
        Level.AYAT: "Ayat",
        Level.HURUF: "Huruf",
        Level.ANGKA: "Angka",
        Level.HURUF_KECIL: "HurufKecil",
        Level.ANGKA_KECIL: "AngkaKecil",
    },
    "en": {
        Level.PLAIN: "IsiPasal",
        Level.AYAT: "Para",
        Level.HURUF: "Item",
        Level.ANGKA: "SubItem",
        Level.HURUF_KECIL: "SubItem",
        Level.ANGKA_KECIL: "SubItem",
    },
}
_HEADINGS: Final = {"id": "Pasal", "en": "Article"}
_DEPTHS: Final = (Level.AYAT, Level.HURUF, Level.ANGKA, Level.HURUF_KECIL, Level.ANGKA_KECIL)
_INDENTS: Final = ((567, 567), (1021, 454), (1475, 454), (1929, 454), (2383, 454))
_THIN: Final = (
    '<w:p><w:pPr><w:pStyle w:val="Perintah"/><w:spacing w:before="0" w:after="0" w:line="80" w:lineRule="exact"/>'
    "</w:pPr></w:p>"
)
"""A thin paragraph that holds two tables apart."""
_THIN_KEPT: Final = _THIN.replace("<w:spacing", "<w:keepNext/><w:spacing")
_LABEL: Final = re.compile(r"(\{%\s*label\s+[a-z][a-z0-9_]*)(?=\s*%\})")
_REFERENCE: Final = re.compile(r"(\{\{\s*rujuk(?:_dekat)?\.[a-z][a-z0-9_]*)(?=\s*\}\})")
_OPENS: Final = re.compile(r"\{%\s*(jika|untuk|if|for)\b")
_DIVIDES: Final = re.compile(r"\{%\s*(atau\s+jika|selain\s+itu|elif|else)\b")
_CLOSES: Final = re.compile(r"\{%\s*(akhir|endif|endfor)")
_CELL_MARGINS: Final = 216
_KEPT_WITH_SIGNATURES: Final = 2
_FIRST_OF_TWO: Final = 0.25
"""Share of the first column in a table of two."""
_LEAST_WIDTH: Final = 1531
"""Twips that "Narahubung" and "Telephone" need to stay whole."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """Where text stands: its language, "id" or "en", and the width in twips."""

    language: str
    width: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _How:
    """How a line stands: kept on the page of the next one, held off a table above it."""

    kept: bool = False
    is_lower: bool = False


def article(one: Article, column: Column) -> str:
    """Make the heading and all lines of an article, one below the other."""
    lines = clause.parse(one.text)
    kept = kept_lines(one, lines)
    pieces: list[str] = []
    is_lower = False
    for group in _groups(lines):
        if isinstance(group, Line):
            pieces.append(_THIN if is_lower and group.level is Level.COMMAND else "")
            pieces.append(paragraph(group, lines, column, kept=group in kept, is_lower=is_lower))
        else:
            pieces += [_THIN if is_lower else "", _table(group, column)]
        is_lower = not isinstance(group, Line)
    pieces.append(_THIN if is_lower else "")
    return "".join([heading(one.key, one.title, column), *pieces])


def article_rows(one: Article, left: Column, right: Column) -> str:
    """Make the rows of an article in two languages, line beside line; commands come from the Indonesian text."""
    lines = clause.parse(one.text)
    others = [line for line in clause.parse(one.text_en) if line.level is not Level.COMMAND]
    title = (heading(one.key, one.title, left), heading(one.key + ENGLISH, one.title_en or one.title, right))
    return "".join([_row(title, left, right), *_line_rows(lines, others, left, right, kept_lines(one, lines))])


def heading(key: str, title: str, column: Column) -> str:
    """Make the one paragraph of number and title that names the article for references."""
    label = f"<w:r><w:t>{{% label {key} %}}</w:t></w:r><w:r><w:br/></w:r>"
    return f"<w:p>{_style(_HEADINGS[column.language])}{label}{_run(title.upper())}</w:p>"


def kept_lines(one: Article, lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines that stay on the page of what follows: the end of the closing, so that nobody signs alone."""
    if one.block != Block.CLOSING:
        return ()
    return [line for line in lines if line.level is not Level.COMMAND][-_KEPT_WITH_SIGNATURES:]


def paragraph(line: Line, lines: Sequence[Line], column: Column, *, kept: bool = False, is_lower: bool = False) -> str:
    """Make the paragraph of a line; without ayat above them the deeper levels move to the margin."""
    if line.level is Level.COMMAND:
        return f"<w:p>{_style('Perintah')}{_run(line.text)}</w:p>"
    settings = "<w:keepNext/><w:keepLines/>" if kept else "<w:keepNext/>" if line.text.endswith(":") else ""
    settings += '<w:spacing w:before="160"/>' if is_lower else ""
    text = line.text if column.language == "id" else in_english(line.text)
    style = _STYLES[column.language].get(line.level, "IsiPasal")
    return f"<w:p>{_style(style, settings + _shallow(line, lines))}{_run(text)}</w:p>"


def in_english(text: str) -> str:
    """Point the labels and references of a text at the English column."""
    return _REFERENCE.sub(rf"\1{ENGLISH}", _LABEL.sub(rf"\1{ENGLISH}", text))


def _shallow(line: Line, lines: Sequence[Line]) -> str:
    present = [level for level in _DEPTHS if any(other.level is level for other in lines)]
    if line.level not in _DEPTHS or present[0] is Level.AYAT:
        return ""
    left, hanging = _INDENTS[_DEPTHS.index(line.level) - _DEPTHS.index(present[0])]
    return f'<w:ind w:left="{left}" w:hanging="{hanging}"/>'


def _groups(lines: Sequence[Line]) -> Iterator[Line | list[Line]]:
    """Yield lines one by one, and the rows of each table together with the commands between them."""
    place = 0
    while place < len(lines):
        end = _end_of_table(lines, place)
        if end > place:
            yield list(lines[place:end])
            place = end
        else:
            yield lines[place]
            place += 1


def _end_of_table(lines: Sequence[Line], start: int) -> int:
    """Find where the table that begins at a line ends; `start` itself when none begins there.

    A command belongs to a table when its whole block stands between rows; otherwise it is one of paragraphs.
    """
    depth, end = 0, start
    for place in range(start, len(lines)):
        line = lines[place]
        if line.level is Level.COMMAND:
            depth += bool(_OPENS.match(line.text)) - bool(_CLOSES.match(line.text))
            if depth < 0 or (depth == 0 and _is_beside(line)):
                break
        elif line.level is not Level.ROW:
            break
        if depth == 0:
            end = place + 1
    rows = [line for line in lines[start:end] if line.level is Level.ROW]
    return end if rows else start


def _is_beside(line: Line) -> bool:
    """Tell whether a command neither opens nor closes a block of this table."""
    return not _CLOSES.match(line.text)


def _table(lines: Sequence[Line], column: Column, *, kept: bool = False) -> str:
    cells = [line.text.split("|") for line in lines if line.level is Level.ROW]
    widths = _widths(max(map(len, cells)), column.width)
    command_or_cells = (
        _command_row(line, len(widths))
        if line.level is Level.COMMAND
        else _cells(line, widths, kept=kept or (after is not None and after.level is Level.ROW))
        for line, after in zip(lines, [*lines[1:], None], strict=True)
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = (
        '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{margins}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(command_or_cells)}</w:tbl>"
    )


def _widths(count: int, whole: int) -> list[int]:
    if count == 2:  # noqa: PLR2004 - a name and its text
        first = max(int(whole * _FIRST_OF_TWO), _LEAST_WIDTH)
        return [first, whole - first]
    return [whole // count] * count


def _cells(line: Line, widths: Sequence[int], *, kept: bool) -> str:
    """Make a row; a kept one stays on the page of the next, so that what one loop prints is not torn apart."""
    style = _style("Tabel", "<w:keepNext/>" if kept else "")
    made = [
        _cell(f"<w:p>{style}{_run(text.strip())}</w:p>", width)
        for text, width in zip(_padded(line.text.split("|"), len(widths)), widths, strict=True)
    ]
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(made)}</w:tr>"


def _padded(texts: Sequence[str], count: int) -> list[str]:
    return [*texts, *[""] * (count - len(texts))]


def _line_rows(
    lines: Sequence[Line], others: Sequence[Line], left: Column, right: Column, kept: Sequence[Line]
) -> Iterator[str]:
    english = iter(others)
    is_lower = False
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        if line.level is Level.COMMAND:
            yield _command_row(line, 2)
            continue
        is_row = line.level is Level.ROW
        how = _How(kept=line in kept or (is_row and after is not None and after.level is Level.ROW), is_lower=is_lower)
        yield _row((_content(line, lines, left, how), _content(next(english, None), others, right, how)), left, right)
        is_lower = is_row
    for rest in english:
        yield _row((_content(None, lines, left, _How()), _content(rest, others, right, _How())), left, right)


def _content(line: Line | None, lines: Sequence[Line], column: Column, how: _How) -> str:
    if line is None:
        return f"<w:p>{_style('IsiPasal')}</w:p>"
    if line.level is Level.ROW:
        inner = Column(language=column.language, width=column.width - _CELL_MARGINS)
        return f"{_table([line], inner, kept=how.kept)}{_THIN_KEPT if how.kept else _THIN}"
    return paragraph(line, lines, column, kept=how.kept, is_lower=how.is_lower)


def _row(contents: tuple[str, str], left: Column, right: Column) -> str:
    cells = "".join(_cell(content, column.width) for content, column in zip(contents, (left, right), strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(content: str, width: int) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def _command_row(line: Line, columns: int) -> str:
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    return f"<w:tr><w:tc><w:tcPr>{span}</w:tcPr><w:p>{_style('Perintah')}{_run(line.text)}</w:p></w:tc></w:tr>"


def _style(name: str, settings: str = "") -> str:
    return f'<w:pPr><w:pStyle w:val="{name}"/>{settings}</w:pPr>'


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(printable(text))}</w:t></w:r>'
