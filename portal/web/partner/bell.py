"""The bell of a partner: what came, each thing opened by a button that marks it as read."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.web import bell_page
from portal.web.access import partner

blueprint = Blueprint("bell", __name__, url_prefix="/lonceng")


@blueprint.get("")
@partner()
def index() -> str:
    """Show everything under the bell."""
    return render_template("partner/bell/index.html", lines=bell_page.lines(), unread=bell_page.number())


@blueprint.post("/pengingat/<int:number>")
@partner()
def open_reminder(number: int) -> Response:
    """Mark a reminder as read and lead to what it is about."""
    return redirect(bell_page.open_reminder(number), 303)


@blueprint.post("/kabar/<key>")
@partner()
def open_notice(key: str) -> Response:
    """Mark a notice as read and lead to what it tells of."""
    return redirect(bell_page.open_notice(key), 303)


@blueprint.post("/dibaca")
@partner()
def mark_all() -> Response:
    """Mark everything as read."""
    count = bell_page.mark_all()
    flash(_("%(n)s hal ditandai sudah dibaca.", n=count), "good")
    return redirect(url_for("partner.bell.index"), 303)
