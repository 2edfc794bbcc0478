"""Short help for partners, and the person to call."""

from flask import Blueprint, render_template

from portal.domain.report_turn import REVIEW_WORKING_DAYS
from portal.extensions import session
from portal.queries import partner_home
from portal.web import guard
from portal.web.access import partner
from portal.web.partner import rows

blueprint = Blueprint("guide", __name__, url_prefix="/bantuan")


@blueprint.get("")
@partner()
def show() -> str:
    """Answer the usual questions and name the person to call."""
    person = partner_home.whom_to_ask(session(), organisation_id=guard.own_organisation_id())
    return render_template(
        "partner/guide/show.html", person=person, contacts=rows.contacts(person), review_days=REVIEW_WORKING_DAYS
    )
