"""Codes and links for signing in, in a demonstration without a mail server: nobody could read them otherwise."""

from flask import Blueprint, current_app, render_template
from flask_babel import gettext as _

from portal.domain.errors import NotFound
from portal.extensions import session
from portal.queries import joining_mails
from portal.queries.joining_mails import JoiningMail
from portal.web.access import public
from portal.web.filters import datetime_zone

blueprint = Blueprint("demo_mails", __name__)


@blueprint.get("/peragaan/surel")
@public
def index() -> str:
    """List the latest mails with a code or a link; absent where mail goes to a real server."""
    settings = current_app.config["SETTINGS"]
    if not settings.demo or settings.smtp.host is not None:
        raise NotFound
    rows = [_line(row, settings.base_url) for row in joining_mails.latest(session())]
    return render_template("public/demo_mails/index.html", rows=rows)


def _line(row: JoiningMail, base_url: str) -> dict[str, str]:
    title = _("Kode masuk: %(code)s", code=row.code) if row.code else _("Buka tautan dari surel ini")
    return {
        "title": title,
        "href": (row.link or "").removeprefix(base_url),
        "recipient": row.recipient,
        "when": datetime_zone(row.at),
    }
