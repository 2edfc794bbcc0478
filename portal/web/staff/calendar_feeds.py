"""Calendar subscriptions of the office's people: a new one, those that are there, revoking one."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from portal import clock
from portal.domain.policy import Role
from portal.extensions import session
from portal.queries import calendar_feeds as reading
from portal.services import calendar_feeds
from portal.web import feed_page, guard
from portal.web.access import office
from portal.web.asked import Asked
from portal.web.forms.calendar_feed import OfficeFeedForm
from portal.web.forms.outcome import attempt
from portal.web.listing import Place
from portal.web.staff import duty_list
from portal.web.staff.feed_words import EVERYTHING

blueprint = Blueprint("calendar_feeds", __name__, url_prefix="/kalender/langganan")

Answer = str | Response | tuple[str, int]
OWN = "saya"
"""What a form says for the view that is blank."""
NOT_KEPT = ("hari", "hal", "tampilan")
LONGEST_VIEW = 400


def _view() -> str:
    """Return the filter that the address carries, as the query of an address."""
    asked = Asked(request.args)
    for word in NOT_KEPT:
        asked.args.pop(word, None)
    query = url_for("staff.deadline_calendar.show", **asked.args).partition("?")[2]  # type: ignore[arg-type]
    return query if len(query) <= LONGEST_VIEW else ""


def _form() -> OfficeFeedForm:
    form, view = OfficeFeedForm(), _view()
    is_officer = Role.OFFICER in guard.actor().roles
    own = [SelectChoice(OWN, _("Naskah yang saya urus"))] if is_officer else []
    kept = [SelectChoice(view, _("Saringan ini: %(words)s", words=_in_words()))] if view else []
    form.view.choices = [*kept, *own, SelectChoice(EVERYTHING, _("Semua tenggat yang boleh saya lihat"))]
    if not form.is_submitted():
        form.view.data = form.view.choices[0].value
    return form


def _in_words() -> str:
    place = Place(endpoint="staff.deadline_calendar.show", asked=Asked(request.args))
    texts = [str(chip["text"]) for chip in duty_list.chips(place, duty_list.choices())]
    return "; ".join(texts) or str(_("sebagian jenis tenggat"))


def _page(form: OfficeFeedForm) -> str:
    feeds = reading.list_own(session(), guard.actor().account_id or 0)
    return render_template(
        "staff/calendar_feeds/index.html",
        form=form,
        here=request.full_path.rstrip("?"),
        rows=feed_page.rows(feeds, endpoint="staff.calendar_feeds.revoke"),
    )


@blueprint.get("")
@office()
def index() -> str:
    """Show what is subscribed, and ask for a new subscription."""
    return _page(_form())


@blueprint.post("")
@office()
def create() -> Answer:
    """Make a subscription and show its address, this once."""
    form = _form()
    if not form.validate():
        return _page(form), 422
    view = "" if form.view.data == OWN else form.view.data
    stamp: dict[str, Any] = {"actor": guard.actor(), "now": clock.now()}
    made = attempt(form, lambda: calendar_feeds.create(session(), name=form.name.data or "", view=view, **stamp))
    if made is None:
        return _page(form), 422
    return render_template("staff/calendar_feeds/create.html", name=made[0].name, address=feed_page.address(made[1]))


@blueprint.route("/<key>/cabut", methods=["GET", "POST"])
@office()
def revoke(key: str) -> Answer:
    """Revoke a subscription, after the page that says what follows."""
    feed = reading.get_own(session(), guard.actor().account_id or 0, key)
    if request.method == "GET":
        shown = feed_page.row(feed, endpoint="staff.calendar_feeds.revoke")
        return render_template("staff/calendar_feeds/revoke.html", row=shown)
    calendar_feeds.revoke(session(), feed, actor=guard.actor(), now=clock.now())
    flash(_("Langganan dicabut. Alamatnya tidak berlaku lagi."))
    return redirect(url_for("staff.calendar_feeds.index"), 303)
