"""One's own account, for the office and for partners alike: password, and the devices on which one is signed in."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.extensions import session
from portal.queries import own_account as reading
from portal.services import password_resets, proofs, users
from portal.web import guard, transaction
from portal.web.access import signed_in
from portal.web.auth import proof
from portal.web.filters import datetime_zone, label
from portal.web.forms.account import ChangePasswordForm
from portal.web.forms.outcome import attempt

if TYPE_CHECKING:
    from portal.models import SignInSession

blueprint = Blueprint("own_account", __name__, url_prefix="/akun")

Answer = str | Response | tuple[str, int]

_SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "Mac"}
_PROGRAMS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}


def _account_id() -> int:
    return guard.actor().account_id or 0


def _session_id() -> int:
    signed = guard.signed_in()
    return signed.session_id if signed else 0


def device(agent: str | None) -> str:
    """Return what a browser calls itself in words that people know, e.g. "Chrome, Android"."""
    said = agent or ""
    words = [next((word for sign, word in known.items() if sign in said), "") for known in (_PROGRAMS, _SYSTEMS)]
    return ", ".join(word for word in words if word) or str(_("Perangkat tanpa nama"))


def _line(row: "SignInSession") -> dict[str, Any]:
    return {
        "id": row.id,
        "device": device(row.agent),
        "used": datetime_zone(row.used_at),
        "is_this": row.id == _session_id(),
    }


def _page(form: ChangePasswordForm) -> str:
    account = reading.get(session(), _account_id())
    rows = [_line(row) for row in reading.list_sessions(session(), account.id, now=clock.now())]
    return render_template(
        "own_account/show.html",
        form=form,
        account=account,
        roles=", ".join(label(role) for role in sorted(guard.actor().roles)),
        rows=rows,
        others=any(not row["is_this"] for row in rows),
        has_app=bool((signed := guard.signed_in()) and signed.has_app),
    )


@blueprint.get("")
@signed_in
def show() -> str:
    """Show who one is, and the devices on which one is signed in."""
    return _page(ChangePasswordForm())


@blueprint.post("/sandi")
@signed_in
def change_password() -> Answer:
    """Change the password; every other device is out."""
    form = ChangePasswordForm()
    if not (form.validate_on_submit() and _may_try(form) and attempt(form, lambda: _change(form))):
        return _page(form), 422
    flash(_("Kata sandi diganti. Perangkat lain sudah dikeluarkan."))
    return redirect(url_for("own_account.show"), 303)


def _may_try(form: ChangePasswordForm) -> bool:
    """Count a wrong old password as at sign-in, so that it cannot be guessed from an open page."""
    with transaction.apart() as extra:
        tried = proofs.knows_password(extra, _account_id(), form.old.data or "", now=clock.now())
    if tried.locked_until is not None:
        form.old.errors = [proof.refusal(tried, by_app=False)]
    return tried.locked_until is None


def _change(form: ChangePasswordForm) -> bool:
    password_resets.change(
        session(),
        reading.get(session(), _account_id()),
        old=form.old.data or "",
        new=form.password.data or "",
        keep_session=_session_id(),
        now=clock.now(),
    )
    return True


@blueprint.post("/perangkat/<int:number>/keluarkan")
@signed_in
def end_session(number: int) -> Response:
    """End one session of one's own."""
    row = reading.get_session(session(), _account_id(), number)
    account = reading.get(session(), _account_id())
    users.end_own_session(session(), account, row, actor=guard.actor(), now=clock.now())
    flash(_("Perangkat dikeluarkan."))
    return redirect(url_for("own_account.show"), 303)


@blueprint.post("/perangkat/keluarkan-semua")
@signed_in
def end_others() -> Response:
    """End every session of one's own but this one."""
    account = reading.get(session(), _account_id())
    users.end_other_sessions(session(), account, but=_session_id(), actor=guard.actor(), now=clock.now())
    flash(_("Semua perangkat lain dikeluarkan."))
    return redirect(url_for("own_account.show"), 303)
