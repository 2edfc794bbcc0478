"""One's own authenticator app: set up with its first code, recovery codes shown once, taken away again."""

from typing import TYPE_CHECKING

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal import clock
from portal.documents import qr
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.extensions import session
from portal.queries import own_account as reading
from portal.services import authenticators
from portal.web import guard, proving
from portal.web.access import signed_in, signed_in_anew
from portal.web.filters import datetime_zone
from portal.web.forms.account import AppCodeForm
from portal.web.forms.outcome import attempt

if TYPE_CHECKING:
    from portal.models import Account, Authenticator

blueprint = Blueprint("own_authenticator", __name__, url_prefix="/akun/aplikasi")

Answer = str | Response | tuple[str, int]


def _account() -> "Account":
    return reading.get(session(), guard.actor().account_id or 0)


def is_required() -> bool:
    """Return whether the person behind this request must have an app."""
    return guard.actor().is_staff and current_app.config["SETTINGS"].authenticator == "required"


def _setting_up(account: "Account", row: "Authenticator | None") -> dict[str, object] | None:
    """Return what an app that is being set up reads: the picture and the same as text."""
    if row is None or row.next_secret is None:
        return None
    text = authenticators.text_key(row, key=proving.keys()[0])
    grouped = " ".join(text[start : start + 4] for start in range(0, len(text), 4))
    return {"picture": Markup(qr.svg(authenticators.address(account, text))), "text": grouped}  # noqa: S704 (our SVG)


def _page(form: AppCodeForm) -> str:
    account = _account()
    row = authenticators.find(session(), account.id)
    since = row.confirmed_at if row is not None and row.secret is not None else None
    return render_template(
        "own_authenticator/show.html",
        form=form,
        new=_setting_up(account, row),
        since=datetime_zone(since) if since else None,
        left=authenticators.codes_left(session(), account.id),
        is_required=is_required(),
        lacks_app=bool((signed := guard.signed_in()) and proving.lacks_app(signed)),
    )


@blueprint.get("")
@signed_in
def show() -> str:
    """Show whether there is an app, and what one that is being set up reads."""
    return _page(AppCodeForm())


@blueprint.post("")
@signed_in_anew
def begin() -> Response:
    """Begin to set up an app, also in place of another one."""
    authenticators.begin(session(), _account(), key=proving.keys()[0])
    return redirect(url_for("own_authenticator.show"), 303)


@blueprint.post("/pasang")
@signed_in
def confirm() -> Answer:
    """Take the first code of the app; the recovery codes stand on the answer and nowhere else."""
    form = AppCodeForm()
    codes = form.validate_on_submit() and attempt(form, lambda: _confirm(form))
    return render_template("own_authenticator/recover.html", codes=codes) if codes else (_page(form), 422)


def _confirm(form: AppCodeForm) -> list[str]:
    now = clock.now()
    return authenticators.confirm(session(), _account(), form.code.data or "", key=proving.keys()[0], now=now)


@blueprint.post("/cadangan")
@signed_in_anew
def recover() -> str:
    """Make new recovery codes; the ones before are worth nothing."""
    codes = authenticators.new_codes(session(), _account(), now=clock.now())
    return render_template("own_authenticator/recover.html", codes=codes)


@blueprint.post("/lepas")
@signed_in_anew
def remove() -> Response:
    """Take the app away, where nobody has to have one."""
    if is_required():
        raise RuleBroken(N_("Peran Anda harus memakai aplikasi. Pasang telepon baru sebagai gantinya."))
    authenticators.remove(session(), _account(), now=clock.now())
    flash(_("Aplikasi dilepas."))
    return redirect(url_for("own_account.show"), 303)
