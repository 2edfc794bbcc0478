"""Periksa Naskah: rules over the facts, the clause tree and the rendered text of a draft, each finding with its fix.

`check` is pure: whoever builds the `ReviewSubject` reads the database and the Word file.
"""

from typing import Final

from portal.domain.review import (
    amounts,
    blocks,
    days,
    leftovers,
    options,
    parties,
    register,
    related,
    structure,
    titles,
    vocabulary,
)
from portal.domain.review.findings import Finding, Rule, found
from portal.domain.review.places import article_number, placed
from portal.domain.review.subject import Holder, ReviewParty, ReviewRelated, ReviewSubject, TextLine
from portal.domain.severity import Severity

__all__ = [
    "RULES",
    "Finding",
    "Holder",
    "ReviewParty",
    "ReviewRelated",
    "ReviewSubject",
    "Rule",
    "Severity",
    "TextLine",
    "check",
    "placed",
]

RULES: Final[tuple[Rule, ...]] = (
    *blocks.RULES,
    *titles.RULES,
    *days.RULES,
    *amounts.RULES,
    *parties.RULES,
    *register.RULES,
    *related.RULES,
    *options.RULES,
    *vocabulary.RULES,
    *leftovers.RULES,
    *structure.RULES,
)
"""Every rule, by theme; errors and warnings as they come."""


def check(subject: ReviewSubject) -> tuple[Finding, ...]:
    """Look for every fault in a draft: errors first, then warnings, each in the order of the rules."""
    keys = ("", *(article.key for article in subject.printed))
    findings = [found(rule, hit, article=_at(keys, hit.place)) for rule in RULES for hit in rule.find(subject)]
    return tuple(sorted(findings, key=lambda finding: finding.severity is not Severity.ERROR))


def _at(keys: tuple[str, ...], place: str) -> str:
    number = article_number(place)
    return keys[number] if number < len(keys) else ""
