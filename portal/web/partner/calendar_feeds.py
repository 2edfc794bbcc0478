"""Calendar subscriptions of a partner's people: a new one, those that are there, revoking one."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.extensions import session
from portal.queries import calendar_feeds as reading
from portal.services import calendar_feeds
from portal.web import feed_page, guard
from portal.web.access import partner
from portal.web.forms.calendar_feed import FeedForm
from portal.web.forms.outcome import attempt

blueprint = Blueprint("calendar_feeds", __name__, url_prefix="/kalender")

Answer = str | Response | tuple[str, int]


def _page(form: FeedForm) -> str:
    feeds = reading.list_own(session(), guard.actor().account_id or 0)
    return render_template(
        "partner/calendar_feeds/index.html",
        form=form,
        rows=feed_page.rows(feeds, endpoint="partner.calendar_feeds.revoke"),
    )


@blueprint.get("")
@partner()
def index() -> str:
    """Show what is subscribed, and ask for a new subscription."""
    return _page(FeedForm())


@blueprint.post("")
@partner()
def create() -> Answer:
    """Make a subscription and show its address, this once."""
    form = FeedForm()
    if not form.validate():
        return _page(form), 422
    stamp: dict[str, Any] = {"actor": guard.actor(), "now": clock.now()}
    made = attempt(form, lambda: calendar_feeds.create(session(), name=form.name.data or "", view="", **stamp))
    if made is None:
        return _page(form), 422
    return render_template("partner/calendar_feeds/create.html", name=made[0].name, address=feed_page.address(made[1]))


@blueprint.route("/<key>/cabut", methods=["GET", "POST"])
@partner()
def revoke(key: str) -> Answer:
    """Revoke a subscription, after the page that says what follows."""
    feed = reading.get_own(session(), guard.actor().account_id or 0, key)
    if request.method == "GET":
        shown = feed_page.row(feed, endpoint="partner.calendar_feeds.revoke")
        return render_template("partner/calendar_feeds/revoke.html", row=shown)
    calendar_feeds.revoke(session(), feed, actor=guard.actor(), now=clock.now())
    flash(_("Langganan dicabut. Alamatnya tidak berlaku lagi."))
    return redirect(url_for("partner.calendar_feeds.index"), 303)
