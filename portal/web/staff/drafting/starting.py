"""How a draft can begin: from a template, as a copy of another draft, from the partner's text, or as an addendum."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.errors import NotFound, RuleBroken
from portal.domain.policy import Action, may
from portal.extensions import session
from portal.queries import agreements, doc_templates, draft_copies, drafts, renditions
from portal.services import draft_rights
from portal.services import drafts as writing
from portal.web import guard
from portal.web.access import office
from portal.web.asked import Asked, whole
from portal.web.staff.agreements import head, papers
from portal.web.staff.drafting import following
from portal.web.staff.drafting.pages import SHOWN, blueprint, readable, refusal

if TYPE_CHECKING:
    from portal.models import Agreement

Item = dict[str, Any]


def page(agreement: "Agreement") -> str:
    """Return the ways to begin the draft of an agreement that has none."""
    made = renditions.of_agreement(session(), agreement.id)
    return render_template(
        "staff/drafting/start.html",
        agreement=agreement,
        chip=head.kind_chip(agreement.kind),
        closed=draft_rights.in_time(agreement).reason,
        templates=_choices(agreement),
        follows=following.kinds(agreement),
        refusal=writing.NO_TEMPLATE,
        made=[papers.of_rendition(agreement.code, row) for row in made[:SHOWN]],
        **copies(agreement),
    )


def copies(agreement: "Agreement") -> Item:
    """Return the drafts that can be copied, those that the search names, and whether there are more."""
    words = Asked(request.args).text("q")
    with_confidential = bool(may(guard.actor(), Action.SEE_CONFIDENTIAL))
    found = draft_copies.search(session(), agreement, words=words, with_confidential=with_confidential)
    return {
        "words": words,
        "copy_options": [(one.code, f"{one.code}, {one.title} ({one.partners})") for one in found],
        "more_copies": len(found) == draft_copies.MOST,
    }


def _choices(agreement: "Agreement") -> list[tuple[str, str]]:
    return [
        (f"{one.template.code}:{one.number}", _("%(name)s, versi %(n)s", name=one.template.name, n=one.number))
        for one in doc_templates.choices(session(), agreement.kind)
    ]


@blueprint.post("")
@office(Action.DRAFT_DOCUMENT)
def start(code: str) -> Response:
    """Begin the draft: from a template, or as a copy of another one; the task list follows."""
    agreement = readable(code)
    problem = refusal(lambda: _chosen(agreement))
    if problem:
        flash(problem, "bad")
    return redirect(url_for("staff.drafting.overview", code=code), 303)


def _chosen(agreement: "Agreement") -> None:
    try:
        _begin(agreement)
    except NotFound:
        raise RuleBroken(_("Pilihan itu tidak ada lagi. Pilih yang lain.")) from None


def _begin(agreement: "Agreement") -> None:
    stamp: dict[str, Any] = {"actor": guard.actor(), "now": clock.now()}
    source = request.form.get("copy", "")
    if source:
        other = drafts.get(session(), agreements.get_for(session(), source, actor=guard.actor()).id)
        writing.start_from(session(), agreement, other, **stamp)
        return
    chosen, _colon, number = request.form.get("template", "").rpartition(":")
    if not whole(number):
        raise RuleBroken(_("Pilih templat."))
    writing.start(session(), agreement, version=doc_templates.get(session(), chosen, whole(number)), **stamp)
