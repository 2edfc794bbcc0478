"""Drafts of agreements: how one begins, and the saving of its sections.

Facts of the agreement stay with the agreement: what is valid goes there through its own service. What cannot be
taken yet is kept as typed with the section.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.domain import agreement_facts, clause, draft_sections
from portal.domain.agreement_facts import AgreementFacts
from portal.domain.clause import ClauseTree
from portal.domain.drafting import REFUSED, Section
from portal.domain.editing import PageMark
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Actor
from portal.models import Agreement, DocTemplateVersion, Draft
from portal.queries import agreements as reading_agreements
from portal.queries import doc_templates, drafts
from portal.services import agreements, audit, draft_copies, draft_duties, draft_rights, draft_saves, draft_trees
from portal.services.draft_saves import Sender

NO_TEMPLATE = N_("Jenis naskah ini belum mempunyai templat Word. Unggah naskahnya sebagai dokumen.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Save:
    """One save of a section, as a form read it.

    `facts` and `texts` hold what is valid, by the names of `draft_sections`; `typed` everything as it was typed, by
    the name of the field, and `invalid` the names that cannot be taken. `chosen` are the keys of the articles that
    are ticked, None where the section has none. `keep_mine` names the flat keys that a person chose on the conflict
    page; None: all of them. `mark` tells which opened page sends it.
    """

    section: Section
    stamp: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, Any] = field(default_factory=dict)
    typed: Mapping[str, Any] = field(default_factory=dict)
    invalid: frozenset[str] = frozenset()
    chosen: frozenset[str] | None = None
    keep_mine: frozenset[str] | None = None
    mark: PageMark | None = None

    @property
    def raw(self) -> dict[str, Any]:
        """Return what was typed into the fields that cannot be taken."""
        return {name: self.typed[name] for name in sorted(self.invalid)}


def start(session: Session, agreement: Agreement, *, version: DocTemplateVersion, actor: Actor, now: datetime) -> Draft:
    """Begin the draft of an agreement from a published template; raises RuleBroken when it has one already."""
    _check_start(session, agreement, actor)
    tree = draft_trees.beginning(session, version, agreement.kind)
    draft = _new(agreement, version, tree, {}, now=now)
    return _begin(session, draft, actor=actor, now=now)


def start_from(session: Session, agreement: Agreement, other: Draft, *, actor: Actor, now: datetime) -> Draft:
    """Begin a draft as a copy of another one's template, articles and texts. Facts of the agreement are not copied."""
    _check_start(session, agreement, actor)
    reading_agreements.check_readable(other.agreement, actor)
    texts = draft_copies.texts_of(other)
    draft = _new(agreement, other.template_version, drafts.tree_of(other), texts, now=now)
    return _begin(session, draft, actor=actor, now=now)


def ensure(session: Session, agreement: Agreement, *, actor: Actor, now: datetime) -> Draft:
    """Return the draft of an agreement; without one it begins from the current template of its kind."""
    found = drafts.find(session, agreement.id)
    if found is not None:
        return found
    version = doc_templates.current_for(session, agreement.kind)
    if version is None:
        raise RuleBroken(NO_TEMPLATE)
    return start(session, agreement, version=version, actor=actor, now=now)


def _check_start(session: Session, agreement: Agreement, actor: Actor) -> None:
    draft_rights.check(agreement, actor)
    if drafts.find(session, agreement.id) is not None:
        raise RuleBroken(N_("Naskah ini sudah disusun. Buka ruang penyusunannya."))


def _new(
    agreement: Agreement, version: DocTemplateVersion, tree: ClauseTree, texts: Mapping[str, Any], *, now: datetime
) -> Draft:
    return Draft(
        agreement=agreement,
        template_version=version,
        tree=clause.to_plain(tree),
        facts=dict(texts),
        answers=[],
        sections=[],
        created_at=now,
        updated_at=now,
    )


def _begin(session: Session, draft: Draft, *, actor: Actor, now: datetime) -> Draft:
    session.add(draft)
    session.flush()
    facts = reading_agreements.facts(session, draft.agreement)
    draft.answers = sorted(drafts.conditions_of(draft, draft.agreement, facts))
    session.flush()
    version = draft.template_version
    detail = {"template": version.template.code, "number": version.number, "articles": len(draft.tree)}
    audit.record(session, "draft_begun", subject=draft, actor=actor, now=now, detail=detail)
    return draft


