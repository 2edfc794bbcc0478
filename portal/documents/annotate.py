"""Hands a template back with its faults as Word comments, each on the paragraph it is about.

What the faults are is `lint`'s; here they are only written into the file (design: documents §4).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from lxml import etree

from portal.documents import gate, package
from portal.documents.lint import Finding
from portal.documents.wordxml import PPR, RPR, VAL, XML_SPACE, Element, P, R, T, W, parse, serialise, text_of, w

_MAIN: Final = "word/document.xml"
_RELATIONS: Final = "word/_rels/document.xml.rels"
_TYPES: Final = "[Content_Types].xml"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_COMMENTS_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_REFERENCE_STYLE: Final = "CommentReference"
_AUTHOR: Final = "Simpul"
_NUMBERED: Final = re.compile(r"rId(\d+)")

Labels = Mapping[bool, str]
"""The word before a fault by whether it is an error; the edge may give translated ones."""

WORDS: Final[Labels] = {True: "Kesalahan", False: "Peringatan"}


def annotate(content: bytes, findings: Iterable[Finding], *, words: Labels = WORDS) -> bytes:
    """Give the same file with a comment for every finding; without findings, the same bytes.

    Word has comments in the text only: a finding in a header or footer stands on the first paragraph and says
    where it is. Raises FileRefused.
    """
    listed = list(findings)
    if not listed:
        return content
    parts = dict(gate.check(content))
    root = parse(parts[_MAIN])
    paragraphs = list(root.iter(P))
    if not paragraphs:
        return content
    name = _comments_part(parts)
    comments = parse(parts[name]) if name in parts else etree.Element(w("comments"), nsmap={"w": W})
    taken = [made.get(w("id"), "") for made in comments.iterchildren(w("comment"))]
    number = 1 + max((int(known) for known in taken if known.isdecimal()), default=-1)
    has_style = _with_style(parts)
    for found in listed:
        comments.append(_comment(number, _sentences(found, words)))
        _mark(_target(found, paragraphs), number, styled=has_style)
        number += 1
    parts[_MAIN] = serialise(root)
    parts[name] = serialise(comments)
    return package.pack(parts)


def _target(found: Finding, paragraphs: Sequence[Element]) -> Element:
    """Give the paragraph of a finding: the one it names, else the nearest that holds its tag, else the first.

    A finding may have been counted with articles in their slot, which the file itself does not have.
    """
    if found.part != _MAIN or not found.paragraph:
        return paragraphs[0]
    at = min(found.paragraph, len(paragraphs)) - 1
    if not found.tag or found.tag in text_of(paragraphs[at]):
        return paragraphs[at]
    holding = [index for index, paragraph in enumerate(paragraphs) if found.tag in text_of(paragraph)]
    return paragraphs[min(holding, key=lambda index: abs(index - at), default=at)]


def _sentences(found: Finding, words: Labels) -> list[str]:
    lines = [f"{words[found.is_error]} {found.code}: {found.sentence}"]
    if found.tag and found.tag not in found.sentence:
        lines.append(found.tag)
    if found.place:
        lines.append(found.place)
    return lines


def _comment(number: int, lines: Sequence[str]) -> Element:
    made = etree.Element(w("comment"), {w("id"): str(number), w("author"): _AUTHOR, w("initials"): _AUTHOR[0]})
    for line in lines:
        text = etree.SubElement(etree.SubElement(etree.SubElement(made, P), R), T)
        text.set(XML_SPACE, "preserve")
        text.text = "".join(sign for sign in line if sign.isprintable())
    return made


def _mark(paragraph: Element, number: int, *, styled: bool) -> None:
    """Put the range of a comment around all that a paragraph holds."""
    own = {w("id"): str(number)}
    properties = paragraph.find(PPR)
    paragraph.insert(0 if properties is None else 1, etree.Element(w("commentRangeStart"), own))
    paragraph.append(etree.Element(w("commentRangeEnd"), own))
    reference = etree.SubElement(paragraph, R)
    if styled:
        etree.SubElement(etree.SubElement(reference, RPR), w("rStyle"), {VAL: _REFERENCE_STYLE})
    etree.SubElement(reference, w("commentReference"), own)


def _comments_part(parts: dict[str, bytes]) -> str:
    """Find the part that holds the comments; when there is none, name it in the package."""
    relations = (
        parse(parts[_RELATIONS]) if _RELATIONS in parts else etree.Element(f"{{{_PACKAGE}/relationships}}Relationships")
    )
    for relation in relations:
        if relation.get("Type") == _COMMENTS_RELATION:
            target = relation.get("Target", "")
            return target.removeprefix("/") if target.startswith("/") else f"word/{target}"
    taken = [int(found[1]) for relation in relations if (found := _NUMBERED.fullmatch(relation.get("Id", "")))]
    name = "comments.xml"
    while f"word/{name}" in parts:
        name = f"x{name}"
    etree.SubElement(
        relations,
        f"{{{_PACKAGE}/relationships}}Relationship",
        {"Id": f"rId{max(taken, default=0) + 1}", "Type": _COMMENTS_RELATION, "Target": name},
    )
    types = parse(parts[_TYPES])
    etree.SubElement(
        types,
        f"{{{_PACKAGE}/content-types}}Override",
        {"PartName": f"/word/{name}", "ContentType": _COMMENTS_TYPE},
    )
    parts[_RELATIONS] = serialise(relations)
    parts[_TYPES] = serialise(types)
    return f"word/{name}"


def _with_style(parts: dict[str, bytes]) -> bool:
    """See to it that the style of comment marks is there; False for a file without styles."""
    if "word/styles.xml" not in parts:
        return False
    root = parse(parts["word/styles.xml"])
    if any(style.get(w("styleId")) == _REFERENCE_STYLE for style in root.iterchildren(w("style"))):
        return True
    style = etree.SubElement(root, w("style"), {w("type"): "character", w("styleId"): _REFERENCE_STYLE})
    etree.SubElement(style, w("name"), {VAL: "annotation reference"})
    etree.SubElement(style, w("uiPriority"), {VAL: "99"})
    etree.SubElement(style, w("semiHidden"))
    etree.SubElement(style, w("unhideWhenUsed"))
    settings = etree.SubElement(style, RPR)
    etree.SubElement(settings, w("sz"), {VAL: "16"})
    etree.SubElement(settings, w("szCs"), {VAL: "16"})
    parts["word/styles.xml"] = serialise(root)
    return True
