"""Parts of another draft taken into one that has begun: its articles, recitals, legal bases, targets, or options."""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy.orm import Session

from portal.domain import removed_articles
from portal.domain.clause import ClauseTree
from portal.domain.drafting import Section
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Actor
from portal.models import Draft
from portal.queries import agreements as reading_agreements
from portal.queries import draft_clauses, drafts
from portal.services import audit, draft_duties, draft_rights, draft_saves, draft_trees, draft_undo


class Part(StrEnum):
    """What can be taken from another draft, each by itself."""

    ARTICLES = "articles"
    RECITALS = "recitals"
    LEGAL_BASES = "legal_bases"
    TARGETS = "targets"
    OPTIONS = "options"


TEXTS: Final[Mapping[Part, tuple[str, ...]]] = {
    Part.ARTICLES: (),
    Part.RECITALS: ("recitals", "recitals_en"),
    Part.LEGAL_BASES: ("legal_bases", "legal_bases_en"),
    Part.TARGETS: ("targets",),
    Part.OPTIONS: ("governing_language", "stamp_required", "data_elements", "answers"),
}
"""Texts of a draft (`Draft.facts`) by part. What only one agreement can have, such as sums, is in none."""

_SECTION: Final[Mapping[Part, Section]] = {
    Part.ARTICLES: Section.ARTICLES,
    Part.RECITALS: Section.RECITALS,
    Part.LEGAL_BASES: Section.RECITALS,
    Part.TARGETS: Section.ARTICLES,
    Part.OPTIONS: Section.OPTIONS,
}


def texts_of(other: Draft) -> dict[str, Any]:
    """Return all texts of a draft that another agreement may take over."""
    return {name: other.facts[name] for names in TEXTS.values() for name in names if name in other.facts}


def tree_with(session: Session, draft: Draft, other: Draft) -> ClauseTree:
    """Return the articles of another draft, and those of this one that are mandatory and missing there."""
    tree, families, before = drafts.tree_of(other), draft_clauses.families(session), list[str]()
    present = {one.key for one in tree} | {families[one.clause] for one in tree if one.clause in families}
    for one in drafts.tree_of(draft):
        if one.is_mandatory and not {one.key, families.get(one.clause, one.key)} & present:
            tree = removed_articles.placed(tree, one, before)
        before.append(one.key)
    return tree


def differs(session: Session, draft: Draft, other: Draft, part: Part) -> bool:
    """Tell whether taking a part would change anything."""
    if part is Part.ARTICLES:
        return tree_with(session, draft, other) != drafts.tree_of(draft)
    return any((draft.facts.get(name) or None) != (other.facts.get(name) or None) for name in TEXTS[part])


def copy(session: Session, draft: Draft, other: Draft, parts: Collection[Part], *, actor: Actor, now: datetime) -> None:
    """Take these parts of another draft in the place of this one's; it can be taken back in one step.

    Raises RuleBroken when nothing is named, or the other is of another kind.
    """
    draft_rights.check(draft.agreement, actor)
    reading_agreements.check_readable(other.agreement, actor)
    if not parts:
        raise RuleBroken(N_("Pilih bagian yang disalin."), field="part")
    if other.agreement.kind is not draft.agreement.kind or other.id == draft.id:
        raise RuleBroken(N_("Pilih naskah lain yang jenisnya sama."))
    sections = sorted({_SECTION[one] for one in parts}, key=list(Section).index)
    names = [name for one in parts for name in TEXTS[one]]
    was = draft_undo.before(draft, sections, names)
    opened = [draft_saves.opened(session, draft, one) for one in sections]
    if Part.ARTICLES in parts:
        draft_trees.keep(draft, tree_with(session, draft, other), now=now)
    kept = {name: value for name, value in draft.facts.items() if name not in names}
    draft.facts = kept | {name: other.facts[name] for name in names if name in other.facts}
    facts = reading_agreements.facts(session, draft.agreement)
    draft.answers = sorted(drafts.conditions_of(draft, draft.agreement, facts))
    draft.updated_at = now
    draft_undo.remember(draft, was, what=draft_undo.COPY, name=other.agreement.code, actor=actor, now=now)
    for one in opened:
        draft_saves.note(session, draft, opened=one, actor=actor, now=now)
    draft_duties.renumber(session, draft, actor=actor, now=now)
    detail = {"name": other.agreement.code, "parts": sorted(parts)}
    audit.record(session, "draft_copied_into", subject=draft, actor=actor, now=now, detail=detail)
