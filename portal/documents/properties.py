"""The properties of a draft as a file (title, subject): tags in those of the template, filled from the facts.

They are what a folder or a search shows of a file. What is not known stays empty here: the text itself marks it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final
from xml.sax.saxutils import escape

from portal.documents import expression, tags
from portal.documents.emission import value_of
from portal.documents.expression import Expression, Scope
from portal.documents.location import Located
from portal.documents.numbering import Numbering
from portal.documents.refusal import TagRefused
from portal.documents.schema import Shape
from portal.documents.wordxml import parse, printable, serialise
from portal.domain.marking import N_

PART: Final = "docProps/core.xml"
_SLOT: Final = "\ue000"
"""A sign of no language, put where a value will stand while the part is written once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Properties:
    """The markup of the part between its values."""

    markup: tuple[str, ...]
    values: tuple[Expression, ...]

    def printed(self, scope: Scope) -> bytes:
        """Write the part with the values of a snapshot; raises TemplateRefused for a value that does not fit."""
        said = [escape(" ".join(printable(_plain(value_of(one, scope))).split())) for one in self.values]
        pairs = zip_longest(self.markup, said, fillvalue="")
        return "".join(piece for pair in pairs for piece in pair).encode()


def _plain(value: object) -> str:
    return str(value) if type(value) in {str, int, float} else ""


def read(parts: Mapping[str, bytes], names: Mapping[str, Shape], numbering: Numbering) -> tuple[Located, Properties]:
    """Read the properties of a template; what is wrong with their tags is noted in what stands first."""
    located = Located(part=PART, root=parse(parts[PART]), numbering=numbering)
    values: list[Expression] = []
    for node in located.root.iter():
        for source in tags.sources(node.text or ""):
            try:
                values.append(_value(source, names))
            except TagRefused as refused:
                located.take(node, refused, source)
            node.text = (node.text or "").replace(source, _SLOT, 1)
    return located, Properties(markup=tuple(serialise(located.root).decode().split(_SLOT)), values=tuple(values))


def _value(source: str, names: Mapping[str, Shape]) -> Expression:
    tag = tags.read(source)
    if tag.kind != "value":
        raise TagRefused("T112", N_("Di properti berkas hanya boleh ada nilai, bukan perintah."))
    return expression.read(tag.expression, names)
