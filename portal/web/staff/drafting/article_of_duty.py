"""The words of the Pasal that a duty stands in, read from the draft of its agreement, and the way to the whole text."""

from typing import TYPE_CHECKING, Any

from flask import url_for

from portal.domain import duty as rules
from portal.domain.drafting import Section
from portal.extensions import session
from portal.queries import drafts
from portal.services import draft_rights
from portal.web import guard
from portal.web.staff.drafting import preview

if TYPE_CHECKING:
    from portal.models import Agreement

Item = dict[str, Any]


def anchor(label: str) -> str:
    """Return the name of a Pasal in the page of the whole text."""
    return label.lower().replace(" ", "-")


def of(agreement: "Agreement", article: str | None) -> Item | None:
    """Return the blocks of the Pasal with the way to the whole text; None without a draft or without such a Pasal."""
    label = rules.article_label(article)
    draft = drafts.find(session(), agreement.id) if label else None
    if draft is None:
        return None
    blocks = preview.of(draft, Section.TEMPLATE, whole=True)["blocks"]
    heads = [place for place, one in enumerate(blocks) if one["kind"] == "article"]
    first = next((place for place in heads if blocks[place]["label"] == label), None)
    if first is None:
        return None
    last = next((place for place in heads if place > first), len(blocks))
    return {
        "label": label,
        "blocks": [preview.read_only(one) for one in blocks[first:last]],
        "href": _whole(agreement, label) if guard.may_open("staff.drafting.overview") else None,
    }


def _whole(agreement: "Agreement", label: str) -> str:
    if draft_rights.in_time(agreement):
        return url_for("staff.drafting.overview", code=agreement.code)
    return url_for("staff.drafting.closed", code=agreement.code, _anchor=anchor(label))
