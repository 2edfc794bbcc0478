"""Section 4: the articles with their numbers and conditions, other words for one of them, adding one."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import clause, draft_sections
from portal.domain.clause import Article, Condition
from portal.domain.dates import office_date
from portal.domain.drafting import Section
from portal.domain.errors import NotFound, RuleBroken
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import agreements, clauses, draft_readiness, drafts
from portal.services import draft_trees
from portal.web import guard
from portal.web.access import office
from portal.web.filters import date_long, datetime_zone, label
from portal.web.forms.drafting_articles import AddForm, OwnForm, RewordForm
from portal.web.forms.outcome import attempt
from portal.web.staff.drafting import text_difference
from portal.web.staff.drafting.pages import address, blueprint, draft_of

if TYPE_CHECKING:
    from portal.models import Agreement, Draft

Item = dict[str, Any]
Answer = str | Response | tuple[str, int]


def readiness(agreement: "Agreement") -> dict[int, list[Item]]:
    """Return what the register says of the parties, by their place."""
    found: dict[int, list[Item]] = {}
    for hint in draft_readiness.hints(session(), agreement, today=office_date(clock.now())):
        said = {name: date_long(value) if name == "date" else value for name, value in hint.values.items()}
        text = str(_(hint.message, **said))
        found.setdefault(hint.position, []).append({"text": text, "tone": "warn" if hint.is_warning else "info"})
    return found


def shown(draft: "Draft") -> Item:
    """Return the articles as section 4 lists them."""
    tree, code = drafts.tree_of(draft), draft.agreement.code
    held = drafts.conditions_of(draft, draft.agreement, agreements.facts(session(), draft.agreement))
    numbers = clause.numbers(tree, held)
    broken = {key for key, _label in clause.dangling(tree, held)}
    names = {one.key: numbers.get(one.key) for one in tree}
    names |= {label_: numbers.get(one.key) for one in tree for label_ in clause.labels(one.text)}
    rows = [
        {
            "key": one.key,
            "number": numbers.get(one.key),
            "title": one.title,
            "included": one.is_included,
            "mandatory": one.is_mandatory,
            "condition": label(one.condition) if one.condition is not Condition.ALWAYS else "",
            "waits": one.is_included and one.key not in numbers,
            "differs": bool(one.reason),
            "reason": one.reason,
            "is_own": not one.clause,
            "references": sorted({n for each in clause.references(one.text) if (n := names.get(each))}),
            "is_broken": one.key in broken,
            "first": place == 0,
            "last": place == len(tree) - 1,
            "href": url_for("staff.drafting.reword", code=code, key=one.key),
        }
        for place, one in enumerate(tree)
    ]
    return {"articles": rows, "add_href": url_for("staff.drafting.add_article", code=code)}


@blueprint.get("/pasal/<key>/ubah")
@office(Action.DRAFT_DOCUMENT)
def reword(code: str, key: str) -> str:
    """Show the words of one article beside those of the library."""
    draft = draft_of(code)
    one = _article(draft, key)
    form = RewordForm(formdata=None, data={"title": one.title, "text": one.text, "reason": one.reason})
    form.stamp.data = _stamp(one)
    return _reword_page(draft, one, form)


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
    return (
        {"title": found.title, "text": found.text, "guidance": found.guidance, "number": found.number}
        if found
        else None
    )


def _reword_page(draft: "Draft", one: Article, form: RewordForm) -> str:
    library = _library(one)
    text = form.text.data or ""
    return render_template(
        "staff/drafting/reword.html",
        agreement=draft.agreement,
        article=one,
        form=form,
        library=library,
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


@blueprint.get("/pasal/tambah")
@office(Action.DRAFT_DOCUMENT)
def add_article(code: str) -> str:
    """Offer the clauses of the library that are not in the draft, and an article of the parties' own."""
    return _add_page(draft_of(code), AddForm(formdata=None), OwnForm(formdata=None))


@blueprint.post("/pasal/tambah")
@office(Action.DRAFT_DOCUMENT)
def insert_article(code: str) -> Answer:
    """Add an article after the chosen one."""
    draft = draft_of(code)
    is_own = request.form.get("act") == "own"
    form: AddForm | OwnForm = OwnForm() if is_own else AddForm()
    done = attempt(form, lambda: _changed(draft, draft_trees.added(_new(draft, form), after=_after(draft))))
    if done is None:
        offers = (AddForm(formdata=None), form) if is_own else (form, OwnForm(formdata=None))
        return _add_page(draft_of(code), *offers), 422
    flash(_("Pasal ditambahkan. Nomor Pasal lain dan rujukannya ikut berubah."))
    return redirect(address(code, Section.ARTICLES), 303)


def _new(draft: "Draft", form: AddForm | OwnForm) -> Article:
    if isinstance(form, OwnForm):
        return draft_trees.own(drafts.tree_of(draft), title=form.title.data or "", text=form.text.data or "")
    if not form.code.data:
        raise RuleBroken(_("Pilih klausul."), field="code")
    return draft_trees.from_library(session(), draft.agreement, form.code.data)


def _after(draft: "Draft") -> str | None:
    asked = request.form.get("after", "")
    return asked if any(one.key == asked for one in drafts.tree_of(draft)) else None


def _add_page(draft: "Draft", form: Any, own: Any) -> str:
    tree = drafts.tree_of(draft)
    present = {one.clause for one in tree}
    offered = [one for one in clauses.fitting(session(), draft.agreement.kind) if one.clause.code not in present]
    form.code.choices = [("", _("Pilih klausul")), *((one.clause.code, one.title) for one in offered)]
    places = [("", _("di akhir")), *((one.key, _("sesudah %(title)s", title=one.title)) for one in tree)]
    form.after.choices = own.after.choices = places
    return render_template(
        "staff/drafting/add_article.html",
        agreement=draft.agreement,
        form=form,
        own=own,
        back=address(draft.agreement.code, Section.ARTICLES),
    )
