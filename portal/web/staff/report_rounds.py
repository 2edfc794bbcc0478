"""Rounds of a report as the office reads them: two compared, and an accepted one reviewed again."""

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.dates import office_date
from portal.domain.errors import NotFound
from portal.domain.policy import Action
from portal.domain.report import ReportStage
from portal.extensions import session
from portal.queries import reports as report_queries
from portal.services import report_rounds
from portal.web import guard
from portal.web import report_rounds as words
from portal.web.access import office
from portal.web.forms.outcome import attempt
from portal.web.forms.report_review import ReopenForm
from portal.web.staff import report_review

if TYPE_CHECKING:
    from portal.models import Report

blueprint = Blueprint("report_rounds", __name__, url_prefix="/laporan")


def _get(code: str, *, for_change: bool = False) -> "Report":
    return report_queries.get_for_office(session(), code, actor=guard.actor(), for_change=for_change)


@blueprint.get("/<code>/banding/<pair>")
@office()
def compare(code: str, pair: str) -> str:
    """Show two rounds field by field."""
    report = _get(code)
    pairs = words.others(report, lambda each: url_for("staff.report_rounds.compare", code=code, pair=each), shown=pair)
    return render_template(
        "staff/report_rounds/compare.html",
        head=report_review.head(report),
        found=words.comparison(report, pair),
        pairs=pairs,
    )


def _confirm(report: "Report", form: ReopenForm) -> str:
    told = report_queries.people_to_tell(session(), report, today=office_date(clock.now()))
    recipients = [f"{account.name} ({account.email})" for account in told]
    head = report_review.head(report)
    return render_template("staff/report_rounds/reopen.html", form=form, head=head, recipients=recipients)


@blueprint.get("/<code>/buka-kembali")
@office(Action.DECIDE_REPORT)
def ask_reopen(code: str) -> str:
    """Ask why an accepted report is to be reviewed again; one that is not accepted has no such page."""
    report = _get(code)
    if report.stage is not ReportStage.ACCEPTED:
        raise NotFound
    return _confirm(report, ReopenForm(formdata=None, number=report.round))


@blueprint.post("/<code>/buka-kembali")
@office(Action.DECIDE_REPORT)
def reopen(code: str) -> Response | tuple[str, int]:
    """Review an accepted report again."""
    form = ReopenForm()
    done = form.validate_on_submit() and attempt(form, lambda: _reopen(code, form))
    if not done:
        for error in form.form_errors:
            flash(error, "bad")
        return _confirm(_get(code), form), 422
    flash(_("Laporan dibuka kembali dan menunggu telaah. Mitra diberi tahu lewat surel."), "good")
    return redirect(url_for("staff.reports.show", code=code), 303)


def _reopen(code: str, form: ReopenForm) -> "Report":
    report, reason, number = _get(code, for_change=True), form.reason.data or "", form.number.data or 0
    return report_rounds.reopen(session(), report, reason, number=number, actor=guard.actor(), now=clock.now())
