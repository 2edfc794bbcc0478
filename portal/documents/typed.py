"""Checks references that were typed by hand, "Pasal 6 ayat (9)": does the file have that place?

References that are fields follow by themselves (`recount`). References into laws and other papers are left alone
(design: documents §3.4).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from portal.documents import gate, numbering, places, stretches
from portal.documents.numbering import Numbered
from portal.documents.wordxml import Element, parse

Key = tuple[str, str, str, str]
"""A place as Pasal, ayat, huruf and angka; "" where it has none."""

_REFERENCE: Final = re.compile(
    r"\b(?:Pasal\s+(?P<pasal>\d+)(?:\s+ayat\s+\((?P<ayat>\d+)\))?|ayat\s+\((?P<near>\d+)\))"
    r"(?:\s+huruf\s+(?P<huruf>[a-z]{1,2})\b)?(?:\s+angka\s+(?P<angka>\d+)\b)?"
)
_LINK: Final = re.compile(r"\s*(?:,|dan/atau|dan|atau|serta|sampai dengan)(?:\s*(?:dan/atau|dan|atau))?\s*")
"""What leads from one reference to the next, "Pasal 5 ayat (1) dan ayat (2)"."""

_MORE: Final = re.compile(
    r"\s*(?:,|dan/atau|dan|atau|serta|sampai dengan|s\.d\.|jo\.|juncto|Pasal\s+\d+|\d+\b|ayat|huruf|angka"
    r"|\(\d+\)|[a-z]\b)"
)
"""What may stand between a reference and the law it belongs to: "Pasal 5, Pasal 6 ayat (1) dan ayat (2) UU …"."""

_PAPER: Final = re.compile(
    r"\s*(?:(?:dari|dalam|pada)\s+)?"
    r"(?P<paper>Undang-Undang|UUD|UU|Peraturan|Keputusan|Instruksi|Ketetapan|Kitab|KUH\w*|Staatsblad|Anggaran|AD/ART"
    r"|PP|Perpres|Perppu|Permen\w*|Perda|Pergub|Perma|POJK|Qanun|Konvensi|Statuta|Akta|Kontrak"
    r"|Perjanjian|Nota|Memorandum|Adendum|Addendum|Kesepakatan|Berita Acara|Rencana)\b(?P<rest>[^.;,]{0,80})",
    re.IGNORECASE,
)
_OURS: Final = re.compile(r"(?:\s+\w+){0,3}?\s+ini\b", re.IGNORECASE)
_OWN_PAPER: Final = frozenset({"perjanjian", "nota", "memorandum", "adendum", "addendum", "kesepakatan"})
_LAW_BEFORE: Final = re.compile(r"(?:Tahun\s+\d{4}|KUHP\w*|KUH\s*Perdata)(?:\s+\w+){0,2}\s*,?\s*$", re.IGNORECASE)
_AMENDED: Final = re.compile(r"(?:[Kk]etentuan|[Bb]unyi)\s+$")
_QUOTED: Final = re.compile(r"“[^“”]*”?|\"[^\"]*\"?")
_LABEL: Final = re.compile(r"Pasal (?P<pasal>\d+)|\((?P<ayat>\d+)\)|(?P<huruf>[a-z]{1,3})[.)]|(?P<angka>\d+)[.)]")
_LONGEST: Final = 20_000
"""Letters of one paragraph that are read: no paragraph that people write is longer."""

_MOST_LINKS: Final = 40
_BEFORE: Final = 80
_PARTS: Final = ("pasal", "ayat", "huruf", "angka")


@dataclass(frozen=True, kw_only=True, slots=True)
class Unknown:
    """A typed reference to a place that the file does not have, and where it is written."""

    text: str
    place: str


def check(content: bytes) -> tuple[Unknown, ...]:
    """Find every typed reference without target, in the order of the text; raises FileRefused."""
    parts = gate.check(content)
    return check_parts(parts)


def check_parts(parts: Mapping[str, bytes]) -> tuple[Unknown, ...]:
    """Find every typed reference without target in a file that has passed the gate."""
    counted = numbering.read(parts)
    root = parse(parts["word/document.xml"])
    walked = list(counted.walk(root))
    keys = {paragraph: _key(numbered) for paragraph, numbered in walked if numbered is not None}
    known = {key for key in keys.values() if key[0]}
    if not known:
        return ()
    where = places.of_paragraphs(root, counted)
    found: list[Unknown] = []
    current = ""
    for paragraph, _ in walked:
        key = keys.get(paragraph, ("", "", "", ""))
        current = key[0] or current
        found += [Unknown(text=text, place=where[paragraph]) for text in _unknown(paragraph, known, current)]
    return tuple(found)


def _key(numbered: Numbered) -> Key:
    """Read where a numbered paragraph stands; the deepest letter and figure win ("a)" below "a.")."""
    made = dict.fromkeys(_PARTS, "")
    for step in numbered.chain:
        if label := _LABEL.fullmatch(step.label.strip()):
            made.update({name: text for name, text in label.groupdict().items() if text is not None})
    if not made["pasal"]:
        return ("", "", "", "")
    return (made["pasal"], made["ayat"], made["huruf"], made["angka"])


def _unknown(paragraph: Element, known: set[Key], current: str) -> Iterator[str]:
    """Yield the typed references of a paragraph that lead nowhere; `current` is the Pasal it stands in."""
    pieces = stretches.pieces(paragraph)
    text = "".join(piece.text for piece in pieces)[:_LONGEST]
    spared = _spans(pieces) + [found.span() for found in _QUOTED.finditer(text)]
    last_end, last_pasal = 0, current
    for found in _REFERENCE.finditer(text):
        goes_on = _LINK.fullmatch(text, last_end, found.start()) is not None
        pasal = found["pasal"] or (last_pasal if goes_on else current)
        last_end, last_pasal = found.end(), pasal
        key = (pasal, found["ayat"] or found["near"] or "", found["huruf"] or "", found["angka"] or "")
        number_at = found.start("pasal") if found["pasal"] else found.start("near")
        if pasal and key not in known and not _within(number_at, spared) and not _is_elsewhere(text, found):
            yield found[0]


def _spans(pieces: tuple[stretches.Piece, ...]) -> list[tuple[int, int]]:
    spans, at = [], 0
    for piece in pieces:
        if piece.instruction:
            spans.append((at, at + len(piece.text)))
        at += len(piece.text)
    return spans


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _is_elsewhere(text: str, found: re.Match[str]) -> bool:
    """Tell whether a reference points into a law or another paper, named after it or before it."""
    before = max(0, found.start() - _BEFORE)
    if _LAW_BEFORE.search(text, before, found.start()) or _AMENDED.search(text, before, found.start()):
        return True
    at = found.end()
    for _ in range(_MOST_LINKS):
        more = _MORE.match(text, at)
        if more is None:
            break
        at = more.end()
    paper = _PAPER.match(text, at) or _PAPER.match(text, found.end())
    if paper is None:
        return False
    return not (paper["paper"].casefold() in _OWN_PAPER and _OURS.match(paper["rest"]))
