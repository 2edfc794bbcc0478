"""Which names of the schema a template or a clause uses, and how often. What is wrong with them is `lint`'s."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from portal.documents import gate
from portal.documents.wordxml import P, parse, text_of

_TAG: Final = re.compile(r"\{\{(?P<value>.*?)\}\}|\{%(?P<command>.*?)%\}", re.DOTALL)
_LOOP: Final = re.compile(r"(?:p|tr|r)?\s*(?:untuk|for)\s+([a-z][a-z0-9_]*)\s+(?:dalam|in)\s+(.+)")
_CONDITION: Final = re.compile(r"(?:p|tr|r)?\s*(?:jika|if)\b")
_END: Final = re.compile(r"(?:p|tr|r)?\s*(?:akhir|end)")
_TEXT: Final = re.compile(r"“[^”]*”|\"[^\"]*\"|'[^']*'")
_FILTER: Final = re.compile(r"\|\s*[a-z_]+")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*")
_PARTS: Final = re.compile(r"word/(?:document|(?:header|footer|footnotes|endnotes)\d*)\.xml")
_KEPT: Final = 32

Names = Collection[str]
"""The paths of a schema, "pihak[].nomor"."""


def of_text(text: str, names: Names) -> Counter[str]:
    """Count the names that a text uses; a name inside a loop counts as that of the list's items."""
    found: Counter[str] = Counter()
    scopes: list[tuple[str, str]] = []
    for tag in _TAG.finditer(text):
        command = " ".join((tag["command"] or "").replace("\u00a0", " ").split())
        if loop := _LOOP.fullmatch(command):
            whole = next(iter(_paths(loop[2], scopes)), "")
            found.update(path for path in _paths(loop[2], scopes) if path in names)
            scopes.append((loop[1], f"{whole}[]"))
        elif _CONDITION.match(command):
            scopes.append(("", ""))
            found.update(path for path in _paths(command, scopes) if path in names)
        elif _END.match(command):
            del scopes[-1:]
        else:
            found.update(path for path in _paths(tag["value"] or command, scopes) if path in names)
    return found


def _paths(expression: str, scopes: Iterable[tuple[str, str]]) -> Iterator[str]:
    known = dict(scopes)
    for name in _NAME.findall(_FILTER.sub("", _TEXT.sub("", expression))):
        first, dot, rest = name.partition(".")
        yield f"{known.get(first, first)}{dot}{rest}"


def of_file(content: bytes, names: Names) -> Counter[str]:
    """Count the names that the tags of a Word file use; raises FileRefused."""
    return of_text("\n".join(line for lines in paragraphs(content).values() for line in lines), names)


@lru_cache(maxsize=_KEPT)
def paragraphs(content: bytes) -> Mapping[str, tuple[str, ...]]:
    """Return the text of every paragraph of a Word file, by the name of the part; raises FileRefused."""
    parts = {name: part for name, part in sorted(gate.check(content).items()) if _PARTS.fullmatch(name)}
    return {name: tuple(text_of(paragraph) for paragraph in parse(part).iter(P)) for name, part in parts.items()}
