"""Reports as the office reads them: the list, the review of one, accepting it, sending it back."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal import clock
from portal.domain import policy, report_check
from portal.domain.dates import office_date
from portal.domain.policy import Action
from portal.domain.report_turn import Mending
from portal.extensions import session
from portal.queries import report_marks
from portal.queries import reports as report_queries
from portal.services import report_rounds
from portal.web import downloads, guard, report_parts
from portal.web import report_rounds as words
from portal.web.access import office
from portal.web.forms.outcome import attempt
from portal.web.forms.report import RoundForm
from portal.web.forms.report_review import ChecksForm, MarkForm, SendBackForm
from portal.web.staff import report_list, report_preview, report_review

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
    """Show the round that was sent last, with its files, what is noted about it, and the rounds before."""
    return page(_get(code))


def filters() -> dict[str, Any]:
    """Return the words of the address that say from which list a report was opened."""
    return {name: request.args[name] for name in ("tahap", "naskah") if request.args.get(name)}


def page(report: "Report", *, mark: MarkForm | None = None, checks: ChecksForm | None = None) -> str:
    """Return the review of a report; `mark` or `checks` is what was refused, with what was typed."""
    questions = report_check.questions(report.occurrence.obligation.kind)
    answers = report_marks.checks(session(), report, report.round)
    asked = report_list.asked(request.args)
    following = report_queries.next_for_office(
        session(), report, actor=guard.actor(), stage=asked.stage, agreement_code=asked.agreement_code
    )
    return render_template(
        "staff/reports/show.html",
        review=report_review.review(report, today=office_date(clock.now()), wrong=mark),
        questions=questions,
        checks=checks or ChecksForm.of(questions, answers),
        are_checks_refused=checks is not None,
        answers=answers,
        phrases=[(each, each) for each in report_marks.phrases(session())],
        filters=filters(),
        following=following,
        locked=report_parts.reason(policy.may(guard.actor(), Action.DECIDE_REPORT)),
    )


@blueprint.get("/<code>/berkas/<key>")
@office()
def file(code: str, key: str) -> Response:
    """Give a file that was sent with any round."""
    sent = report_queries.sent_file(_get(code), key)
    return downloads.attachment(name=sent.name, media_type=sent.media_type, digest=sent.digest)


@blueprint.get("/<code>/gambar/<key>")
@office()
def picture(code: str, key: str) -> Response:
    """Show a picture that was sent with any round; only those that we drew anew ourselves."""
    sent = report_queries.sent_file(_get(code), key)
    return downloads.picture(sent)


@blueprint.post("/<code>/terima")
@office(Action.DECIDE_REPORT)
def accept(code: str) -> AnyResponse:
    """Accept the round that was read."""
    report, number = _get(code, for_change=True), RoundForm().number.data or 0
    report_rounds.accept(session(), report, number=number, actor=guard.actor(), now=clock.now())
    flash(_("Laporan diterima. Mitra diberi tahu lewat surel."), "good")
    return redirect(url_for("staff.reports.show", code=code, **filters()), 303)


def _confirm(report: "Report", form: SendBackForm) -> str:
    today = office_date(clock.now())
    told = report_queries.people_to_tell(session(), report, today=today)
    marks = report_marks.noted_marks(session(), report, report.round)
    form.reason.flags.required = not marks
    return render_template(
        "staff/reports/send_back.html",
        form=form,
        head=report_review.head(report),
        recipients=[f"{account.name} ({account.email})" for account in told],
        marks=words.mark_rows(report, report.round, marks),
        letter=report_preview.returned(report, told, marks, form),
        filters=filters(),
    )


@blueprint.get("/<code>/kembalikan")
@office(Action.DECIDE_REPORT)
def ask_send_back(code: str) -> str:
    """Ask for the reason and the date for mending before a report goes back."""
    report = _get(code)
    fix_due_on = report_preview.suggested(session(), office_date(clock.now()))
    return _confirm(report, SendBackForm(formdata=None, number=report.round, fix_due_on=fix_due_on))


@blueprint.post("/<code>/kembalikan")
@office(Action.DECIDE_REPORT)
def send_back(code: str) -> AnyResponse | str | tuple[str, int]:
    """Send the round that was read back to the partner."""
    form = SendBackForm()
    if request.form.get("act") == "preview":
        return _confirm(_get(code), form)
    mending = Mending(reason=form.reason.data or "", fix_due_on=form.fix_due_on.data)
    done = form.validate_on_submit() and attempt(form, lambda: _send_back(code, mending, form.number.data or 0))
    if not done:
        return _confirm(_get(code), form), 422
    flash(_("Laporan dikembalikan. Mitra diberi tahu lewat surel."), "good")
    return redirect(url_for("staff.reports.show", code=code, **filters()), 303)


def _send_back(code: str, mending: Mending, number: int) -> "Report":
    report = _get(code, for_change=True)
    return report_rounds.send_back(session(), report, mending, number=number, actor=guard.actor(), now=clock.now())
