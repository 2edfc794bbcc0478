"""What every starter has apart from its text: page, footer, logo, the parts of the package.

Paper and margins follow design: domain §8, 2; styles and lists lie in `styles`.
"""

import struct
import zlib
from typing import Final

from portal.documents.starters.blocks import TEXT_WIDTH, cell, command_cell, field, paragraph, row, run, table
from portal.documents.starters.styles import W_NS, numbering, styles

R_NS: Final = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_DRAWING_NS: Final = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_INITIALS: Final = '<w:sz w:val="15"/>'
"""Print that lets five initials stand beside one another."""
_MARGINS: Final = 'w:top="1417" w:right="1134" w:bottom="1417" w:left="1701"'


def parts(body: str, title: str, *, subject: str = "", justified: bool = True) -> dict[str, bytes]:
    """Put a body into the parts of a whole Word package."""
    section = (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar {_MARGINS} w:header="709" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    document = f"<w:document {W_NS} {R_NS} {_DRAWING_NS}><w:body>{body}{section}</w:body></w:document>"
    texts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", f"{_OFFICE}/officeDocument", "word/document.xml"),
            (
                "core",
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                "docProps/core.xml",
            ),
        ),
        "docProps/core.xml": _core(title, subject),
        "word/_rels/document.xml.rels": _relations(
            ("styles", f"{_OFFICE}/styles", "styles.xml"),
            ("numbering", f"{_OFFICE}/numbering", "numbering.xml"),
            ("settings", f"{_OFFICE}/settings", "settings.xml"),
            ("footer", f"{_OFFICE}/footer", "footer1.xml"),
            ("image", f"{_OFFICE}/image", "media/logo.png"),
        ),
        "word/document.xml": document,
        "word/footer1.xml": f"<w:ftr {W_NS} {R_NS}>{_footer()}</w:ftr>",
        "word/numbering.xml": numbering(),
        "word/settings.xml": (
            f'<w:settings {W_NS}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
            '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
            '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
            '</w:compat><w:themeFontLang w:val="id-ID"/></w:settings>'
        ),
        "word/styles.xml": styles(justified=justified),
    }
    made = {name: (_HEAD + text).encode() for name, text in texts.items()}
    return {**made, "word/media/logo.png": frame_picture()}


def logo(side_emu: int = 792000) -> str:
    """Make the picture that keeps the place of a logo (2.2 cm); the office puts its own in Word."""
    size = f'cx="{side_emu}" cy="{side_emu}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        '<wp:docPr id="1" name="Logo" descr="Tempat logo"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        '<pic:nvPicPr><pic:cNvPr id="1" name="Logo"/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:embed="rId5"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def frame_picture(side: int = 64) -> bytes:
    """Draw a plain grey frame as PNG, stored without compression so that the bytes are the same everywhere."""
    edge, paper = b"\x99", b"\xff"
    rows = [
        b"\0" + (edge * side if number in {0, side - 1} else edge + paper * (side - 2) + edge) for number in range(side)
    ]
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows), 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def _footer() -> str:
    small = '<w:sz w:val="16"/>'
    page = f"{run('Halaman ', small)}{field('PAGE', '1', small)}{run(' dari ', small)}{field('NUMPAGES', '1', small)}"
    whose = f'<w:p><w:pPr><w:pStyle w:val="Kaki"/></w:pPr>{run("Paraf {{ p.sebutan }}", _INITIALS)}</w:p>'
    initials = table(
        (TEXT_WIDTH // 3,) * 3,
        row(
            command_cell("untuk p dalam pihak"),
            cell(TEXT_WIDTH // 3, whose),
            command_cell("akhir untuk"),
            settings='<w:trHeight w:val="560" w:hRule="atLeast"/>',
        ),
        lines=True,
        slim=True,
    )
    gap = paragraph("Kaki", "", settings='<w:spacing w:after="0" w:line="160" w:lineRule="exact"/>')
    return f'{gap}{initials}<w:p><w:pPr><w:pStyle w:val="Kaki"/><w:spacing w:before="60"/></w:pPr>{page}</w:p>'


def _content_types() -> str:
    overrides = (
        ("/word/document.xml", f"{_WORD_TYPE}.document.main+xml"),
        ("/word/styles.xml", f"{_WORD_TYPE}.styles+xml"),
        ("/word/numbering.xml", f"{_WORD_TYPE}.numbering+xml"),
        ("/word/settings.xml", f"{_WORD_TYPE}.settings+xml"),
        ("/word/footer1.xml", f"{_WORD_TYPE}.footer+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        + "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides)
        + "</Types>"
    )


def _relations(*rows: tuple[str, str, str]) -> str:
    made = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (_, kind, target) in enumerate(rows, start=1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'


def _core(title: str, subject: str) -> str:
    about = f"<dc:subject>{subject}</dc:subject>" if subject else ""
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title>{about}<dc:language>id-ID</dc:language></cp:coreProperties>"
    )
