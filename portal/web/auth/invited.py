"""An invitation, opened by the link of a mail or by a code that was told; its button makes the account."""

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, request, url_for
from flask import session as form_session
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.extensions import session
from portal.queries import invitations as reading
from portal.services import invitations, second_steps
from portal.services import sign_in as sessions
from portal.services.invitations import Heard
from portal.web import transaction
from portal.web.access import public
from portal.web.auth.pages import blueprint, welcome
from portal.web.filters import datetime_zone
from portal.web.forms.account import InvitationForm, SpokenCodeForm
from portal.web.forms.outcome import attempt

if TYPE_CHECKING:
    from portal.models import Invitation

BY_CODE = "kode"
"""Stands in the address in place of a secret: the code is held by the browser and never in an address."""

Answer = str | Response | tuple[str, int]


def _found(token: str) -> "Invitation":
    if token == BY_CODE:
        return invitations.get_by_code(session(), form_session.get(BY_CODE, ""))
    return invitations.get(session(), token)


def _page(form: InvitationForm | None, token: str) -> str:
    row = reading.show(session(), _found(token), now=clock.now())
    form = form or InvitationForm(data={"name": row.name, "phone": row.phone})
    return render_template("auth/invitation.html", form=form, invitation=row, token=token)


@blueprint.get("/undangan")
@public
def spoken() -> str:
    """Ask for the code that was told by telephone."""
    return render_template("auth/spoken.html", form=SpokenCodeForm())


@blueprint.post("/undangan")
@public
def hear() -> Answer:
    """Open the invitation of a code; wrong ones are counted."""
    form = SpokenCodeForm()
    if not form.validate_on_submit():
        return render_template("auth/spoken.html", form=form), 422
    with transaction.apart() as extra:
        heard = invitations.hear(extra, form.code.data, address=request.remote_addr or "", now=clock.now())
    if not heard.is_right:
        form.code.errors = [_refusal(heard)]
        return render_template("auth/spoken.html", form=form), 422
    form_session[BY_CODE] = form.code.data
    return redirect(url_for("auth.invitation", token=BY_CODE), 303)


def _refusal(heard: Heard) -> str:
    if heard.wait_until is not None:
        return _("Terlalu banyak percobaan. Coba lagi sesudah %(when)s.", when=datetime_zone(heard.wait_until))
    return _("Kode ini tidak kami kenal. Periksa hurufnya, atau minta kode baru kepada yang mengundang.")


@blueprint.get("/undangan/<token>")
@public
def invitation(token: str) -> str:
    """Show who invites and to what; opening the link changes nothing."""
    return _page(None, token)


@blueprint.post("/undangan/<token>")
@public
def accept_invitation(token: str) -> Answer:
    """Make the account, sign the person in on a device that is known from now on, and go home."""
    form, now = InvitationForm(), clock.now()
    told = {"name": form.name.data, "phone": form.phone.data, "password": form.password.data, "now": now}
    account = form.validate_on_submit() and attempt(form, lambda: invitations.accept(session(), _found(token), **told))
    if not account:
        return _page(form, token), 422
    flash(_("Akun Anda sudah siap. Selamat datang."))
    opened = sessions.open_session(session(), account, agent=request.user_agent.string, now=now)
    return welcome(opened, url_for("front.home"), device=second_steps.trust(session(), account, now=now))


@blueprint.post("/undangan/<token>/baru")
@public
def ask_again(token: str) -> Response:
    """Tell who invited that a new invitation is wanted."""
    unit_mailbox = current_app.config["SETTINGS"].unit_mailbox
    if invitations.ask_again(session(), _found(token), unit_mailbox=unit_mailbox, now=clock.now()):
        flash(_("Permintaan Anda sudah dikirim. Undangan baru datang lewat surel."))
    else:
        flash(_("Permintaan Anda hari ini sudah kami terima. Tunggu surel undangan baru."), "info")
    return redirect(url_for("auth.invitation", token=token), 303)
