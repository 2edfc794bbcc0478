"""What an officer notes while reviewing a report: marks, the checklist, and the office's ready sentences."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import policy, report_check
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import report_marks as reading
from portal.queries import reports as report_queries
from portal.services import report_marks
from portal.web import guard, report_parts
from portal.web.access import office
from portal.web.forms.outcome import attempt
from portal.web.forms.report_review import ChecksForm, MarkForm, PhrasesForm, key_of
from portal.web.staff import reports

if TYPE_CHECKING:
    from portal.models import Report

blueprint = Blueprint("report_marks", __name__, url_prefix="/laporan")


def _get(code: str) -> "Report":
    return report_queries.get_for_office(session(), code, actor=guard.actor(), for_change=True)


def _stamp() -> dict[str, Any]:
    return {"actor": guard.actor(), "now": clock.now()}


def _back(code: str, anchor: str) -> Response:
    return redirect(url_for("staff.reports.show", code=code, **reports.filters(), _anchor=anchor), 303)


@blueprint.post("/<code>/tanda")
@office(Action.DECIDE_REPORT)
def mark(code: str) -> Response | tuple[str, int]:
    """Note what is to be mended in one item."""
    report, form = _get(code), MarkForm.sent()
    number = form.number.data or 0
    if attempt(form, lambda: report_marks.mark(session(), report, form.mark(), number=number, **_stamp())) is None:
        for error in form.form_errors:
            flash(error, "bad")
        return reports.page(_get(code), mark=form), 422
    return _back(code, key_of(form.item.data or ""))


@blueprint.post("/<code>/tanda/hapus")
@office(Action.DECIDE_REPORT)
def unmark(code: str) -> Response:
    """Take a mark off again."""
    report, form = _get(code), MarkForm()
    item, number = form.item.data or "", form.number.data or 0
    report_marks.unmark(session(), report, item, number=number, actor=guard.actor(), now=clock.now())
    return _back(code, key_of(item))


@blueprint.post("/<code>/daftar-periksa")
@office(Action.DECIDE_REPORT)
def check(code: str) -> Response | tuple[str, int]:
    """Keep the answers of the checklist."""
    report = _get(code)
    questions = report_check.questions(report.occurrence.obligation.kind)
    form = ChecksForm.of(questions)
    if not attempt(form, lambda: _keep(report, form, questions)):
        return reports.page(_get(code), checks=form), 422
    flash(_("Daftar periksa disimpan."), "good")
    return _back(code, "checks")


def _keep(report: "Report", form: ChecksForm, questions: tuple[report_check.Question, ...]) -> bool:
    number = form.number.data or 0
    report_marks.keep_checks(session(), report, form.answers(questions), number=number, **_stamp())
    return True


@blueprint.route("/kalimat", methods=["GET", "POST"])
@office()
def phrases() -> str | Response | tuple[str, int]:
    """Show the ready sentences, and keep them as they are typed."""
    form = PhrasesForm()
    if request.method == "GET":
        form.lines.data = "\n".join(reading.phrases(session()))
        return _phrases(form)
    lines = (form.lines.data or "").splitlines()
    if attempt(form, lambda: (report_marks.keep_phrases(session(), lines, **_stamp()),)) is None:
        return _phrases(form), 422
    flash(_("Kalimat siap pakai disimpan."), "good")
    return redirect(url_for("staff.report_marks.phrases"), 303)


def _phrases(form: PhrasesForm) -> str:
    locked = report_parts.reason(policy.may(guard.actor(), Action.DECIDE_REPORT))
    return render_template("staff/report_marks/phrases.html", form=form, locked=locked)
