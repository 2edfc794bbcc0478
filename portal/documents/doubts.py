"""What is wrong or doubtful in a template beside its tags: changes left in it, numbers typed by hand, odd fonts."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from portal.documents import fields, leftovers
from portal.documents.location import Located
from portal.documents.numbering import Numbering
from portal.documents.places import STYLES_OF_PASAL
from portal.documents.reading import Reading
from portal.documents.schema import Shape
from portal.documents.tags import TAG, own_text
from portal.documents.wordxml import Element, P, parse, style_of, w
from portal.domain.marking import N_

_CHANGES: Final = tuple(
    map(w, ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange"))
)
_REMARKS: Final = (w("commentRangeStart"), w("commentReference"))
_TYPED_NUMBER: Final = re.compile(r"(\(\d{1,2}\)|\d{1,2}[.)]|[a-z][.)]|Pasal \d{1,3})[\s\u00a0]+\S")
_TYPED_PARTY: Final = re.compile(r"PIHAK\s+(KESATU|PERTAMA|KEDUA)\b")
_FULL_CONTEXT: Final = re.compile(r"\\[rw]\b")
_FREE_FONTS: Final = frozenset(
    {"arial", "times new roman", "courier new", "calibri", "cambria", "symbol", "wingdings"}
    | {"liberation sans", "liberation serif", "liberation mono", "carlito", "caladea", "helvetica", "georgia"}
)
"""Fonts that have, or are, a free font of the same widths, so that pages break alike everywhere."""

_FONT: Final = w("rFonts")
_NAMES_OF_FONT: Final = (w("ascii"), w("hAnsi"))
_STYLES: Final = "word/styles.xml"


def of_part(located: Located) -> None:
    """Look at one part before its tags are read."""
    change = next(located.root.iter(*_CHANGES), None)
    if change is not None:
        message = N_("Templat masih berisi perubahan terlacak; terima atau tolak dahulu semuanya di Word.")
        located.add(change, "T150", message)
    remark = next(located.root.iter(*_REMARKS), None)
    if remark is not None:
        message = N_("Templat masih berisi komentar; komentar tidak ikut ke naskah.")
        located.add(remark, "T207", message, is_error=False)
    for paragraph in located.root.iter(P):
        _typed_number(located, paragraph)
        _full_context(located, paragraph)


def of_template(parts: Mapping[str, bytes], located: Sequence[Located], reading: Reading) -> None:
    """Look at the whole once its tags were read."""
    main = located[0]
    if not reading.has_slot:
        for shape in _unused(reading.names.values(), reading.used):
            message = N_("Isian wajib “%(label)s” (%(name)s) tidak dipakai di templat ini.")
            main.add(None, "T201", message, is_error=False, label=shape.label or shape.path, name=shape.path)
    _typed_parties(main)
    _lost_links(main, parts, reading.numbering)
    if leftovers.orders_update(parts):
        message = N_("Templat menyuruh Word memperbarui bidang saat dibuka; perintah itu tidak ikut ke naskah.")
        main.add(None, "T212", message, is_error=False)
    for font in sorted(_fonts(parts, located)):
        message = N_("Huruf “%(font)s” tidak mempunyai padanan bebas: pergantian halaman dapat berbeda.")
        main.add(None, "T208", message, is_error=False, font=font)


def _typed_number(located: Located, paragraph: Element) -> None:
    text = own_text(paragraph).strip()
    found = _TYPED_NUMBER.match(text)
    if found is not None and located.numbering.place(paragraph) is None and style_of(paragraph) in _ARTICLES:
        message = N_("Nomor “%(number)s” diketik dengan tangan; pakai gaya bernomor agar nomor selalu benar.")
        located.add(paragraph, "T203", message, is_error=False, number=found[1])


_ARTICLES: Final = STYLES_OF_PASAL | {None, "Normal", "IsiPasal", "ListParagraph", "BodyText"}
"""Styles in which a number at the beginning is one that somebody typed."""


def _full_context(located: Located, paragraph: Element) -> None:
    for seen in fields.of_paragraph(paragraph):
        if fields.REF.match(seen.instruction) and _FULL_CONTEXT.search(seen.instruction):
            message = N_("Rujukan ini memakai nomor lengkap (\\r atau \\w), yang tidak lazim di sini; pakai tag rujuk.")
            located.add(paragraph, "T204", message, is_error=False, tag=seen.instruction.strip())


def _typed_parties(located: Located) -> None:
    """Note a template in which both parties are typed by hand instead of taken from the data."""
    first: dict[str, Element] = {}
    for paragraph in located.root.iter(P):
        for found in _TYPED_PARTY.finditer(TAG.sub("", own_text(paragraph))):
            first.setdefault("KEDUA" if found[1] == "KEDUA" else "KESATU", paragraph)
    if len(first) > 1:
        message = N_("Sebutan PIHAK KESATU dan PIHAK KEDUA diketik dengan tangan; pakai tag sebutan pihak.")
        located.add(next(iter(first.values())), "T202", message, is_error=False)


def _unused(shapes: Iterable[Shape], used: set[str]) -> Iterator[Shape]:
    for shape in shapes:
        within = (f"{shape.path}.", f"{shape.path}[")
        if shape.required and not any(path == shape.path or path.startswith(within) for path in used):
            yield shape
        else:
            yield from _unused([*shape.fields.values(), *([shape.item] if shape.item is not None else [])], used)


def _lost_links(located: Located, parts: Mapping[str, bytes], numbering: Numbering) -> None:
    """Note a style of the articles that a program cut from its list, so that it counts no more."""
    styles = parse(parts[_STYLES]).iterchildren(w("style")) if _STYLES in parts else ()
    known = {style.get(w("styleId"), "") for style in styles}
    used = {style_of(paragraph) for paragraph in located.root.iter(P)}
    linked = {level.style for levels in numbering.lists.values() for level in levels.values()}
    for style in sorted(known & STYLES_OF_PASAL - {"IsiPasal"} & {name for name in used if name}):
        if style not in linked or style not in numbering.style_lists:
            message = N_("Gaya “%(style)s” tidak lagi terhubung dengan daftar bernomornya.")
            located.add(None, "T206", message, is_error=False, style=style)


def _fonts(parts: Mapping[str, bytes], located: Sequence[Located]) -> set[str]:
    roots = [one.root for one in located] + ([parse(parts[_STYLES])] if _STYLES in parts else [])
    named = {font.get(name, "") for root in roots for font in root.iter(_FONT) for name in _NAMES_OF_FONT}
    return {name for name in named if name and name.casefold() not in _FREE_FONTS}
