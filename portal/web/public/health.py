"""Whether the portal answers: one word for whoever watches the server."""

from flask import Blueprint

from portal.extensions import session
from portal.queries import accounts
from portal.web.access import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/sehat")
@public
def show() -> tuple[str, int, dict[str, str]]:
    """Answer `baik` when the database can be read."""
    accounts.can_read(session())
    return "baik\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
