"""Two wordings of an article, line by line and word by word, as pieces for a page."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

Item = dict[str, Any]


def lines(before: str, after: str) -> list[list[Item]]:
    """Return the lines of both wordings as pieces: {"text", "kind"}, kind "" for common words, "del" or "ins"."""
    old, new = before.splitlines(), after.splitlines()
    found: list[list[Item]] = []
    for verb, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if verb == "equal":
            found += [[_piece([line], "")] for line in old[a:b]]
            continue
        pairs = min(b - a, d - c)
        found += [_words(old[a + place], new[c + place]) for place in range(pairs)]
        found += [[_piece([line], "del")] for line in old[a + pairs : b]]
        found += [[_piece([line], "ins")] for line in new[c + pairs : d]]
    return found


def _words(before: str, after: str) -> list[Item]:
    old, new = before.split(), after.split()
    found = []
    for verb, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if verb == "equal":
            found.append(_piece(old[a:b], ""))
            continue
        found += [_piece(old[a:b], "del")] if b > a else []
        found += [_piece(new[c:d], "ins")] if d > c else []
    return found


def _piece(words: Sequence[str], kind: str) -> Item:
    return {"text": " ".join(words), "kind": kind}
