"""Inviting a person of a partner organisation: mail, link, spoken code and a ready text; again, and withdrawing."""

from typing import TYPE_CHECKING

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from portal import clock
from portal.domain.organisation import OrganisationKind
from portal.domain.policy import Action, Role
from portal.extensions import session
from portal.queries import invitations as reading
from portal.queries import organisations
from portal.services import invitations
from portal.services.invitations import Invitee, Sent
from portal.services.teams import GIVEN
from portal.web import guard, invitation_rows
from portal.web.access import office
from portal.web.filters import label
from portal.web.forms.account import InviteForm
from portal.web.forms.outcome import attempt

if TYPE_CHECKING:
    from portal.models import Organisation

blueprint = Blueprint("invitations", __name__, url_prefix="/mitra/<code>/undang")

Answer = str | Response | tuple[str, int]


def _form(organisation: "Organisation") -> InviteForm:
    form = InviteForm()
    boards = (Role.UMBRELLA_READER,) if organisation.kind is OrganisationKind.ASSOCIATION else ()
    form.role.choices = [SelectChoice(role, label(role)) for role in (*GIVEN, *boards)]
    return form


def _base_url() -> str:
    return str(current_app.config["SETTINGS"].base_url)


def _invite(form: InviteForm, organisation: "Organisation") -> Sent:
    return invitations.invite(
        session(),
        organisation,
        Invitee(email=form.email.data, name=form.name.data, role=Role(form.role.data), phone=form.phone.data),
        base_url=_base_url(),
        actor=guard.actor(),
        now=clock.now(),
    )


def _shown(organisation: "Organisation", told: Sent) -> str:
    return render_template("staff/invitations/send.html", organisation=organisation, sent=invitation_rows.sent(told))


@blueprint.get("")
@office(Action.INVITE_PARTNER)
def create(code: str) -> str:
    """Ask whom to invite."""
    organisation = organisations.get(session(), code)
    return render_template("staff/invitations/create.html", form=_form(organisation), organisation=organisation)


@blueprint.post("")
@office(Action.INVITE_PARTNER)
def send(code: str) -> Answer:
    """Send the invitation and show link, code and the text for WhatsApp, this once."""
    organisation = organisations.get(session(), code)
    form = _form(organisation)
    told = form.validate_on_submit() and attempt(form, lambda: _invite(form, organisation))
    if not told:
        return render_template("staff/invitations/create.html", form=form, organisation=organisation), 422
    return _shown(organisation, told)


@blueprint.post("/<int:number>/lagi")
@office(Action.INVITE_PARTNER)
def send_again(code: str, number: int) -> Answer:
    """Send an invitation again, with a new link and code."""
    organisation = organisations.get(session(), code)
    row = reading.get_of(session(), organisation.id, number)
    told = invitations.send_again(session(), row, base_url=_base_url(), actor=guard.actor(), now=clock.now())
    return _shown(organisation, told)


@blueprint.route("/<int:number>/batal", methods=["GET", "POST"])
@office(Action.INVITE_PARTNER)
def withdraw(code: str, number: int) -> Answer:
    """Withdraw an invitation, after the page that says what follows."""
    organisation = organisations.get(session(), code)
    row = reading.get_of(session(), organisation.id, number)
    if request.method == "GET":
        return render_template("staff/invitations/withdraw.html", organisation=organisation, invitation=row)
    invitations.withdraw(session(), row, actor=guard.actor(), now=clock.now())
    flash(_("Undangan untuk %(name)s dibatalkan.", name=row.name))
    return redirect(url_for("staff.organisations.show", code=code, _anchor="akun"), 303)
