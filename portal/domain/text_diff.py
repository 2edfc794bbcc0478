"""Two wordings compared word by word: what stayed, what came in, what went out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

SAME: Final = ""
ADDED: Final = "ins"
REMOVED: Final = "del"

_TAG: Final = r"\{\{.*?\}\}|\{%.*?%\}"
_WORD: Final = re.compile(rf"{_TAG}|\s+|[^\W_]+|\W|_")
_SPLIT: Final = re.compile(rf"({_TAG})")


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A stretch of text: `change` is "" for what stayed, "ins" for what came in, "del" for what went out.

    A tag of the templates is a stretch of its own.
    """

    text: str
    change: str = SAME
    is_tag: bool = False


def marked(text: str, change: str = SAME) -> tuple[Piece, ...]:
    """Split a text at its tags."""
    found = enumerate(_SPLIT.split(text))
    return tuple(Piece(text=part, change=change, is_tag=place % 2 == 1) for place, part in found if part)


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Compare two texts; joined without what went out the pieces give `after`, without what came in `before`."""
    return tuple(_pieces(_WORD.findall(before), _WORD.findall(after)))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from marked("".join(old[first:last]))
            continue
        if first < last:
            yield from marked("".join(old[first:last]), REMOVED)
        if start < end:
            yield from marked("".join(new[start:end]), ADDED)
