"""Pages of absences: who is away and who stands in; recording one and taking it back."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.dates import office_date
from portal.extensions import session
from portal.queries import absences as reading
from portal.services import absences
from portal.web import guard
from portal.web.access import office
from portal.web.filters import date_long
from portal.web.forms.absence import AbsenceForm
from portal.web.forms.outcome import attempt

blueprint = Blueprint("absences", __name__, url_prefix="/cuti")

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@office()
def index() -> str:
    """Show who is away now and later."""
    today = office_date(clock.now())
    rows = [_line(row) for row in reading.list_current(session(), today=today)]
    return render_template("staff/absences/index.html", rows=rows)


def _line(row: reading.AbsenceRow) -> dict[str, Any]:
    mine = absences.may_record_for(guard.actor(), row.account_id)
    return {
        "name": row.name,
        "deputy": row.deputy,
        "starts_on": date_long(row.starts_on),
        "ends_on": date_long(row.ends_on),
        "note": row.note,
        "href": url_for("staff.absences.withdraw", number=row.absence_id) if mine else None,
    }


@blueprint.route("/baru", methods=["GET", "POST"])
@office()
def record() -> Answer:
    """Record an absence of one's own, or of anybody for heads and admins."""
    form = _form()
    stamp: dict[str, Any] = {"actor": guard.actor(), "now": clock.now()}
    if form.validate_on_submit() and attempt(form, lambda: absences.record(session(), form.leave(), **stamp)):
        flash(_("Cuti tercatat. Selama itu pengingat diterima pengganti."))
        return redirect(url_for("staff.absences.index"), 303)
    answer = render_template("staff/absences/record.html", form=form)
    return (answer, 422) if request.method == "POST" else answer


def _form() -> AbsenceForm:
    staff = [(str(number), name) for number, name in reading.list_staff(session())]
    people = [each for each in staff if absences.may_record_for(guard.actor(), int(each[0]))]
    form = AbsenceForm(data={"account": str(guard.actor().account_id)}) if request.method == "GET" else AbsenceForm()
    return form.offer(people, staff)


@blueprint.route("/<int:number>/batal", methods=["GET", "POST"])
@office()
def withdraw(number: int) -> Answer:
    """Take an absence back, after the page that says what follows."""
    row = reading.get(session(), number)
    if request.method == "GET":
        shown = {"starts_on": date_long(row.starts_on), "ends_on": date_long(row.ends_on)}
        return render_template("staff/absences/withdraw.html", number=number, **shown)
    absences.withdraw(session(), row, actor=guard.actor(), now=clock.now())
    flash(_("Cuti dibatalkan. Pengingat berikutnya kembali ke orangnya."))
    return redirect(url_for("staff.absences.index"), 303)
