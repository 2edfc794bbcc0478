"""A new password for who forgot it. The answer is the same whether the address is known or not."""

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.extensions import session
from portal.services import password_resets
from portal.web import transaction
from portal.web.access import public
from portal.web.auth.pages import blueprint
from portal.web.forms.account import ForgottenForm, NewPasswordForm
from portal.web.forms.outcome import attempt

if TYPE_CHECKING:
    from portal.models import PasswordReset

Answer = str | Response | tuple[str, int]


@blueprint.get("/lupa-sandi")
@public
def forgotten() -> str:
    """Ask for the address of the account."""
    return render_template("auth/forgotten.html", form=ForgottenForm())


@blueprint.post("/lupa-sandi")
@public
def ask_link() -> Answer:
    """Take the address down; the worker sends a link if it is known."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return render_template("auth/forgotten.html", form=form), 422
    with transaction.apart() as extra:
        taken = password_resets.ask(extra, email=form.email.data, address=request.remote_addr or "", now=clock.now())
    if not taken:
        form.form_errors.append(_("Permintaan ini sudah terlalu sering. Tunggu satu jam, lalu coba lagi."))
        return render_template("auth/forgotten.html", form=form), 422
    settings = current_app.config["SETTINGS"]
    mailbox = url_for("demo_mails.index") if settings.demo and settings.smtp.host is None else None
    return render_template("auth/ask_link.html", email=form.email.data, mailbox=mailbox)


def _page(form: NewPasswordForm, token: str) -> str:
    is_open = password_resets.is_open(password_resets.get(session(), token), now=clock.now())
    return render_template("auth/new_password.html", form=form, is_open=is_open)


@blueprint.get("/sandi-baru/<token>")
@public
def new_password(token: str) -> str:
    """Ask for the new password; opening the link changes nothing."""
    return _page(NewPasswordForm(), token)


@blueprint.post("/sandi-baru/<token>")
@public
def set_password(token: str) -> Answer:
    """Set the new password; whoever was signed in with the old one is out."""
    form = NewPasswordForm()
    row = password_resets.get(session(), token)
    done = form.validate_on_submit() and attempt(form, lambda: _set(row, form))
    if not done:
        return _page(form, token), 422
    flash(_("Kata sandi baru sudah tersimpan. Masuklah dengan kata sandi itu."))
    return redirect(url_for("auth.sign_in"), 303)


def _set(row: "PasswordReset", form: NewPasswordForm) -> bool:
    password_resets.set_password(session(), row, password=form.password.data or "", now=clock.now())
    return True
