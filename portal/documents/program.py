"""Reads a template once: its tree with the tags turned into steps. Printing the steps is `emission`'s."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from portal.documents import expression, places, tags
from portal.documents.expression import Expression
from portal.documents.numbering import Numbering
from portal.documents.refusal import TemplateRefused
from portal.documents.schema import LOOP, Shape
from portal.documents.steps import Choice, Fixed, Holder, Label, Loop, Reference, Step, Steps, Value
from portal.documents.tags import Tag
from portal.documents.wordxml import TBL, TC, TR, Element, P, text_of
from portal.domain.marking import N_

Names = Mapping[str, Shape]

_REFERENCE = re.compile(r"(?P<word>rujuk|rujuk_dekat)\.(?P<name>[a-z][a-z0-9_]*)")
_SHOWN = 60


def read(root: Element, names: Names, numbering: Numbering) -> Holder:
    """Read one part against the names of its schema; raises TemplateRefused with the tag and its place.

    The part is changed on the way (every tag gets a run of its own) and belongs to the result from then on.
    """
    reader = _Reader(root, numbering)
    for paragraph in list(root.iter(P)):
        with reader.placing(paragraph):
            tags.isolate(paragraph)
    made = Holder(element=root, body=reader.children(root, names))
    reader.check_references()
    return made


class _Reader:
    """Walks the tree level by level; a block opens and closes among the children of one parent."""

    def __init__(self, root: Element, numbering: Numbering) -> None:
        self._paragraphs = list(root.iter(P))
        self._places = places.of_paragraphs(root, numbering)
        self._loops = 0
        self._labels: set[str] = set()
        self._references: list[tuple[Element, str]] = []

    def children(self, parent: Element, names: Names) -> Steps:
        steps, _ = self._until(iter(list(parent)), names, opened=None)
        return steps

    def check_references(self) -> None:
        for run, name in self._references:
            with self.placing(run):
                if name not in self._labels:
                    raise TemplateRefused("Rujukan ke label “%(name)s” yang tidak ada.", name=name)

    @contextmanager
    def placing(self, element: Element) -> Iterator[None]:
        """Add to a refusal the place that a Word user can find."""
        try:
            yield
        except TemplateRefused as refusal:
            raise TemplateRefused(
                N_("Templat ditolak: %(problem)s Tempat: %(place)s."),
                problem=str(refusal),
                place=self._place(element),
            ) from refusal

    def _place(self, element: Element) -> str:
        paragraph = next(iter(element.iterancestors(P)), None) if element.tag != P else element
        if paragraph is None:
            paragraph = next(element.iter(P), None)
        if paragraph is None or paragraph not in self._paragraphs:
            return "bagian tanpa paragraf"
        text = " ".join(text_of(paragraph).split())
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        return f"{self._places[paragraph]}, paragraf ke-{self._paragraphs.index(paragraph) + 1} (“{shown}”)"

    def _until(self, rest: Iterator[Element], names: Names, *, opened: Tag | None) -> tuple[Steps, Tag | None]:
        """Read siblings up to the tag that closes `opened`, or to the end when nothing is open."""
        steps: list[Step] = []
        for element in rest:
            with self.placing(element):
                tag = self._tag(element)
            if tag is None:
                steps.append(self._plain(element, names))
            elif tag.kind in {"end", "else", "else if"}:
                with self.placing(element):
                    _check_closes(tag, opened)
                return steps, tag
            elif tag.kind in {"if", "for"}:
                steps.append(self._block(tag, element, rest, names))
            elif tag.kind != "note":
                with self.placing(element):
                    steps.append(self._inline(tag, element, names))
        if opened is not None:
            raise TemplateRefused("Blok ini tidak ditutup di tingkat yang sama: %(tag)s.", tag=opened.source)
        return steps, None

    def _tag(self, element: Element) -> Tag | None:
        if element.tag in {TR, TC, P}:
            return tags.alone(element)
        return tags.of_run(element)

    def _plain(self, element: Element, names: Names) -> Step:
        if "{" not in text_of(element):
            return Fixed(element=element)
        rows = [row for row in element if row.tag == TR] if element.tag == TBL else []
        varying = any(tags.alone(cell) for row in rows if not tags.alone(row) for cell in row if cell.tag == TC)
        return Holder(element=element, body=self.children(element, names), cells_vary=varying)

    def _block(self, tag: Tag, element: Element, rest: Iterator[Element], names: Names) -> Step:
        try:
            return self._choice(tag, rest, names) if tag.kind == "if" else self._loop(tag, rest, names)
        except TemplateRefused as refusal:
            if refusal.message.startswith("Templat ditolak"):
                raise
            with self.placing(element):
                raise

    def _choice(self, tag: Tag, rest: Iterator[Element], names: Names) -> Step:
        branches: list[tuple[Expression | None, Steps]] = []
        part: Tag | None = tag
        while part is not None and part.kind in {"if", "else if"}:
            condition = expression.read(part.expression, names)
            body, part = self._until(rest, names, opened=tag)
            branches.append((condition, body))
        if part is not None and part.kind == "else":
            body, part = self._until(rest, names, opened=tag)
            branches.append((None, body))
            if part is not None and part.kind != "end":
                raise TemplateRefused("Setelah “selain itu” hanya boleh “akhir jika”.")
        return Choice(branches=branches)

    def _loop(self, tag: Tag, rest: Iterator[Element], names: Names) -> Step:
        items = expression.read(tag.expression, names)
        if not items.bare or items.shape is None or items.shape.item is None:
            raise TemplateRefused("“%(name)s” bukan daftar.", name=tag.expression)
        self._loops += 1
        inner = {**names, tag.name: items.shape.item, "putaran": LOOP}
        body, _ = self._until(rest, inner, opened=tag)
        self._loops -= 1
        return Loop(name=tag.name, items=items, body=body)

    def _inline(self, tag: Tag, run: Element, names: Names) -> Step:
        if tag.kind == "label":
            return self._label(tag)
        if found := _REFERENCE.fullmatch(tag.expression):
            self._references.append((run, found["name"]))
            return Reference(run=run, name=found["name"], near=found["word"] == "rujuk_dekat")
        made = expression.read(tag.expression, names)
        if made.bare and made.shape is not None and (made.shape.fields or made.shape.item):
            raise TemplateRefused("“%(name)s” bukan satu nilai.", name=tag.expression)
        return Value(run=run, expression=made)

    def _label(self, tag: Tag) -> Step:
        if self._loops:
            raise TemplateRefused("Label tidak boleh berada di dalam “untuk”: satu label menamai satu tempat.")
        if tag.name in self._labels:
            raise TemplateRefused("Label “%(name)s” dipakai dua kali.", name=tag.name)
        self._labels.add(tag.name)
        return Label(name=tag.name)


def _check_closes(tag: Tag, opened: Tag | None) -> None:
    """Raise TemplateRefused unless `tag` may close or divide the block that is open."""
    if opened is None:
        raise TemplateRefused("%(tag)s tanpa pembuka di tingkat yang sama.", tag=tag.source)
    word = {"if": "jika", "for": "untuk"}[opened.kind]
    if tag.kind == "end" and tag.name not in {"", word}:
        raise TemplateRefused("%(tag)s menutup %(open)s.", tag=tag.source, open=opened.source)
    if tag.kind != "end" and opened.kind != "if":
        raise TemplateRefused("%(tag)s tidak berada di dalam “jika”.", tag=tag.source)
