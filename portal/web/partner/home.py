"""The partner's first page: the next thing, what comes, what the ministry owes, whom to ask."""

from flask import Blueprint, render_template, url_for

from portal import clock
from portal.domain import policy
from portal.domain.dates import office_date
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import partner_home
from portal.web import guard
from portal.web.access import partner
from portal.web.filters import zone
from portal.web.partner import ratings, rows

blueprint = Blueprint("home", __name__)

COMING = 5
PROMISES = 3
AGREEMENTS = 5
"""So many lines of each list stand on the first page; the rest is one link away."""


@blueprint.get("/")
@partner()
def show() -> str:
    """Show the partner's first page."""
    today = office_date(clock.now(), zone())
    home = partner_home.show(session(), organisation_id=guard.own_organisation_id(), today=today)
    approves = bool(policy.may(guard.actor(), Action.APPROVE_REPORT))
    return render_template(
        "partner/home/show.html",
        home=home,
        card=rows.next_card(home.to_act[0], today, approves=approves) if home.to_act else None,
        coming=[rows.agenda(duty, today) for duty in (*home.to_act[1:], *home.coming)[:COMING]],
        promises=[rows.promise(duty, today) for duty in home.owed_to_us[:PROMISES]],
        agreements=[rows.agreement(row, today) for row in home.agreements[:AGREEMENTS]],
        members=url_for("partner.members.index") if guard.may_open("partner.members.index") else None,
        offers=ratings.offers(),
        opening=rows.opening(home.next_opening),
        **rows.whom_to_ask(home.person),
    )
