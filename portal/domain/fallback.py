"""Putting a fallback of the library into an article: most of them are one ayat, which takes the place of its like."""

import re
from collections.abc import Sequence
from typing import Final

from portal.domain import clause
from portal.domain.clause import Level, Line

_AYAT: Final = re.compile(r"\s*\((\d{1,3})\)\s")
_BEGINS: Final = re.compile(r"\{%\s*(?:jika|if|untuk|for)\b")
_ENDS: Final = re.compile(r"\{%\s*(?:akhir|end)")

Lines = Sequence[Line]


def put_in(text: str, fallback: str) -> str:
    """Return the text of an article with a fallback in it.

    A fallback that begins with the number of an ayat takes the place of the ayat with the same label, or else with
    that number, and of what belongs to it; its label stays. One without such a number takes the place of the whole.
    """
    found = _AYAT.match(fallback)
    if found is None:
        return clause.write(clause.parse(fallback))
    head, ayats = _split(clause.parse(text))
    for offset, come in enumerate(_split(clause.parse(fallback))[1]):
        place = _place(ayats, come, int(found[1]) - 1 + offset)
        gone = ayats[place] if place < len(ayats) else []
        ayats[place : place + 1] = [_labelled(come, gone)]
    return clause.write([*head, *(line for ayat in ayats for line in ayat)])


def _split(lines: Lines) -> tuple[list[Line], list[list[Line]]]:
    """Return what stands before the first ayat, and each ayat with what belongs to it."""
    head: list[Line] = []
    ayats: list[list[Line]] = []
    for line in lines:
        if line.level is Level.AYAT:
            ayats.append([line])
        else:
            (ayats[-1] if ayats else head).append(line)
    return head, ayats


def _labels(lines: Lines) -> list[str]:
    return [label for line in lines for label in clause.labels(line.text)]


def _place(ayats: Sequence[Lines], come: Lines, numbered: int) -> int:
    wanted = set(_labels(come))
    alike = [place for place, ayat in enumerate(ayats) if wanted & set(_labels(ayat))]
    return alike[0] if alike else min(numbered, len(ayats))


def _labelled(come: Lines, gone: Lines) -> list[Line]:
    first, *rest = come
    lost = [label for label in _labels(gone) if label not in _labels(come)]
    marks = "".join(f"{{% label {label} %}}" for label in lost)
    return [Line(level=first.level, text=f"{marks}{first.text}"), *rest, *_unmatched(gone)]


def _unmatched(lines: Lines) -> list[Line]:
    """Return the commands that begin or end outside these lines: without them the text around would break."""
    begun: list[Line] = []
    left: list[Line] = []
    for line in lines:
        if line.level is not Level.COMMAND:
            continue
        if _BEGINS.match(line.text):
            begun.append(line)
        elif not begun:
            left.append(line)
        elif _ENDS.match(line.text):
            begun.pop()
    return [*left, *begun]
