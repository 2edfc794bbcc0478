"""The team of a partner: who is in, who is invited, roles, and ending access with handing over."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from portal import clock
from portal.domain.dates import office_date
from portal.domain.policy import Action, Role, may
from portal.extensions import session
from portal.queries import invitations as invited
from portal.queries import teams as reading
from portal.services import invitations, teams
from portal.services.invitations import Invitee, Sent
from portal.web import guard, invitation_rows
from portal.web.access import partner
from portal.web.filters import label
from portal.web.forms.account import InviteForm
from portal.web.forms.outcome import attempt
from portal.web.forms.team import EndAccessForm, RolesForm
from portal.web.partner import team_rows

if TYPE_CHECKING:
    from portal.models import Account

blueprint = Blueprint("team", __name__, url_prefix="/tim")

Answer = str | Response | tuple[str, int]


def _stamp() -> dict[str, Any]:
    return {"actor": guard.actor(), "now": clock.now()}


def _base_url() -> str:
    return str(current_app.config["SETTINGS"].base_url)


@blueprint.get("")
@partner()
def index() -> str:
    """List the people of the own organisation, and who is invited."""
    own, now = guard.own_organisation_id(), clock.now()
    people = reading.list_people(session(), own, today=office_date(now))
    verdict = may(guard.actor(), Action.MANAGE_TEAM)
    return render_template(
        "partner/team/index.html",
        people=[team_rows.line(row) for row in people if row.roles],
        former=[team_rows.line(row) for row in people if not row.roles],
        invited=[invitation_rows.waiting(row) for row in invited.list_waiting(session(), own, now=now)],
        may_manage=bool(verdict),
        reason=_(verdict.reason) if verdict.reason else "",
    )


def _invite_form() -> InviteForm:
    form = InviteForm()
    form.role.choices = [SelectChoice(role, label(role)) for role in teams.GIVEN]
    return form


def _invite(form: InviteForm) -> Sent:
    own = reading.organisation(session(), guard.own_organisation_id())
    invitee = Invitee(email=form.email.data, name=form.name.data, role=Role(form.role.data), phone=form.phone.data)
    return invitations.invite(session(), own, invitee, base_url=_base_url(), **_stamp())


@blueprint.get("/undang")
@partner(Action.INVITE_PARTNER)
def invite() -> str:
    """Ask whom to invite."""
    return render_template("partner/team/invite.html", form=_invite_form(), roles=team_rows.explained())


@blueprint.post("/undang")
@partner(Action.INVITE_PARTNER)
def send() -> Answer:
    """Send the invitation and show link, code and ready text, this once."""
    form = _invite_form()
    told = form.validate_on_submit() and attempt(form, lambda: _invite(form))
    if not told:
        return render_template("partner/team/invite.html", form=form, roles=team_rows.explained()), 422
    return render_template("partner/team/send.html", sent=invitation_rows.sent(told))


@blueprint.post("/undangan/<int:number>/lagi")
@partner(Action.INVITE_PARTNER)
def send_again(number: int) -> str:
    """Send an invitation again, with a new link and code."""
    row = invited.get_of(session(), guard.own_organisation_id(), number)
    told = invitations.send_again(session(), row, base_url=_base_url(), **_stamp())
    return render_template("partner/team/send.html", sent=invitation_rows.sent(told))


@blueprint.route("/undangan/<int:number>/batal", methods=["GET", "POST"])
@partner(Action.INVITE_PARTNER)
def withdraw(number: int) -> Answer:
    """Withdraw an invitation, after the page that says what follows."""
    row = invited.get_of(session(), guard.own_organisation_id(), number)
    if request.method == "GET":
        return render_template("partner/team/withdraw.html", invitation=row)
    invitations.withdraw(session(), row, **_stamp())
    flash(_("Undangan untuk %(name)s dibatalkan.", name=row.name))
    return redirect(url_for("partner.team.index"), 303)


def _person(number: int) -> "Account":
    return reading.get_account(session(), guard.own_organisation_id(), number)


def _roles_page(form: RolesForm, number: int) -> str:
    person = reading.get_person(session(), guard.own_organisation_id(), number, today=office_date(clock.now()))
    chosen = form.roles.data if form.is_submitted() else person.roles
    return render_template(
        "partner/team/roles.html",
        form=form,
        person=team_rows.line(person),
        choices=team_rows.choices(chosen or ()),
        roles=team_rows.explained(),
    )


def _roles_form() -> RolesForm:
    form = RolesForm()
    form.roles.choices = [SelectChoice(role, label(role)) for role in teams.GIVEN]
    return form


@blueprint.route("/<int:number>", methods=["GET", "POST"])
@partner(Action.MANAGE_TEAM, proof=True)
def roles(number: int) -> Answer:
    """Show and change the roles of one person."""
    form = _roles_form()
    if request.method == "GET":
        return _roles_page(form, number)
    if not (form.validate() and attempt(form, lambda: _set_roles(number, form))):
        return _roles_page(form, number), 422
    flash(_("Peran tersimpan."))
    return redirect(url_for("partner.team.index"), 303)


def _set_roles(number: int, form: RolesForm) -> bool:
    teams.set_roles(session(), _person(number), form.roles.data or (), **_stamp())
    return True


def _end_form(number: int) -> EndAccessForm:
    form = EndAccessForm()
    people = reading.list_people(session(), guard.own_organisation_id(), today=office_date(clock.now()))
    others = [SelectChoice(str(one.id), one.name) for one in people if one.roles and one.id != number]
    form.successor.choices = [SelectChoice("", _("Tidak ada")), *others]
    return form


@blueprint.route("/<int:number>/keluar", methods=["GET", "POST"])
@partner(Action.MANAGE_TEAM, proof=True)
def end_access(number: int) -> Answer:
    """End somebody's access, after the page that says what follows and who takes over."""
    form, person = _end_form(number), _person(number)
    if request.method == "GET":
        return render_template("partner/team/end_access.html", form=form, person=person)
    if not (form.validate() and attempt(form, lambda: _end(number, form))):
        return render_template("partner/team/end_access.html", form=form, person=_person(number)), 422
    flash(_("Akses sudah diakhiri."))
    return redirect(url_for("partner.team.index"), 303)


def _end(number: int, form: EndAccessForm) -> bool:
    successor = _person(int(form.successor.data)) if form.successor.data else None
    teams.end_access(session(), _person(number), successor=successor, **_stamp())
    return True
