"""Blocks and their ends: which belong together, and what to say of those that do not."""

from dataclasses import dataclass, field

from portal.documents.location import Located
from portal.documents.tags import Tag
from portal.documents.wordxml import Element
from portal.domain.marking import N_


@dataclass(kw_only=True, slots=True)
class Block:
    """A block that is open: its first tag, where it stands, and whether "selain itu" was read."""

    tag: Tag
    element: Element
    is_last_branch: bool = False


@dataclass(kw_only=True, slots=True)
class Pairing:
    """The blocks of a part that were left open, and the tags that close or divide nothing at their level."""

    unclosed: list[Block] = field(default_factory=list)
    stray: list[tuple[Tag, Element]] = field(default_factory=list)

    def pair_up(self, located: Located) -> None:
        """Note blocks left open and ends without a beginning; those that belong together are one fault."""
        for block in self.unclosed:
            word = {"if": "jika", "for": "untuk"}[block.tag.kind]
            end = next((one for one in self.stray if one[0].kind == "end" and one[0].name in {"", word}), None)
            if end is None:
                message = N_("Blok %(tag)s tidak ditutup.")
                located.add(block.element, "T130", message, tag=block.tag.source)
            else:
                self.stray.remove(end)
                where, _ = located.place(end[1])
                message = N_("Blok %(tag)s tidak ditutup di tingkat yang sama: penutupnya %(end)s di %(where)s.")
                located.add(block.element, "T131", message, tag=block.tag.source, end=end[0].source, where=where)
        for tag, element in self.stray:
            message = N_("%(tag)s tanpa pembuka di tingkat yang sama.")
            located.add(element, "T133", message, tag=tag.source)
        self._forget_names_of_unclosed(located)

    def _forget_names_of_unclosed(self, located: Located) -> None:
        """Leave out unknown names that a loop left open would have given: one mistake is one fault."""
        given = {block.tag.name for block in self.unclosed if block.tag.kind == "for"} | {"putaran"}
        if self.unclosed:
            located.found = [
                (element, one)
                for element, one in located.found
                if one.code != "T107" or str(one.values["name"]).partition(".")[0] not in given
            ]
