"""The one door to a draft: template and snapshot of facts in, Word file and list of what is missing out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from portal.documents import numbering, package, places, program, references
from portal.documents.emission import Emission, missing_run
from portal.documents.numbering import Numbering
from portal.documents.refusal import TemplateRefused
from portal.documents.steps import Holder
from portal.documents.templates import Template
from portal.documents.wordxml import DRAWING, Element, P, parse, serialise, text_of
from portal.domain.marking import N_

Snapshot = Mapping[str, Any]
"""Plain JSON: texts, whole numbers, ISO dates, flags, lists and records; `context.snapshot` makes it."""

_MAIN = "word/document.xml"
_KEPT_TEMPLATES = 16


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """A value that is not known: its name in the schema, its label, and the first place that needs it."""

    name: str
    label: str
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """A draft: the bytes of the Word file and what is missing in it, in the order of the text."""

    content: bytes
    missing: tuple[Missing, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ready:
    parts: Mapping[str, bytes]
    programs: Mapping[str, Holder]
    numbering: Numbering


def render(template: Template, snapshot: Snapshot) -> Rendered:
    """Fill a template with facts; equal input gives equal bytes.

    Values are text, never markup. What is missing is marked in yellow and listed. Raises TemplateRefused,
    with the place, when the template uses a name, a filter or a command that does not exist.
    """
    ready = _ready(template)
    parts = dict(ready.parts)
    missing: list[Missing] = []
    for name, compiled in ready.programs.items():
        emission = Emission()
        root = emission.part(compiled, snapshot)
        missing += _finish(root, emission, ready.numbering)
        parts[name] = serialise(root)
    return Rendered(content=package.pack(parts), missing=_once(missing))


def check(template: Template) -> None:
    """Raise TemplateRefused unless the template can be rendered."""
    _ready(template)


@lru_cache(maxsize=_KEPT_TEMPLATES)
def _ready(template: Template) -> _Ready:
    parts = package.unpack(template.content)
    if _MAIN not in parts:
        raise TemplateRefused(N_("Templat ditolak: bukan berkas Word."))
    counted = numbering.read(parts)
    programs = {}
    for name in sorted(parts, key=lambda part: (part != _MAIN, part)):
        if not _holds_text(name):
            continue
        root = parse(parts[name])
        if any("{" in text_of(paragraph) or "}" in text_of(paragraph) for paragraph in root.iter(P)) or name == _MAIN:
            programs[name] = program.read(root, template.schema.fields, counted)
    return _Ready(parts=parts, programs=programs, numbering=counted)


def _holds_text(name: str) -> bool:
    stem = name.removeprefix("word/").rstrip("0123456789.xml")
    return name == _MAIN or (name.endswith(".xml") and stem in {"header", "footer", "footnotes", "endnotes"})


def _finish(root: Element, emission: Emission, counted: Numbering) -> list[Missing]:
    """Write the references, then name the places of what is missing."""
    absent = _write_references(root, emission, counted)
    references.refresh(root, counted)
    _number_drawings(root)
    where = places.of_paragraphs(root, counted)
    marks = [(mark.run, mark.name, mark.label) for mark in emission.marks] + absent
    order = {element: index for index, element in enumerate(root.iter())}
    return [
        Missing(name=name, label=label, place=where[next(found.iterancestors(P))])
        for found, name, label in sorted(marks, key=lambda mark: order[mark[0]])
    ]


def _number_drawings(root: Element) -> None:
    """Give every drawing an id of its own; Word calls a file with repeated ids unreadable."""
    for number, drawing in enumerate(root.iter(f"{{{DRAWING}}}docPr"), start=1):
        drawing.set("id", str(number))


def _write_references(root: Element, emission: Emission, counted: Numbering) -> list[tuple[Element, str, str]]:
    numbers = {paragraph: numbered for paragraph, numbered in counted.walk(root) if numbered is not None}
    absent = []
    for placeholder, step in emission.references:
        target = numbers.get(emission.labels.get(step.name))  # type: ignore[arg-type]  # None finds nothing
        if target is None:
            label = f"rujukan ke “{step.name}”"
            mark = missing_run(f"[{label} tidak ada]", placeholder)
            placeholder.getparent().replace(placeholder, mark)  # type: ignore[union-attr]  # a run has a parent
            absent.append((mark, f"rujuk.{step.name}", label))
        else:
            references.write(root, target, placeholder, name=step.name, near=step.near)
    return absent


def _once(missing: list[Missing]) -> tuple[Missing, ...]:
    """Keep the first place of each missing value."""
    kept: dict[tuple[str, str], Missing] = {}
    for entry in missing:
        kept.setdefault((entry.name, entry.label), entry)
    return tuple(kept.values())
