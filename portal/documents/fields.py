"""REF fields in a template that Word's own dialog made: their number is written anew in every draft."""

import re
from dataclasses import dataclass, field
from typing import Final

from portal.documents.markup import Markup
from portal.documents.steps import Field
from portal.documents.wordxml import Element, P, R, T, w

REF: Final = re.compile(r"\s*REF\s+(?P<bookmark>\S+)\s+(?P<switches>.*)", re.DOTALL)
_CHAR: Final = w("fldChar")


@dataclass(kw_only=True, slots=True)
class Seen:
    """A field as its runs tell it, from the one that begins it to the one that ends it."""

    runs: list[Element] = field(default_factory=list)
    results: list[Element] = field(default_factory=list)
    instruction: str = ""
    is_shown: bool = False


def references(paragraph: Element, markup: Markup) -> dict[Element, Field | None]:
    """Give the runs of every field that repeats a number: the field on the first of them, None on the others."""
    if next(paragraph.iter(_CHAR), None) is None:
        return {}
    found: dict[Element, Field | None] = {}
    for seen in of_paragraph(paragraph):
        named = REF.match(seen.instruction)
        if named is None or "\\n" not in named["switches"] or not seen.results:
            continue
        text = "".join(node.text or "" for run in seen.results for node in run.iter(T))
        found.update(dict.fromkeys(seen.runs))
        look = markup.look(seen.results[0])
        found[seen.runs[0]] = Field(look=look, bookmark=named["bookmark"], instruction=seen.instruction, text=text)
    return found


def of_paragraph(paragraph: Element) -> list[Seen]:
    """Read the complex fields of a paragraph; a field within a field ends the outer one."""
    complete: list[Seen] = []
    current: Seen | None = None
    for run in paragraph.iter(R):
        if next(run.iter(P), None) is not None:
            continue
        mark = run.find(_CHAR)
        kind = "" if mark is None else mark.get(w("fldCharType"), "")
        if kind == "begin":
            current = Seen()
        if current is None:
            continue
        current.runs.append(run)
        _take(current, run, kind)
        if kind == "end":
            complete.append(current)
            current = None
    return complete


def _take(seen: Seen, run: Element, kind: str) -> None:
    if kind == "separate":
        seen.is_shown = True
    elif kind == "" and seen.is_shown:
        seen.results.append(run)
    elif kind == "":
        seen.instruction += "".join(node.text or "" for node in run.iter(w("instrText")))
