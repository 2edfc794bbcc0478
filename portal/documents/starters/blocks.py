"""Pieces of Word markup as text: paragraphs, tables, fields. What they say is written in the modules beside."""

import re
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

TEXT_WIDTH: Final = 9071
"""Width between the margins in twips: A4 less 3 cm and 2 cm (design: domain §8, 2)."""

_MARGINS: Final = (
    '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
)

_SLIM: Final = (
    '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
    "</w:tblCellMar>"
)

_BOLD = re.compile(r"\*\*(.+?)\*\*")


def run(text: str, properties: str = "") -> str:
    """Make a run; a line break in the text becomes Word's own."""
    settings = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(line) for line in text.split("\n"))
    return f'<w:r>{settings}<w:t xml:space="preserve">{lines}</w:t></w:r>'


def paragraph(style: str, text: str, *, settings: str = "") -> str:
    """Make a paragraph of a style; **text** is bold. `settings` are further paragraph properties."""
    pieces = _BOLD.split(text)
    runs = [run(piece, "<w:b/>" if index % 2 else "") for index, piece in enumerate(pieces) if piece]
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{settings}</w:pPr>{"".join(runs)}</w:p>'


def pasal(title: str, label: str = "") -> str:
    """Make the head of an article: number and title in one paragraph (design: documents §3.1)."""
    mark = run(f"{{% label {label} %}}") if label else ""
    return f'<w:p><w:pPr><w:pStyle w:val="Pasal"/></w:pPr>{mark}<w:r><w:br/></w:r>{run(title.upper())}</w:p>'


def isi(text: str) -> str:
    """Make the unnumbered text of an article."""
    return paragraph("IsiPasal", text)


def ayat(*texts: str, settings: str = "") -> str:
    """Make numbered paragraphs (1), (2), … of an article."""
    return "".join(paragraph("Ayat", text, settings=settings) for text in texts)


def huruf(*texts: str, shallow: bool = False) -> str:
    """Make letters a., b., …; shallow ones stand at the margin, under an article without ayat."""
    settings = '<w:ind w:left="567" w:hanging="567"/>' if shallow else ""
    return "".join(paragraph("Huruf", text, settings=settings) for text in texts)


ENDING: Final = "{% jika putaran.sisa == 0 %}.{% atau jika putaran.sisa == 1 %}; dan{% selain itu %};{% akhir jika %}"
"""The end mark of an item in a list that comes from a loop."""


def each(name: str, items: str, *body: str) -> str:
    """Repeat blocks for every item of a list."""
    return "".join([isi_tag(f"untuk {name} dalam {items}"), *body, isi_tag("akhir untuk")])


def when(condition: str, *body: str, otherwise: Sequence[str] = ()) -> str:
    """Print blocks only if a condition holds, others if not."""
    rest = [isi_tag("selain itu"), *otherwise] if otherwise else []
    return "".join([isi_tag(f"jika {condition}"), *body, *rest, isi_tag("akhir jika")])


def isi_tag(command: str) -> str:
    """Make a paragraph that holds one command and goes away with it."""
    return paragraph("Perintah", f"{{% {command} %}}")


def items_or_mark(
    items: str, *, style: str, before: str = "", ending: str = ENDING, unknown: str = ".", settings: str = ""
) -> str:
    """List the items of a name, or mark the whole list as not known."""
    return when(
        items,
        each("butir", items, paragraph(style, f"{before}{{{{ butir }}}}{ending}", settings=settings)),
        otherwise=[paragraph(style, f"{before}{{{{ {items} | gabung }}}}{unknown}", settings=settings)],
    )


def cell(width: int, *content: str, settings: str = "") -> str:
    """Make a cell; a command alone in a cell repeats or hides cells."""
    body = "".join(content) or paragraph("Tabel", "")
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{settings}</w:tcPr>{body}</w:tc>'


def row(*cells: str, settings: str = "", whole: bool = True) -> str:
    """Make a row; a whole one is not split over two pages."""
    kept = "<w:cantSplit/>" if whole else ""
    return f"<w:tr><w:trPr>{kept}{settings}</w:trPr>{''.join(cells)}</w:tr>"


def command_row(command: str, columns: int) -> str:
    """Make a row that holds one command and goes away with it."""
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    return row(cell(TEXT_WIDTH, paragraph("Tabel", f"{{% {command} %}}"), settings=span))


def command_cell(command: str) -> str:
    """Make a cell that holds one command and goes away with it."""
    return cell(0, paragraph("Tabel", f"{{% {command} %}}"))


def table(widths: Sequence[int], *rows: str, lines: bool = False, slim: bool = False) -> str:
    """Make a table of fixed columns in twips, with or without lines; slim cells give text nearly their whole width."""
    margins = _SLIM if slim else _MARGINS if lines else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    line = "single" if lines else "none"
    borders = "".join(
        f'<w:{side} w:val="{line}" w:sz="{4 if lines else 0}" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{margins}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def field(instruction: str, shown: str, properties: str = "") -> str:
    """Make a field whose five parts each have a run of their own."""
    settings = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    parts = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{shown}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(f"<w:r>{settings}{part}</w:r>" for part in parts)
