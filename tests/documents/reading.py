"""Reads a Word file as a person would: numbers from its lists, text, and what is marked in yellow."""

from portal.documents import numbering, package
from portal.documents.wordxml import TBL, TC, TR, Element, P, R, T, parse, text_of, w


def main_part(content: bytes) -> Element:
    """The root of the document itself."""
    return parse(package.unpack(content)["word/document.xml"])


def lines(content: bytes, part: str = "word/document.xml") -> list[str]:
    """Every paragraph with its number, cells of a row side by side, headings on two lines."""
    parts = package.unpack(content)
    root = parse(parts[part])
    labels = {paragraph: found.label for paragraph, found in numbering.read(parts).walk(root) if found}
    body = root[0] if part.endswith("document.xml") else root
    return [line for block in body for line in _block(block, labels)]


def text(content: bytes) -> str:
    """The whole file as text, the footer last."""
    return "\n".join([*lines(content), "--- kaki halaman ---", *lines(content, "word/footer1.xml")]) + "\n"


def marked(content: bytes, part: str = "word/document.xml") -> list[str]:
    """The texts that stand on yellow ground."""
    root = parse(package.unpack(content)[part])
    return [text_of(run) for run in root.iter(R) if run.find(f"{w('rPr')}/{w('highlight')}") is not None]


def _block(block: Element, labels: dict[Element, str]) -> list[str]:
    if block.tag == P:
        return [_paragraph(block, labels)]
    if block.tag == TBL:
        return [" | ".join(_cell(cell, labels) for cell in row.iter(TC)) for row in block.iter(TR)]
    return []


def _cell(cell: Element, labels: dict[Element, str]) -> str:
    return " / ".join(line for paragraph in cell.iter(P) if (line := _paragraph(paragraph, labels)))


def _paragraph(paragraph: Element, labels: dict[Element, str]) -> str:
    pieces = [node.text or "" if node.tag == T else "\n" for node in paragraph.iter(T, w("br"))]
    label = labels.get(paragraph, "")
    words = "".join(pieces)
    return f"{label}{'' if words.startswith(chr(10)) or not label else ' '}{words}".replace("\n", " – ").rstrip()
