"""Styles and lists of the starters: what staff pick in Word; numbers come from the lists tied to the styles.

The lists follow design: documents §3.1, the font design: domain §8, 2.
"""

from typing import Final

W_NS: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_FONT: Final = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
_BOTH: Final = '<w:jc w:val="both"/>'
_CENTRE: Final = '<w:jc w:val="center"/>'

_STYLES: Final = (
    # id, name, paragraph properties, run properties
    ("Sampul", "Sampul", '<w:spacing w:before="240" w:after="240"/>' + _CENTRE, '<w:b/><w:sz w:val="28"/>'),
    ("JudulNaskah", "Judul Naskah", '<w:keepNext/><w:spacing w:before="40" w:after="40"/>' + _CENTRE, "<w:b/>"),
    ("JudulLampiran", "Judul Lampiran", '<w:spacing w:after="0"/><w:ind w:left="3969"/>', ""),
    ("NomorNaskah", "Nomor Naskah", '<w:spacing w:after="0"/>' + _CENTRE, ""),
    ("Logo", "Logo", '<w:spacing w:after="40"/>' + _CENTRE, '<w:color w:val="595959"/><w:sz w:val="16"/>'),
    ("Pembukaan", "Pembukaan", '<w:spacing w:before="120" w:after="120"/>' + _BOTH, ""),
    ("Komparisi", "Komparisi", '<w:spacing w:after="120"/>', ""),
    ("KomparisiNama", "Komparisi Nama", '<w:spacing w:after="120"/>', ""),
    ("Konsiderans", "Konsiderans", _BOTH, ""),
    ("DasarHukum", "Dasar Hukum", _BOTH, ""),
    (
        "Bab",
        "Bab",
        '<w:keepNext/><w:spacing w:before="360" w:after="120"/>' + _CENTRE + '<w:outlineLvl w:val="0"/>',
        "<w:b/>",
    ),
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
    (
        "Article",
        "Article",
        '<w:keepNext/><w:spacing w:before="240" w:after="120"/>' + _CENTRE + '<w:outlineLvl w:val="0"/>',
        "<w:b/>",
    ),
    ("Para", "Para", _BOTH, ""),
    ("Item", "Item", _BOTH, ""),
    ("SubItem", "Sub Item", _BOTH, ""),
    ("Recital", "Recital", _BOTH, ""),
    ("LegalBasis", "Legal Basis", _BOTH, ""),
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
    (
        ("Article", "decimal", "Article %1", True, 0, 0),
        ("Para", "decimal", "(%2)", False, 567, 567),
        ("Item", "lowerLetter", "%3.", False, 1021, 454),
        ("SubItem", "decimal", "%4.", False, 1475, 454),
    ),
    (("Recital", "lowerLetter", "%1.", False, 567, 567),),
    (("LegalBasis", "decimal", "%1.", False, 567, 567),),
    (("Bab", "upperRoman", "BAB %1", True, 0, 0),),
)
_NARROW_TABLE: Final = '<w:sz w:val="18"/>'
"""Print of tables in narrow columns, where an address of electronic mail must stay on its line."""
_HEADINGS: Final = frozenset({"Bab", "Pasal", "Article"})
"""Levels whose number stands above the title, not before it."""


def styles(*, justified: bool = True) -> str:
    """Write the styles; in narrow columns text stands at the left margin only, tables in small print."""
    linked = {level[0]: (index, at) for index, levels in enumerate(_LISTS) for at, level in enumerate(levels)}
    made = []
    for style, name, described, look in _STYLES:
        in_paragraph = described if justified else described.replace(_BOTH, "")
        in_run = look if justified or style != "Tabel" else _NARROW_TABLE
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


def numbering() -> str:
    """Write the lists, each level tied to its style."""
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
    suffix = '<w:suff w:val="nothing"/>' if style in _HEADINGS else ""
    tab = "" if style in _HEADINGS else f'<w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>'
    indent = f'<w:ind w:left="{left}" w:hanging="{hanging}"/>' if hanging else '<w:ind w:left="0" w:firstLine="0"/>'
    weight = "<w:b/>" if bold else '<w:b w:val="0"/>'
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/><w:pStyle w:val="{style}"/>{suffix}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>{tab}{indent}</w:pPr>'
        f'<w:rPr>{_FONT}{weight}<w:i w:val="0"/><w:sz w:val="24"/></w:rPr></w:lvl>'
    )
