"""Tags in the text of a template: found across runs, put each into a run of its own, read as commands."""

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from portal.documents.refusal import TemplateRefused
from portal.documents.wordxml import (
    NOISE,
    RPR,
    SECTPR,
    SETTINGS_OF,
    XML_SPACE,
    Element,
    P,
    R,
    T,
    child_runs,
    text_of,
    w,
)

TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_HALF: Final = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_COMMANDS: Final = (
    ("else if", re.compile(r"atau\s+jika\s+(?P<expression>.+)")),
    ("else", re.compile(r"selain\s+itu")),
    ("if", re.compile(r"jika\s+(?P<expression>.+)")),
    ("for", re.compile(r"untuk\s+(?P<name>[a-z][a-z0-9_]*)\s+dalam\s+(?P<expression>.+)")),
    ("end", re.compile(r"akhir(\s+(?P<name>jika|untuk))?")),
    ("note", re.compile(r"pasal(\s+dua\s+bahasa)?")),
    ("label", re.compile(r"label\s+(?P<name>[a-z][a-z0-9_]*)")),
)
_KEPT: Final = (w("drawing"), w("pict"), SECTPR)
"""What must not vanish with a tag: pictures and breaks of sections."""

BLOCKS: Final = frozenset({"else if", "else", "if", "for", "end", "note"})
"""Tags that may stand alone in a paragraph, cell or row and then take it away with them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tag:
    """One tag: its kind ("value", "note" or a command), a name and an expression where it has them."""

    source: str
    kind: str
    name: str = ""
    expression: str = ""


def read(source: str) -> Tag:
    """Read one tag as written, braces included; raises TemplateRefused when it is no tag we know."""
    inner = " ".join(source[2:-2].replace("\u00a0", " ").split())
    if source.startswith("{{"):
        if not inner:
            raise TemplateRefused("Tag ini kosong.")
        return Tag(source=source, kind="value", expression=inner)
    if source.startswith("{#"):
        return Tag(source=source, kind="note")
    for kind, pattern in _COMMANDS:
        if found := pattern.fullmatch(inner):
            parts = found.groupdict()
            name, expression = parts.get("name") or "", parts.get("expression") or ""
            return Tag(source=source, kind=kind, name=name, expression=expression)
    raise TemplateRefused("Perintah “%(command)s” tidak dikenal.", command=inner)


def alone(element: Element) -> Tag | None:
    """Read the tag that is all the text of a paragraph, cell or row, if it may take the whole away."""
    text = text_of(element).strip()
    if not TAG.fullmatch(text) or len(TAG.findall(text)) != 1 or text.startswith("{{"):
        return None
    if next(element.iter(*_KEPT), None) is not None:
        return None
    tag = read(text)
    return tag if tag.kind in BLOCKS else None


def of_run(element: Element) -> Tag | None:
    """Read the tag of a run that `isolate` made."""
    if element.tag != R:
        return None
    text = text_of(element)
    return read(text) if TAG.fullmatch(text) else None


def isolate(paragraph: Element) -> None:
    """Give every tag of a paragraph a run of its own, however Word had split it; raises TemplateRefused."""
    for noise in [node for node in paragraph.iter(*NOISE) if node.getparent() is not None]:
        noise.getparent().remove(noise)  # type: ignore[union-attr]  # asked one line above
    for holder in [
        paragraph,
        *(node for node in paragraph.iter() if node.tag not in {P, R, T, *SETTINGS_OF}),
    ]:
        if any("{" in text_of(run) or "}" in text_of(run) for run in child_runs(holder)):
            _explode(holder)
            for group in _groups(holder):
                _cut(group)
    if _HALF.search(TAG.sub("", text_of(paragraph))):
        raise TemplateRefused("Tag tidak dibuka atau tidak ditutup.")


def _explode(holder: Element) -> None:
    """Split runs until each holds at most one text, break or tab."""
    for run in list(child_runs(holder)):
        contents = [node for node in run if node.tag != RPR]
        properties = run.find(RPR)
        for node in contents[1:][::-1]:
            piece = run.makeelement(R)
            if properties is not None:
                piece.append(deepcopy(properties))
            piece.append(node)
            run.addnext(piece)


def _groups(holder: Element) -> list[list[Element]]:
    """Collect neighbouring runs of plain text; a tag may run through one group, never beyond."""
    groups: list[list[Element]] = [[]]
    for child in holder:
        if child.tag == R and [node.tag for node in child if node.tag != RPR] == [T]:
            groups[-1].append(child)
        else:
            groups.append([])
    return [group for group in groups if group]


def _cut(group: list[Element]) -> None:
    whole = "".join(text_of(run) for run in group)
    tags = [(found.start(), found.end()) for found in TAG.finditer(whole)]
    if not tags:
        return
    start = 0
    for run in group:
        text = text_of(run)
        end = start + len(text)
        for piece in _pieces(whole, start, end, tags):
            made = deepcopy(run)
            node = next(made.iter(T))
            node.text = piece
            node.set(XML_SPACE, "preserve")
            run.addprevious(made)
        parent = run.getparent()
        if parent is not None:
            parent.remove(run)
        start = end


def _pieces(whole: str, start: int, end: int, tags: list[tuple[int, int]]) -> list[str]:
    """Give the texts that replace whole[start:end]: tags that begin here in full, and the text between."""
    pieces = []
    place = start
    for first, last in tags:
        if first >= end:
            break
        if last <= place:
            continue
        if first > place:
            pieces.append(whole[place:first])
        if first >= start:
            pieces.append(whole[first:last])
        place = max(place, last)
    if place < end:
        pieces.append(whole[place:end])
    return pieces
