"""The first page of the workspace: the task list of nine sections, or how a draft can begin."""

from typing import TYPE_CHECKING

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import drafts, renditions
from portal.services import draft_rights
from portal.web.access import office
from portal.web.staff.agreements import head, papers
from portal.web.staff.drafting import progress, starting, template_change
from portal.web.staff.drafting.pages import SHOWN, blueprint, readable

if TYPE_CHECKING:
    from portal.models import Agreement, Draft


@blueprint.get("")
@office(Action.DRAFT_DOCUMENT)
def overview(code: str) -> str | Response:
    """Show how far the draft is, section by section; without one, the ways to begin."""
    agreement = readable(code)
    draft = drafts.find(session(), agreement.id)
    if draft is None:
        return starting.page(agreement)
    if not draft_rights.in_time(agreement):
        return redirect(url_for("staff.drafting.closed", code=code))
    return _tasks(agreement, draft)


def _tasks(agreement: "Agreement", draft: "Draft") -> str:
    found = progress.of(agreement, draft)
    made = renditions.of_agreement(session(), agreement.id)
    return render_template(
        "staff/drafting/overview.html",
        agreement=agreement,
        chip=head.kind_chip(agreement.kind),
        rows=progress.rows(agreement.code, found),
        complete=found.complete,
        total=len(found.states),
        template_name=template_change.name(draft.template_version),
        step=template_change.undoable(draft),
        made=[papers.of_rendition(agreement.code, row) for row in made[:SHOWN]],
    )
