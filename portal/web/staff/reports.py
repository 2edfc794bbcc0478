"""Reports as the office reads them: the list, the review of one, accepting it, sending it back."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal import clock
from portal.domain import policy
from portal.domain.dates import office_date
from portal.domain.policy import Action
from portal.domain.report_turn import Mending
from portal.extensions import session
from portal.queries import reports as report_queries
from portal.services import report_rounds
from portal.web import downloads, guard, report_parts
from portal.web.access import office
from portal.web.forms.outcome import attempt
from portal.web.forms.report import RoundForm, SendBackForm
from portal.web.staff import report_list, report_review

if TYPE_CHECKING:
    from portal.models import Report

blueprint = Blueprint("reports", __name__, url_prefix="/laporan")


def _get(code: str, *, for_change: bool = False) -> "Report":
    return report_queries.get_for_office(session(), code, actor=guard.actor(), for_change=for_change)


@blueprint.get("")
@office()
def index() -> str:
    """List the reports that were sent; stage and agreement stand in the address."""
    asked = report_list.asked(request.args)
    found = report_queries.list_for_office(
        session(), actor=guard.actor(), stage=asked.stage, agreement_code=asked.agreement_code, page=asked.page
    )
    shown = report_list.page(found, asked)
    return render_template("staff/reports/index.html", shown=shown)


@blueprint.get("/<code>")
@office()
def show(code: str) -> str:
    """Show the round that was sent last, with its files, earlier rounds and the receipt."""
    report = _get(code)
    names = report_queries.names(session(), report)
    return render_template(
        "staff/reports/show.html",
        review=report_review.review(report, names, today=office_date(clock.now())),
        form=RoundForm(formdata=None, number=report.round),
        locked=report_parts.reason(policy.may(guard.actor(), Action.DECIDE_REPORT)),
    )


@blueprint.get("/<code>/berkas/<key>")
@office()
def file(code: str, key: str) -> Response:
    """Give a file that was sent with any round."""
    sent = report_queries.sent_file(_get(code), key)
    return downloads.attachment(name=sent.name, media_type=sent.media_type, digest=sent.digest)


@blueprint.post("/<code>/terima")
@office(Action.DECIDE_REPORT)
def accept(code: str) -> AnyResponse:
    """Accept the round that was read."""
    report, number = _get(code, for_change=True), RoundForm().number.data or 0
    report_rounds.accept(session(), report, number=number, actor=guard.actor(), now=clock.now())
    flash(_("Laporan diterima. Mitra diberi tahu lewat surel."), "good")
    return redirect(url_for("staff.reports.show", code=code), 303)


def _confirm(report: "Report", form: SendBackForm) -> str:
    told = report_queries.people_to_tell(session(), report, today=office_date(clock.now()))
    recipients = [f"{account.name} ({account.email})" for account in told]
    head = report_review.head(report)
    return render_template("staff/reports/send_back.html", form=form, head=head, recipients=recipients)


@blueprint.get("/<code>/kembalikan")
@office(Action.DECIDE_REPORT)
def ask_send_back(code: str) -> str:
    """Ask for the reason and the date for mending before a report goes back."""
    report = _get(code)
    return _confirm(report, SendBackForm(formdata=None, number=report.round))


@blueprint.post("/<code>/kembalikan")
@office(Action.DECIDE_REPORT)
def send_back(code: str) -> AnyResponse | tuple[str, int]:
    """Send the round that was read back to the partner."""
    form = SendBackForm()
    mending = Mending(reason=form.reason.data or "", fix_due_on=form.fix_due_on.data)
    done = form.validate_on_submit() and attempt(form, lambda: _send_back(code, mending, form.number.data or 0))
    if not done:
        return _confirm(_get(code), form), 422
    flash(_("Laporan dikembalikan. Mitra diberi tahu lewat surel."), "good")
    return redirect(url_for("staff.reports.show", code=code), 303)


def _send_back(code: str, mending: Mending, number: int) -> "Report":
    report = _get(code, for_change=True)
    return report_rounds.send_back(session(), report, mending, number=number, actor=guard.actor(), now=clock.now())
