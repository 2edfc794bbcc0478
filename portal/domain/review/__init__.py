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
    signers,
    structure,
    titles,
    vocabulary,
)
from portal.domain.review.findings import Finding, Rule, found
from portal.domain.review.places import article_number, beside, placed
from portal.domain.review.signers import matrix
from portal.domain.review.subject import Holder, ReviewParty, ReviewRelated, ReviewSubject, SignerRow, TextLine
from portal.domain.review.vocabulary import terms_in
from portal.domain.severity import Severity

__all__ = [
    "RULES",
    "TEXT_RULES",
    "Finding",
    "Holder",
    "ReviewParty",
    "ReviewRelated",
    "ReviewSubject",
    "Rule",
    "Severity",
    "SignerRow",
    "TextLine",
    "beside",
    "check",
    "matrix",
    "placed",
    "terms_in",
]

RULES: Final[tuple[Rule, ...]] = (
    *blocks.RULES,
    *titles.RULES,
    *days.RULES,
    *amounts.RULES,
    *parties.RULES,
    *register.RULES,
    *signers.RULES,
    *related.RULES,
    *options.RULES,
    *vocabulary.RULES,
    *leftovers.RULES,
    *structure.RULES,
)
"""Every rule, by theme; errors and warnings as they come."""

TEXT_RULES: Final = frozenset(
    {
        "R12-title-place",
        "R20-weekday",
        "R21-date-words",
        "R22-date-impossible",
        "R30-words-figures",
        "R31-words-unreadable",
        "R32-money",
        "R34-term-dates",
        "R44-designation-twice",
        "R80-unknown",
        "R81-template-mark",
        "R82-placeholder",
        "R83-other-draft",
        "R84-not-a-party",
        "R85-other-region",
        "R86-other-instrument",
        "R91-reference-typed",
        "R92-empty-line",
        "R93-empty-article",
        "R94-list-end",
    }
)
"""Codes of the rules that judge a text by itself and by the names it may use: they fit a file that came from Word."""


def check(subject: ReviewSubject) -> tuple[Finding, ...]:
    """Look for every fault in a draft: errors first, then warnings, each in the order of the rules.

    Where only the text is known (`subject.is_text_only`), only `TEXT_RULES` look.
    """
    keys = ("", *(article.key for article in subject.printed))
    rules = [rule for rule in RULES if not subject.is_text_only or rule.code in TEXT_RULES]
    findings = [found(rule, hit, article=_at(keys, hit.place)) for rule in rules for hit in rule.find(subject)]
    return tuple(sorted(findings, key=lambda finding: finding.severity is not Severity.ERROR))


def _at(keys: tuple[str, ...], place: str) -> str:
    number = article_number(place)
    return keys[number] if number < len(keys) else ""
