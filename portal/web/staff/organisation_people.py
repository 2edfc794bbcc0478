"""The people of an organisation: recording who holds an office and whom to call."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import organisations as reading
from portal.services import organisation_people
from portal.web import guard
from portal.web.access import office
from portal.web.forms.organisation import ContactForm, HolderForm
from portal.web.forms.outcome import attempt

blueprint = Blueprint("organisation_people", __name__, url_prefix="/mitra/<code>")

Answer = str | Response | tuple[str, int]


def _stamp() -> dict[str, Any]:
    return {"actor": guard.actor(), "now": clock.now()}


def _back(code: str, anchor: str) -> Response:
    return redirect(url_for("staff.organisations.show", code=code, _anchor=anchor), 303)


def _page(page: str, code: str, form: Any) -> Answer:
    row = reading.get(session(), code)
    answer = render_template(f"staff/organisation_people/{page}.html", form=form, organisation=row)
    return (answer, 422) if request.method == "POST" else answer


@blueprint.route("/pejabat/baru", methods=["GET", "POST"])
@office(Action.EDIT_ORGANISATION)
def add_holder(code: str) -> Answer:
    """Record who holds an office."""
    row, form = reading.get(session(), code), HolderForm.of()
    if not form.validate_on_submit() or not attempt(
        form, lambda: organisation_people.add_holder(session(), row, holder=form.holder(), **_stamp())
    ):
        return _page("add_holder", code, form)
    flash(_("Pejabat tercatat."))
    return _back(code, "pengurus")


@blueprint.route("/pejabat/<int:number>/ubah", methods=["GET", "POST"])
@office(Action.EDIT_ORGANISATION)
def edit_holder(code: str, number: int) -> Answer:
    """Change what is recorded of an office holder."""
    row = reading.get_holder(session(), reading.get(session(), code).id, number)
    form = HolderForm.of(row)
    if not form.validate_on_submit() or not attempt(
        form, lambda: organisation_people.edit_holder(session(), row, holder=form.holder(), **_stamp())
    ):
        return _page("add_holder", code, form)
    flash(_("Perubahan tersimpan."))
    return _back(code, "pengurus")


@blueprint.route("/narahubung/baru", methods=["GET", "POST"])
@office(Action.EDIT_ORGANISATION)
def add_contact(code: str) -> Answer:
    """Record a person to call."""
    row, form = reading.get(session(), code), ContactForm()
    if not form.validate_on_submit() or not attempt(
        form, lambda: organisation_people.add_contact(session(), row, caller=form.caller(), **_stamp())
    ):
        return _page("add_contact", code, form)
    flash(_("Narahubung tercatat."))
    return _back(code, "narahubung")


@blueprint.post("/narahubung/<int:number>/hapus")
@office(Action.EDIT_ORGANISATION)
def remove_contact(code: str, number: int) -> Response:
    """Remove a person to call."""
    contact = reading.get_contact(session(), reading.get(session(), code).id, number)
    name = contact.name
    organisation_people.remove_contact(session(), contact, named=request.form.get("named", ""), **_stamp())
    flash(_("%(name)s dihapus dari narahubung.", name=name))
    return _back(code, "narahubung")
