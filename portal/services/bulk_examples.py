"""What a list takes over from an example: a draft whose Pasal, texts and shared facts every row begins with.

What a row says itself always wins, and nothing that belongs to one partner is taken over.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from portal.domain.agreement_facts import AgreementFacts
from portal.domain.errors import NotFound, RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Actor
from portal.models import DocTemplateVersion, Draft
from portal.queries import agreements as reading
from portal.queries import drafts
from portal.services import draft_duties

SHARED: Final = (
    "printed_label",
    "is_foreign",
    "purpose",
    "scope",
    "term_years",
    "term_months",
    "notice_count",
    "notice_unit",
    "notice_article",
    "funding_source",
    "originals",
    "relations",
)
"""Facts of an agreement that are the same for every partner of a list."""


def find(session: Session, code: str, version: DocTemplateVersion, *, actor: Actor) -> Draft:
    """Return the draft of an agreement as an example for rows of this template.

    Raises RuleBroken (field `example`) when there is none, or when it was written on another version.
    """
    try:
        agreement = reading.get_for(session, code, actor=actor)
    except NotFound:
        agreement = None
    draft = drafts.find(session, agreement.id) if agreement else None
    if draft is None:
        raise RuleBroken(N_("Tidak ada naskah berkode %(code)s yang sedang disusun."), field="example", code=code)
    if draft.template_version_id != version.id:
        told = draft.template_version
        message = N_("Naskah contoh memakai %(template)s, versi %(n)s. Pilih templat itu, atau naskah contoh lain.")
        raise RuleBroken(message, field="example", template=told.template.name, n=told.number)
    return draft


def shared(session: Session, draft: Draft) -> Mapping[str, Any]:
    """Return the facts of the example that every row begins with, by their names."""
    facts = reading.facts(session, draft.agreement)
    return {name: getattr(facts, name) for name in SHARED}


def completed(facts: AgreementFacts, told: Mapping[str, Any]) -> AgreementFacts:
    """Return facts of an agreement with those of the example that it lacks; a term counts as one fact."""
    with_term = facts.ends_on or facts.term_years or facts.term_months
    lacking = {name: value for name, value in told.items() if getattr(facts, name) in (None, (), False)}
    if with_term:
        lacking = {name: value for name, value in lacking.items() if name not in {"term_years", "term_months"}}
    return replace(facts, **lacking)


def accept_duties(session: Session, draft: Draft, example: Draft, *, actor: Actor, now: datetime) -> None:
    """Accept the proposed duties that were accepted in the example; what cannot be recorded yet stays proposed."""
    keys = set(example.facts.get(draft_duties.ACCEPTED, {}))
    open_keys = {one.key for one in draft_duties.proposals(session, draft) if one.duty is not None}
    if not keys & open_keys:
        return
    try:
        with session.begin_nested():
            draft_duties.accept(session, draft, keys & open_keys, actor=actor, now=now)
    except RuleBroken:
        return
