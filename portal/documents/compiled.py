"""A template made ready for printing: parts read once into functions, the rest of the package already deflated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from zipfile import BadZipFile

from lxml import etree

from portal.documents import doubts, leftovers, numbering, package, pictures, program, properties, restarts
from portal.documents.counting import Levels
from portal.documents.emission import program as printer
from portal.documents.findings import Finding
from portal.documents.joining import joined
from portal.documents.location import Located
from portal.documents.numbering import Numbering
from portal.documents.package import Entry
from portal.documents.pictures import Pictures
from portal.documents.printing import Emit
from portal.documents.properties import Properties
from portal.documents.reading import Reading
from portal.documents.restarts import Lists
from portal.documents.steps import Raw, Steps
from portal.documents.templates import Template
from portal.documents.wordxml import VAL, Element, parse, text_of, w
from portal.domain.marking import N_

MAIN: Final = "word/document.xml"
_KEPT_TEMPLATES: Final = 48
_TEXTS: Final = frozenset({"header", "footer", "footnotes", "endnotes"})
_STYLES: Final = "word/styles.xml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Compiled:
    """What a draft needs of its template; `findings` are the faults and doubts that reading it brought up."""

    findings: tuple[Finding, ...]
    order: tuple[str, ...] = ()
    fixed: Mapping[str, Entry] = field(default_factory=dict)
    programs: tuple[tuple[str, Emit], ...] = ()
    known: Numbering
    levels: dict[tuple[str, int], Levels] = field(default_factory=dict)
    marks: int = 0
    lists: Lists | None = None
    pictures: Pictures = field(default_factory=Pictures)
    properties: Properties | None = None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The faults that keep the template from being used."""
        return tuple(one for one in self.findings if one.is_error)


@lru_cache(maxsize=_KEPT_TEMPLATES)
def of(template: Template) -> Compiled:
    """Compile a template, or give the one that was compiled before."""
    try:
        parts = package.unpack(template.content)
        roots = {name: parse(parts[name]) for name in sorted(parts, key=_main_first) if _holds_text(name)}
        known = numbering.read(parts)
    except (BadZipFile, etree.XMLSyntaxError, ValueError, OSError):
        return _broken()
    if MAIN not in roots:
        return _broken()
    try:
        return _compile(template, parts, roots, known)
    except etree.XMLSyntaxError:
        return _broken()
    except RecursionError:
        return _broken(N_("Isi berkas ini bersarang terlalu dalam."))


def _compile(template: Template, parts: dict[str, bytes], roots: Mapping[str, Element], known: Numbering) -> Compiled:
    words = "".join(map(text_of, roots.values()))
    reading = Reading(
        numbering=known,
        names=template.schema.fields,
        has_references="rujuk" in words,
        has_restarts="ulang" in words and restarts.PART in parts,
        has_articles=template.has_articles,
        language=_language(parts),
    )
    kept = leftovers.cleared(parts)
    about, told = properties.read(kept, reading.names, known) if properties.PART in kept else (None, None)
    located = [Located(part=name, root=root, numbering=known) for name, root in roots.items()]
    places = pictures.read(kept, located, reading.names)
    for one in located:
        doubts.of_part(one)
    steps = {one.part: program.read(one, reading) for one in located}
    reading.check_references()
    needed = reading.needed()
    doubts.of_template(parts, located, reading)
    bodies = {name: joined(body, needed) for name, body in steps.items()}
    constant = {name: markup for name, body in bodies.items() if (markup := _constant(body)) is not None}
    fixed = {**{name: content for name, content in kept.items() if name not in steps}, **constant}
    return Compiled(
        findings=tuple(finding for one in (*located, *filter(None, [about])) for finding in one.findings()),
        order=tuple(package.ordered(kept)),
        fixed={name: package.entry(name, content) for name, content in fixed.items()},
        programs=tuple((name, printer(body)) for name, body in bodies.items() if name not in constant),
        known=known,
        marks=len(reading.bookmarks),
        lists=restarts.read(kept[restarts.PART], known) if reading.has_restarts else None,
        pictures=places,
        properties=told if told is not None and told.values else None,
    )


def _main_first(name: str) -> tuple[bool, str]:
    return name != MAIN, name


def _holds_text(name: str) -> bool:
    stem = name.removeprefix("word/").rstrip("0123456789.xml")
    return name == MAIN or (name.startswith("word/") and name.endswith(".xml") and stem in _TEXTS)


def _constant(steps: Steps) -> bytes | None:
    """Give a part that no draft changes; None when there is something to print in it."""
    only = steps[0] if len(steps) == 1 else None
    return only.markup.encode() if isinstance(only, Raw) else None


def _language(parts: Mapping[str, bytes]) -> str:
    """Give the language of all text of a file; "" when it has none or a style has another."""
    if _STYLES not in parts:
        return ""
    said = [(node, node.get(VAL, "")) for node in parse(parts[_STYLES]).iter(w("lang"))]
    in_defaults = [name for node, name in said if next(node.iterancestors(w("docDefaults")), None) is not None]
    return in_defaults[0] if len(said) == 1 and in_defaults else ""


def _broken(message: str = N_("Berkas ini bukan berkas Word (.docx) atau rusak.")) -> Compiled:
    finding = Finding(code="T100", is_error=True, message=message)
    nothing = numbering.read({})
    return Compiled(findings=(finding,), known=nothing)
