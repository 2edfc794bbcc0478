"""Signing in with mail address and password, staying signed in, signing out."""

from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from flask import session as form_session
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from portal import clock
from portal.extensions import session
from portal.services import accounts
from portal.services import sign_in as sessions
from portal.services.accounts import Browser, SignInOutcome
from portal.web import guard, kept_forms, transaction
from portal.web.access import public, signed_in
from portal.web.addresses import own_path
from portal.web.auth import second_step
from portal.web.auth.pages import blueprint, devices, welcome
from portal.web.filters import datetime_zone
from portal.web.forms.account import SignInForm


def _try(form: SignInForm) -> SignInOutcome:
    browser = Browser(address=request.remote_addr or "", agent=request.user_agent.string, devices=devices())
    with transaction.apart() as extra:
        return accounts.try_sign_in(
            extra,
            email=form.email.data,
            password=form.password.data,
            browser=browser,
            second_step=current_app.config["SETTINGS"].second_step,
            now=clock.now(),
        )


def _refusal(outcome: SignInOutcome) -> str:
    if outcome.is_over:
        return _("Akses akun ini sudah berakhir. Hubungi pengelola lembaga Anda atau petugas Kementerian Sosial.")
    if outcome.is_frozen:
        return _("Akun ini sedang dibekukan. Hubungi petugas Kementerian Sosial untuk membukanya kembali.")
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
    """Sign in and go where the visitor wanted to go, over the code of a mail on a new device."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _page(form), 422
    outcome = _try(form)
    if outcome.step is not None:
        return second_step.ask(outcome.step)
    if outcome.token is None:
        form.form_errors.append(_refusal(outcome))
        return _page(form), 422
    target = own_path(request.args.get("lanjut"), url_for("front.home"))
    return welcome(outcome.token, target, kept=kept_forms.carried())


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
