"""Signing in and out, and accepting an invitation. Opening a link changes nothing; a button does."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as form_session
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from portal import clock
from portal.extensions import session
from portal.queries import accounts as account_queries
from portal.services import accounts
from portal.services import sign_in as sessions
from portal.services.accounts import SignInOutcome
from portal.web import guard, kept_forms, transaction
from portal.web.access import public, signed_in
from portal.web.addresses import own_path
from portal.web.filters import datetime_zone
from portal.web.forms.account import InvitationForm, SignInForm
from portal.web.forms.outcome import attempt

blueprint = Blueprint("auth", __name__)


def _welcome(token: str, target: str, kept: kept_forms.Pairs | None = None) -> Response:
    form_session.clear()
    answer = kept_forms.again_page(kept, back=target) if kept else redirect(target)
    answer.set_cookie(
        guard.cookie_name(), token, httponly=True, samesite="Lax", secure=guard.cookie_is_secure(), path="/"
    )
    return answer


def _try(form: SignInForm) -> SignInOutcome:
    with transaction.apart() as extra:
        return accounts.try_sign_in(
            extra,
            email=form.email.data,
            password=form.password.data,
            address=request.remote_addr or "",
            agent=request.user_agent.string,
            now=clock.now(),
        )


def _refusal(outcome: SignInOutcome) -> str:
    if outcome.locked_until is not None:
        return _("Terlalu banyak percobaan. Coba lagi sesudah %(when)s.", when=datetime_zone(outcome.locked_until))
    return _("Surel atau kata sandi tidak cocok. Periksa keduanya lalu coba lagi.")


def _page(form: SignInForm) -> str:
    here = request.full_path.rstrip("?")
    return render_template("auth/sign_in.html", form=form, kept=kept_forms.still_carried(), action=here)


@blueprint.app_errorhandler(kept_forms.SessionEnded)
def session_ended(ended: kept_forms.SessionEnded) -> tuple[str, int]:
    """Ask to sign in first; the form carries what was sent."""
    kept, action = kept_forms.under_other_names(ended.pairs), url_for("auth.sign_in", lanjut=ended.back)
    return render_template("auth/sign_in.html", form=SignInForm(formdata=None), kept=kept, action=action), 401


@blueprint.get("/masuk")
@public
def sign_in() -> str | Response:
    """Show the sign-in form, or go on when already signed in."""
    if guard.signed_in() is not None:
        return redirect(own_path(request.args.get("lanjut"), url_for("front.home")))
    return _page(SignInForm())


@blueprint.post("/masuk")
@public
def open_session() -> str | Response | tuple[str, int]:
    """Sign in and go where the visitor wanted to go."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _page(form), 422
    outcome = _try(form)
    if outcome.token is None:
        form.form_errors.append(_refusal(outcome))
        return _page(form), 422
    target = own_path(request.args.get("lanjut"), url_for("front.home"))
    return _welcome(outcome.token, target, kept_forms.carried())


@blueprint.get("/sesi")
@signed_in
def stay() -> dict[str, Any]:
    """Keep the session of an open page: asking is using it. Forms opened before a new sign-in get its token."""
    signed = guard.signed_in()
    most = int((signed.expires_at - clock.now()).total_seconds()) if signed else 0
    return {"account": guard.actor().account_id, "token": generate_csrf(), "most": most}


@blueprint.post("/keluar")
@signed_in
def sign_out() -> Response:
    """End this session; its cookie is worth nothing from now on."""
    signed = guard.signed_in()
    if signed is not None:
        sessions.end(session(), signed.session_id, now=clock.now())
    form_session.clear()
    answer = redirect(url_for("auth.sign_in"))
    answer.delete_cookie(guard.cookie_name(), path="/", httponly=True, secure=guard.cookie_is_secure())
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@blueprint.get("/undangan/<token>")
@public
def invitation(token: str) -> str:
    """Show who invites and to what; opening the link changes nothing."""
    found = account_queries.invitation(session(), token, now=clock.now())
    return render_template("auth/invitation.html", form=InvitationForm(name=found.name), invitation=found, token=token)


@blueprint.post("/undangan/<token>")
@public
def accept_invitation(token: str) -> str | Response | tuple[str, int]:
    """Make the account, sign the person in and go home."""
    form, now = InvitationForm(), clock.now()
    account = form.validate_on_submit() and attempt(
        form,
        lambda: accounts.accept_invitation(
            session(), token, name=form.name.data, phone=form.phone.data, password=form.password.data, now=now
        ),
    )
    if not account:
        found = account_queries.invitation(session(), token, now=now)
        return render_template("auth/invitation.html", form=form, invitation=found, token=token), 422
    flash(_("Akun Anda sudah siap. Selamat datang."))
    return _welcome(
        sessions.open_session(session(), account, agent=request.user_agent.string, now=now), url_for("front.home")
    )
