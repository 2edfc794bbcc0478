"""Evidence of a report: taking files off and putting them back, and files that a script sends in parts."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, current_app, flash, jsonify, redirect, request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from portal import clock
from portal.domain.policy import Action
from portal.domain.report_form import Step
from portal.extensions import session
from portal.queries import reports as report_queries
from portal.services import report_files, report_uploads
from portal.services.report_uploads import Coming, Part
from portal.web import guard
from portal.web.access import partner
from portal.web.forms.outcome import attempt
from portal.web.languages import sentence
from portal.web.partner.report_walk import step_href

if TYPE_CHECKING:
    from portal.models import Report

blueprint = Blueprint("report_evidence", __name__, url_prefix="/laporan")


def _own(code: str) -> "Report":
    own = guard.own_organisation_id()
    return report_queries.of_partner(session(), code, organisation_id=own, for_change=True)


@blueprint.post("/<code>/berkas/<key>/hapus")
@partner(Action.WRITE_REPORT)
def remove(code: str, key: str) -> AnyResponse:
    """Take a file off."""
    report = _own(code)
    file = report_queries.kept_file(report, key)
    report_files.remove(session(), report, file, actor=guard.actor(), now=clock.now())
    flash(_("Berkas %(name)s dilepas dari laporan.", name=file.name), "info")
    return redirect(step_href(code, Step.EVIDENCE), 303)


@blueprint.post("/<code>/berkas/<key>/kembalikan")
@partner(Action.WRITE_REPORT)
def restore(code: str, key: str) -> AnyResponse:
    """Put a file back that was taken off."""
    report = _own(code)
    file = report_queries.dropped_file(report, key)
    report_files.restore(session(), report, file, actor=guard.actor(), now=clock.now())
    flash(_("Berkas %(name)s dilampirkan lagi.", name=file.name), "good")
    return redirect(step_href(code, Step.EVIDENCE), 303)


@blueprint.post("/<code>/unggahan")
@partner(Action.WRITE_REPORT)
def begin(code: str) -> Response:
    """Begin a file that comes in parts, or say from where the same one goes on."""
    report, form = _own(code), FlaskForm()
    coming = Coming(
        name=request.form.get("name", ""),
        size=request.form.get("size", default=0, type=int),
        mark=request.form.get("mark", ""),
    )
    actor, now = guard.actor(), clock.now()
    row = attempt(form, lambda: report_uploads.begin(session(), report, coming, actor=actor, now=now))
    if row is None:
        return jsonify({"refused": " ".join(str(said) for said in form.form_errors)})
    return jsonify({"key": row.key, "offset": row.received})


@blueprint.post("/<code>/unggahan/<key>")
@partner(Action.WRITE_REPORT)
def part(code: str, key: str) -> Response:
    """Take one part, and say where the next begins."""
    offset = request.args.get("offset", default=-1, type=int)
    piece, storage = (
        Part(key=key, offset=offset, content=request.get_data(cache=False)),
        current_app.extensions["storage"],
    )
    report, actor, now = _own(code), guard.actor(), clock.now()
    progress = report_uploads.add(session(), report, piece, storage=storage, actor=actor, now=now)
    answer: dict[str, object] = {"offset": progress.offset, "done": progress.is_done}
    if progress.refusal is not None:
        answer["refused"] = sentence(progress.refusal)
    return jsonify(answer)
