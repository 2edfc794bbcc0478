"""Other words for one article: typed, a fallback of its clause, a variant in its place, or the library's again."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import clause, draft_sections
from portal.domain.clause import Article
from portal.domain.drafting import Section
from portal.domain.errors import NotFound
from portal.domain.fallback import put_in
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import draft_clauses, drafts
from portal.services import draft_trees
from portal.web import guard
from portal.web.access import office
from portal.web.filters import datetime_zone
from portal.web.forms.drafting_articles import RewordForm
from portal.web.forms.outcome import attempt
from portal.web.staff import clause_words
from portal.web.staff.drafting import text_difference
from portal.web.staff.drafting.pages import address, blueprint, draft_of, refusal

if TYPE_CHECKING:
    from portal.models import Draft

Item = dict[str, Any]
Answer = str | Response | tuple[str, int]


@blueprint.get("/pasal/<key>/ubah")
@office(Action.DRAFT_DOCUMENT)
def reword(code: str, key: str) -> str:
    """Show the words of one article beside those of the library."""
    draft = draft_of(code)
    one = _article(draft, key)
    form = RewordForm(formdata=None, data={"title": one.title, "text": one.text, "reason": one.reason})
    form.stamp.data = _stamp(one)
    _fill(form, _chosen_fallback(one))
    return _reword_page(draft, one, form)


def _chosen_fallback(one: Article) -> Item | None:
    """Return the fallback that the address names, None when it names none."""
    library, asked = _library(one), request.args.get("cadangan", "")
    found = library["fallbacks"] if library else []
    return found[int(asked) - 1] if asked.isdecimal() and 0 < int(asked) <= len(found) else None


def _fill(form: RewordForm, fallback: Item | None) -> None:
    if fallback is not None:
        form.text.data = put_in(form.text.data or "", fallback["text"])
        form.reason.data = _("Teks cadangan pustaka: %(name)s", name=fallback["name"])


@blueprint.post("/pasal/<key>/ubah")
@office(Action.DRAFT_DOCUMENT)
def update_article(code: str, key: str) -> Answer:
    """Give an article other words; "Kembalikan teks pustaka" brings back those of the library."""
    draft, form = draft_of(code), RewordForm()
    one = _article(draft, key)
    library = _library(one)
    if request.form.get("act") == "library" and library:
        form.title.data, form.text.data, form.reason.data = library["title"], library["text"], ""
    elif form.stamp.data != _stamp(one) and form.text.data != one.text:
        return _overtaken(draft, one, form), 409
    if not (form.validate() and _reworded(draft, one, form, library)):
        return _reword_page(draft_of(code), one, form), 422
    flash(_("Teks Pasal “%(title)s” tersimpan.", title=form.title.data))
    return redirect(address(code, Section.ARTICLES, _anchor=f"pasal-{key}"), 303)


def _reworded(draft: "Draft", one: Article, form: RewordForm, library: Item | None) -> bool:
    how = draft_trees.reworded(
        one.key,
        title=form.title.data or "",
        text=form.text.data or "",
        reason=form.reason.data or "",
        library=library["text"] if library else None,
    )
    return attempt(form, lambda: _changed(draft, how)) is not None


def _changed(draft: "Draft", how: draft_trees.Change) -> bool:
    draft_trees.change(session(), draft, how, actor=guard.actor(), now=clock.now())
    return True


def _article(draft: "Draft", key: str) -> Article:
    found = next((one for one in drafts.tree_of(draft) if one.key == key), None)
    if found is None:
        raise NotFound
    return found


def _stamp(one: Article) -> str:
    """Return what the page of an article carries: what is saved elsewhere in section 4 is no conflict here."""
    return draft_sections.digest({"title": one.title, "text": one.text, "reason": one.reason})


def _library(one: Article) -> Item | None:
    """Return the wording of the library that an article came from, None for one of the parties' own."""
    found = drafts.wordings(session(), (one,)).get(one.key)
    if found is None:
        return None
    names = ("title", "text", "guidance", "number", "fallbacks")
    return {name: getattr(found, name) for name in names}


def _fallbacks(code: str, one: Article, library: Item | None) -> list[Item]:
    """Return the fallbacks in words, each with the address that fills the form with it."""
    return [
        {
            "name": each["name"],
            "pieces": clause_words.pieces(each["text"]),
            "is_used": clause.parse(put_in(one.text, each["text"])) == clause.parse(one.text),
            "href": url_for("staff.drafting.reword", code=code, key=one.key, cadangan=place),
        }
        for place, each in enumerate(library["fallbacks"] if library else [], start=1)
    ]


def _variants(draft: "Draft", one: Article) -> list[Item]:
    """Return the clauses of the same family, those in the draft already left out."""
    present = {each.clause for each in drafts.tree_of(draft)}
    return [
        {
            "code": each.clause.code,
            "title": each.title,
            "pieces": clause_words.pieces(each.text),
            "guidance": each.guidance,
        }
        for each in draft_clauses.variants(session(), one.clause, draft.agreement.kind)
        if each.clause.code not in present
    ]


@blueprint.post("/pasal/<key>/tukar")
@office(Action.DRAFT_DOCUMENT)
def swap_article(code: str, key: str) -> Response:
    """Put a variant in the place of an article."""
    draft, one = draft_of(code), _article(draft_of(code), key)
    asked, actor = request.form.get("clause", ""), guard.actor()
    problem = refusal(lambda: draft_trees.swap(session(), draft, key, asked, actor=actor, now=clock.now()))
    if problem:
        flash(problem, "bad")
        return redirect(url_for("staff.drafting.reword", code=code, key=key), 303)
    flash(_("“%(title)s” ditukar dengan variannya. Periksa lagi kewajiban yang diusulkan.", title=one.title))
    return redirect(address(code, Section.ARTICLES, _anchor=f"pasal-{key}"), 303)


def _reword_page(draft: "Draft", one: Article, form: RewordForm) -> str:
    library = _library(one)
    text = form.text.data or ""
    return render_template(
        "staff/drafting/reword.html",
        agreement=draft.agreement,
        article=one,
        form=form,
        library=library,
        chosen=_chosen_fallback(one),
        fallbacks=_fallbacks(draft.agreement.code, one, library),
        variants=_variants(draft, one),
        lines=text_difference.lines(library["text"], text) if library else [],
        differs=bool(library) and clause.parse(text) != clause.parse(library["text"] if library else ""),
        back=address(draft.agreement.code, Section.ARTICLES, _anchor=f"pasal-{one.key}"),
    )


def _overtaken(draft: "Draft", one: Article, form: RewordForm) -> str:
    """Show what is stored beside what was typed; pressing the button again saves what was typed."""
    row = drafts.section_of(draft, Section.ARTICLES)
    mine = form.text.data or ""
    form.stamp.data = _stamp(one)
    return render_template(
        "staff/drafting/update_article.html",
        agreement=draft.agreement,
        article=one,
        form=form,
        mine=mine,
        who=row.saved_by.name if row and row.saved_by else "Simpul",
        when=datetime_zone(row.saved_at) if row else "",
        lines=text_difference.lines(one.text, mine),
        back=url_for("staff.drafting.reword", code=draft.agreement.code, key=one.key),
    )
