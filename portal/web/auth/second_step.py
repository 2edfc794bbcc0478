"""The second step: a code of the app, or of a mail on a new device, and then the same place as before."""

from datetime import timedelta

from flask import current_app, flash, redirect, render_template, request, url_for
from flask import session as form_session
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.extensions import session
from portal.services import accounts, second_steps
from portal.services.second_steps import Verified
from portal.web import kept_forms, proving, transaction
from portal.web.access import public
from portal.web.addresses import own_path
from portal.web.auth.pages import blueprint, welcome
from portal.web.filters import datetime_zone
from portal.web.forms.account import CodeForm

STEP = "step"
"""Under this name the browser holds the secret with which its code can be tried."""

Answer = str | Response | tuple[str, int]


def ask(step: str) -> Response | str:
    """Go on to the page of the code; what was sent when the session ended goes with it."""
    form_session[STEP] = step
    if kept_forms.carried():
        return _page(CodeForm(formdata=None))
    return redirect(url_for("auth.code", lanjut=request.args.get("lanjut")), 303)


def _page(form: CodeForm) -> str:
    step = second_steps.waiting(session(), form_session.get(STEP, ""), now=clock.now())
    if step is not None and step.by_app:
        form.code.label.text = _("Kode dari aplikasi")
        action = url_for("auth.code", lanjut=request.args.get("lanjut"))
        return render_template("auth/take_code.html", form=form, kept=kept_forms.still_carried(), action=action)
    settings = current_app.config["SETTINGS"]
    return render_template(
        "auth/code.html",
        form=form,
        kept=kept_forms.still_carried(),
        action=url_for("auth.code", lanjut=request.args.get("lanjut")),
        again=url_for("auth.send_code", lanjut=request.args.get("lanjut")),
        wait_seconds=int(second_steps.RESEND_AFTER.total_seconds()),
        mailbox=url_for("demo_mails.index") if settings.demo and settings.smtp.host is None else None,
    )


def _begin_again() -> Response:
    form_session.pop(STEP, None)
    flash(_("Waktu untuk kode sudah habis. Masuk lagi, lalu pakai kode yang baru."), "warn")
    return redirect(url_for("auth.sign_in", lanjut=request.args.get("lanjut")), 303)


def _refusal(verified: Verified) -> str:
    if verified.locked_until is not None:
        return _("Terlalu banyak percobaan. Coba lagi sesudah %(when)s.", when=datetime_zone(verified.locked_until))
    if verified.tries_left:
        return _("Kode tidak cocok. Masih ada %(n)s kesempatan. Periksa angkanya.", n=verified.tries_left)
    return _("Kode ini tidak berlaku lagi. Tekan Kirim kode baru, lalu pakai kode dari surel terakhir.")


@blueprint.get("/masuk/kode")
@public
def code() -> Answer:
    """Ask for the code of the mail or of the app."""
    step = form_session.get(STEP, "")
    found = second_steps.waiting(session(), step, now=clock.now())
    return _page(CodeForm()) if found is not None else redirect(url_for("auth.sign_in"))


@blueprint.post("/masuk/kode")
@public
def take_code() -> Answer:
    """Let in who typed the right code; the device is known from now on."""
    form = CodeForm()
    if not form.validate_on_submit():
        return _page(form), 422
    token, device, verified = _try(form.code.data)
    if token is not None:
        target = own_path(request.args.get("lanjut"), url_for("front.home"))
        return welcome(token, target, kept=kept_forms.carried(), device=device)
    if verified.is_over and not kept_forms.carried():
        return _begin_again()
    form.code.errors = [_refusal(verified)]
    return _page(form), 422


def _try(typed: str) -> tuple[str | None, str | None, Verified]:
    now = clock.now()
    with transaction.apart() as extra:
        verified = second_steps.verify(extra, form_session.get(STEP, ""), typed, keys=proving.keys(), now=now)
        if verified.account is None:
            return None, None, verified
        device = second_steps.trust(extra, verified.account, now=now)
        token = accounts.open_signed(extra, verified.account, agent=request.user_agent.string, now=now)
    return token, device, verified


@blueprint.post("/masuk/kode/baru")
@public
def send_code() -> Answer:
    """Send another code; the one before is worth nothing."""
    with transaction.apart() as extra:
        sent = second_steps.send_again(extra, form_session.get(STEP, ""), now=clock.now())
    if sent:
        flash(_("Kode baru sedang dikirim. Kode yang lama tidak berlaku lagi."))
    else:
        wait = int(second_steps.RESEND_AFTER / timedelta(seconds=1))
        flash(_("Kode baru belum dapat dikirim. Tunggu %(n)s detik, atau masuk dari awal.", n=wait), "warn")
    if kept_forms.carried():
        return _page(CodeForm(formdata=None))
    return redirect(url_for("auth.code", lanjut=request.args.get("lanjut")), 303)
