"""One step back from what changes a whole draft at once: another template, or parts of another draft.

It is offered as long as nobody has changed what that step changed. What was before stands in `Draft.facts`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from portal.domain import clause, draft_sections
from portal.domain.clause import ClauseTree
from portal.domain.drafting import Section
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Actor
from portal.models import DocTemplateVersion, Draft
from portal.queries import agreements as reading_agreements
from portal.queries import doc_templates, drafts
from portal.services import audit, draft_duties, draft_rights, draft_saves

UNDO: Final = "undo"
"""Name in `Draft.facts` of the step that can be taken back."""

TEMPLATE, COPY = "template", "copy"


@dataclass(frozen=True, kw_only=True, slots=True)
class Before:
    """A draft before a step: its template, its tree, and the texts that the step will change."""

    version: DocTemplateVersion
    tree: ClauseTree
    texts: Mapping[str, Any]
    names: tuple[str, ...]
    """Names of all texts that the step will change; those without a text are not in `texts`."""
    sections: tuple[Section, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A step that can be taken back: TEMPLATE or COPY, with the name of the template or the code of the other."""

    what: str
    name: str
    who: str
    at: datetime
    template: tuple[str, int]
    """Code and number of the template before it."""
    tree: ClauseTree
    texts: Mapping[str, Any]
    names: tuple[str, ...]
    sections: tuple[Section, ...]


def before(draft: Draft, sections: Collection[Section], texts: Collection[str] = ()) -> Before:
    """Return a draft as it is before a step that changes these sections and the texts of these names."""
    return Before(
        version=draft.template_version,
        tree=drafts.tree_of(draft),
        texts=_texts(draft, texts),
        names=tuple(texts),
        sections=tuple(sections),
    )


def _texts(draft: Draft, names: Collection[str]) -> dict[str, Any]:
    return {name: draft.facts[name] for name in names if name in draft.facts}


def remember(draft: Draft, was: Before, *, what: str, name: str, actor: Actor, now: datetime) -> None:
    """Keep what was before a step that was just taken."""
    told = {
        "what": what,
        "name": name,
        "who": actor.name,
        "at": now.isoformat(),
        "template": [was.version.template.code, was.version.number],
        "tree": clause.to_plain(was.tree),
        "texts": dict(was.texts),
        "names": [*was.names],
        "sections": [one.value for one in was.sections],
        "after": _digest(draft, was.names),
    }
    draft.facts = {**draft.facts, UNDO: told}


def _digest(draft: Draft, names: Collection[str]) -> str:
    version = draft.template_version
    state = {"tree": draft.tree, "version": [version.template.code, version.number]}
    return draft_sections.digest(state | _texts(draft, names))


def offered(draft: Draft) -> Step | None:
    """Return the step that can be taken back, None when there is none or its result was changed since."""
    told = draft.facts.get(UNDO)
    if not told or told["after"] != _digest(draft, told["names"]):
        return None
    code, number = told["template"]
    return Step(
        what=told["what"],
        name=told["name"],
        who=told["who"],
        at=datetime.fromisoformat(told["at"]),
        template=(code, number),
        tree=clause.from_plain(told["tree"]),
        texts=told["texts"],
        names=tuple(told["names"]),
        sections=tuple(Section(one) for one in told["sections"]),
    )


def undo(session: Session, draft: Draft, *, actor: Actor, now: datetime) -> Step:
    """Take the last step back and return it; raises RuleBroken when its result was changed since."""
    draft_rights.check(draft.agreement, actor)
    step = offered(draft)
    if step is None:
        raise RuleBroken(N_("Naskah sudah diubah sesudah langkah itu, jadi tidak dapat dibatalkan sekaligus."))
    opened = [draft_saves.opened(session, draft, one) for one in step.sections]
    draft.tree = clause.to_plain(step.tree)
    draft.template_version = doc_templates.get(session, *step.template)
    kept = {name: value for name, value in draft.facts.items() if name != UNDO and name not in step.names}
    draft.facts = {**kept, **step.texts}
    facts = reading_agreements.facts(session, draft.agreement)
    draft.answers = sorted(drafts.conditions_of(draft, draft.agreement, facts))
    draft.updated_at = now
    for one in opened:
        draft_saves.note(session, draft, opened=one, actor=actor, now=now)
    draft_duties.renumber(session, draft, actor=actor, now=now)
    detail = {"what": step.what, "name": step.name}
    audit.record(session, "draft_step_undone", subject=draft, actor=actor, now=now, detail=detail)
    return step
