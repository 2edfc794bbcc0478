"""Section 9: what is still missing, and making the Word file."""

from typing import TYPE_CHECKING, Any

from flask import current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.documents.refusal import TemplateRefused
from portal.domain.drafting import Section, SectionState
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import renditions
from portal.services import drafting
from portal.web import guard
from portal.web.access import office
from portal.web.filters import label
from portal.web.languages import sentence
from portal.web.staff.agreements import papers
from portal.web.staff.drafting import progress
from portal.web.staff.drafting.pages import address, blueprint, draft_of

if TYPE_CHECKING:
    from portal.models import Draft

Item = dict[str, Any]

SHOWN = 8


def shown(draft: "Draft") -> Item:
    """Return the gaps of the other sections, the way to make the file, and the files made so far."""
    agreement = draft.agreement
    found = progress.of(agreement, draft)
    gaps = [
        {"label": label(one), "href": address(agreement.code, one), "state": progress.word(found, one)}
        for one, state in found.states.items()
        if state is not SectionState.COMPLETE and one is not Section.REVIEW
    ]
    made = renditions.of_agreement(session(), agreement.id)
    return {
        "gaps": gaps,
        "made": [papers.of_rendition(agreement.code, row) for row in made[:SHOWN]],
        "make_action": url_for("staff.drafting.make", code=agreement.code),
    }


@blueprint.post("/periksa/buat")
@office(Action.DRAFT_DOCUMENT)
def make(code: str) -> Response:
    """Make the next Word file and say how many facts it lacks."""
    text, tone = _made(draft_of(code))
    flash(text, tone)
    return redirect(address(code, Section.REVIEW), 303)


def _made(draft: "Draft") -> tuple[str, str]:
    storage = current_app.extensions["storage"]
    try:
        made = drafting.make_document(session(), draft, actor=guard.actor(), now=clock.now(), storage=storage)
    except TemplateRefused as refused:
        session().rollback()
        return sentence(refused), "bad"
    missing = papers.missing_sentence(len(made.missing))
    return str(_("Naskah %(n)s dibuat; %(missing)s.", n=made.number, missing=missing)), "good"
