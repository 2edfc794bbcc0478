"""What every starter has apart from its text: styles, lists, page, footer, the parts of the package.

Paper, font and margins follow design: domain §8, 2; the lists design: documents §3.1.
"""

import struct
import zlib
from typing import Final

from portal.documents.starters.blocks import TEXT_WIDTH, cell, command_cell, field, paragraph, row, run, table

W_NS: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R_NS: Final = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_DRAWING_NS: Final = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FONT: Final = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MARGINS: Final = 'w:top="1417" w:right="1134" w:bottom="1417" w:left="1701"'

_BOTH: Final = '<w:jc w:val="both"/>'
_CENTRE: Final = '<w:jc w:val="center"/>'

_STYLES: Final = (
    # id, name, paragraph properties, run properties
    ("JudulNaskah", "Judul Naskah", '<w:keepNext/><w:spacing w:before="40" w:after="40"/>' + _CENTRE, "<w:b/>"),
    ("NomorNaskah", "Nomor Naskah", '<w:spacing w:after="0"/>' + _CENTRE, ""),
    ("Logo", "Logo", '<w:spacing w:after="40"/>' + _CENTRE, '<w:color w:val="595959"/><w:sz w:val="16"/>'),
    ("Pembukaan", "Pembukaan", '<w:spacing w:before="120" w:after="120"/>' + _BOTH, ""),
    ("Komparisi", "Komparisi", '<w:spacing w:after="120"/>' + _BOTH, ""),
    ("KomparisiNama", "Komparisi Nama", '<w:spacing w:after="120"/>', ""),
    ("Konsiderans", "Konsiderans", _BOTH, ""),
    ("DasarHukum", "Dasar Hukum", _BOTH, ""),
    (
        "Pasal",
        "Pasal",
        '<w:keepNext/><w:spacing w:before="240" w:after="120"/>' + _CENTRE + '<w:outlineLvl w:val="0"/>',
        "<w:b/>",
    ),
    ("Ayat", "Ayat", _BOTH, ""),
    ("Huruf", "Huruf", _BOTH, ""),
    ("Angka", "Angka", _BOTH, ""),
    ("HurufKecil", "Huruf Kecil", _BOTH, ""),
    ("AngkaKecil", "Angka Kecil", _BOTH, ""),
    ("IsiPasal", "Isi Pasal", _BOTH, ""),
    ("Kutipan", "Kutipan", '<w:ind w:left="567"/>' + _BOTH, ""),
    ("Tabel", "Tabel", '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="22"/>'),
    ("TandaTangan", "Tanda Tangan", '<w:keepNext/><w:spacing w:after="0"/>' + _CENTRE, ""),
    ("Kaki", "Kaki", '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>' + _CENTRE, '<w:sz w:val="16"/>'),
    ("Perintah", "Perintah", '<w:spacing w:after="0"/>', '<w:color w:val="7F7F7F"/><w:sz w:val="16"/>'),
)

_LISTS: Final = (
    # style, format, text, bold, left indent, hanging
    (
        ("Pasal", "decimal", "Pasal %1", True, 0, 0),
        ("Ayat", "decimal", "(%2)", False, 567, 567),
        ("Huruf", "lowerLetter", "%3.", False, 1021, 454),
        ("Angka", "decimal", "%4.", False, 1475, 454),
        ("HurufKecil", "lowerLetter", "%5)", False, 1929, 454),
        ("AngkaKecil", "decimal", "%6)", False, 2383, 454),
    ),
    (("Konsiderans", "lowerLetter", "%1.", False, 567, 567),),
    (("DasarHukum", "decimal", "%1.", False, 567, 567),),
)


def parts(body: str, title: str) -> dict[str, bytes]:
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
        "docProps/core.xml": _core(title),
        "word/_rels/document.xml.rels": _relations(
            ("styles", f"{_OFFICE}/styles", "styles.xml"),
            ("numbering", f"{_OFFICE}/numbering", "numbering.xml"),
            ("settings", f"{_OFFICE}/settings", "settings.xml"),
            ("footer", f"{_OFFICE}/footer", "footer1.xml"),
            ("image", f"{_OFFICE}/image", "media/logo.png"),
        ),
        "word/document.xml": document,
        "word/footer1.xml": f"<w:ftr {W_NS} {R_NS}>{_footer()}</w:ftr>",
        "word/numbering.xml": _numbering(),
        "word/settings.xml": (
            f'<w:settings {W_NS}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
            '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
            '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
            '</w:compat><w:themeFontLang w:val="id-ID"/></w:settings>'
        ),
        "word/styles.xml": _styles(),
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
    initials = table(
        (TEXT_WIDTH // 3,) * 3,
        row(
            command_cell("untuk p dalam pihak"),
            cell(TEXT_WIDTH // 3, paragraph("Kaki", "Paraf {{ p.sebutan }}")),
            command_cell("akhir untuk"),
            settings='<w:trHeight w:val="560" w:hRule="atLeast"/>',
        ),
        lines=True,
    )
    gap = paragraph("Kaki", "", settings='<w:spacing w:after="0" w:line="160" w:lineRule="exact"/>')
    return f'{gap}{initials}<w:p><w:pPr><w:pStyle w:val="Kaki"/><w:spacing w:before="60"/></w:pPr>{page}</w:p>'


def _styles() -> str:
    linked = {level[0]: (index, at) for index, levels in enumerate(_LISTS) for at, level in enumerate(levels)}
    made = []
    for style, name, in_paragraph, in_run in _STYLES:
        number = ""
        if style in linked:
            index, at = linked[style]
            number = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{index + 1}"/></w:numPr>'
        kept, rest = (
            ("<w:keepNext/>", in_paragraph[13:]) if in_paragraph.startswith("<w:keepNext/>") else ("", in_paragraph)
        )
        made.append(
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{kept}{number}{rest}</w:pPr>'
            f"<w:rPr>{in_run}</w:rPr></w:style>"
        )
    return (
        f"<w:styles {W_NS}><w:docDefaults><w:rPrDefault><w:rPr>{_FONT}"
        '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="id-ID" w:eastAsia="id-ID" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:after="80" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        f"{''.join(made)}</w:styles>"
    )


def _numbering() -> str:
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{index}"><w:multiLevelType w:val="multilevel"/>'
        f"{''.join(_level(at, *level) for at, level in enumerate(levels))}</w:abstractNum>"
        for index, levels in enumerate(_LISTS)
    )
    numbers = "".join(
        f'<w:num w:numId="{index + 1}"><w:abstractNumId w:val="{index}"/></w:num>' for index in range(len(_LISTS))
    )
    return f"<w:numbering {W_NS}>{lists}{numbers}</w:numbering>"


def _level(at: int, *level: object) -> str:
    style, shape, text, bold, left, hanging = level
    suffix = '<w:suff w:val="nothing"/>' if style == "Pasal" else ""
    tab = "" if style == "Pasal" else f'<w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>'
    indent = f'<w:ind w:left="{left}" w:hanging="{hanging}"/>' if hanging else '<w:ind w:left="0" w:firstLine="0"/>'
    weight = "<w:b/>" if bold else '<w:b w:val="0"/>'
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/><w:pStyle w:val="{style}"/>{suffix}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>{tab}{indent}</w:pPr>'
        f'<w:rPr>{_FONT}{weight}<w:i w:val="0"/><w:sz w:val="24"/></w:rPr></w:lvl>'
    )


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


def _core(title: str) -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:language>id-ID</dc:language></cp:coreProperties>"
    )