@dataclass(frozen=True, kw_only=True, slots=True)
class Saved:
    """What became of a save: the stamp of the section now, and the refusals of what was kept as typed."""

    stamp: str
    refused: tuple[RuleBroken, ...] = ()


def save_section(session: Session, draft: Draft, save: Save, *, actor: Actor, now: datetime) -> Saved:
    """Save one section: what is valid becomes part of agreement and draft, the rest is kept as typed.

    Raises EditConflict with both sides' values when somebody saved the section after the page was opened, and
    NotAllowed with the reason. Saving the same again changes nothing.
    """
    draft_rights.check(draft.agreement, actor)
    stored_facts = reading_agreements.facts(session, draft.agreement)
    opened = draft_saves.opened(session, draft, save.section, mark=save.mark)
    mine = _mine(draft, save, stored_facts)
    if save.keep_mine is None:
        sender = Sender(actor=actor, stamp=save.stamp, mark=save.mark)
        if not draft_saves.check(session, draft, sender, mine=mine, stored=opened):
            return Saved(stamp=drafts.stamp(draft, save.section, stored_facts))
    else:
        save = _only(save, draft, stored_facts)
    refused, raw = _apply_facts(session, draft, save, stored_facts, actor=actor, now=now)
    _apply_texts(draft, save, now=now)
    facts = reading_agreements.facts(session, draft.agreement)
    draft.answers = sorted(drafts.conditions_of(draft, draft.agreement, facts))
    row = drafts.section_of(draft, save.section)
    same = drafts.values(draft, save.section, facts) == opened.values and raw == (row.raw if row else {})
    if not same or row is None:
        draft_saves.note(session, draft, opened=opened, raw=raw, actor=actor, now=now)
        draft_duties.renumber(session, draft, actor=actor, now=now)
    session.flush()
    return Saved(stamp=drafts.stamp(draft, save.section, facts), refused=refused)


def _mine(draft: Draft, save: Save, stored: AgreementFacts) -> dict[str, Any]:
    """Return the values of the section as this person wants them; the order and words of articles are not asked."""
    tree = drafts.tree_of(draft)
    wanted = replace(stored, **save.facts)
    found = draft_sections.values(save.section, wanted, {**draft.facts, **save.texts}, ())
    found = {key: value for key, value in found.items() if key != "order"}
    if save.chosen is not None:
        found |= {f"include.{one.key}": one.is_mandatory or one.key in save.chosen for one in tree}
    return found | {f"raw.{name}": typed for name, typed in save.raw.items()}


def _only(save: Save, draft: Draft, stored: AgreementFacts) -> Save:
    """Return a save with only what a person chose to keep of their own."""
    keep = save.keep_mine or frozenset()
    wanted = agreement_facts.merged(replace(stored, **save.facts), stored, keep_mine=keep)
    tree, chosen = drafts.tree_of(draft), save.chosen
    if chosen is not None:
        chosen = frozenset(
            one.key for one in tree if (one.key in chosen if f"include.{one.key}" in keep else one.is_included)
        )
    return replace(
        save,
        facts={name: getattr(wanted, name) for name in save.facts},
        texts={name: value for name, value in save.texts.items() if name in keep},
        invalid=frozenset(name for name in save.invalid if f"raw.{name}" in keep),
        chosen=chosen,
    )


def _apply_facts(
    session: Session, draft: Draft, save: Save, stored: AgreementFacts, *, actor: Actor, now: datetime
) -> tuple[tuple[RuleBroken, ...], dict[str, Any]]:
    """Bring the valid facts to the agreement; when its rules refuse them, they stay as typed in the section."""
    raw = save.raw
    if not save.facts:
        return (), raw
    wanted = replace(stored, **save.facts)
    try:
        with session.begin_nested():
            agreements.edit(session, draft.agreement, wanted, version=draft.agreement.version, actor=actor, now=now)
    except RuleBroken as broken:
        told = {"field": broken.field, "message": broken.message, "values": dict(broken.values)}
        return (broken,), raw | {name: save.typed[name] for name in save.facts} | {REFUSED: told}
    return (), raw


def _apply_texts(draft: Draft, save: Save, *, now: datetime) -> None:
    if save.texts:
        draft.facts = {**draft.facts, **save.texts}
    if save.chosen is not None:
        tree = drafts.tree_of(draft)
        draft.tree = clause.to_plain(clause.include(tree, [one.key for one in tree if one.key in save.chosen]))
    draft.updated_at = now
    flag_modified(draft, "updated_at")
