"""The page on which an officer names the central board that may read a party's agreement."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from portal import clock
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import members
from portal.services import umbrellas
from portal.web import guard
from portal.web.access import office
from portal.web.forms.outcome import attempt
from portal.web.forms.team import UmbrellaForm
from portal.web.staff.agreements.pages import blueprint, readable


@blueprint.route("/<code>/pihak/<int:position>/induk", methods=["GET", "POST"])
@office(Action.EDIT_AGREEMENT)
def umbrella(code: str, position: int) -> str | Response | tuple[str, int]:
    """Ask which central board may read, and keep the answer."""
    agreement = readable(code)
    seat = members.get_seat(session(), agreement.id, position)
    form = _form(seat.organisation.code, seat.umbrella.code if seat.umbrella else "")
    if request.method == "GET":
        return render_template("staff/agreements/umbrella.html", form=form, agreement=agreement, seat=seat)
    if not (form.validate() and attempt(form, lambda: _name(code, position, form))):
        return render_template("staff/agreements/umbrella.html", form=form, agreement=readable(code), seat=seat), 422
    flash(_("Lembaga induk tersimpan."))
    return redirect(url_for("staff.agreements.show", code=code, _anchor="pihak"), 303)


def _form(own_code: str, chosen: str) -> UmbrellaForm:
    form = UmbrellaForm()
    known = [row for row in members.list_umbrellas(session()) if row.code != own_code]
    form.umbrella.choices = [SelectChoice("", _("Tidak ada")), *(SelectChoice(row.code, row.name) for row in known)]
    if not form.is_submitted():
        form.umbrella.data = chosen
    return form


def _name(code: str, position: int, form: UmbrellaForm) -> bool:
    seat = members.get_seat(session(), readable(code).id, position)
    known = {row.code: row for row in members.list_umbrellas(session())}
    umbrellas.name(session(), seat, known.get(form.umbrella.data or ""), actor=guard.actor(), now=clock.now())
    return True
