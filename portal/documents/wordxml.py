"""The vocabulary of WordprocessingML that the other modules share: names, safe parsing, text."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Final

from lxml import etree

Element = etree._Element  # noqa: SLF001 - lxml gives its one element class no public name

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def w(name: str) -> str:
    """Give the full name of a Word element or attribute, w("p")."""
    return f"{{{W}}}{name}"


P, R, T, TC, TR, TBL = w("p"), w("r"), w("t"), w("tc"), w("tr"), w("tbl")
PPR, RPR, TCPR, TRPR, TBLPR, SECTPR = w("pPr"), w("rPr"), w("tcPr"), w("trPr"), w("tblPr"), w("sectPr")
VAL: Final = w("val")
NOISE: Final = (w("proofErr"), w("lastRenderedPageBreak"), w("noProof"))
SETTINGS_OF: Final = frozenset({PPR, RPR, TCPR, TRPR, TBLPR, SECTPR, w("tblGrid"), w("tblPrEx")})
"""Elements that describe their parent and hold no text."""


def parse(content: bytes) -> Element:
    """Parse one part without entities, network or recovery; raises etree.XMLSyntaxError when it is broken."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True)
    return etree.fromstring(content, parser)


def serialise(root: Element) -> bytes:
    """Write one part with Word's own declaration."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def text_of(element: Element) -> str:
    """Join the text of all runs below an element; field codes are no text."""
    return "".join(node.text or "" for node in element.iter(T))


def style_of(paragraph: Element) -> str | None:
    """Give the style id of a paragraph, None for the default style."""
    found = paragraph.find(f"{PPR}/{w('pStyle')}")
    return None if found is None else found.get(VAL)


def run(text: str, like: Element | None = None) -> Element:
    """Make a run of text that looks like another run; line breaks and tabs of the text become Word's own."""
    made = etree.Element(R)
    if like is not None and (properties := like.find(RPR)) is not None:
        made.append(deepcopy(properties))
    for index, line in enumerate(printable(text).split("\n")):
        if index:
            etree.SubElement(made, w("br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                etree.SubElement(made, w("tab"))
            _add_text(made, piece)
    return made


def child_runs(holder: Element) -> Iterator[Element]:
    """Yield the runs that are direct children."""
    yield from holder.iterchildren(R)


def _add_text(made: Element, piece: str) -> None:
    if piece:
        node = etree.SubElement(made, T)
        node.set(XML_SPACE, "preserve")
        node.text = piece


def printable(text: str) -> str:
    """Leave out what XML cannot carry (control characters, lone surrogates)."""
    clean = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in clean if sign in "\n\t" or _may_stand_in_xml(ord(sign)))


def _may_stand_in_xml(code: int) -> bool:
    return 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000  # noqa: PLR2004 - XML 1.0, 2.2
