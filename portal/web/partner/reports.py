"""The partner's reports: the list, the first page of one, checking, sending, the receipt. Steps: `report_steps`."""

from functools import partial
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal import clock
from portal.domain import policy
from portal.domain.dates import office_date
from portal.domain.policy import Action
from portal.domain.report import EDITABLE, ReportStage
from portal.domain.report_form import Step
from portal.extensions import session
from portal.queries import partner_duties, report_forms
from portal.queries import reports as report_queries
from portal.services import reports
from portal.web import downloads, guard, report_parts, report_rounds
from portal.web.access import partner
from portal.web.filters import zone
from portal.web.forms.outcome import attempt
from portal.web.forms.report import HandBackForm, RoundForm
from portal.web.partner import report_approval_page, report_page, rows
from portal.web.partner.report_walk import field_href, step_href

if TYPE_CHECKING:
    from portal.models import Report

blueprint = Blueprint("reports", __name__, url_prefix="/laporan")

DONE = 20
"""So many accepted reports stand on the list."""


def _own(code: str, *, for_change: bool = False) -> "Report":
    organisation_id = guard.own_organisation_id()
    return report_queries.of_partner(session(), code, organisation_id=organisation_id, for_change=for_change)


def _to(endpoint: str, code: str) -> AnyResponse:
    return redirect(url_for(endpoint, code=code), 303)


@blueprint.get("")
@partner()
def index() -> str:
    """List what is to be sent, what waits, what comes, and what was accepted."""
    today, own = office_date(clock.now(), zone()), guard.own_organisation_id()
    owed = [d for d in partner_duties.owed_by(session(), organisation_id=own) if d.is_reported]
    decided = partner_duties.decided_of(session(), organisation_id=own, most=DONE)
    return render_template(
        "partner/reports/index.html",
        groups=rows.report_groups(owed, decided, today),
        opening=rows.opening(partner_duties.next_opening(owed, today=today)),
        locked=report_parts.reason(policy.may(guard.actor(), Action.WRITE_REPORT)),
    )


@blueprint.post("")
@partner(Action.WRITE_REPORT)
def start() -> AnyResponse:
    """Begin the report of one date, or go on with the one that is there."""
    occurrence_id = request.form.get("occurrence", default=0, type=int)
    report = reports.open_report(session(), occurrence_id, actor=guard.actor(), now=clock.now())
    return _to("partner.reports.edit", report.code)


@blueprint.get("/<code>")
@partner()
def edit(code: str) -> str | AnyResponse:
    """Show where a report stands and what is to be filled in; one that waits or was accepted shows its receipt."""
    report = _own(code)
    if report.stage not in EDITABLE:
        return _to("partner.reports.receipt", code)
    way = report_page.walk(report)
    return render_template(
        "partner/reports/edit.html",
        head=report_page.head(report, office_date(clock.now(), zone())),
        form=way.form,
        steps=report_page.steps(report, way),
        approval=report_approval_page.standing(report),
        answers=report_parts.answer_rows(report_forms.answers_of(report), way.form),
        files=report_parts.files(code, report_queries.kept_files(report), endpoint="partner.reports.file"),
        locked=report_parts.reason(policy.may(guard.actor(), Action.WRITE_REPORT)),
    )


@blueprint.get("/<code>/berkas/<key>")
@partner()
def file(code: str, key: str) -> Response:
    """Give a file of the report back."""
    kept = report_queries.kept_file(_own(code), key)
    return downloads.attachment(name=kept.name, media_type=kept.media_type, digest=kept.digest)


def check_page(report: "Report", form: RoundForm, hand_back: HandBackForm) -> str:
    """Return the page that shows everything once more, with what was refused of either form."""
    kept = report_queries.kept_files(report)
    change = partial(field_href, report.code)
    return render_template(
        "partner/reports/check.html",
        head=report_page.head(report, office_date(clock.now(), zone())),
        form=form,
        hand_back=hand_back,
        number=len(report.rounds) + 1,
        version=report.version,
        gaps=report_page.gaps(report),
        answers=report_parts.answer_rows(report_forms.answers_of(report), report_forms.form_of(report), change=change),
        evidence_href=step_href(report.code, Step.EVIDENCE),
        approval=report_approval_page.standing(report),
        files=report_parts.files(report.code, kept, endpoint="partner.reports.file"),
        officer=report.occurrence.obligation.agreement.officer,
        locked=report_parts.reason(policy.may(guard.actor(), Action.SUBMIT_REPORT)),
    )


@blueprint.get("/<code>/periksa")
@partner()
def check(code: str) -> str | AnyResponse:
    """Show everything once more before it is sent."""
    report = _own(code)
    if report.stage not in EDITABLE:
        return _to("partner.reports.receipt", code)
    return check_page(report, RoundForm(), HandBackForm(formdata=None))


@blueprint.post("/<code>/kirim")
@partner(Action.SUBMIT_REPORT, proof=True)
def submit(code: str) -> AnyResponse | tuple[str, int]:
    """Send the report; a second sending of the same round shows the same receipt."""
    report, form = _own(code, for_change=True), RoundForm()
    number, version = form.number.data or 0, form.version.data or 0
    sent = attempt(
        form,
        lambda: reports.submit(session(), report, number=number, version=version, actor=guard.actor(), now=clock.now()),
    )
    if sent is None:
        return check_page(_own(code), form, HandBackForm(formdata=None)), 422
    return _to("partner.reports.receipt", code)


@blueprint.get("/<code>/tanda-terima")
@partner()
def receipt(code: str) -> str | AnyResponse:
    """Show the receipt of the round that was sent last, and what became of it."""
    report = _own(code)
    if not report.rounds:
        return _to("partner.reports.edit", code)
    shown = report_page.receipt(report, report_queries.names(session(), report))
    return render_template(
        "partner/reports/receipt.html",
        head=report_page.head(report, office_date(clock.now(), zone())),
        receipt=shown,
        files=report_parts.files(code, shown["files"], endpoint="partner.reports.file"),
        story=report_rounds.story(report, endpoint="partner.report_rounds.show", today=office_date(clock.now())),
        next=report_page.next_step(report),
        mend=report.stage is ReportStage.RETURNED,
    )
