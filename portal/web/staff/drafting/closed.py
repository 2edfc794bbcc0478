"""A draft whose text may not be written any more: one page to read it, with what can follow."""

from collections.abc import Sequence
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
from portal.web.staff.drafting import article_of_duty, following, preview, template_change
from portal.web.staff.drafting.pages import SHOWN, blueprint, readable

if TYPE_CHECKING:
    from portal.models import Draft

Item = dict[str, Any]


@blueprint.get("/baca")
@office(Action.DRAFT_DOCUMENT)
def closed(code: str) -> str | Response:
    """Show why nothing can be changed any more, and the whole text; an open draft leads to its task list."""
    agreement = readable(code)
    draft = drafts.get(session(), agreement.id)
    reason = draft_rights.in_time(agreement).reason
    return page(draft, reason) if reason else redirect(url_for("staff.drafting.overview", code=code))


def page(draft: "Draft", reason: str, *, not_kept: Sequence[str] = ()) -> str:
    """Return the page of a text that is closed; `not_kept` is what somebody typed when it was closed already."""
    agreement = draft.agreement
    made = renditions.of_agreement(session(), agreement.id)
    shown = preview.of(draft, Section.TEMPLATE, whole=True)
    return render_template(
        "staff/drafting/closed.html",
        agreement=agreement,
        chip=head.kind_chip(agreement.kind),
        reason=reason,
        not_kept=not_kept,
        template_name=template_change.name(draft.template_version),
        preview=shown | {"blocks": _anchored([preview.read_only(one) for one in shown["blocks"]])},
        follows=following.kinds(agreement),
        made=[papers.of_rendition(agreement.code, row) for row in made[:SHOWN]],
    )


def _anchored(blocks: list[Item]) -> list[Item]:
    """Give the heading of each Pasal its name in the page; of two with one number the first."""
    names: set[str] = set()
    for one in blocks:
        name = article_of_duty.anchor(one["label"]) if one["kind"] == "article" else ""
        one["anchor"] = name if name not in names else ""
        names.add(name)
    return blocks
