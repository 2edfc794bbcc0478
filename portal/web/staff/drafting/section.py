"""The pages of the nine sections: reading, saving by button, saving by itself, and choosing after a conflict."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from portal.domain.drafting import Section
from portal.domain.editing import EditConflict
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import agreements, drafts
from portal.web import kept_forms
from portal.web.access import office
from portal.web.filters import datetime_zone, label
from portal.web.languages import sentence
from portal.web.staff.drafting import (
    articles,
    comparison,
    duties,
    keeping,
    live,
    parties,
    preview,
    refused,
    review,
    saving,
    section_page,
    template_change,
)
from portal.web.staff.drafting.pages import WORDS, address, blueprint, draft_of, section_named
from portal.web.staff.drafting.saving import Outcome

if TYPE_CHECKING:
    from portal.models import Draft

NEXT = "next"
Answer = Response | tuple[str, int]


@blueprint.get("/<part>")
@office(Action.DRAFT_DOCUMENT)
def section(code: str, part: str) -> str:
    """Show one section: its form, the nine sections, the words it leads to."""
    found, draft = section_named(part), draft_of(code)
    return section_page.answer(draft.agreement, draft, found, whole=preview.is_whole(), **_more(draft, found))


def _more(draft: "Draft", found: Section) -> dict[str, Any]:
    """Return what single sections show besides their form."""
    if found is Section.PARTIES:
        return parties.shown(draft)
    if found is Section.TEMPLATE:
        return template_change.shown(draft)
    if found is Section.ARTICLES:
        return articles.shown(draft)
    if found is Section.OBLIGATIONS:
        return duties.shown(draft)
    return review.shown(draft) if found is Section.REVIEW else {}


@blueprint.post("/<part>")
@office(Action.DRAFT_DOCUMENT)
def save(code: str, part: str) -> Answer:
    """Save one section; what cannot be taken yet stays as typed and is shown with its mistake."""
    found, draft = section_named(part), draft_of(code)
    return _answered(code, found, saving.run(draft, found))


@blueprint.post("/<part>/pilih")
@office(Action.DRAFT_DOCUMENT)
def choose(code: str, part: str) -> Answer:
    """Save what was chosen for each field that two people changed."""
    found, draft = section_named(part), draft_of(code)
    return _answered(code, found, saving.run(draft, found, after_conflict=True))


def _answered(code: str, found: Section, outcome: Outcome) -> Answer:
    if outcome.conflict:
        return _conflict_page(draft_of(code), found, outcome.conflict), 409
    if outcome.refused:
        draft = draft_of(code)
        return refused.answer(draft, found, sentence(outcome.refused), kept_forms.typed(), _more(draft, found))
    if outcome.kept_as_typed:
        text = "%(n)s isian belum dapat dipakai. Ketikannya disimpan; perbaiki di bawah ini."
        flash(ngettext(text, text, outcome.kept_as_typed, n=outcome.kept_as_typed), "warn")
        return redirect(_same(code, found), 303)
    flash(_("%(section)s tersimpan.", section=label(found)))
    return redirect(address(code, _next(found)) if saving.act() == NEXT else _same(code, found), 303)


def _next(found: Section) -> Section:
    order = list(Section)
    return order[min(order.index(found) + 1, len(order) - 1)]


def _same(code: str, found: Section) -> str:
    verb, _dot, key = saving.act().partition(".")
    if verb == "article-remove":
        return address(code, found, **{articles.GONE: key}, _anchor=articles.GONE)
    if key == "add":
        return address(code, found, **{section_page.ROW: verb}, _anchor=verb)
    anchor = f"pasal-{key}" if verb in {"article-up", "article-down", "article-restore"} else None
    return address(code, found, _anchor=anchor)


@blueprint.post("/<part>/otomatis")
@office(Action.DRAFT_DOCUMENT)
def autosave(code: str, part: str) -> str:
    """Save one section while it is written, and say so in one line; the answer is always 200."""
    found, draft = section_named(part), draft_of(code)
    outcome = saving.run(draft, found)
    draft = draft_of(code)
    stamp = drafts.stamp(draft, found, agreements.facts(session(), draft.agreement))
    failed = outcome.conflict or outcome.refused
    return render_template(
        "staff/drafting/_saved.html",
        stamp=saving.typed().get("stamp", "") if failed else stamp,
        said=_said(draft, found, outcome),
        tone="bad" if failed else "warn" if outcome.kept_as_typed else "",
        conflict=outcome.conflict is not None,
        **live.changed(draft, found),
    )


def _said(draft: "Draft", found: Section, outcome: Outcome) -> str:
    if outcome.conflict:
        when = datetime_zone(outcome.conflict.when)
        return str(_("Ditolak: diubah %(who)s pada %(when)s.", who=outcome.conflict.who, when=when))
    if outcome.refused:
        return sentence(outcome.refused)
    line = section_page.saved_line(draft, found)
    if not outcome.kept_as_typed:
        return line
    text = "%(line)s; %(n)s isian belum dapat dipakai"
    return ngettext(text, text, outcome.kept_as_typed, line=line, n=outcome.kept_as_typed)


def _conflict_page(draft: "Draft", found: Section, conflict: EditConflict) -> str:
    agreement = draft.agreement
    here: dict[str, Any] = {"code": agreement.code, "part": WORDS[found]}
    return render_template(
        "staff/drafting/choose.html",
        agreement=agreement,
        title=label(found),
        action=url_for("staff.drafting.choose", **here),
        kept=keeping.name(draft, found),
        back=address(agreement.code, found),
        stamp=drafts.stamp(draft, found, agreements.facts(session(), agreement)),
        who=conflict.who,
        when=datetime_zone(conflict.when),
        typed=comparison.typed(saving.typed()),
        **comparison.told(draft, found, conflict.comparison),
    )
