"""Indonesian and English: which one a reader gets, and how the domain's sentences are turned into it."""

from flask import Blueprint, Flask, Response, redirect, request
from flask_babel import gettext

from portal.domain.errors import NotFound, PortalError
from portal.domain.wording import rupiah
from portal.web import translating
from portal.web.access import public
from portal.web.addresses import own_path
from portal.web.guard import signed_in

LANGUAGES = ("id", "en")
COOKIE = "bahasa"
ONE_YEAR_SECONDS = 365 * 24 * 3600

blueprint = Blueprint("languages", __name__)


def current() -> str:
    """Return the language of this reader: the chosen one, the account's, or Indonesian."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    signed = signed_in()
    return signed.language if signed and signed.language in LANGUAGES else "id"


def sentence(error: PortalError) -> str:
    """Return a refusal of the domain in the reader's language."""
    return str(gettext(error.message or "Permintaan ditolak.", **dict(error.values)))


@blueprint.get("/bahasa/<language>")
@public
def choose(language: str) -> Response:
    """Remember the language in a cookie and go back to where the reader was."""
    if language not in LANGUAGES:
        raise NotFound
    answer = redirect(own_path(request.args.get("kembali"), "/"))
    answer.set_cookie(
        COOKIE, language, max_age=ONE_YEAR_SECONDS, samesite="Lax", httponly=True, secure=request.is_secure
    )
    assert isinstance(answer, Response)  # noqa: S101 (narrows Werkzeug's type to Flask's)
    return answer


def register(app: Flask) -> None:
    """Let Babel ask `current`, and open the page that changes the language."""
    translating.register(app, current)
    app.register_blueprint(blueprint)
    app.jinja_env.globals["rupiah"] = rupiah
