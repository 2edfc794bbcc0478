"""The partner's first page: the next thing, what comes, what the ministry owes, whom to ask."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template, url_for

from portal import clock
from portal.domain import policy
from portal.domain.dates import office_date
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import partner_home
from portal.queries.partner_home import PartnerHome
from portal.web import guard
from portal.web.access import partner
from portal.web.filters import zone
from portal.web.partner import ratings, rows, shared_draft_rows

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
    return render_template(
        "partner/home/show.html",
        home=home,
        **_next(home, today),
        promises=[rows.promise(duty, today) for duty in home.owed_to_us[:PROMISES]],
        agreements=[rows.agreement(row, today) for row in home.agreements[:AGREEMENTS]],
        members=url_for("partner.members.index") if guard.may_open("partner.members.index") else None,
        offers=ratings.offers(),
        opening=rows.opening(home.next_opening),
        **rows.whom_to_ask(home.person),
    )


def _next(home: PartnerHome, today: date) -> dict[str, Any]:
    """Return the one big card, a report or a draft that waits for an answer, whatever comes first; then the rest."""
    approves = bool(policy.may(guard.actor(), Action.APPROVE_REPORT))
    reports = [(duty.answer_on, rows.agenda(duty, today)) for duty in (*home.to_act, *home.coming)]
    drafts = [(row.due_on, shared_draft_rows.coming(row, today)) for row in home.drafts]
    draft_leads = bool(home.drafts) and (not home.to_act or home.drafts[0].due_on < home.to_act[0].answer_on)
    if draft_leads:
        card, drafts = shared_draft_rows.card(home.drafts[0], today), drafts[1:]
    elif home.to_act:
        card, reports = rows.next_card(home.to_act[0], today, approves=approves), reports[1:]
    else:
        card = None
    for day, row in drafts:
        later = (place for place, (other, _row) in enumerate(reports) if other > day)
        reports.insert(next(later, len(reports)), (day, row))
    return {"card": card, "coming": [row for _day, row in reports[:COMING]]}
