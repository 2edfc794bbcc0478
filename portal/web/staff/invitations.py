"""Inviting a person of a partner organisation: a mail goes out, and a text to copy into WhatsApp is shown."""

from typing import TYPE_CHECKING

from flask import Blueprint, current_app, render_template
from flask_babel import gettext as _

from portal import clock
from portal.domain.policy import Action, Role
from portal.domain.wording import label
from portal.extensions import session
from portal.queries import organisations
from portal.services import accounts
from portal.services.accounts import Invitee
from portal.web import guard
from portal.web.access import office
from portal.web.forms.account import InviteForm
from portal.web.forms.outcome import attempt

if TYPE_CHECKING:
    from portal.models import Organisation

blueprint = Blueprint("invitations", __name__, url_prefix="/mitra/<code>/undang")


def _form() -> InviteForm:
    form = InviteForm()
    form.role.choices = [(role, _(label(Role(role)))) for role in InviteForm.ROLES]
    return form


def _invite(form: InviteForm, organisation: "Organisation") -> str:
    return accounts.invite(
        session(),
        organisation,
        Invitee(email=form.email.data, name=form.name.data, role=Role(form.role.data)),
        base_url=current_app.config["SETTINGS"].base_url,
        actor=guard.actor(),
        now=clock.now(),
    )


@blueprint.get("")
@office(Action.INVITE_PARTNER)
def create(code: str) -> str:
    """Ask whom to invite."""
    organisation = organisations.get(session(), code)
    return render_template("staff/invitations/create.html", form=_form(), organisation=organisation)


@blueprint.post("")
@office(Action.INVITE_PARTNER)
def send(code: str) -> str | tuple[str, int]:
    """Send the invitation and show the text for WhatsApp."""
    organisation, form = organisations.get(session(), code), _form()
    link = form.validate_on_submit() and attempt(form, lambda: _invite(form, organisation))
    if not link:
        return render_template("staff/invitations/create.html", form=form, organisation=organisation), 422
    return render_template("staff/invitations/send.html", organisation=organisation, link=link, form=form)
