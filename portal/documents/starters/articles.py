"""The articles that a draft of a starter begins with, from the clause library as it is shipped.

A running portal takes them from the tables; samples, checks and tests take them from here.
"""

import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from portal import paths
from portal.documents import about, clauses
from portal.documents.facts import AgreementFacts
from portal.documents.templates import Template
from portal.domain import clause
from portal.domain.clause import Article, ClauseTree, Condition

_FOREIGN_CODES = frozenset({"mou_bilingual"})


def tree(code: str) -> ClauseTree:
    """Make the clause tree that a template begins with."""
    library = _library()
    return tuple(_article(library[slot.code], slot) for slot in about.read(code).clauses)


def answers(facts: AgreementFacts, code: str = "") -> frozenset[Condition]:
    """Tell which conditions the facts meet; a bilingual text is for a foreign party."""
    met = {
        Condition.DATA_EXCHANGE: bool(facts.data_elements),
        Condition.AID: facts.aid is not None,
        Condition.FUNDED: facts.funding is not None,
        Condition.FOREIGN: code in _FOREIGN_CODES or facts.governing_language is not None,
        Condition.HAS_PARENT: facts.parent is not None,
        Condition.MANY_PARTIES: len(facts.parties) > 2,  # noqa: PLR2004 - two are not many
    }
    return frozenset(condition for condition, holds in met.items() if holds)


def filled(template: Template, facts: AgreementFacts) -> Template:
    """Put the first articles into a shipped template; one without a slot comes back as it is."""
    if not clauses.has_slot(template):
        return template
    return clauses.splice(template, printed(template.code, answers(facts, template.code)))


def printed(code: str, met: Collection[Condition]) -> ClauseTree:
    """Return the articles that a starter prints when these conditions are met."""
    return clause.printed(tree(code), met)


@cache
def _library() -> Mapping[str, Mapping[str, Any]]:
    found = {}
    for path in sorted((paths.REFERENCE / "clauses").glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["clause"]:
            found[entry["code"]] = entry
    return found


def _article(entry: Mapping[str, Any], slot: about.Slot) -> Article:
    return Article(
        key=entry["code"].replace("-", "_"),
        title=entry["title"],
        text=entry["text"],
        title_en=entry["title_en"],
        text_en=entry["text_en"],
        block=entry["block"],
        clause=entry["code"],
        version=1,
        condition=Condition(entry["condition"]),
        is_included=slot.is_included,
        is_mandatory=slot.is_mandatory,
    )
