"""The clause tree of a draft: where it begins, and every change that a person makes to it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.domain import clause, removed_articles
from portal.domain.agreement import AgreementKind
from portal.domain.clause import Article, ClauseTree
from portal.domain.drafting import Section
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Actor
from portal.domain.removed_articles import Row
from portal.models import Agreement, ClauseVersion, DocTemplateVersion, Draft
from portal.queries import clauses, drafts
from portal.services import draft_duties, draft_rights, draft_saves

Change = Callable[[ClauseTree], ClauseTree]

REMOVED = "removed"
"""Name in `Draft.facts` of the articles that were taken out (`domain.removed_articles`)."""


def beginning(session: Session, version: DocTemplateVersion, kind: AgreementKind) -> ClauseTree:
    """Return the tree with which a draft of this template begins: its clauses in their published wording."""
    known = clauses.current(session, [entry["code"] for entry in version.clauses])
    return tuple(_article(known[entry["code"]], kind, entry) for entry in version.clauses if entry["code"] in known)


def _article(version: ClauseVersion, kind: AgreementKind, entry: Mapping[str, Any]) -> Article:
    mandatory = bool(entry.get("is_mandatory")) or kind.value in version.clause.mandatory_kinds
    return clauses.article(version, is_included=bool(entry.get("is_included", True)), is_mandatory=mandatory)


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What the library and the draft know when another template is taken.

    `removed` are articles that people took out; `bound` keys that are mandatory whatever the template; `families`
    tells for the code of a clause the one it is a variant of, or itself.
    """

    removed: tuple[Row, ...] = ()
    bound: frozenset[str] = frozenset()
    families: Mapping[str, str] = field(default_factory=dict)


def onto(tree: ClauseTree, fresh: ClauseTree, known: Known) -> ClauseTree:
    """Return the tree of a draft under another template, of which `fresh` is the beginning.

    Whatever is chosen, changed or written by people stays, with its words and in its order; only what nobody chose
    and the template does not offer falls away. Where the template has another variant of a clause, it takes the
    place of the one that stands unchanged. What the template brings stands after what it follows there; an article
    that people had taken out comes back unchosen.
    """
    offered, twins = {one.key: one for one in fresh}, _twins(tree, fresh, known.families)
    made = tuple(
        _stays(one, offered.get(one.key) or twins.get(one.key), known)
        for one in tree
        if one.key in offered or one.key in twins or one.is_included or one.reason or not one.clause
    )
    had = {row["article"]["key"]: removed_articles.article_of(row) for row in known.removed}
    represented = {one.key for one in made} | {one.key for one in twins.values()}
    before: list[str] = []
    for one in fresh:
        if one.key not in represented:
            again = replace(had[one.key], is_included=False) if one.key in had else one
            made = removed_articles.placed(made, _under(again, is_mandatory=one.is_mandatory), before)
        before.append(one.key)
    return made


def _twins(tree: ClauseTree, fresh: ClauseTree, families: Mapping[str, str]) -> dict[str, Article]:
    """Return for keys of the tree the other variant of their clause that the template has instead."""
    offered, present = {one.key for one in fresh}, {one.key for one in tree}
    wanted = {families[one.clause]: one for one in fresh if one.key not in present and one.clause in families}
    return {
        one.key: wanted[families[one.clause]]
        for one in tree
        if one.key not in offered and families.get(one.clause) in wanted
    }


def _stays(one: Article, offer: Article | None, known: Known) -> Article:
    if offer is None:
        return _under(one, is_mandatory=one.key in known.bound)
    words = one if offer.key == one.key or one.reason else replace(offer, is_included=one.is_included)
    return _under(words, is_mandatory=offer.is_mandatory)


def _under(one: Article, *, is_mandatory: bool) -> Article:
    return replace(one, is_mandatory=is_mandatory, is_included=one.is_included or is_mandatory)


def change(session: Session, draft: Draft, how: Change, *, actor: Actor, now: datetime) -> None:
    """Change the tree of a draft and save section 4; what it takes out can be put back (`restored`).

    Raises RuleBroken as `domain.clause` does, and when the text may not be written any more.
    """
    draft_rights.check(draft.agreement, actor)
    before = drafts.tree_of(draft)
    after = how(before)
    if after == before:
        return
    opened = draft_saves.opened(session, draft, Section.ARTICLES)
    keep(draft, after, now=now)
    draft_saves.note(session, draft, opened=opened, actor=actor, now=now)
    draft_duties.renumber(session, draft, actor=actor, now=now)


def keep(draft: Draft, after: ClauseTree, *, now: datetime) -> None:
    """Put another tree into a draft, and keep what it lost."""
    before = drafts.tree_of(draft)
    rows = removed_articles.noted(draft.facts.get(REMOVED, ()), before, after, now=now)
    draft.tree = clause.to_plain(after)
    draft.facts = {**draft.facts, REMOVED: rows}
    draft.updated_at = now


def taken_out(draft: Draft, *, now: datetime) -> tuple[Row, ...]:
    """Return the articles that were taken out and can be put back, newest first."""
    return removed_articles.shown(draft.facts.get(REMOVED, ()), now=now)


def restored(draft: Draft, key: str, *, now: datetime) -> Change:
    """Put a removed article back at its place, with its text and its reason."""
    row = next((one for one in taken_out(draft, now=now) if one["article"]["key"] == key), None)

    def how(tree: ClauseTree) -> ClauseTree:
        if row is None or any(one.key == key for one in tree):
            raise RuleBroken(N_("Pasal ini sudah dikembalikan atau tidak lagi tersimpan."))
        return removed_articles.placed(tree, removed_articles.article_of(row), row["before"])

    return how


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
        present = next((one for one in tree if article.clause and one.clause == article.clause), None)
        if present is not None:
            return clause.rewrite(tree, replace(present, is_included=True))
        return clause.insert(tree, replace(article, key=_free(tree, article.key)), after=after)

    return how


def _free(tree: ClauseTree, key: str) -> str:
    """Return the key, with a number behind it when an article has it that came from another clause."""
    taken = {one.key for one in tree}
    return next(name for name in (key, *(f"{key}_{n}" for n in range(2, len(tree) + 3))) if name not in taken)


def swapped(key: str, variant: Article) -> Change:
    """Put another clause in the place of an article; references to the article go on meaning this place."""

    def how(tree: ClauseTree) -> ClauseTree:
        one = clause.find(tree, key)
        if any(each.clause == variant.clause and each.key != key for each in tree):
            raise RuleBroken(N_("Pasal “%(title)s” sudah ada dalam naskah ini."), title=variant.title)
        kept = replace(variant, key=key, is_included=one.is_included, is_mandatory=one.is_mandatory)
        return clause.rewrite(tree, kept)

    return how


def swap(session: Session, draft: Draft, key: str, code: str, *, actor: Actor, now: datetime) -> None:
    """Put a variant in the place of an article; the duties that it proposes are proposed anew."""
    change(session, draft, swapped(key, from_library(session, draft.agreement, code)), actor=actor, now=now)
    accepted = draft.facts.get(draft_duties.ACCEPTED, {})
    declined = draft.facts.get(draft_duties.DECLINED, ())
    draft.facts = {
        **draft.facts,
        draft_duties.ACCEPTED: {name: each for name, each in accepted.items() if name.rpartition(".")[0] != key},
        draft_duties.DECLINED: [name for name in declined if name.rpartition(".")[0] != key],
    }
    session.flush()


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
