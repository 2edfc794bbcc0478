"""A draft whose text may not be written any more: one page to read it, with what can follow."""

from typing import TYPE_CHECKING, Any

from flask import render_template

from portal.domain.drafting import Section
from portal.extensions import session
from portal.queries import renditions
from portal.web.staff.agreements import head, papers
from portal.web.staff.drafting import following, preview, template_change
from portal.web.staff.drafting.pages import SHOWN

if TYPE_CHECKING:
    from portal.models import Agreement, Draft

Item = dict[str, Any]


def page(agreement: "Agreement", draft: "Draft", reason: str) -> str:
    """Return the page: why nothing can be changed, and the whole text."""
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
