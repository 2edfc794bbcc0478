"""What each section of the drafting workspace asks, and how far it is. Pure; the forms and the saving read it.

A section asks facts of the agreement, which stay with the agreement, and texts that only the draft needs
(`drafting.EXTRA`). Its values are compared as one flat, plain record, so that two people's saves can be told apart.
"""

import hashlib
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from portal.domain import agreement_facts
from portal.domain.agreement import FOR_ANOTHER, Relation
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
    Section.PARTIES: ("english_parties",),
    Section.RECITALS: ("recitals", "legal_bases", "stands_alone", "title_en", "recitals_en", "legal_bases_en"),
    Section.ARTICLES: ("targets", "changes", "purpose_en", "scope_en"),
    Section.OBLIGATIONS: ("no_duties",),
    Section.TERM: (),
    Section.FUNDING: ("funding_note", "aid_description", "aid_value", "aid_recipient", "aid_items"),
    Section.OPTIONS: ("governing_language", "stamp_required", "data_elements", "answers"),
    Section.REVIEW: (),
}
"""Texts of the draft alone by section; `answers` are the conditions that a person states."""

ENGLISH: Final[Mapping[str, str]] = {
    "title_en": "title",
    "recitals_en": "recitals",
    "legal_bases_en": "legal_bases",
    "purpose_en": "purpose",
    "scope_en": "scope",
}
"""Texts of the second column of a bilingual draft, each with its Indonesian pair."""

_NEEDED: Final[Mapping[Section, Mapping[str, str]]] = {
    Section.ARTICLES: {
        "purpose": "tujuan",
        "scope": "ruang_lingkup",
        "targets": "sasaran",
        "regions": "lokasi",
        "changes": "perubahan",
    },
    Section.TERM: {"signed_on": "", "signed_place": "", "starts_on": "mulai", "ends_on": "akhir"},
    Section.OPTIONS: {"originals": "", "governing_language": "bahasa_utama", "data_elements": "data_unsur"},
}
"""What must be there before a section counts as complete, with the word of the tag that prints it; "": always."""

_OPENING: Final[Mapping[str, tuple[str, ...]]] = {
    "addendum": ("recitals", "relations"),
    "extension": ("relations",),
    "termination": ("recitals", "relations"),
    "bast": ("relations",),
}
"""What the beginning of a text says besides its title, by schema; the others have recitals and legal bases."""

_AIDED: Final = frozenset({"pks_aid", "bast"})
"""Schemas whose texts list the goods of an aid."""

STATED: Final = (Condition.DATA_EXCHANGE, Condition.AID, Condition.FUNDED)
"""Conditions that a person states; the others follow from the record."""

_UPWARD: Final = frozenset({Relation.PARENT, Relation.IMPLEMENTS})
_OF_A_PARTY: Final = ("signatory_name", "signatory_office", "address_printed", "instrument")
_OF_A_CONTACT: Final = ("contact_name", "contact_phone", "contact_email")
_TAG: Final = re.compile(r"\{[{%](.*?)[}%]\}", re.DOTALL)
_PATH: Final = re.compile(r"[a-z_]+(?:\.[a-z_]+)*")


def mentioned(articles: ClauseTree) -> frozenset[str]:
    """Return what the tags of articles name, by the names of the schemas: whole paths and each of their words."""
    texts = (text for one in articles for text in (one.text, one.text_en))
    paths = {path for text in texts for tag in _TAG.findall(text) for path in _PATH.findall(tag)}
    return frozenset(paths | {word for path in paths for word in path.split(".")})


def asks_aid(mentions: Collection[str], schema: str) -> bool:
    """Tell whether a text needs to know of an aid: its template lists goods, or its articles speak of it."""
    return schema in _AIDED or "bantuan" in mentions


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
    """What `state` looks at besides the values: template, printed articles, duties, made documents."""

    has_raw: bool = False
    schema: str = "pks"
    """Schema of the template."""
    is_bilingual: bool = False
    mentions: frozenset[str] = frozenset()
    """Words in the tags of the articles that are printed."""
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
    by_themselves: dict[Section, Callable[[], SectionState]] = {
        Section.TEMPLATE: lambda: SectionState.COMPLETE,
        Section.PARTIES: lambda: _of_parties(facts, work),
        Section.OBLIGATIONS: lambda: _of_duties(texts, work),
        Section.FUNDING: lambda: _of_funding(facts, texts, work),
    }
    if section in by_themselves:
        return by_themselves[section]()
    found = values(section, facts, texts, tree)
    if section is Section.ARTICLES:
        found["targets"] = found["targets"] or facts.client_groups
    return _of_values([found.get(name) for name in needed(section, work)])


def needed(section: Section, work: Work) -> tuple[str, ...]:
    """Return the names of what a section must tell for the text as it stands now: nothing printed, nothing asked."""
    if section is Section.RECITALS:
        names: tuple[str, ...] = ("title", *_OPENING.get(work.schema, ("recitals", "legal_bases")))
    else:
        asked = _NEEDED.get(section, {})
        names = tuple(name for name, word in asked.items() if not word or word in work.mentions)
    pairs = tuple(english for english, pair in ENGLISH.items() if pair in names) if work.is_bilingual else ()
    return names + pairs


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


def _of_parties(facts: AgreementFacts, work: Work) -> SectionState:
    """Judge the parties; their numbers are known at the signing only and keep nothing waiting."""
    names = _OF_A_PARTY + (_OF_A_CONTACT if "narahubung" in work.mentions else ())
    told = [getattr(party, name) for party in facts.parties for name in names]
    behind = [party.principal for party in facts.parties if party.capacity in FOR_ANOTHER]
    return SectionState.COMPLETE if all(told + behind) else SectionState.STARTED


def _of_duties(texts: Mapping[str, Any], work: Work) -> SectionState:
    if texts.get("no_duties") and not work.duties:
        return SectionState.COMPLETE
    if work.proposals:
        return SectionState.STARTED
    return SectionState.COMPLETE if work.duties else SectionState.EMPTY


def _of_funding(facts: AgreementFacts, texts: Mapping[str, Any], work: Work) -> SectionState:
    """Judge money and aid. A text that speaks of neither asks nothing; a value without its source is half told."""
    asked: list[Any] = []
    if "pembiayaan" in work.mentions:
        told = (facts.value_rupiah, facts.funding_source)
        asked.append(all(told) or (not any(told) and texts.get("funding_note")))
    if asks_aid(work.mentions, work.schema):
        asked += [texts.get("aid_description"), texts.get("aid_recipient")]
        asked += [texts.get("aid_value")] if "bantuan.nilai" in work.mentions else []
        asked += [texts.get("aid_items")] if work.schema in _AIDED else []
    if any((facts.value_rupiah, facts.funding_source)) and not all(asked):
        return SectionState.STARTED
    return _of_values(asked)
