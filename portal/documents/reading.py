"""What the parts of one template share while they are read: names that were used, labels, references, marks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portal.documents.findings import nearest
from portal.documents.joining import Needed
from portal.documents.location import Located
from portal.documents.numbering import Numbering
from portal.documents.schema import Shape
from portal.documents.steps import Opening
from portal.documents.wordxml import Element, P
from portal.domain.marking import N_

Conditions = tuple[int, ...]
"""The conditions around a place, the outermost first, each by its own number."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A label or a reference in the template: the part, the element, and the conditions around it."""

    located: Located
    element: Element
    conditions: Conditions


@dataclass(kw_only=True, slots=True)
class Reading:
    """The state of reading one template."""

    numbering: Numbering
    names: Mapping[str, Shape]
    has_references: bool
    has_restarts: bool
    has_articles: bool
    language: str = ""
    used: set[str] = field(default_factory=set)
    labels: dict[str, Place] = field(default_factory=dict)
    references: list[tuple[str, Place]] = field(default_factory=list)
    bookmarks: dict[tuple[str, str], int] = field(default_factory=dict)
    openings: list[Opening] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)
    has_slot: bool = False

    def bookmark_number(self, part: str, key: str) -> int:
        """Give the number of a bookmark, unique among all parts; both of its ends have the same."""
        return self.bookmarks.setdefault((part, key), len(self.bookmarks) + 1)

    def label(self, name: str, place: Place, *, in_loop: bool) -> None:
        """Take a label; it must name one place."""
        if in_loop:
            message = N_("Label tidak boleh berada di dalam “untuk”: satu label menamai satu tempat.")
            place.located.add(place.element, "T142", message, tag=name)
        elif name in self.labels:
            place.located.add(place.element, "T141", N_("Label “%(name)s” dipakai dua kali."), tag=name, name=name)
        else:
            self.labels[name] = place

    def check_references(self) -> None:
        """Note every reference whose label is nowhere, or may be left out while the reference stays."""
        for name, place in self.references:
            target = self.labels.get(name)
            if target is None:
                self._unknown(name, place)
            elif target.conditions != place.conditions[: len(target.conditions)]:
                place.located.add(
                    place.element,
                    "T209",
                    N_("Label “%(name)s” berada di dalam “jika” dan rujukan ini tidak: tujuannya bisa hilang."),
                    is_error=False,
                    name=name,
                )
        for name, place in self.labels.items():
            paragraph = next(place.element.iterancestors(P), None)
            if paragraph is not None and self.numbering.place(paragraph) is None:
                message = N_("Label “%(name)s” berada di paragraf tanpa nomor, jadi tidak dapat dirujuk.")
                place.located.add(place.element, "T210", message, is_error=False, name=name)

    def needed(self) -> Needed:
        """Tell which numbered paragraphs references need: those they lead to, and those that these stand under."""
        named = {name for name, _ in self.references}
        targets = [one for one in self.openings if not named.isdisjoint(one.labels)]
        repeated = [one for one in self.openings if not self.fields.isdisjoint(one.bookmarks)]
        bookmarked, counted = self._deepest(targets), self._deepest([*targets, *repeated])
        abstract_of = self.numbering.abstract_of
        return Needed(
            bookmark=lambda one: (
                bool(one.list_id)
                and (not named.isdisjoint(one.labels) or one.level < bookmarked.get(abstract_of[one.list_id], 0))
            ),
            count=lambda one: bool(one.list_id) and one.level <= counted.get(abstract_of[one.list_id], -1),
        )

    def _deepest(self, openings: Iterable[Opening]) -> Mapping[str, int]:
        """Give the deepest level that these stand on, by abstract list."""
        levels: dict[str, int] = {}
        for one in openings:
            abstract = self.numbering.abstract_of[one.list_id]
            levels[abstract] = max(levels.get(abstract, 0), one.level)
        return levels

    def note_in_loop(self, located: Located, element: Element) -> None:
        """Note a footnote that would be printed more than once."""
        message = N_("Catatan kaki tidak boleh berada di dalam “untuk”.")
        located.add(element, "T151", message)

    def _unknown(self, name: str, place: Place) -> None:
        is_error = not (self.has_articles or self.has_slot)
        message = N_("Rujukan ke label “%(name)s” yang tidak ada.")
        meant = nearest(name, self.labels)
        code = "T140" if is_error else "T211"
        place.located.add(place.element, code, message, is_error=is_error, suggestion=meant, name=name)
