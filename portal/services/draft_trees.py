"""The clause tree of a draft: where it begins, and every change that a person makes to it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.domain import clause, policy
from portal.domain.agreement import AgreementKind
from portal.domain.clause import Article, ClauseTree
from portal.domain.drafting import Section
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor
from portal.models import Agreement, ClauseVersion, DocTemplateVersion, Draft
from portal.queries import agreements as reading_agreements
from portal.queries import clauses, drafts
from portal.services import draft_duties, draft_saves

Change = Callable[[ClauseTree], ClauseTree]


def beginning(session: Session, version: DocTemplateVersion, kind: AgreementKind) -> ClauseTree:
    """Return the tree with which a draft of this template begins: its clauses in their published wording."""
    known = clauses.current(session, [entry["code"] for entry in version.clauses])
    return tuple(_article(known[entry["code"]], kind, entry) for entry in version.clauses if entry["code"] in known)


def _article(version: ClauseVersion, kind: AgreementKind, entry: Mapping[str, Any]) -> Article:
    mandatory = bool(entry.get("is_mandatory")) or kind.value in version.clause.mandatory_kinds
    return clauses.article(version, is_included=bool(entry.get("is_included", True)), is_mandatory=mandatory)


def onto(tree: ClauseTree, fresh: ClauseTree) -> ClauseTree:
    """Return the tree of another template with the texts that stand in the draft already.

    Articles that both know keep their words and choice; what people wrote or changed stays after its predecessor.
    """
    old = {one.key: one for one in tree}
    made = tuple(
        replace(old[one.key], is_mandatory=one.is_mandatory, is_included=old[one.key].is_included or one.is_mandatory)
        if one.key in old
        else one
        for one in fresh
    )
    before: str | None = None
    for one in tree:
        if all(one.key != each.key for each in made) and (one.reason or not one.clause):
            keys = [each.key for each in made]
            place = keys.index(before) + 1 if before in keys else len(made)
            made = (*made[:place], replace(one, is_mandatory=False), *made[place:])
        before = one.key
    return made


def change(session: Session, draft: Draft, how: Change, *, actor: Actor, now: datetime) -> None:
    """Change the tree of a draft and save section 4; raises RuleBroken as `domain.clause` does."""
    policy.check(actor, Action.DRAFT_DOCUMENT)
    reading_agreements.check_readable(draft.agreement, actor)
    before = drafts.tree_of(draft)
    after = how(before)
    if after == before:
        return
    opened = draft_saves.opened(session, draft, Section.ARTICLES)
    draft.tree = clause.to_plain(after)
    draft.updated_at = now
    draft_saves.note(session, draft, opened=opened, actor=actor, now=now)
    draft_duties.renumber(session, draft, actor=actor, now=now)


def choose(keys: Collection[str]) -> Change:
    """Choose exactly these articles; those that were added meanwhile are the caller's to name."""
    return lambda tree: clause.include(tree, [key for key in keys if any(one.key == key for one in tree)])


def moved(key: str, by: int) -> Change:
    """Move an article by so many places."""
    return lambda tree: clause.move(tree, key, by=by)


def removed(key: str) -> Change:
    """Take out an article that is not mandatory."""
    return lambda tree: clause.remove(tree, key)


def reworded(key: str, *, title: str, text: str, reason: str, library: str | None) -> Change:
    """Give an article other words; a text that differs from the library's needs a reason."""

    def how(tree: ClauseTree) -> ClauseTree:
        one = clause.find(tree, key)
        if not text.strip():
            raise RuleBroken(N_("Tulis teks Pasal ini."), field="text")
        if not title.strip():
            raise RuleBroken(N_("Tulis judul Pasal ini."), field="title")
        differs = library is not None and clause.parse(text) != clause.parse(library)
        if differs and not reason.strip():
            raise RuleBroken(N_("Tulis alasan mengapa teks ini berbeda dari pustaka klausul."), field="reason")
        wording = clause.write(clause.parse(text))
        kept = reason.strip() if differs else ""
        return clause.rewrite(tree, replace(one, title=title.strip(), text=wording, reason=kept))

    return how


def added(article: Article, *, after: str | None) -> Change:
    """Add an article after another one, or at the end; one that stands there already is chosen."""

    def how(tree: ClauseTree) -> ClauseTree:
        present = next((one for one in tree if one.key == article.key), None)
        if present is not None and article.clause:
            return clause.rewrite(tree, replace(present, is_included=True))
        return clause.insert(tree, article, after=after)

    return how


def own(tree: ClauseTree, *, title: str, text: str) -> Article:
    """Return a new article of the parties' own; raises RuleBroken without title or text."""
    if not title.strip():
        raise RuleBroken(N_("Tulis judul Pasal ini."), field="title")
    if not text.strip():
        raise RuleBroken(N_("Tulis teks Pasal ini."), field="text")
    taken = {one.key for one in tree}
    number = next(n for n in range(1, len(tree) + 2) if f"sendiri_{n}" not in taken)
    return Article(key=f"sendiri_{number}", title=title.strip(), text=clause.write(clause.parse(text)))


def from_library(session: Session, agreement: Agreement, code: str) -> Article:
    """Return the published wording of a clause as an article; raises RuleBroken when it has none."""
    found = clauses.current(session, [code]).get(code)
    if found is None:
        raise RuleBroken(N_("Klausul ini tidak lagi diterbitkan. Pilih yang lain."), field="code")
    return _article(found, agreement.kind, {})
