"""What each section of the drafting workspace asks, and how far it is. Pure; the forms and the saving read it.

A section asks facts of the agreement, which stay with the agreement, and texts that only the draft needs
(`drafting.EXTRA`). Its values are compared as one flat, plain record, so that two people's saves can be told apart.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from portal.domain import agreement_facts
from portal.domain.agreement import AgreementKind, Relation
from portal.domain.agreement_facts import AgreementFacts
from portal.domain.clause import ClauseTree, Condition
from portal.domain.drafting import Section, SectionState

FACTS: Final[Mapping[Section, tuple[str, ...]]] = {
    Section.TEMPLATE: ("printed_label",),
    Section.PARTIES: ("parties",),
    Section.RECITALS: ("title", "relations"),
    Section.ARTICLES: ("purpose", "scope", "regions"),
    Section.OBLIGATIONS: (),
    Section.TERM: (
        "signed_on",
        "signed_place",
        "starts_on",
        "term_years",
        "term_months",
        "ends_on",
        "notice_count",
        "notice_unit",
        "notice_article",
    ),
    Section.FUNDING: ("value_rupiah", "funding_source", "beneficiaries"),
    Section.OPTIONS: ("is_foreign", "originals"),
    Section.REVIEW: (),
}
"""Facts of the agreement by section, named as in `AgreementFacts`."""

TEXTS: Final[Mapping[Section, tuple[str, ...]]] = {
    Section.TEMPLATE: (),
    Section.PARTIES: (),
    Section.RECITALS: ("recitals", "legal_bases", "stands_alone"),
    Section.ARTICLES: ("targets", "changes"),
    Section.OBLIGATIONS: (),
    Section.TERM: (),
    Section.FUNDING: ("funding_note", "aid_description", "aid_value", "aid_recipient"),
    Section.OPTIONS: ("governing_language", "stamp_required", "data_elements", "answers"),
    Section.REVIEW: (),
}
"""Texts of the draft alone by section; `answers` are the conditions that a person states."""

NEEDED: Final[Mapping[Section, tuple[str, ...]]] = {
    Section.TEMPLATE: (),
    Section.PARTIES: (),
    Section.RECITALS: ("title", "recitals", "legal_bases"),
    Section.ARTICLES: ("purpose", "scope", "targets"),
    Section.OBLIGATIONS: (),
    Section.TERM: ("signed_on", "signed_place", "starts_on", "ends_on"),
    Section.FUNDING: (),
    Section.OPTIONS: ("originals",),
    Section.REVIEW: (),
}
"""What must be there before a section counts as complete; parties, duties and money have rules of their own."""

STATED: Final = (Condition.DATA_EXCHANGE, Condition.AID, Condition.FUNDED)
"""Conditions that a person states; the others follow from the record."""

_UPWARD: Final = frozenset({Relation.PARENT, Relation.IMPLEMENTS})
_OF_A_PARTY: Final = ("signatory_name", "signatory_office", "number_printed", "address_printed")
_CHANGING: Final = frozenset({AgreementKind.AMENDMENT})


def conditions(facts: AgreementFacts, stated: Collection[str], *, with_region: bool) -> frozenset[Condition]:
    """Return the conditions that hold: what a person stated, and what the record tells."""
    held = {one for one in STATED if one.value in stated}
    told = {
        Condition.FOREIGN: facts.is_foreign,
        Condition.REGION: with_region,
        Condition.HAS_PARENT: any(one.relation in _UPWARD for one in facts.relations),
        Condition.MANY_PARTIES: len(facts.parties) > 2,  # noqa: PLR2004 (more than the usual two)
        Condition.FUNDED: facts.value_rupiah is not None or bool(facts.funding_source),
    }
    return frozenset(held | {one for one, holds in told.items() if holds})


def values(section: Section, facts: AgreementFacts, texts: Mapping[str, Any], tree: ClauseTree = ()) -> dict[str, Any]:
    """Return all values of a section under flat keys: facts, texts, and for section 4 what became of each Pasal."""
    names = FACTS[section]
    found = {key: value for key, value in agreement_facts.flat(facts).items() if key.partition(".")[0] in names}
    found |= {name: texts.get(name) for name in TEXTS[section]}
    found = {key: None if value in ("", [], ()) else value for key, value in found.items()}
    if section is Section.ARTICLES:
        found |= {f"include.{one.key}": one.is_included for one in tree}
        found["order"] = [one.key for one in tree]
        found |= {f"text.{one.key}": one.text for one in tree if one.reason or not one.clause}
    return found


def digest(found: Mapping[str, Any]) -> str:
    """Return eight letters that stand for exactly these values."""
    plain = json.dumps(found, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()[:8]


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """What `state` looks at besides the values: open proposals of duties, duties recorded, made documents."""

    has_raw: bool = False
    duties: int = 0
    proposals: int = 0
    is_made: bool = False
    """The newest Word file was made after the last save."""


def state(
    section: Section, facts: AgreementFacts, texts: Mapping[str, Any], *, tree: ClauseTree, work: Work
) -> SectionState:
    """Return how far a section is. Section 9 is judged from the others by `review_state`."""
    if work.has_raw:
        return SectionState.STARTED
    if section in {Section.TEMPLATE, Section.PARTIES}:
        return SectionState.COMPLETE if section is Section.TEMPLATE else _of_parties(facts)
    if section in {Section.OBLIGATIONS, Section.FUNDING}:
        return _of_duties(work) if section is Section.OBLIGATIONS else _of_funding(facts, texts)
    found = values(section, facts, texts, tree)
    amends = section is Section.ARTICLES and facts.kind in _CHANGING
    return _of_values([found.get(name) for name in (("changes",) if amends else NEEDED[section])])


def review_state(states: Collection[SectionState], work: Work) -> SectionState:
    """Return the state of section 9: it waits for the others, and is complete once the document is made."""
    if any(one is not SectionState.COMPLETE for one in states):
        return SectionState.BLOCKED
    return SectionState.COMPLETE if work.is_made else SectionState.EMPTY


def _of_values(found: Collection[Any]) -> SectionState:
    filled = sum(bool(value) for value in found)
    if filled == len(found):
        return SectionState.COMPLETE
    return SectionState.STARTED if filled else SectionState.EMPTY


def _of_parties(facts: AgreementFacts) -> SectionState:
    told = [getattr(party, name) for party in facts.parties for name in _OF_A_PARTY]
    return SectionState.COMPLETE if all(told) else SectionState.STARTED


def _of_duties(work: Work) -> SectionState:
    if work.proposals:
        return SectionState.STARTED
    return SectionState.COMPLETE if work.duties else SectionState.EMPTY


def _of_funding(facts: AgreementFacts, texts: Mapping[str, Any]) -> SectionState:
    told = (facts.value_rupiah, facts.funding_source)
    if all(told) or texts.get("funding_note"):
        return SectionState.COMPLETE
    return SectionState.STARTED if any(told) else SectionState.EMPTY
