"""The clause tree of a draft: Pasal with ayat, huruf and angka, written as plain text that a lawyer can type.

A line begins with the mark of its level: `(1)` ayat, `a.` huruf, `1.` angka, `a)` and `1)` the two below, `|` a row
of a table, nothing for text without a number. The numbers themselves are never stored: they follow from the order.
Tags, labels and references are those of the templates (design: documents §12, domain §2.2).
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from portal.domain.errors import RuleBroken
from portal.domain.marking import N_


class Level(StrEnum):
    """What a line of an article is."""

    PLAIN = "plain"
    AYAT = "ayat"
    HURUF = "huruf"
    ANGKA = "angka"
    HURUF_KECIL = "huruf_kecil"
    ANGKA_KECIL = "angka_kecil"
    ROW = "row"
    COMMAND = "command"


class Block(StrEnum):
    """What an article is about, in the order of the field (design: domain §2.3)."""

    DEFINITIONS = "definitions"
    PURPOSE = "purpose"
    TARGETS = "targets"
    SCOPE = "scope"
    IMPLEMENTATION = "implementation"
    RIGHTS_OBLIGATIONS = "rights_obligations"
    FUNDING = "funding"
    AID = "aid"
    TERM = "term"
    MONEV = "monev"
    REPORTING = "reporting"
    CONFIDENTIALITY = "confidentiality"
    DATA_PROTECTION = "data_protection"
    IP_PUBLICATION = "ip_publication"
    FORCE_MAJEURE = "force_majeure"
    SANCTIONS = "sanctions"
    TERMINATION = "termination"
    DISPUTE = "dispute"
    CORRESPONDENCE = "correspondence"
    AMENDMENT = "amendment"
    CHANGES = "changes"
    LANGUAGE = "language"
    MISCELLANEOUS = "miscellaneous"
    CLOSING = "closing"


class Condition(StrEnum):
    """When a Pasal belongs to an agreement; the words for each are in `wording`."""

    ALWAYS = "always"
    CHOSEN = "chosen"
    DATA_EXCHANGE = "data_exchange"
    AID = "aid"
    FUNDED = "funded"
    FOREIGN = "foreign"
    REGION = "region"
    HAS_PARENT = "has_parent"
    MANY_PARTIES = "many_parties"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of an article: its level and its text without the mark."""

    level: Level
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One Pasal in a draft.

    `key` names it for good: `{{ rujuk.<key> }}` refers to it wherever it moves. `clause` and `version` say which
    version of the library it came from, "" and 0 for one written here; `block` is a code of `Block` or "";
    `reason` says why its text differs from the library's.
    """

    key: str
    title: str
    text: str
    title_en: str = ""
    text_en: str = ""
    block: str = ""
    clause: str = ""
    version: int = 0
    condition: Condition = Condition.ALWAYS
    is_included: bool = True
    is_mandatory: bool = False
    reason: str = ""


ClauseTree = tuple[Article, ...]

_MARKS: Final = (
    (Level.COMMAND, re.compile(r"(?=\{%(?:(?!%\}).)*%\}$)(?!\{%\s*label\b)")),
    (Level.ROW, re.compile(r"\|\s*(?=.*)")),
    (Level.AYAT, re.compile(r"\(\d{1,3}\)\s+")),
    (Level.HURUF, re.compile(r"[a-z]{1,2}\.\s+")),
    (Level.ANGKA, re.compile(r"\d{1,3}\.\s+")),
    (Level.HURUF_KECIL, re.compile(r"[a-z]{1,2}\)\s+")),
    (Level.ANGKA_KECIL, re.compile(r"\d{1,3}\)\s+")),
)
_DEPTH: Final[Mapping[Level, int]] = {
    Level.AYAT: 1,
    Level.HURUF: 2,
    Level.ANGKA: 3,
    Level.HURUF_KECIL: 4,
    Level.ANGKA_KECIL: 5,
}
_SHAPES: Final[Mapping[Level, str]] = {
    Level.AYAT: "({})",
    Level.HURUF: "{}.",
    Level.ANGKA: "{}.",
    Level.HURUF_KECIL: "{})",
    Level.ANGKA_KECIL: "{})",
}
_LETTERED: Final = frozenset({Level.HURUF, Level.HURUF_KECIL})
_LABEL: Final = re.compile(r"\{%\s*label\s+([a-z][a-z0-9_]*)\s*%\}")
_REFERENCE: Final = re.compile(r"\{\{\s*rujuk(?:_dekat)?\.([a-z][a-z0-9_]*)\s*\}\}")


def parse(text: str) -> tuple[Line, ...]:
    """Read the text of an article into its lines; empty lines fall away, typed numbers are only marks."""
    return tuple(_line(stripped) for raw in text.splitlines() if (stripped := raw.strip()))


def _line(text: str) -> Line:
    for level, mark in _MARKS:
        if found := mark.match(text):
            return Line(level=level, text=text[found.end() :].strip())
    return Line(level=Level.PLAIN, text=text)


def write(lines: Iterable[Line]) -> str:
    """Write lines as text, numbered densely; what `parse` reads back to the same lines."""
    counts = dict.fromkeys(_DEPTH, 0)
    made = []
    for line in lines:
        if line.level in _DEPTH:
            counts[line.level] += 1
            counts.update({level: 0 for level, depth in _DEPTH.items() if depth > _DEPTH[line.level]})
            made.append(f"{_mark(line.level, counts[line.level])} {line.text}")
        else:
            made.append(f"| {line.text}" if line.level is Level.ROW else line.text)
    return "\n".join(made)


def _mark(level: Level, number: int) -> str:
    return _SHAPES[level].format(letters(number) if level in _LETTERED else number)


def letters(number: int) -> str:
    """Return the letter of a place as Word counts: 1 is a, 26 is z, 27 is aa, 28 is bb."""
    turns, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (turns + 1)


def labels(text: str) -> tuple[str, ...]:
    """Return the labels that the text of an article gives, in order."""
    return tuple(_LABEL.findall(text))


def references(text: str) -> tuple[str, ...]:
    """Return the labels that the text of an article refers to, in order."""
    return tuple(_REFERENCE.findall(text))


def holds(condition: Condition, answers: Collection[Condition]) -> bool:
    """Tell whether a condition holds when `answers` are the conditions that are met."""
    return condition in {Condition.ALWAYS, Condition.CHOSEN} or condition in answers


def printed(tree: ClauseTree, answers: Collection[Condition]) -> ClauseTree:
    """Return the articles that the document prints: chosen, and their condition met."""
    return tuple(one for one in tree if one.is_included and holds(one.condition, answers))


def numbers(tree: ClauseTree, answers: Collection[Condition]) -> Mapping[str, int]:
    """Return the number of every printed article by its key, counted from 1."""
    return {one.key: number for number, one in enumerate(printed(tree, answers), start=1)}


def dangling(tree: ClauseTree, answers: Collection[Condition]) -> tuple[tuple[str, str], ...]:
    """Return (key of the article, label) of every reference in a printed article whose target is not printed."""
    shown = printed(tree, answers)
    known = {one.key for one in shown} | {label for one in shown for label in labels(one.text)}
    return tuple((one.key, label) for one in shown for label in references(one.text) if label not in known)


def include(tree: ClauseTree, keys: Collection[str]) -> ClauseTree:
    """Choose exactly the articles of these keys; mandatory ones stay. Raises RuleBroken for an unknown key."""
    for key in keys:
        find(tree, key)
    return tuple(replace(one, is_included=one.is_mandatory or one.key in keys) for one in tree)


def move(tree: ClauseTree, key: str, *, by: int) -> ClauseTree:
    """Move an article up (negative) or down by so many places, at most to an end."""
    place = tree.index(find(tree, key))
    rest = [one for one in tree if one.key != key]
    rest.insert(max(0, min(len(rest), place + by)), tree[place])
    return tuple(rest)


def rewrite(tree: ClauseTree, article: Article) -> ClauseTree:
    """Put an article in the place of the one with its key."""
    find(tree, article.key)
    return tuple(article if one.key == article.key else one for one in tree)


def insert(tree: ClauseTree, article: Article, *, after: str | None) -> ClauseTree:
    """Add an article after the one named, or at the end. Raises RuleBroken when its key is taken."""
    if any(one.key == article.key for one in tree):
        raise RuleBroken(N_("Pasal “%(title)s” sudah ada dalam naskah ini."), title=article.title)
    place = len(tree) if after is None else tree.index(find(tree, after)) + 1
    return (*tree[:place], article, *tree[place:])


def remove(tree: ClauseTree, key: str) -> ClauseTree:
    """Take an article out. Raises RuleBroken for a mandatory one, with the way out."""
    if find(tree, key).is_mandatory:
        raise RuleBroken(
            N_("Pasal “%(title)s” wajib untuk jenis naskah ini. Ubah teksnya bila perlu, jangan dihapus."),
            title=find(tree, key).title,
        )
    return tuple(one for one in tree if one.key != key)


def find(tree: ClauseTree, key: str) -> Article:
    """Return the article with this key; raises RuleBroken when somebody has taken it out."""
    for one in tree:
        if one.key == key:
            return one
    raise RuleBroken(N_("Pasal ini tidak ada lagi dalam naskah. Muat ulang halaman untuk melihat keadaan terakhir."))


def to_plain(tree: ClauseTree) -> list[dict[str, Any]]:
    """Return the tree as plain JSON."""
    names = Article.__dataclass_fields__
    return [{name: getattr(one, name) for name in names} for one in tree]


def from_plain(rows: Iterable[Mapping[str, Any]]) -> ClauseTree:
    """Read what `to_plain` made."""
    return tuple(Article(**{**row, "condition": Condition(row["condition"])}) for row in rows)
