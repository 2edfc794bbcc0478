"""Reads a part of a template once: tags become steps, blocks nest, and every fault is noted with its place.

Printing the steps is `emission`'s; the elements around the tags are built by `elements`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from portal.documents import expression, tags
from portal.documents.elements import Elements, Names
from portal.documents.expression import Expression
from portal.documents.lists_in_loops import ListsInLoops
from portal.documents.location import Located
from portal.documents.markup import HEAD, Markup, escaped_constant
from portal.documents.pairing import Block, Pairing
from portal.documents.reading import Place, Reading
from portal.documents.refusal import TagRefused
from portal.documents.schema import ANYTHING, LOOP
from portal.documents.steps import Choice, Label, Loop, Opening, Raw, Reference, Restart, Step, Steps, Text, Value
from portal.documents.tags import Tag
from portal.documents.wordxml import TC, TR, Element, P
from portal.domain.marking import N_

DEEPEST: Final = 20
"""Blocks within one another; a person would not find their way in more."""

_REFERENCE = re.compile(r"(?P<word>rujuk|rujuk_dekat)\.(?P<name>[a-z][a-z0-9_]*)")
_LEVELS: Final = {"tr": TR, "tc": TC, "p": P}
_NOWHERE: Final = expression.Expression(source="", value=lambda _: None, shape=ANYTHING)


def read(located: Located, reading: Reading) -> Steps:
    """Read one part and return its steps, not yet joined; faults and doubts go to `located`."""
    for paragraph in list(located.root.iter(P)):
        for around in tags.isolate(paragraph):
            located.add(paragraph, "T102", N_("Tag tidak dibuka atau tidak ditutup."), tag=around)
        for tag in tags.torn(paragraph):
            message = N_("Di tengah tag ini ada sesuatu yang tidak tampak, misalnya markah. Hapus, lalu ketik ulang.")
            located.add(paragraph, "T113", message, tag=tag)
    markup = Markup(located.root, reading.language)
    reader = Reader(reading, located, markup)
    body = reader.sequence(located.root, reading.names)
    reader.pairing.pair_up(located)
    opening, closing = markup.opening(located.root, declare=True), markup.closing(located.root)
    return [Raw(markup=HEAD + opening), *body, Raw(markup=closing)]


class Reader(Elements):
    """Walks the tree level by level; a block opens and closes among the children of one parent."""

    def __init__(self, reading: Reading, located: Located, markup: Markup) -> None:
        """Begin a part."""
        super().__init__(reading, located, markup)
        self._lists = ListsInLoops(reading.numbering, located)
        self._conditions: tuple[int, ...] = ()
        self._count = 0
        self._depth = 0
        self._asked: list[set[str]] = []
        self.pairing = Pairing()

    def sequence(self, children: Iterable[Element], names: Names) -> list[Step]:
        """Build the children of one parent."""
        steps, _ = self._until(iter(list(children)), names, opened=None)
        return steps

    def numbered(self, element: Element, opening: Opening) -> None:
        """Hold a numbered paragraph against the loops around it."""
        self._lists.numbered(element, opening)

    def _until(self, rest: Iterator[Element], names: Names, opened: Block | None) -> tuple[list[Step], Tag | None]:
        steps: list[Step] = []
        for element in rest:
            source = tags.alone(element) if element.tag in {TR, TC, P} else tags.of_run(element)
            tag = None if source is None else self._read(source, element)
            if source is None or (tag is not None and not self._is_here(tag, element)):
                steps += self.plain(element, names)
            elif tag is None:
                continue
            elif tag.kind in {"if", "for"}:
                steps += self._block(tag, element, rest, names)
            elif tag.kind in {"else if", "else", "end"}:
                if self._closes(tag, element, opened):
                    return steps, tag
            else:
                steps += self._leaf(tag, element, names)
        if opened is not None:
            self.pairing.unclosed.append(opened)
        return steps, None

    def _read(self, source: str, element: Element) -> Tag | None:
        try:
            tag = tags.read(source)
        except TagRefused as refusal:
            self.located.take(element, refusal, source)
            return None
        self._check_level(tag, element)
        return tag

    def _is_here(self, tag: Tag, element: Element) -> bool:
        """Tell whether a tag that is all of a row, cell or paragraph belongs to it, and not to something inside."""
        if element.tag not in {TR, TC, P}:
            return True
        if tag.kind not in tags.BLOCKS:
            return False
        if tag.kind in {"note", "restart"} and element.tag != P:
            return tag.kind == "note" and element.tag == TR
        return not tag.level or _LEVELS[tag.level] == element.tag

    def _check_level(self, tag: Tag, element: Element) -> None:
        """Note a tag of older templates that names a level it does not stand alone at."""
        if not tag.level or element.tag in {TR, TC, P}:
            return
        if tag.level in {"tr", "tc"} and next(element.iterancestors(TR), None) is None:
            self.located.add(element, "T120", N_("Tag baris tabel di luar tabel."), tag=tag.source)
        else:
            message = N_("Tulisan lain di samping tag ini akan hilang; pindahkan tag ke paragraf atau baris sendiri.")
            self.located.add(element, "T111", message, tag=tag.source)

    def _block(self, tag: Tag, element: Element, rest: Iterator[Element], names: Names) -> list[Step]:
        self._depth += 1
        if self._depth == DEEPEST + 1:
            message = N_("Blok bersarang lebih dari %(most)s tingkat.")
            self.located.add(element, "T135", message, tag=tag.source, most=DEEPEST)
        block = Block(tag=tag, element=element)
        made = self._choice(block, rest, names) if tag.kind == "if" else self._loop(block, rest, names)
        self._depth -= 1
        return [made]

    def _choice(self, block: Block, rest: Iterator[Element], names: Names) -> Step:
        branches: list[tuple[Expression | None, Steps]] = []
        part: Tag | None = block.tag
        around = self._conditions
        while part is not None and part.kind != "end":
            block.is_last_branch = part.kind == "else"
            condition = None if part.kind == "else" else self._expression(part, block.element, names)
            self._count += 1
            self._conditions = (*around, self._count)
            body, part = self._until(rest, names, opened=block)
            branches.append((condition, body))
        self._conditions = around
        return Choice(branches=branches)

    def _loop(self, block: Block, rest: Iterator[Element], names: Names) -> Step:
        items = self._expression(block.tag, block.element, names)
        shape = ANYTHING if items is _NOWHERE else items.shape.item if items.bare and items.shape else None
        if shape is None:
            name = block.tag.expression
            self.located.add(block.element, "T110", N_("“%(name)s” bukan daftar."), tag=block.tag.source, name=name)
        inner = {**names, block.tag.name: shape or ANYTHING, "putaran": LOOP}
        self.loops += 1
        self._lists.enter()
        self._asked.append(set())
        body, _ = self._until(rest, inner, opened=block)
        self._lists.leave()
        self.loops -= 1
        return Loop(name=block.tag.name, items=items, body=body, asked=frozenset(self._asked.pop()))

    def _closes(self, tag: Tag, element: Element, opened: Block | None) -> bool:
        """Tell whether a tag closes or divides the block that is open; note it when it may not."""
        if opened is None:
            self.pairing.stray.append((tag, element))
            return False
        word = {"if": "jika", "for": "untuk"}[opened.tag.kind]
        if tag.kind == "end" and tag.name not in {"", word}:
            message = N_("%(tag)s menutup %(open)s.")
            self.located.add(element, "T132", message, tag=tag.source, open=opened.tag.source)
        elif tag.kind != "end" and opened.tag.kind != "if":
            self.located.add(element, "T134", N_("%(tag)s tidak berada di dalam “jika”."), tag=tag.source)
            return False
        elif tag.kind != "end" and opened.is_last_branch:
            message = N_("Setelah “selain itu” hanya boleh “akhir jika”.")
            self.located.add(element, "T134", message, tag=tag.source)
        return True

    def _leaf(self, tag: Tag, element: Element, names: Names) -> list[Step]:
        if tag.kind == "note":
            self.reading.has_slot = self.reading.has_slot or not tag.source.startswith("{#")
            return []
        if tag.kind == "restart":
            return self._restart(tag, element)
        place = Place(located=self.located, element=element, conditions=self._conditions)
        if tag.kind == "label":
            self.reading.label(tag.name, place, in_loop=self.loops > 0)
            return [Label(name=tag.name)]
        return [self._value(tag, element, names, place)]

    def _restart(self, tag: Tag, element: Element) -> list[Step]:
        if element.tag != P:
            message = N_("“ulang nomor” harus berdiri sendiri dalam satu paragraf.")
            self.located.add(element, "T136", message, tag=tag.source)
        self._lists.restart()
        return [Restart()]

    def _value(self, tag: Tag, element: Element, names: Names, place: Place) -> Step:
        look = self.markup.look(element)
        if found := _REFERENCE.fullmatch(tag.expression):
            self.reading.references.append((found["name"], place))
            return Reference(look=look, name=found["name"], near=found["word"] == "rujuk_dekat")
        made = self._expression(tag, element, names)
        if made is _NOWHERE:
            return Text(look=look, markup=escaped_constant(tag.source), shown=True)
        if made.bare and made.shape is not None and (made.shape.fields or made.shape.item):
            self.located.add(element, "T109", N_("“%(name)s” bukan satu nilai."), tag=tag.source, name=tag.expression)
        return Value(look=look, expression=made)

    def _expression(self, tag: Tag, element: Element, names: Names) -> Expression:
        used: set[str] = set()
        try:
            made = expression.read(tag.expression, names, used=used)
        except TagRefused as refusal:
            self.located.take(element, refusal, tag.source)
            return _NOWHERE
        self.reading.used |= used
        if self._asked:
            self._asked[-1] |= {path.removeprefix("putaran.") for path in used if path.startswith("putaran")}
        return made
