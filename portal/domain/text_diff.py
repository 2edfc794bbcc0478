"""Two wordings compared word by word: what stayed, what came in, what went out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

SAME: Final = ""
ADDED: Final = "ins"
REMOVED: Final = "del"

_WORD: Final = re.compile(r"\s+|[^\W_]+|\W|_")


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A stretch of text: `change` is "" for what stayed, "ins" for what came in, "del" for what went out."""

    text: str
    change: str = SAME


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Compare two texts; joined without what went out the pieces give `after`, without what came in `before`."""
    return tuple(_pieces(_WORD.findall(before), _WORD.findall(after)))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece(text="".join(old[first:last]))
            continue
        if first < last:
            yield Piece(text="".join(old[first:last]), change=REMOVED)
        if start < end:
            yield Piece(text="".join(new[start:end]), change=ADDED)
