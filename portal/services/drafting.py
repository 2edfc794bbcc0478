"""Making the Word file of a draft: facts, template, articles, file, row, entry. Renditions are never overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.documents import clauses, context, render
from portal.documents.templates import Template
from portal.domain import clause, policy
from portal.domain.clause import ClauseTree
from portal.domain.policy import Action, Actor, Verdict
from portal.models import Agreement, Draft, Rendition
from portal.queries import agreements as reading
from portal.queries import doc_templates as template_reading
from portal.queries import draft_facts, drafts, renditions
from portal.services import audit, doc_templates, draft_rights
from portal.services import drafts as beginning
from portal.storage import Storage

ENGINE = "3"
"""Version of the engine that made a file; raised when equal facts would give other bytes."""


def may_draft(session: Session, actor: Actor, agreement: Agreement) -> Verdict:
    """Return whether `actor` may make a Word draft of this agreement now, with the reason if not."""
    verdict = policy.may(actor, Action.DRAFT_DOCUMENT)
    if verdict and template_reading.current_for(session, agreement.kind) is None:
        return Verdict(allowed=False, reason=beginning.NO_TEMPLATE)
    return draft_rights.in_time(agreement) if verdict else verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class Assembled:
    """What a Word file is made from: the template with its articles, the facts as plain JSON, what is printed."""

    template: Template
    snapshot: Mapping[str, Any]
    articles: ClauseTree
    pictures: Mapping[str, bytes]


def assemble(session: Session, draft: Draft, *, storage: Storage) -> Assembled:
    """Return template, facts and pictures of a draft, ready for the engine."""
    agreement = draft.agreement
    held = drafts.conditions_of(draft, agreement, reading.facts(session, agreement))
    articles = clause.printed(drafts.tree_of(draft), held)
    template = doc_templates.open_version(draft.template_version, storage)
    if clauses.has_slot(template):
        template = clauses.splice(template, articles)
    snapshot = context.snapshot(draft_facts.gather(session, agreement, draft))
    pictures = render.pictures_for(template, agreement.code)
    return Assembled(template=template, snapshot=snapshot, articles=articles, pictures=pictures)


def make_document(
    session: Session, draft: Draft, *, actor: Actor, now: datetime, storage: Storage, is_final: bool = False
) -> Rendition:
    """Make the next Word file of a draft and return its row, flushed.

    Missing facts are marked in the file and listed in the row; a final text that misses something is refused with
    Incomplete, and nothing is kept.
    """
    agreement = draft.agreement
    draft_rights.check(agreement, actor)
    ready = assemble(session, draft, storage=storage)
    made = render.render(ready.template, ready.snapshot, pictures=ready.pictures, final=is_final)
    number = renditions.last_number(session, agreement.id) + 1
    rendition = Rendition(
        agreement_id=agreement.id,
        number=number,
        template_code=ready.template.code,
        template_digest=ready.template.digest,
        template_version_id=draft.template_version_id,
        tree=clause.to_plain(ready.articles),
        engine=ENGINE,
        snapshot=ready.snapshot,
        missing=[{"name": one.name, "label": one.label, "place": one.place} for one in made.missing],
        name=f"{agreement.code}-naskah-{number}.docx",
        size=len(made.content),
        digest=storage.keep(made.content),
        made_by_id=actor.account_id,
        made_at=now,
    )
    session.add(rendition)
    session.flush()
    detail = {"number": number, "template": ready.template.code, "missing": len(made.missing)}
    detail |= {"final": True} if is_final else {}
    audit.record(session, "document_drafted", subject=rendition, actor=actor, now=now, detail=detail)
    return rendition


def draft(session: Session, agreement: Agreement, *, actor: Actor, now: datetime, storage: Storage) -> Rendition:
    """Make the next Word file of an agreement; without a draft one begins from the current template of its kind.

    Raises RuleBroken for a kind without a published template.
    """
    draft_rights.check(agreement, actor)
    begun = beginning.ensure(session, agreement, actor=actor, now=now)
    return make_document(session, begun, actor=actor, now=now, storage=storage)
