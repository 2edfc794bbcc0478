"""References to numbered paragraphs: real REF fields with the right text already in them.

Word counts anew only when asked, so the text in the field is written here and `updateFields` is never set
(design: documents §3.2).
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Final

from lxml import etree

from portal.documents import places
from portal.documents.numbering import Numbered, Numbering
from portal.documents.wordxml import PPR, RPR, XML_SPACE, Element, P, R, T, run, text_of, w

_REF: Final = re.compile(r"\s*REF\s+(?P<bookmark>\S+)\s+(?P<switches>.*)")
_LONGEST_NAME: Final = 40
"""Word's limit for the name of a bookmark."""


def write(root: Element, target: Numbered, placeholder: Element, *, name: str, near: bool) -> None:
    """Put fields that refer to `target` where the placeholder run stands; near ones leave out the Pasal."""
    chain = target.chain[1:] if near and target.above else target.chain
    for index, (word, label, step) in enumerate(places.pieces(chain)):
        if lead := f"{' ' if index else ''}{f'{word} ' if word else ''}":
            placeholder.addprevious(run(lead, placeholder))
        bookmark = _bookmark(root, step, name)
        for piece in _field(f" REF {bookmark} \\n \\h ", label, placeholder):
            placeholder.addprevious(piece)
    parent = placeholder.getparent()
    if parent is not None:
        parent.remove(placeholder)


def refresh(root: Element, numbering: Numbering) -> tuple[tuple[str, str], ...]:
    """Write the right text into every REF field that repeats a number; gives each change as (old, new)."""
    labels = {
        mark.get(w("name"), ""): numbered.label.removesuffix(".")
        for paragraph, numbered in numbering.walk(root)
        if numbered is not None
        for mark in paragraph.iter(w("bookmarkStart"))
    }
    changes: list[tuple[str, str]] = []
    for paragraph in root.iter(P):
        for instruction, results in _fields(paragraph):
            found = _REF.match(instruction)
            if found is None or "\\n" not in found["switches"] or found["bookmark"] not in labels or not results:
                continue
            old, new = "".join(map(text_of, results)), labels[found["bookmark"]]
            if old != new:
                _set_text(results, new)
                changes.append((old, new))
    return tuple(changes)


def _bookmark(root: Element, step: Numbered, name: str) -> str:
    """Give the name of the hidden bookmark on a numbered paragraph, making it where there is none."""
    paragraph = step.paragraph
    for mark in paragraph.iterchildren(w("bookmarkStart")):
        if mark.get(w("name"), "").startswith("_Ref_"):
            return mark.get(w("name"), "")
    taken = [int(mark.get(w("id"), "0")) for mark in root.iter(w("bookmarkStart"))]
    number = str(max(taken, default=0) + 1)
    title = f"_Ref_{name}_{number}"[:_LONGEST_NAME] if len(name) < 30 else f"_Ref_{number}"  # noqa: PLR2004 - room for both
    start = etree.Element(w("bookmarkStart"), {w("id"): number, w("name"): title})
    properties = paragraph.find(PPR)
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(etree.Element(w("bookmarkEnd"), {w("id"): number}))
    return title


def _field(instruction: str, result: str, like: Element) -> list[Element]:
    """Make a complex field, each of its five parts in a run of its own (LibreOffice miscounts otherwise)."""
    return [
        _run_with("fldChar", like, {w("fldCharType"): "begin"}),
        _run_with("instrText", like, {XML_SPACE: "preserve"}, instruction),
        _run_with("fldChar", like, {w("fldCharType"): "separate"}),
        run(result, like),
        _run_with("fldChar", like, {w("fldCharType"): "end"}),
    ]


def _run_with(name: str, like: Element, attributes: Mapping[str, str], text: str | None = None) -> Element:
    made = etree.Element(R)
    if (properties := like.find(RPR)) is not None:
        made.append(deepcopy(properties))
    etree.SubElement(made, w(name), dict(attributes)).text = text
    return made


def _fields(paragraph: Element) -> list[tuple[str, list[Element]]]:
    """Collect the complex fields of a paragraph as instruction and runs of the result."""
    found: list[tuple[str, list[Element]]] = []
    instruction, results, state = "", list[Element](), ""
    for piece in paragraph.iter(R):
        mark = piece.find(w("fldChar"))
        if mark is not None:
            state = mark.get(w("fldCharType"), "")
            if state == "begin":
                instruction, results = "", []
            elif state == "end":
                found.append((instruction, results))
        elif state == "begin":
            instruction += "".join(node.text or "" for node in piece.iter(w("instrText")))
        elif state == "separate":
            results.append(piece)
    return found


def _set_text(results: list[Element], text: str) -> None:
    nodes = [node for piece in results for node in piece.iter(T)]
    for node in nodes:
        node.text = ""
    if nodes:
        nodes[0].text = text
