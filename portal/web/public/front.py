"""The front door, the help page and the statement on accessibility."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.web.access import public
from portal.web.guard import signed_in

blueprint = Blueprint("front", __name__)


@blueprint.get("/")
@public
def home() -> Response:
    """Go to the home of whoever is signed in, or to the sign-in page."""
    signed = signed_in()
    if signed is None:
        return redirect(url_for("auth.sign_in"))
    return redirect(url_for("staff.home.show" if signed.actor.is_staff else "partner.home.show"))


@blueprint.get("/bantuan")
@public
def guide() -> str:
    """Show how the portal is used."""
    return render_template("front/guide.html")


@blueprint.get("/aksesibilitas")
@public
def accessibility() -> str:
    """Show what is done for readers who use the portal in another way."""
    return render_template("front/accessibility.html")
