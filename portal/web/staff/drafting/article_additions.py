"""One more article: found in the library and read before it is added, or written in the parties' own words."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import pattern
from portal.domain.clause import Article, ClauseTree, Condition, parse
from portal.domain.drafting import Section
from portal.domain.errors import RuleBroken
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import clauses, draft_clauses, drafts
from portal.services import draft_trees
from portal.web import guard
from portal.web.access import office
from portal.web.filters import label
from portal.web.forms.drafting_articles import AddForm, OwnForm
from portal.web.forms.outcome import attempt
from portal.web.staff import clause_words
from portal.web.staff.drafting.pages import address, blueprint, draft_of

if TYPE_CHECKING:
    from portal.models import Agreement, ClauseVersion, Draft

Item = dict[str, Any]
Answer = str | Response | tuple[str, int]

MOST = 12
"""So many clauses are listed at once; words find the others."""
FIRST_LINES = 2


@blueprint.get("/pasal/tambah")
@office(Action.DRAFT_DOCUMENT)
def add_article(code: str) -> str:
    """Offer the clauses of the library that are not in the draft, and an article of the parties' own."""
    return _page(draft_of(code), AddForm(formdata=None), OwnForm(formdata=None))


@blueprint.post("/pasal/tambah")
@office(Action.DRAFT_DOCUMENT)
def insert_article(code: str) -> Answer:
    """Add an article after the chosen one."""
    draft = draft_of(code)
    is_own = request.form.get("act") == "own"
    form: AddForm | OwnForm = OwnForm() if is_own else AddForm()
    made = attempt(form, lambda: _added(draft, form))
    if made is None:
        offers = (AddForm(formdata=None), form) if is_own else (form, OwnForm(formdata=None))
        return _page(draft_of(code), *offers), 422
    flash(_("Pasal ditambahkan. Nomor Pasal lain dan rujukannya ikut berubah."))
    return redirect(address(code, Section.ARTICLES, _anchor=f"pasal-{made.key}"), 303)


def _added(draft: "Draft", form: AddForm | OwnForm) -> Article:
    article = _new(draft, form)
    how = draft_trees.added(article, after=_after(draft))
    draft_trees.change(session(), draft, how, actor=guard.actor(), now=clock.now())
    return article


def _new(draft: "Draft", form: AddForm | OwnForm) -> Article:
    if isinstance(form, OwnForm):
        return draft_trees.own(drafts.tree_of(draft), title=form.title.data or "", text=form.text.data or "")
    if not form.code.data:
        raise RuleBroken(_("Pilih klausul."), field="code")
    return draft_trees.from_library(session(), draft.agreement, form.code.data)


def _after(draft: "Draft") -> str | None:
    asked = request.form.get("after", "")
    return asked if any(one.key == asked for one in drafts.tree_of(draft)) else None


def _page(draft: "Draft", form: Any, own: Any) -> str:
    agreement, tree = draft.agreement, drafts.tree_of(draft)
    words = request.values.get("q", "").strip()
    every = draft_clauses.addable(session(), tree, agreement.kind)
    offered = draft_clauses.with_words(every, words)
    asked = request.values.get("klausul", "") or form.code.data
    chosen = next((one for one in every if one.clause.code == asked), None)
    places = [("", _("di akhir")), *((one.key, _("sesudah %(title)s", title=one.title)) for one in tree)]
    form.after.choices = own.after.choices = places
    if chosen and not request.form:
        form.after.data = _usual_place(tree, chosen)
    return render_template(
        "staff/drafting/add_article.html",
        agreement=agreement,
        form=form,
        own=own,
        words=words,
        rows=[_row(agreement, words, one) for one in offered[:MOST]],
        found=len(offered),
        chosen=_row(agreement, words, chosen) | {"pieces": clause_words.pieces(chosen.text)} if chosen else None,
        back=address(agreement.code, Section.ARTICLES),
    )


def _usual_place(tree: ClauseTree, chosen: "ClauseVersion") -> str:
    """Return the key after which the field puts a clause: the last article that stands before it in the library."""
    known = clauses.current(session(), [one.clause for one in tree if one.clause])
    before = [
        one.key for one in tree if one.clause in known and known[one.clause].clause.position <= chosen.clause.position
    ]
    return before[-1] if before else ""


def _row(agreement: "Agreement", words: str, one: "ClauseVersion") -> Item:
    """Return a clause in words: how it begins, when it is wanted, what duties it brings."""
    code, kind = agreement.code, agreement.kind
    lines = [clause_words.pieces(line.text) for line in parse(one.text) if "{%" not in line.text]
    condition = one.clause.condition
    return {
        "code": one.clause.code,
        "title": one.title,
        "lines": lines[:FIRST_LINES],
        "guidance": one.guidance,
        "is_mandatory": kind.value in one.clause.mandatory_kinds,
        "condition": "" if condition is Condition.ALWAYS else label(condition),
        "duties": [pattern.sentence(pattern.read(plain)) for plain in one.patterns],
        "fallbacks": len(one.fallbacks),
        "href": url_for("staff.drafting.add_article", code=code, q=words or None, klausul=one.clause.code) + "#klausul",
    }
