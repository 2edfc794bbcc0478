"""References of a draft: they wait until every label is known, then become fields with the right number in them.

Word counts anew only when asked, so the text in the field is written here and `updateFields` is never set
(design: documents §3.2).
"""

from dataclasses import dataclass, field
from typing import Final

from portal.documents.counting import Counted
from portal.documents.emission import escaped
from portal.documents.fields import REF
from portal.documents.markup import TEXT_CLOSE, TEXT_OPEN
from portal.documents.markup import field as markup_of_field
from portal.documents.steps import Field, Look, Reference

LONGEST_NAME: Final = 40
"""Word's limit for the name of a bookmark."""

ROOM_FOR_NUMBER: Final = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """A value that is not known: its name in the schema, its label, and the first place that needs it."""

    name: str
    label: str
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A reference on its way: its place in the output, its turn among the events, and where in the text it stands."""

    step: Reference | Field
    place: int
    order: int
    where: Counted | str
    out: list[str]


@dataclass(kw_only=True, slots=True)
class References:
    """The labels, bookmarks and references of one draft; `marks` is the number of the last bookmark."""

    marks: int
    labels: dict[str, Counted] = field(default_factory=dict)
    bookmarks: dict[str, list[tuple[int, str, Counted]]] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)

    def write(self) -> list[tuple[int, Missing]]:
        """Write every reference, and return those that lead nowhere, each with its turn."""
        absent = []
        for one in self.waiting:
            if isinstance(one.step, Field):
                self._repeat(one, one.step)
            elif one.step.name in self.labels:
                self._refer(one, one.step, self.labels[one.step.name])
            else:
                label = f"rujukan ke “{one.step.name}”"
                one.out[one.place] = _run(one.step.look.marked, f"[{label} tidak ada]")
                missing = Missing(name=f"rujuk.{one.step.name}", label=label, place=said(one.where))
                absent.append((one.order, missing))
        return absent

    def _refer(self, one: Waiting, step: Reference, target: Counted) -> None:
        chain = target.chain
        is_near = step.near and isinstance(one.where, Counted) and one.where.chain[0] is chain[0]
        one.out[one.place] = "".join(
            self._piece(step.look, step.name, paragraph, is_first=not index)
            for index, paragraph in enumerate(chain[1:] if is_near and len(chain) > 1 else chain)
        )

    def _piece(self, look: Look, name: str, paragraph: Counted, *, is_first: bool) -> str:
        word = paragraph.opening.word
        lead = f"{'' if is_first else ' '}{f'{word} ' if word else ''}"
        instruction = f" REF {self._bookmark_of(paragraph, name)} \\n \\h "
        number = markup_of_field(look.plain, instruction, paragraph.label.removesuffix("."))
        return f"{_run(look.plain, lead) if lead else ''}{number}"

    def _repeat(self, one: Waiting, step: Field) -> None:
        """Write a field of Word's own with the number its bookmark has now, the nearest one before it in loops."""
        found = self.bookmarks.get(step.bookmark)
        if not found:
            one.out[one.place] = markup_of_field(step.look.plain, step.instruction, step.text)
            return
        before = [known for known in found if known[0] < one.order]
        _, name, target = before[-1] if before else found[0]
        named = REF.match(step.instruction)
        instruction = f" REF {name} {named['switches']}" if named is not None else step.instruction
        one.out[one.place] = markup_of_field(step.look.plain, instruction, target.label.removesuffix("."))

    def _bookmark_of(self, target: Counted, name: str) -> str:
        """Give the name of the hidden bookmark around a numbered paragraph, making it where there is none."""
        if not target.bookmark:
            self.marks += 1
            title = f"_Ref_{name}_{self.marks}" if len(name) < ROOM_FOR_NUMBER else f"_Ref_{self.marks}"
            target.bookmark = title[:LONGEST_NAME]
            target.out[target.start] = f'<w:bookmarkStart w:id="{self.marks}" w:name="{target.bookmark}"/>'
            target.out[target.end] = f'<w:bookmarkEnd w:id="{self.marks}"/>'
        return target.bookmark


def said(where: Counted | str) -> str:
    """Say where something is: "Pasal 2 ayat (1)" or the name of a place."""
    if isinstance(where, str):
        return where
    steps = [(one.opening.word, one.label.removesuffix(".")) for one in where.chain]
    return " ".join(f"{word} {label}" if word else label for word, label in steps)


def _run(look: str, text: str) -> str:
    return f"<w:r>{look}{TEXT_OPEN}{escaped(text)}{TEXT_CLOSE}</w:r>"
