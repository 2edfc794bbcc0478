"""The blueprint of the agreement's pages, and how each of them finds its agreement."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, flash, url_for
from flask_babel import gettext as _

from portal.extensions import session
from portal.queries import agreements
from portal.web import guard

if TYPE_CHECKING:
    from portal.models import Agreement

blueprint = Blueprint("agreements", __name__, url_prefix="/naskah")


def readable(code: str) -> "Agreement":
    """Return the agreement of this address; strangers to it get "not found" or the reason."""
    return agreements.get_for(session(), code, actor=guard.actor())


def address(endpoint: str, **values: object) -> str | None:
    """Return the address of a page that may not exist in this installation, else None: nothing leads nowhere."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None  # type: ignore[arg-type]


def warn_of_numbers(agreement: "Agreement") -> None:
    """Say on the next page that a number stands on another agreement too; it is a warning, never a refusal."""
    for one in agreements.same_numbers(session(), agreement):
        text = _(
            "Nomor %(number)s dari %(who)s tercatat juga pada %(code)s. Periksa bila keliru.",
            number=one.number,
            who=one.party,
            code=one.other_code,
        )
        flash(text, "warn")


@blueprint.context_processor
def _list() -> dict[str, Any]:
    """Give every page of this blueprint the way back to the list."""
    return {"list_href": address("staff.agreements.index")}
