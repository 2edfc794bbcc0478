"""What reports ask, by kind of obligation: the list, and a page on which the next version is written and looked at."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import policy
from portal.domain.errors import NotFound
from portal.domain.obligation import REPORTED, ObligationKind
from portal.domain.policy import Action
from portal.domain.report_form import DEFAULT, Form
from portal.extensions import session
from portal.queries import report_forms as reading
from portal.services import report_forms
from portal.web import guard, report_parts
from portal.web.access import office
from portal.web.filters import date_long, label
from portal.web.forms.outcome import attempt
from portal.web.forms.report_form import PLACES, ReportFormForm

blueprint = Blueprint("report_forms", __name__, url_prefix="/kelola/isian")

Answer = str | Response | tuple[str, int]
KINDS = tuple(kind for kind in ObligationKind if kind in REPORTED)


@blueprint.get("")
@office()
def index() -> str:
    """List the kinds that are reported, with what each asks."""
    newest = reading.newest_of_all(session())
    verdict = policy.may(guard.actor(), Action.EDIT_REPORT_FORM)
    rows = []
    for kind in KINDS:
        row = newest.get(kind)
        form = reading.value_of(row) if row else DEFAULT
        version = (
            _("Versi %(n)s, %(on)s", n=row.number, on=date_long(row.made_at.date())) if row else _("Belum ditulis")
        )
        asked = [report_parts.words(field.label) for field in form.fields]
        rows.append({"kind": kind.value, "name": label(kind), "title": form.title, "version": version, "asked": asked})
    return render_template("staff/report_forms/index.html", rows=rows, reason=report_parts.reason(verdict))


def _of(kind: str) -> tuple[ObligationKind, Form, int]:
    """Return a kind by its code with the form that is used now and its number; raise NotFound."""
    found = next((each for each in KINDS if each.value == kind), None)
    if found is None:
        raise NotFound
    row = reading.newest(session(), found)
    return found, reading.value_of(row) if row else DEFAULT, row.number if row else 0


@blueprint.route("/<kind>", methods=["GET", "POST"])
@office(Action.EDIT_REPORT_FORM)
def edit(kind: str) -> Answer:
    """Write the next version; the first button only shows what partners would see."""
    found, stored, number = _of(kind)
    form = ReportFormForm()
    if request.method == "GET":
        return _page(found, form.show(stored, number), stored)
    written = form.form()
    if "preview" in request.form:
        return _page(found, form, written)
    return _saved(found, form, written)


def _saved(kind: ObligationKind, form: ReportFormForm, written: Form) -> Answer:
    stamp: dict[str, Any] = {"number": form.number.data or 0, "actor": guard.actor(), "now": clock.now()}
    row = attempt(form, lambda: report_forms.change(session(), kind, written, **stamp))
    if row is None:
        return _page(kind, form, written), 422
    flash(_("Versi %(n)s disimpan. Laporan yang sudah dimulai tetap memakai isian lamanya.", n=row.number), "good")
    return redirect(url_for("staff.report_forms.index"), 303)


def _page(kind: ObligationKind, form: ReportFormForm, shown: Form) -> str:
    steps = [
        {"title": label(step), "asked": [report_parts.words(field.label) for field in shown.of_step(step)]}
        for step in shown.steps
    ]
    return render_template(
        "staff/report_forms/edit.html", name=label(kind), form=form, places=_places(), shown=shown, steps=steps
    )


def _places() -> list[dict[str, str]]:
    """Return every place with its name for the office."""
    names = [
        _("Uraian utama"),
        _("Uraian kedua"),
        _("Jumlah orang"),
        *(_("Angka %(n)s", n=place) for place in range(1, 6)),
        _("Jumlah uang"),
        _("Foto dan berkas"),
    ]
    return [{"name": name, "title": title} for name, title in zip(PLACES, names, strict=True)]
