"""Giving, correcting and ending a person's roles, each with period and basis (design: ux W13)."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.dates import office_date
from portal.domain.policy import PARTNER_ROLES, STAFF_ROLES, Action, Role
from portal.domain.user_role import read_basis
from portal.extensions import session
from portal.queries import users as reading
from portal.services import user_roles
from portal.web import guard
from portal.web.access import office, when_sent
from portal.web.filters import label
from portal.web.forms.outcome import attempt
from portal.web.forms.user import Pairs, RoleForm

if TYPE_CHECKING:
    from portal.models import Account

blueprint = Blueprint("user_roles", __name__, url_prefix="/kelola/pengguna/<int:number>/peran")

Answer = str | Response | tuple[str, int]


def _stamp() -> dict[str, Any]:
    return {"actor": guard.actor(), "now": clock.now()}


def _offered(form: RoleForm, account: "Account") -> RoleForm:
    allowed = STAFF_ROLES if account.organisation.is_ours else PARTNER_ROLES
    units: Pairs = [(unit.code, unit.name) for unit in reading.list_units(session())]
    home = account.organisation
    return form.offer(
        [(role.value, label(role)) for role in Role if role in allowed],
        units if home.is_ours else [(home.code, home.name)],
    )


@blueprint.route("/baru", methods=["GET", "POST"])
@office(Action.MANAGE_ACCOUNTS, proof=when_sent)
def create(number: int) -> Answer:
    """Give a person a role."""
    account = reading.get(session(), number)
    begin = {"unit": account.organisation.code, "starts_on": office_date(clock.now())}
    form = _offered(RoleForm(data=begin) if request.method == "GET" else RoleForm(), account)
    if form.validate_on_submit() and attempt(form, lambda: _given(number, form)):
        flash(_("Peran diberikan."))
        return redirect(url_for("staff.users.show", number=number), 303)
    answer = render_template("staff/user_roles/edit.html", form=form, account=reading.get(session(), number), role=None)
    return (answer, 422) if request.method == "POST" else answer


def _given(number: int, form: RoleForm) -> bool:
    account = reading.get(session(), number)
    unit = reading.get_unit(session(), form.unit.data) if account.organisation.is_ours else None
    user_roles.give(session(), account, form.term(), unit=unit, **_stamp())
    return True


@blueprint.route("/<int:role_id>", methods=["GET", "POST"])
@office(Action.MANAGE_ACCOUNTS, proof=when_sent)
def edit(number: int, role_id: int) -> Answer:
    """Correct period and basis of a role; ending it at once is a button of the same page."""
    account, row = reading.get(session(), number), reading.get_role(session(), number, role_id)
    tenure, letter = read_basis(row.basis)
    begin = {"tenure": tenure, "letter": letter, "starts_on": row.starts_on, "ends_on": row.ends_on}
    form = _offered(RoleForm(data=begin) if request.method == "GET" else RoleForm(), account)
    if form.validate_on_submit() and attempt(form, lambda: _corrected(number, role_id, form)):
        flash(_("Peran dibetulkan."))
        return redirect(url_for("staff.users.show", number=number), 303)
    shown = {"account": reading.get(session(), number), "role": reading.get_role(session(), number, role_id)}
    answer = render_template("staff/user_roles/edit.html", form=form, **shown)
    return (answer, 422) if request.method == "POST" else answer


def _corrected(number: int, role_id: int, form: RoleForm) -> bool:
    account, row = reading.get(session(), number), reading.get_role(session(), number, role_id)
    user_roles.correct(session(), account, row, form.term(row.role), **_stamp())
    return True


@blueprint.post("/<int:role_id>/akhiri")
@office(Action.MANAGE_ACCOUNTS, proof=when_sent)
def end(number: int, role_id: int) -> Response:
    """End a role at once."""
    account, row = reading.get(session(), number), reading.get_role(session(), number, role_id)
    user_roles.end(session(), account, row, **_stamp())
    flash(_("Peran diakhiri. Mulai sekarang tidak membuka apa pun."))
    return redirect(url_for("staff.users.show", number=number), 303)
