"""A draft whose text may not be written any more: one page to read it, with what can follow."""

from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.domain.drafting import Section
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import drafts, renditions
from portal.services import draft_rights
from portal.web.access import office
from portal.web.staff.agreements import head, papers
from portal.web.staff.drafting import following, preview, template_change
from portal.web.staff.drafting.pages import SHOWN, blueprint, readable

if TYPE_CHECKING:
    from portal.models import Agreement, Draft

Item = dict[str, Any]


@blueprint.get("/baca")
@office(Action.DRAFT_DOCUMENT)
def closed(code: str) -> str | Response:
    """Show why nothing can be changed any more, and the whole text; an open draft leads to its task list."""
    agreement = readable(code)
    draft = drafts.get(session(), agreement.id)
    reason = draft_rights.in_time(agreement).reason
    return _page(agreement, draft, reason) if reason else redirect(url_for("staff.drafting.overview", code=code))


def _page(agreement: "Agreement", draft: "Draft", reason: str) -> str:
    made = renditions.of_agreement(session(), agreement.id)
    shown = preview.of(draft, Section.TEMPLATE, whole=True)
    return render_template(
        "staff/drafting/closed.html",
        agreement=agreement,
        chip=head.kind_chip(agreement.kind),
        reason=reason,
        template_name=template_change.name(draft.template_version),
        preview=shown | {"blocks": [_read_only(one) for one in shown["blocks"]]},
        follows=following.kinds(agreement),
        made=[papers.of_rendition(agreement.code, row) for row in made[:SHOWN]],
    )


def _read_only(block: Item) -> Item:
    """Return a block of the preview without the ways to fields that nobody can fill any more."""
    rows = [[[_read_only(inner) for inner in cell] for cell in row] for row in block["rows"]]
    return block | {"pieces": [piece | {"href": ""} for piece in block["pieces"]], "rows": rows}
