"""Where a fault in a template is, in words that a Word user can find: Pasal, table, row, column, paragraph, text."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from portal.documents import places
from portal.documents.findings import Finding
from portal.documents.numbering import Numbering
from portal.documents.refusal import TagRefused
from portal.documents.tags import own_text
from portal.documents.wordxml import TBL, TC, TR, Element, P

_SHOWN: Final = 60
_PARTS: Final = {
    "header": "Kepala halaman",
    "footer": "Kaki halaman",
    "footnotes": "Catatan kaki",
    "endnotes": "Catatan akhir",
    "docProps/core": "Properti berkas",
}


@dataclass(kw_only=True, slots=True)
class Located:
    """The faults and doubts of one part of a template, each on the element it is about."""

    part: str
    root: Element
    numbering: Numbering
    found: list[tuple[Element | None, Finding]] = field(default_factory=list)
    made_up: dict[Element, Element] = field(default_factory=dict)
    """Rows that the compiler put in for a tag, and the paragraph where the tag really stands."""

    def add(
        self,
        element: Element | None,
        code: str,
        message: str,
        *,
        tag: str = "",
        is_error: bool = True,
        suggestion: str = "",
        **values: object,
    ) -> None:
        """Note a fault, or a doubt when it is no error; the place is found later."""
        finding = Finding(
            code=code,
            is_error=is_error,
            message=message,
            values={"tag": tag, **values},
            part=self.part,
            tag=tag,
            suggestion=suggestion,
        )
        self.found.append((element, finding))

    def take(self, element: Element, refusal: TagRefused, tag: str) -> None:
        """Note why a tag was refused."""
        finding = Finding(
            code=refusal.code,
            is_error=True,
            message=refusal.message,
            values={"tag": tag, **refusal.values},
            part=self.part,
            tag=tag,
            suggestion=refusal.suggestion,
        )
        self.found.append((element, finding))

    def findings(self) -> list[Finding]:
        """Give what was found, in the order of the text, each with its place."""
        placed = [(*self.place(element), finding) for element, finding in self.found]
        placed.sort(key=lambda one: (one[1] == 0, one[1], not one[2].is_error))
        return [replace(finding, place=where, paragraph=number) for where, number, finding in placed]

    def place(self, element: Element | None) -> tuple[str, int]:
        """Say where an element is, with the number of its paragraph in the part, 0 without one."""
        paragraph = self._paragraph(element)
        paragraphs = [one for one in self.root.iter(P) if not self._is_made_up(one)]
        if paragraph is None or paragraph not in paragraphs:
            return self._named(""), 0
        number = paragraphs.index(paragraph) + 1
        where = places.of_paragraphs(self.root, self.numbering).get(paragraph, "")
        text = " ".join(own_text(paragraph).split())
        shown = f"{text[:_SHOWN]}…" if len(text) > _SHOWN else text
        steps = [self._named(where), self._cell(paragraph), f"paragraf ke-{number} (“{shown}”)"]
        return ", ".join(step for step in steps if step), number

    def named(self, element: Element) -> str:
        """Name the place of an element as a draft names it: "Pasal 2 ayat (1)", "Kaki halaman"."""
        paragraph = self._paragraph(element)
        where = "" if paragraph is None else places.of_paragraphs(self.root, self.numbering).get(paragraph, "")
        return self._named(where)

    def _paragraph(self, element: Element | None) -> Element | None:
        if element is None:
            return None
        for row, paragraph in self.made_up.items():
            if element is row or row in element.iterancestors():
                return paragraph
        if element.tag == P:
            return element
        above = next(element.iterancestors(P), None)
        return above if above is not None else next(element.iter(P), None)

    def _is_made_up(self, paragraph: Element) -> bool:
        return bool(self.made_up) and any(row in self.made_up for row in paragraph.iterancestors(TR))

    def _named(self, where: str) -> str:
        stem = self.part.removeprefix("word/").rstrip("0123456789.xml")
        return _PARTS.get(stem, where)

    def _cell(self, paragraph: Element) -> str:
        cell = next(paragraph.iterancestors(TC), None)
        row = next(paragraph.iterancestors(TR), None)
        table = next(paragraph.iterancestors(TBL), None)
        if cell is None or row is None or table is None:
            return ""
        rows = [
            one for one in table.iter(TR) if next(one.iterancestors(TBL), None) is table and one not in self.made_up
        ]
        cells = [one for one in row.iter(TC) if next(one.iterancestors(TR), None) is row]
        return f"tabel {_place(table, self.root.iter(TBL))} baris {_place(row, rows)} kolom {_place(cell, cells)}"


def _place(element: Element, among: Iterable[Element]) -> int:
    return next((at for at, one in enumerate(among, start=1) if one is element), 1)
