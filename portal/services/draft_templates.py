"""Another template for a draft: what it would change, and taking it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.clause import Article, ClauseTree
from portal.domain.drafting import Section
from portal.domain.policy import Actor
from portal.models import DocTemplateVersion, Draft
from portal.queries import clauses, draft_clauses, drafts
from portal.services import audit, draft_duties, draft_rights, draft_saves, draft_trees, draft_undo


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What another template would do to the articles of a draft.

    `is_back`: the draft would be exactly as it was before the last template was taken.
    """

    tree: ClauseTree
    added: tuple[Article, ...]
    swapped: tuple[Article, ...]
    """Articles that the template has in another variant, as they would be."""
    kept: tuple[Article, ...]
    gone: tuple[Article, ...]
    is_back: bool = False


def plan(session: Session, draft: Draft, version: DocTemplateVersion, *, now: datetime) -> Plan:
    """Return what taking this template would change."""
    before = drafts.tree_of(draft)
    step = draft_undo.offered(draft)
    back = step is not None and step.what == draft_undo.TEMPLATE and step.template == _named(version)
    after = step.tree if step and back else _onto(session, draft, version, now=now)
    families = draft_clauses.families(session)
    keys, old = {one.key for one in after}, {one.key for one in before}
    new, lost = [one for one in after if one.key not in old], [one for one in before if one.key not in keys]
    left = {families[one.clause] for one in lost if one.clause in families}
    come = {families[one.clause] for one in new if one.clause in families}
    return Plan(
        tree=after,
        added=tuple(one for one in new if families.get(one.clause) not in left),
        swapped=tuple(one for one in new if families.get(one.clause) in left),
        kept=tuple(one for one in after if one.key in old),
        gone=tuple(one for one in lost if families.get(one.clause) not in come),
        is_back=back,
    )


def _onto(session: Session, draft: Draft, version: DocTemplateVersion, *, now: datetime) -> ClauseTree:
    tree, kind = drafts.tree_of(draft), draft.agreement.kind
    fresh = draft_trees.beginning(session, version, kind)
    known = clauses.current(session, [one.clause for one in tree if one.clause])
    bound = {one.key for one in tree if one.clause in known and kind.value in known[one.clause].clause.mandatory_kinds}
    told = draft_trees.Known(
        removed=draft_trees.taken_out(draft, now=now),
        bound=frozenset(bound),
        families=draft_clauses.families(session),
    )
    return draft_trees.onto(tree, fresh, told)


def take(session: Session, draft: Draft, version: DocTemplateVersion, *, actor: Actor, now: datetime) -> bool:
    """Give a draft another template as `plan` says; return whether it is another one.

    It can be taken back in one step (`draft_undo`).
    """
    draft_rights.check(draft.agreement, actor)
    if version.id == draft.template_version_id:
        return False
    was, found = draft_undo.before(draft, (Section.ARTICLES,)), plan(session, draft, version, now=now)
    opened = draft_saves.opened(session, draft, Section.ARTICLES)
    draft_trees.keep(draft, found.tree, now=now)
    draft.template_version = version
    name = version.template.name
    draft_undo.remember(draft, was, what=draft_undo.TEMPLATE, name=name, actor=actor, now=now)
    draft_saves.note(session, draft, opened=opened, actor=actor, now=now)
    draft_duties.renumber(session, draft, actor=actor, now=now)
    before, after = (" ".join(map(str, _named(one))) for one in (was.version, version))
    detail = {"changes": {"template": [before, after]}}
    audit.record(session, "draft_template_changed", subject=draft, actor=actor, now=now, detail=detail)
    return True


def _named(version: DocTemplateVersion) -> tuple[str, int]:
    return (version.template.code, version.number)
