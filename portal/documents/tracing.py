"""Which fact each printed value comes from: signs around the values of a draft that is made to be looked at only.

A Word file that is kept or sent never holds the signs; `preview` takes them out again (design: ux §8).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from portal.documents.expression import Expression, Scope, walker

_OPEN, _BETWEEN, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
"""Noncharacters: XML carries them, no writer uses them."""

_SIGN: Final = re.compile(f"[{_OPEN}{_BETWEEN}{_CLOSE}]")
_SIGNED: Final = re.compile(f"{_OPEN}([0-9]{{1,6}}){_BETWEEN}([^{_OPEN}]*?){_CLOSE}", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """The name of a value in the schema, and the place of the party that it belongs to, 0 for none."""

    name: str
    position: int = 0


def signed(sources: list[Source], made: Expression, scope: Scope, text: str) -> str:
    """Put signs around the text of a value and note where it comes from; what has no name stays as it is."""
    if made.shape is None:
        return text
    sources.append(Source(name=made.shape.path, position=_position(made, scope)))
    return f"{_OPEN}{len(sources) - 1}{_BETWEEN}{_SIGN.sub('', text)}{_CLOSE}"


def split(text: str) -> Iterator[tuple[str, int | None]]:
    """Yield the stretches of a text without the signs, each with the number of its source or None."""
    place = 0
    for found in _SIGNED.finditer(text):
        if found.start() > place:
            yield _SIGN.sub("", text[place : found.start()]), None
        yield found[2], int(found[1])
        place = found.end()
    if place < len(text):
        yield _SIGN.sub("", text[place:]), None


def _position(made: Expression, scope: Scope) -> int:
    records = (walker(made.path[:end])(scope) for end in range(len(made.path) - 1, 0, -1))
    found = (record.get("urutan") for record in records if isinstance(record, Mapping))
    return next((place for place in found if isinstance(place, int)), 0)
