"""The partner's calendar as a list: every coming day of all its agreements, by month, with whose turn it is."""

from flask import Blueprint, render_template

from portal import clock
from portal.domain.dates import office_date
from portal.extensions import session
from portal.queries import partner_agreements, partner_duties
from portal.web import guard
from portal.web.access import partner
from portal.web.filters import zone
from portal.web.partner import agenda_page

blueprint = Blueprint("agenda", __name__)


@blueprint.get("/agenda")
@partner()
def show() -> str:
    """Show what comes: what this partner owes, what the ministry owes it, and the days on which agreements end."""
    today, own = office_date(clock.now(), zone()), guard.own_organisation_id()
    days = agenda_page.days(
        partner_duties.owed_by(session(), organisation_id=own),
        partner_duties.owed_to(session(), organisation_id=own),
        partner_agreements.list_of_partner(session(), organisation_id=own),
        today,
    )
    shown = days[: agenda_page.MOST]
    return render_template("partner/agenda/show.html", months=agenda_page.months(shown), is_cut=len(days) > len(shown))
