"""Tags in the text of a template: found across runs, put each into a run of its own, read as commands."""

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from portal.documents.findings import nearest
from portal.documents.refusal import TagRefused
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
from portal.domain.marking import N_

TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_HALF: Final = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_LEVEL: Final = re.compile(r"\{[{%](?P<level>p|tr|tc|r)\s")
_TYPOGRAPHY: Final = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u202f": " ", "–": "-", "\u2011": "-"}
)
"""What Word makes of plain signs while somebody types; turned back inside tags only."""

_COMMANDS: Final = (
    ("else if", re.compile(r"(?:atau\s+jika|elif)\s+(?P<expression>.+)")),
    ("else", re.compile(r"selain\s+itu|else")),
    ("if", re.compile(r"(?:jika|if)\s+(?P<expression>.+)")),
    ("for", re.compile(r"(?:untuk|for)\s+(?P<name>[a-z][a-z0-9_]*)\s+(?:dalam|in)\s+(?P<expression>.+)")),
    ("end", re.compile(r"akhir(\s+(?P<name>jika|untuk))?|(?P<english>endif|endfor)")),
    ("restart", re.compile(r"ulang\s+nomor")),
    ("note", re.compile(r"pasal(\s+dua\s+bahasa)?")),
    ("label", re.compile(r"label\s+(?P<name>[a-z][a-z0-9_]*)")),
)
_ENDS: Final = {"endif": "jika", "endfor": "untuk"}
_WORDS: Final = (
    "jika",
    "untuk",
    "akhir",
    "selain",
    "atau",
    "label",
    "ulang",
    "pasal",
    "endif",
    "endfor",
    "else",
    "elif",
)
_KEPT: Final = (w("drawing"), w("pict"), SECTPR)
"""What must not vanish with a tag: pictures and breaks of sections."""

_BOOKMARKS: Final = (w("bookmarkStart"), w("bookmarkEnd"))
_ID, _NAME = w("id"), w("name")

BLOCKS: Final = frozenset({"else if", "else", "if", "for", "end", "note", "restart"})
"""Tags that may stand alone in a paragraph, cell or row and then take it away with them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tag:
    """One tag: its kind ("value", "note" or a command), a name and an expression where it has them.

    `level` is the prefix of older templates that says what the tag takes away: "p", "tr" or "tc".
    """

    source: str
    kind: str
    name: str = ""
    expression: str = ""
    level: str = ""


def read(source: str) -> Tag:
    """Read one tag as written, braces included; raises TagRefused when it is no tag we know."""
    found = _LEVEL.match(source)
    level = "" if found is None or found["level"] == "r" else found["level"]
    inner = " ".join(source[found.end() if found else 2 : -2].translate(_TYPOGRAPHY).split())
    if source.startswith("{{"):
        if not inner:
            raise TagRefused("T101", N_("Tag ini kosong."))
        return Tag(source=source, kind="value", expression=inner)
    if source.startswith("{#"):
        return Tag(source=source, kind="note")
    return _command(source, inner.strip("- "), level)


def _command(source: str, inner: str, level: str) -> Tag:
    for kind, pattern in _COMMANDS:
        if found := pattern.fullmatch(inner):
            parts = found.groupdict()
            name = parts.get("name") or _ENDS.get(parts.get("english") or "", "")
            return Tag(source=source, kind=kind, name=name, expression=parts.get("expression") or "", level=level)
    if not inner:
        raise TagRefused("T101", N_("Tag ini kosong."))
    if inner.split(maxsplit=1)[0] in {"untuk", "for"}:
        raise TagRefused(
            "T103", N_("Perintah “%(command)s” tidak dikenal. Bentuknya: untuk x dalam daftar."), command=inner
        )
    meant = nearest(inner.split(maxsplit=1)[0], _WORDS)
    raise TagRefused("T103", N_("Perintah “%(command)s” tidak dikenal."), suggestion=meant, command=inner)


def own_text(paragraph: Element) -> str:
    """Join the text of a paragraph without that of text boxes anchored in it."""
    return "".join(node.text or "" for node in own_nodes(paragraph) if node.tag == T)


def own_nodes(holder: Element) -> Iterator[Element]:
    """Yield what is in a paragraph, in order, but not what is in the paragraphs of its text boxes."""
    for child in holder:
        if child.tag != P:
            yield child
            yield from own_nodes(child)


def sources(text: str) -> list[str]:
    """Return the tags in a text as written."""
    return TAG.findall(text)


def alone(element: Element) -> str | None:
    """Return the tag that is all the text of a paragraph, cell or row and may take the whole away."""
    text = (own_text(element) if element.tag == P else text_of(element)).strip()
    if not TAG.fullmatch(text) or len(TAG.findall(text)) != 1 or text.startswith("{{"):
        return None
    return None if next(element.iter(*_KEPT), None) is not None else text


def of_run(element: Element) -> str | None:
    """Return the tag of a run that `isolate` made."""
    if element.tag != R or [node.tag for node in element if node.tag != RPR] != [T]:
        return None
    text = text_of(element)
    return text if TAG.fullmatch(text) else None


def isolate(paragraph: Element) -> list[str]:
    """Give every tag of a paragraph a run of its own, however Word had split it.

    Returns the text around every brace that opens or closes nothing.
    """
    _quieten(paragraph)
    inner = (node for node in list(own_nodes(paragraph)) if node.tag not in {R, T, *SETTINGS_OF})
    for holder in (paragraph, *inner):
        if any("{" in text_of(run) or "}" in text_of(run) for run in child_runs(holder)):
            _explode(holder)
            for group in _groups(holder):
                _cut(group)
    text = own_text(paragraph)
    left = TAG.sub(lambda found: "\0" * len(found[0]), text)
    return [text[max(0, found.start() - 20) : found.start() + 20] for found in _HALF.finditer(left)]


def torn(paragraph: Element) -> list[str]:
    """Return the tags of an isolated paragraph that have no run of their own: something stands in their midst."""
    found = Counter(TAG.findall(own_text(paragraph)))
    whole = Counter(filter(None, map(of_run, (node for node in own_nodes(paragraph) if found and node.tag == R))))
    return list((found - whole).elements())


def _quieten(paragraph: Element) -> None:
    """Take out what Word leaves between the pieces of a text while somebody types, and nobody sees."""
    last_edited = {node.get(_ID) for node in paragraph.iter(_BOOKMARKS[0]) if node.get(_NAME) == "_GoBack"}
    for node in [*paragraph.iter(*NOISE), *(one for one in paragraph.iter(*_BOOKMARKS) if one.get(_ID) in last_edited)]:
        _drop(node)
    for run in [run for run in paragraph.iter(R) if all(node.tag == RPR for node in run)]:
        _drop(run)


def _drop(node: Element) -> None:
    holder = node.getparent()
    if holder is not None:
        holder.remove(node)


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
