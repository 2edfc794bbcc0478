"""Brings the references of an edited Word file up to date: what Word would say after F9, without asking anybody.

Numbers typed by hand are `typed`'s; nothing is changed here but the texts of reference fields and the order to
update fields, which would make Word ask at every opening (design: documents §3.2, §3.4).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from portal.documents import gate, leftovers, numbering, package, places, stretches
from portal.documents.numbering import Numbered
from portal.documents.stretches import Piece
from portal.documents.wordxml import Element, P, parse, serialise, w

_MAIN: Final = "word/document.xml"
_TEXT_PARTS: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_REF: Final = re.compile(r"\s*REF\s+(?P<bookmark>\S+)(?P<switches>(\s.*)?)", re.IGNORECASE | re.DOTALL)
_NUMBER_SWITCH: Final = re.compile(r"\\(?P<how>[nrw])\b", re.IGNORECASE)
_BARE_SWITCH: Final = re.compile(r"\\t\b", re.IGNORECASE)
_WORD_BETWEEN: Final = re.compile(r" (ayat|huruf|angka|paragraph|item) ")
_WORD_BEFORE: Final = re.compile(r"\b(ayat|huruf|angka|paragraph|item) $", re.IGNORECASE)
_LONGER_WORD: Final = re.compile(r"[^\W\d_]{2,}\s*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Dangling:
    """A reference whose target is gone: the text it still shows and where it stands."""

    text: str
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """The file with right references, each changed one as (old, new) in reading order, and those without target.

    `dropped_order`: it had asked Word to update its fields, and no longer does.
    """

    content: bytes
    changes: tuple[tuple[str, str], ...]
    dangling: tuple[Dangling, ...]
    dropped_order: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    """A stretch of a paragraph before and after; `is_gone` for a field whose target is not there."""

    old: str
    new: str
    is_field: bool = False
    is_gone: bool = False


def recount(content: bytes) -> Result:
    """Count the numbers of a file anew and write them into its references; raises FileRefused.

    The bytes are the given ones when nothing had to change.
    """
    parts = dict(gate.check(content))
    has_order = leftovers.orders_update(parts)
    counted = numbering.read(parts)
    main = parse(parts[_MAIN])
    targets, owner = _targets(main, dict(counted.walk(main)))
    where = places.of_paragraphs(main, counted)
    changes: list[tuple[str, str]] = []
    dangling: list[Dangling] = []
    for name in sorted(filter(_TEXT_PARTS.fullmatch, parts), key=lambda part: (part != _MAIN, part)):
        root = main if name == _MAIN else parse(parts[name])
        before = len(changes)
        for paragraph in root.iter(P):
            said = [_refreshed(piece, targets, owner.get(paragraph)) for piece in stretches.pieces(paragraph)]
            for old, new, is_gone in _references(said):
                if is_gone:
                    dangling.append(Dangling(text=old, place=where.get(paragraph, "")))
                elif old != new:
                    changes.append((old, new))
        if len(changes) > before:
            parts[name] = serialise(root)
    if has_order:
        parts = leftovers.without_order(parts)
    return Result(
        content=package.pack(parts) if changes or has_order else content,
        changes=tuple(changes),
        dangling=tuple(dangling),
        dropped_order=has_order,
    )


def _targets(
    root: Element, numbers: Mapping[Element, Numbered | None]
) -> tuple[dict[str, Numbered | None], dict[Element, Numbered | None]]:
    """Find the numbered paragraph of every bookmark (None: it has no number), and of every paragraph."""
    found: dict[str, Numbered | None] = {}
    waiting: list[str] = []
    for node in root.iter(P, w("bookmarkStart")):
        if node.tag == P:
            found.update(dict.fromkeys(waiting, numbers.get(node)))
            waiting.clear()
            continue
        name = node.get(w("name"), "")
        paragraph = next(node.iterancestors(P), None)
        if paragraph is None:
            waiting.append(name)
        else:
            found[name] = numbers.get(paragraph)
    return found, dict(numbers)


def _refreshed(piece: Piece, targets: Mapping[str, Numbered | None], here: Numbered | None) -> _Said:
    """Write the right text into a field that repeats a number; anything else stays as it is."""
    field = _REF.fullmatch(piece.instruction)
    switch = _NUMBER_SWITCH.search(field["switches"]) if field else None
    if field is None or switch is None:
        return _Said(old=piece.text, new=piece.text)
    target = targets.get(field["bookmark"])
    if target is None:
        return _Said(old=piece.text, new=piece.text, is_field=True, is_gone=True)
    new = _number(target, switch["how"].lower(), here)
    if _BARE_SWITCH.search(field["switches"]):
        new = _LONGER_WORD.sub("", new)
    if new != piece.text and not stretches.set_text(piece.results, new):
        new = piece.text
    return _Said(old=piece.text, new=new, is_field=True)


def _number(target: Numbered, how: str, here: Numbered | None) -> str:
    r"""Say a number as the switches of Word do: \n its own, \w with all above it, \r with what is not shared.

    The final period of a label is dropped ("a." becomes "a"), as Word does.
    """
    chain: Sequence[Numbered] = target.chain
    if how == "n":
        chain = chain[-1:]
    elif how == "r" and here is not None:
        shared = 0
        while shared < min(len(chain) - 1, len(here.chain)) and chain[shared] is here.chain[shared]:
            shared += 1
        chain = chain[shared:]
    return "".join(step.label.removesuffix(".") for step in chain)


def _references(said: Sequence[_Said]) -> Iterator[tuple[str, str, bool]]:
    """Join the fields of one composed reference, "Pasal 2" + " ayat " + "(2)"; gives old, new and whether gone."""
    said = _joined_text(said)
    at = 0
    while at < len(said):
        if not said[at].is_field:
            at += 1
            continue
        group = [said[at]]
        if at and (word := _WORD_BEFORE.search(said[at - 1].old)):
            group.insert(0, _Said(old=word[0], new=word[0]))
        while at + 2 < len(said) and said[at + 2].is_field and _WORD_BETWEEN.fullmatch(said[at + 1].old):
            group += said[at + 1 : at + 3]
            at += 2
        at += 1
        old, new = ("".join(getattr(piece, side) for piece in group) for side in ("old", "new"))
        yield old, new, any(piece.is_gone for piece in group)


def _joined_text(said: Sequence[_Said]) -> list[_Said]:
    """Join neighbouring pieces of plain text: Word splits them over runs as it likes."""
    made: list[_Said] = []
    for is_field, group in groupby(said, key=lambda piece: piece.is_field):
        if is_field:
            made += group
        elif text := "".join(piece.old for piece in group):
            made.append(_Said(old=text, new=text))
    return made
