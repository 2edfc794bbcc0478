"""The one door to a draft: template and snapshot of facts in, Word file and list of what is missing out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from portal.documents import compiled, package, properties, qr, restarts
from portal.documents.compiled import Compiled
from portal.documents.emission import MOST_LETTERS, too_long
from portal.documents.findings import Finding
from portal.documents.finishing import Finishing
from portal.documents.package import Entry
from portal.documents.printing import Printing
from portal.documents.referring import Missing
from portal.documents.refusal import TemplateRefused
from portal.documents.restarts import Restarts
from portal.documents.templates import Template
from portal.documents.tracing import Source
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_

__all__ = ["Incomplete", "Missing", "Rendered", "Snapshot", "check", "pictures_for", "refuse", "render"]

Snapshot = Mapping[str, Any]
"""Plain JSON: texts, whole numbers, ISO dates, flags, lists and records; `context.snapshot` makes it."""

_NO_PICTURES: Final[Mapping[str, bytes]] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """A draft: the bytes of the Word file and what is missing in it, in the order of the text.

    `sources` says where each value comes from, for a draft that was made to be looked at.
    """

    content: bytes = field(repr=False)
    missing: tuple[Missing, ...]
    sources: tuple[Source, ...] = ()


class Incomplete(RuleBroken):
    """A text that was to be final misses something; `missing` lists it."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        """Count what is missing in the sentence."""
        super().__init__(N_("Naskah belum dapat dijadikan final: %(count)s isian belum diketahui."), count=len(missing))
        self.missing = missing


def render(
    template: Template,
    snapshot: Snapshot,
    *,
    final: bool = False,
    is_traced: bool = False,
    pictures: Mapping[str, bytes] = _NO_PICTURES,
) -> Rendered:
    """Fill a template with facts; equal input gives equal bytes, in every process and thread.

    Values are text, never markup. `pictures` are the bytes for the places `{{ gambar.<name> }}`. What is missing is
    marked in yellow and listed. A traced draft is only for `preview`, which shows where each value comes from: there
    are signs around its values. Raises TemplateRefused, with the place, when the template has a fault; Incomplete
    for a final text that misses something; PictureRefused for a wrong picture.
    """
    ready = compiled.of(template)
    refuse(ready.errors)
    entries: dict[str, Entry] = {**ready.fixed}
    for name, content in ready.pictures.chosen(pictures).items():
        entries[name] = package.entry(name, content)
    sources: list[Source] | None = [] if is_traced else None
    printed = _printed(ready, snapshot, sources)
    finishing = _finished(ready, printed, is_whole=any(one.has_marks for one in printed.values()))
    missing = (*finishing.missing, *ready.pictures.missing(pictures))
    if final and missing:
        raise Incomplete(missing)
    for name, printing in printed.items():
        if sum(map(len, printing.out)) > MOST_LETTERS:
            raise too_long()
        entries[name] = package.entry(name, "".join(printing.out).encode())
    if ready.properties is not None:
        entries[properties.PART] = package.entry(properties.PART, ready.properties.printed(snapshot))
    if (lists := finishing.restarts.part()) is not None:
        entries[restarts.PART] = package.entry(restarts.PART, lists.encode())
    content = package.join(entries[name] for name in ready.order)
    return Rendered(content=content, missing=missing, sources=tuple(sources or ()))


def pictures_for(template: Template, code: str) -> Mapping[str, bytes]:
    """Make the pictures that a template has places for.

    The QR code says the code of the agreement: it never changes, while the address of the portal may.
    """
    return {"qr": qr.png(code)} if "qr" in compiled.of(template).pictures.parts else {}


def check(template: Template) -> None:
    """Raise TemplateRefused unless the template can be rendered."""
    refuse(compiled.of(template).errors)


def refuse(errors: tuple[Finding, ...]) -> None:
    """Raise TemplateRefused with the first of these faults, if there is any."""
    for error in errors:
        raise TemplateRefused(
            N_("Templat ditolak: %(problem)s Tempat: %(place)s."), problem=error.sentence, place=error.place
        )


def _printed(ready: Compiled, snapshot: Snapshot, sources: list[Source] | None) -> dict[str, Printing]:
    made = {}
    scope = dict(snapshot)
    passes = 0
    for name, emit in ready.programs:
        made[name] = printing = Printing(passes=passes, sources=sources)
        emit(printing, scope)
        passes = printing.passes
    return made


def _finished(ready: Compiled, printed: Mapping[str, Printing], *, is_whole: bool) -> Finishing:
    """Fill in what was left open; once more and wholly when a reference turns out to lead nowhere."""
    is_whole = is_whole or ready.lists is not None
    finishing = Finishing(ready.known, ready.levels, ready.marks, Restarts(ready.lists), is_whole=is_whole)
    for name, printing in printed.items():
        finishing.part(printing, name)
    finishing.conclude()
    if finishing.missing and not is_whole:
        return _finished(ready, printed, is_whole=True)
    return finishing
