"""Inviting a person of the ministry: mail, link, spoken code and a ready text; again, and withdrawing."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from portal import clock
from portal.domain.policy import STAFF_ROLES, Action, Role
from portal.extensions import session
from portal.queries import users as reading
from portal.services import invitations
from portal.services.invitations import Invitee, Sent
from portal.web import guard, invitation_rows
from portal.web.access import office
from portal.web.filters import label
from portal.web.forms.outcome import attempt
from portal.web.forms.user import InviteStaffForm

blueprint = Blueprint("user_invitations", __name__, url_prefix="/kelola/undangan")

Answer = str | Response | tuple[str, int]


def _form() -> InviteStaffForm:
    form = InviteStaffForm()
    form.role.choices = [SelectChoice(role, label(role)) for role in Role if role in STAFF_ROLES]
    form.unit.choices = [SelectChoice(unit.code, unit.name) for unit in reading.list_units(session())]
    return form


def _base_url() -> str:
    return str(current_app.config["SETTINGS"].base_url)


def _invite(form: InviteStaffForm) -> Sent:
    return invitations.invite_staff(
        session(),
        reading.get_unit(session(), form.unit.data),
        Invitee(email=form.email.data, name=form.name.data, role=Role(form.role.data), phone=form.phone.data),
        base_url=_base_url(),
        actor=guard.actor(),
        now=clock.now(),
    )


def _shown(told: Sent) -> str:
    return render_template("staff/user_invitations/send.html", sent=invitation_rows.sent(told))


@blueprint.get("")
@office(Action.MANAGE_ACCOUNTS)
def create() -> str:
    """Ask whom to invite."""
    return render_template("staff/user_invitations/create.html", form=_form())


@blueprint.post("")
@office(Action.MANAGE_ACCOUNTS, proof=True)
def send() -> Answer:
    """Send the invitation and show link, code and the ready text, this once."""
    form = _form()
    told = attempt(form, lambda: _invite(form)) if form.validate_on_submit() else None
    if told:
        return _shown(told)
    return render_template("staff/user_invitations/create.html", form=form), 422


@blueprint.post("/<int:number>/lagi")
@office(Action.MANAGE_ACCOUNTS)
def send_again(number: int) -> Answer:
    """Send an invitation again, with a new link and code."""
    row = reading.get_invited_staff(session(), number)
    stamp: dict[str, Any] = {"base_url": _base_url(), "actor": guard.actor(), "now": clock.now()}
    return _shown(invitations.send_again(session(), row, **stamp))


@blueprint.route("/<int:number>/batal", methods=["GET", "POST"])
@office(Action.MANAGE_ACCOUNTS)
def withdraw(number: int) -> Answer:
    """Withdraw an invitation, after the page that says what follows."""
    row = reading.get_invited_staff(session(), number)
    if request.method == "GET":
        return render_template("staff/user_invitations/withdraw.html", invitation=row)
    invitations.withdraw(session(), row, actor=guard.actor(), now=clock.now())
    flash(_("Undangan untuk %(name)s dibatalkan.", name=row.name))
    return redirect(url_for("staff.users.index", keadaan="diundang"), 303)
