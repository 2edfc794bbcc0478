"""The office sends a report for a partner that cannot: one page, with the letter or call on which it rests."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.obligation import DutyRole
from portal.domain.policy import Action
from portal.domain.report_form import DEFAULT, FILES, Field, Form
from portal.extensions import session
from portal.queries import agreements, report_forms
from portal.queries import obligations as duties
from portal.services import report_on_behalf
from portal.services.report_on_behalf import Content
from portal.web import guard, report_parts
from portal.web.access import office
from portal.web.filters import date_weekday, period
from portal.web.forms import report as report_fields
from portal.web.forms.outcome import attempt
from portal.web.forms.report_on_behalf import OnBehalfForm

if TYPE_CHECKING:
    from portal.models import Obligation, Occurrence, Report

blueprint = Blueprint("report_on_behalf", __name__)

Answer = str | Response | tuple[str, int]


@blueprint.route("/naskah/<code>/kewajiban/<int:number>/<key>/atas-nama", methods=["GET", "POST"])
@office(Action.SEND_FOR_PARTNER)
def write(code: str, number: int, key: str) -> Answer:
    """Ask everything on one page, then send at once; what was typed stays when something is missing."""
    duty = duties.get(session(), code, number)
    agreements.check_readable(duty.agreement, guard.actor())
    row, form = duties.get_occurrence(session(), duty, key), OnBehalfForm()
    if request.method == "GET":
        return _page(duty, row, form, number)
    report = attempt(form, lambda: _send(row, form))
    if report is None:
        return _page(duties.get(session(), code, number), row, form, number), 422
    flash(
        _("Laporan dikirim atas nama %(name)s. Nomor %(number)s.", name=form.person.data, number=report.receipt_number)
    )
    return redirect(url_for("staff.reports.show", code=report.code), 303)


def _asked(row: "Occurrence") -> Form:
    newest = report_forms.newest(session(), row.obligation.kind)
    return report_forms.value_of(newest) if newest else DEFAULT


def _send(row: "Occurrence", form: OnBehalfForm) -> "Report":
    typed = report_fields.typed(_asked(row).fields, request.form)
    content = Content(typed=typed, storage=current_app.extensions["storage"], files=form.incoming())
    return report_on_behalf.send(session(), row, form.behalf(), content, actor=guard.actor(), now=clock.now())


def _page(duty: "Obligation", row: "Occurrence", form: OnBehalfForm, number: int) -> str:
    owing = {party.organisation_id for party in duty.parties if party.duty_role is DutyRole.DEBTOR}
    debtors = [
        (party.organisation_id, party.name_printed)
        for party in duty.agreement.parties
        if party.organisation_id in owing and not party.organisation.is_ours
    ]
    return render_template(
        "staff/report_on_behalf/write.html",
        form=form.offer(debtors),
        duty=duty,
        code=duty.agreement.code,
        number=number,
        name=", ".join(filter(None, [duty.title, period(row.period_key)])),
        due=date_weekday(row.due_on),
        fields=[_field(field) for field in _asked(row).fields if field.name != FILES],
    )


def _field(field: Field) -> dict[str, Any]:
    """Return one question with what was typed; why something was refused stands above all."""
    return {
        "name": field.name,
        "kind": field.kind.value,
        "label": report_parts.words(field.label),
        "hint": report_parts.words(field.hint),
        "value": request.form.get(field.name, ""),
        "errors": (),
        "needed": field.needed,
        "mark": None,
        "question": "",
        "note": None,
        "asked": False,
    }
