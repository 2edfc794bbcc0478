"""Parts of another draft for this one: finding it, choosing the parts, seeing what they would replace."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import clause
from portal.domain.clause import Condition
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import agreements, drafts
from portal.services import draft_copies
from portal.services.draft_copies import Part
from portal.web import guard
from portal.web.access import office
from portal.web.filters import label
from portal.web.staff.drafting import starting
from portal.web.staff.drafting.pages import blueprint, draft_of, refusal

if TYPE_CHECKING:
    from portal.models import Draft

Item = dict[str, Any]


@blueprint.get("/salin")
@office(Action.DRAFT_DOCUMENT)
def copy(code: str) -> str:
    """Offer other drafts; once one is chosen, say what each part of it would replace."""
    draft = draft_of(code)
    source = request.args.get("dari", "")
    other = _other(source) if source else None
    return render_template(
        "staff/drafting/copy.html",
        agreement=draft.agreement,
        other=other.agreement if other else None,
        parts=[_part(draft, other, one) for one in Part] if other else [],
        **starting.copies(draft.agreement),
    )


def _other(code: str) -> "Draft":
    return drafts.get(session(), agreements.get_for(session(), code, actor=guard.actor()).id)


def _part(draft: "Draft", other: "Draft", part: Part) -> Item:
    """Return a part in words: what stands now and what it would become."""
    changes = draft_copies.differs(session(), draft, other, part)
    now, then = (_lines(one, part) for one in (draft, other))
    if part is Part.ARTICLES:
        then = [one.title for one in draft_copies.tree_with(session(), draft, other) if one.is_included]
    return {"value": part.value, "name": _name(part), "changes": changes, "now": now, "then": then}


def _name(part: Part) -> str:
    names = {
        Part.ARTICLES: _("Pasal: pilihan, urutan, dan teksnya"),
        Part.RECITALS: _("Pertimbangan"),
        Part.LEGAL_BASES: _("Dasar hukum"),
        Part.TARGETS: _("Sasaran"),
        Part.OPTIONS: _("Pilihan lain: bahasa, meterai, keadaan, unsur data"),
    }
    return str(names[part])


def _lines(draft: "Draft", part: Part) -> list[str]:
    """Return what a draft holds of a part, one line a thing."""
    if part is Part.ARTICLES:
        return [one.title for one in clause.printed(drafts.tree_of(draft), list(Condition))]
    if part is Part.OPTIONS:
        return _options(draft.facts)
    return [str(line) for line in draft.facts.get(part.value) or ()]


def _options(texts: Item) -> list[str]:
    found = [texts["governing_language"]] if texts.get("governing_language") else []
    found += [_("Bermeterai cukup")] if texts.get("stamp_required") else []
    found += [label(Condition(code)) for code in texts.get("answers") or ()]
    return found + [str(line) for line in texts.get("data_elements") or ()]


@blueprint.post("/salin")
@office(Action.DRAFT_DOCUMENT)
def take_copy(code: str) -> Response:
    """Take the chosen parts of the other draft."""
    source = request.form.get("dari", "")
    parts = {one for one in Part if one.value in request.form.getlist("part")}
    draft, other, actor = draft_of(code), _other(source), guard.actor()
    problem = refusal(lambda: draft_copies.copy(session(), draft, other, parts, actor=actor, now=clock.now()))
    if problem:
        flash(problem, "bad")
        return redirect(url_for("staff.drafting.copy", code=code, dari=source), 303)
    text = "%(n)s bagian disalin dari %(code)s."
    flash(ngettext(text, text, len(parts), n=len(parts), code=source))
    return redirect(url_for("staff.drafting.overview", code=code), 303)
