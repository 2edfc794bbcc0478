"""Applies the settings of a template to its Word file: paper, margins, font and its size, widths of tables.

Equal settings give equal bytes. What a setting may be is `domain.template_settings`'s.
"""

from collections.abc import Mapping
from typing import Final

from portal.documents import gate, package
from portal.documents.refusal import FileRefused, TemplateRefused
from portal.documents.wordxml import SECTPR, TBL, VAL, Element, parse, serialise, w
from portal.domain.marking import N_
from portal.domain.template_settings import TemplateSettings

_TWIPS_PER_MM: Final = 1440 / 25.4
_MAIN: Final = "word/document.xml"
_BODY_SIZES: Final = frozenset({"22", "24"})
"""Sizes of running text in half points; smaller print keeps its size."""

_FACES: Final = ("ascii", "hAnsi", "eastAsia", "cs")
_WIDTHS: Final = (w("tblW"), w("gridCol"), w("tcW"))


def apply(content: bytes, settings: TemplateSettings) -> bytes:
    """Return a Word file set up as the settings say; parts without a page, style or table stay as they are.

    The file passes the gate again, whose rules may be stricter than on the day it came in; raises TemplateRefused.
    """
    try:
        parts = gate.check(content)
    except FileRefused as refused:
        message = N_("Templat ditolak: berkasnya tidak lagi lolos pemeriksaan. %(reason)s Unggah versi baru.")
        raise TemplateRefused(message, reason=str(refused)) from refused
    return package.pack(on_parts(parts, settings), deflate=False)


def on_parts(parts: Mapping[str, bytes], settings: TemplateSettings) -> dict[str, bytes]:
    """Do as `apply` for the parts of a package."""
    root = parse(parts[_MAIN])
    before = _text_width(root)
    for section in root.iter(SECTPR):
        _page(section, settings)
    after = _text_width(root)
    made = {**parts, _MAIN: _whole(root, before, after)}
    for name in parts:
        if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
            made[name] = _whole(parse(parts[name]), before, after)
        elif name in {"word/styles.xml", "word/numbering.xml"}:
            made[name] = _type(parse(parts[name]), settings)
    return made


def _page(section: Element, settings: TemplateSettings) -> None:
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    width, height = settings.paper_mm
    if size is not None and size.get(w("orient")) == "landscape":
        width, height = height, width
    if size is not None:
        size.set(w("w"), _twips(width))
        size.set(w("h"), _twips(height))
    if margins is not None:
        for side in ("top", "bottom", "left", "right"):
            margins.set(w(side), _twips(getattr(settings, f"margin_{side}")))


def _twips(millimetres: int) -> str:
    return str(round(millimetres * _TWIPS_PER_MM))


def _number(node: Element) -> int:
    return int(float(node.get(w("w"), "0")))


def _text_width(root: Element) -> int:
    """Return the width between the margins of the last section in twips, 0 where a file tells none."""
    size, margins = root.find(f".//{w('pgSz')}"), root.find(f".//{w('pgMar')}")
    if size is None or margins is None:
        return 0
    return _number(size) - sum(int(float(margins.get(w(side), "0"))) for side in ("left", "right"))


def _whole(root: Element, before: int, after: int) -> bytes:
    """Stretch every table as the text between the margins was stretched."""
    if before and after != before:
        for table in root.iter(TBL):
            for node in table.iter(*_WIDTHS):
                if node.get(w("type"), "dxa") == "dxa":
                    node.set(w("w"), str(round(_number(node) * after / before)))
    return serialise(root)


def _type(root: Element, settings: TemplateSettings) -> bytes:
    for fonts in root.iter(w("rFonts")):
        for face in _FACES:
            if fonts.get(w(face)) is not None:
                fonts.set(w(face), settings.font)
    for size in root.iter(w("sz"), w("szCs")):
        if size.get(VAL) in _BODY_SIZES and not _is_of_tables(size):
            size.set(VAL, str(2 * settings.font_size))
    return serialise(root)


def _is_of_tables(size: Element) -> bool:
    style = next(size.iterancestors(w("style")), None)
    return style is not None and style.get(w("styleId")) == "Tabel"
