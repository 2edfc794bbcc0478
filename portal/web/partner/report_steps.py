"""The steps of a report: one theme a screen, kept by every button, and compared when two people change one answer."""

from typing import TYPE_CHECKING

from flask import Blueprint, current_app, flash, jsonify, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal import clock
from portal.domain import policy
from portal.domain.dates import office_date
from portal.domain.errors import NotFound
from portal.domain.policy import Action
from portal.domain.report import EDITABLE
from portal.domain.report_form import Step
from portal.extensions import session
from portal.queries import report_forms
from portal.queries import reports as report_queries
from portal.services import report_files, reports
from portal.web import guard
from portal.web.access import partner
from portal.web.filters import zone
from portal.web.forms import report as report_fields
from portal.web.forms.report import EvidenceForm
from portal.web.languages import sentence
from portal.web.partner import report_page, report_step_page
from portal.web.partner.report_walk import STEPS, Walk, step_href

if TYPE_CHECKING:
    from portal.models import Report
    from portal.services.reports import Saved

blueprint = Blueprint("report_steps", __name__, url_prefix="/laporan")

PATH = "/<code>/<slug>"
AUTO, NEXT, BACK, UPLOAD = "auto", "next", "back", "upload"


def _own(code: str, slug: str, *, for_change: bool = False) -> "tuple[Report, Walk, Step]":
    """Return an own report, the way through it, and the step; raise NotFound for a step that its form does not have."""
    own = guard.own_organisation_id()
    report = report_queries.of_partner(session(), code, organisation_id=own, for_change=for_change)
    walk, step = report_page.walk(report), STEPS.get(slug)
    if step not in walk.form.steps:
        raise NotFound
    return report, walk, step


@blueprint.get(PATH)
@partner()
def show(code: str, slug: str) -> str | AnyResponse:
    """Show one step; who may not write, and what was sent, see the first page of the report."""
    report, walk, step = _own(code, slug)
    if report.stage not in EDITABLE or not policy.may(guard.actor(), Action.WRITE_REPORT):
        return redirect(walk.start)
    return render_template(
        "partner/report_steps/show.html",
        head=report_page.head(report, office_date(clock.now(), zone())),
        **report_step_page.step(report, walk, step, report_forms.before(session(), report)),
    )


@blueprint.post(PATH)
@partner(Action.WRITE_REPORT)
def save(code: str, slug: str) -> str | AnyResponse:
    """Keep what was typed, valid or not, and what was chosen; then go where the button says."""
    report, walk, step = _own(code, slug, for_change=True)
    asked, actor, now = walk.form.of_step(step), guard.actor(), clock.now()
    typed, before = report_fields.typed(asked, request.form), report_fields.before(asked, request.form)
    saved = reports.save(session(), report, typed, before=before, actor=actor, now=now)
    if request.form.get("act") == AUTO:
        return jsonify(report_step_page.told(asked, saved, now))
    if saved.conflicts:
        return _conflict(report, walk, step, saved)
    return redirect(_onward(report, walk, step, saved), 303)


def _onward(report: "Report", walk: Walk, step: Step, saved: "Saved") -> str:
    """Return the next page; a refused file, or a number that nobody has asked about yet, keeps the step open."""
    here, act = step_href(walk.code, step), request.form.get("act")
    if _attach(report, is_asked=act == UPLOAD) or act == UPLOAD:
        return here
    if act == BACK:
        return walk.back(step)
    if act != NEXT:
        return walk.start
    before = report_forms.before(session(), report)
    asked = report_step_page.to_ask(walk.form.of_step(step), saved.answers, before)
    unasked = [name for name in asked if name not in request.form.getlist("asked")]
    return f"{here}#{unasked[0]}" if unasked else walk.after(step)


def _attach(report: "Report", *, is_asked: bool) -> bool:
    """Attach what was chosen in a plain file field; return whether anything was refused."""
    form = EvidenceForm()
    if not form.has_files():
        if is_asked:
            flash(_("Pilih berkas lebih dulu, lalu tekan Unggah berkas."), "warn")
        return False
    storage = current_app.extensions["storage"]
    refusals = report_files.attach_all(
        session(), report, form.incoming(), storage=storage, actor=guard.actor(), now=clock.now()
    )
    for refusal in refusals:
        flash(sentence(refusal), "bad")
    return bool(refusals)


def _conflict(report: "Report", walk: Walk, step: Step, saved: "Saved") -> str:
    return render_template(
        "partner/report_steps/save.html",
        head=report_page.head(report, office_date(clock.now(), zone())),
        act=request.form.get("act", ""),
        action=step_href(walk.code, step),
        **report_step_page.conflict(
            walk.form, saved, report_forms.last_save(session(), report, besides=guard.actor().account_id)
        ),
    )
