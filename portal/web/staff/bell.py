"""The bell of the office: what came, each thing opened by a button that marks it as read."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.dates import office_date
from portal.extensions import session
from portal.queries import tasks
from portal.web import bell_page, guard
from portal.web.access import office

blueprint = Blueprint("bell", __name__, url_prefix="/lonceng")


@blueprint.get("")
@office()
def index() -> str:
    """Show everything under the bell."""
    found = tasks.list_tasks(session(), actor=guard.actor(), today=office_date(clock.now()))
    return render_template(
        "staff/bell/index.html", lines=bell_page.lines(), unread=bell_page.number(), numbers=tasks.morning(found)
    )


@blueprint.post("/pengingat/<int:number>")
@office()
def open_reminder(number: int) -> Response:
    """Mark a reminder as read and lead to what it is about."""
    return redirect(bell_page.open_reminder(number), 303)


@blueprint.post("/kabar/<key>")
@office()
def open_notice(key: str) -> Response:
    """Mark a notice as read and lead to what it tells of."""
    return redirect(bell_page.open_notice(key), 303)


@blueprint.post("/dibaca")
@office()
def mark_all() -> Response:
    """Mark everything as read."""
    count = bell_page.mark_all()
    flash(_("%(n)s hal ditandai sudah dibaca.", n=count), "good")
    return redirect(url_for("staff.bell.index"), 303)
