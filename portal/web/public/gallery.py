"""The gallery: every component in every state with fixed example values. Shown in demonstrations and tests only."""

from flask import Blueprint, render_template

from portal.web.access import public
from portal.web.public.gallery_examples import examples

blueprint = Blueprint("gallery", __name__)


@blueprint.get("/komponen")
@public
def index() -> str:
    """Show the gallery of components."""
    return render_template("public/gallery/index.html", **examples())
