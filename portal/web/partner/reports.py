"""The partner's reports: the list, filling in, checking, sending, the receipt, the files."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal import clock
from portal.domain import policy, upload
from portal.domain.dates import office_date
from portal.domain.policy import Action
from portal.domain.report import EDITABLE, ReportStage
from portal.extensions import session
from portal.queries import partner_duties
from portal.queries import reports as report_queries
from portal.services import report_files, reports
from portal.web import downloads, guard, report_parts
from portal.web.access import partner
from portal.web.filters import datetime_zone, zone
from portal.web.forms.outcome import attempt
from portal.web.forms.report import ReportForm, RoundForm
from portal.web.languages import sentence
from portal.web.partner import report_page, rows

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


def _edit(report: "Report", typed: Mapping[str, str] | None = None) -> str:
    """Return the page on which a report is filled in; `typed` is what was not saved because another person did."""
    answers = reports.answers_of(report)
    kept = report_queries.kept_files(report)
    form = ReportForm(formdata=None, version=report.version, **(typed or answers.typed()))
    return render_template(
        "partner/reports/edit.html",
        head=report_page.head(report, office_date(clock.now(), zone())),
        form=form.say(report_page.wrong(answers) if typed is None else {}),
        stored=report_page.others_answers(answers, typed),
        sections=report_page.sections(answers, len(kept)),
        files=report_parts.files(report.code, kept, endpoint="partner.reports.file"),
        dropped=report_parts.files(report.code, report_queries.dropped_files(report), endpoint="partner.reports.file"),
        is_full=report_page.is_full(kept),
        accept=upload.ACCEPT,
        answers=report_parts.answer_rows(answers),
        locked=report_parts.reason(policy.may(guard.actor(), Action.WRITE_REPORT)),
    )


@blueprint.get("/<code>")
@partner()
def edit(code: str) -> str | AnyResponse:
    """Show the form of a report; one that waits or was accepted shows its receipt."""
    report = _own(code)
    if report.stage not in EDITABLE:
        return _to("partner.reports.receipt", code)
    return _edit(report)


def _keep(report: "Report", form: ReportForm, endpoint: str) -> str | AnyResponse:
    """Save what was typed, attach what was chosen, and go on; what was refused is said on the form again."""
    actor, now = guard.actor(), clock.now()
    saved = reports.save(session(), report, form.typed(), version=form.version.data or 0, actor=actor, now=now)
    storage = current_app.extensions["storage"]
    refusals = report_files.attach_all(session(), report, form.incoming(), storage=storage, actor=actor, now=now)
    for refusal in refusals:
        flash(sentence(refusal), "bad")
    if saved.is_conflict:
        return _edit(report, form.typed())
    if refusals:
        return _to("partner.reports.edit", report.code)
    flash(_("Tersimpan %(when)s.", when=datetime_zone(now)), "good")
    return _to(endpoint, report.code)


@blueprint.post("/<code>")
@partner(Action.WRITE_REPORT)
def save(code: str) -> str | AnyResponse:
    """Keep what was typed, valid or not, and what was chosen; then go on to the check if that was asked."""
    asked = request.form.get("act") == "check"
    return _keep(_own(code, for_change=True), ReportForm(), f"partner.reports.{'check' if asked else 'edit'}")


@blueprint.post("/<code>/berkas")
@partner(Action.WRITE_REPORT)
def add_file(code: str) -> str | AnyResponse:
    """Attach the chosen files; what was typed beside them is kept too."""
    report, form = _own(code, for_change=True), ReportForm()
    if not form.has_files():
        flash(_("Pilih berkas lebih dulu, lalu tekan Unggah berkas."), "warn")
    return _keep(report, form, "partner.reports.edit")


@blueprint.post("/<code>/berkas/<key>/hapus")
@partner(Action.WRITE_REPORT)
def remove_file(code: str, key: str) -> str | AnyResponse:
    """Take a file off; what was typed beside it is kept too."""
    report = _own(code, for_change=True)
    file = report_queries.kept_file(report, key)
    report_files.remove(session(), report, file, actor=guard.actor(), now=clock.now())
    flash(_("Berkas %(name)s dilepas dari laporan.", name=file.name), "info")
    return _keep(report, ReportForm(), "partner.reports.edit")


@blueprint.post("/<code>/berkas/<key>/kembalikan")
@partner(Action.WRITE_REPORT)
def restore_file(code: str, key: str) -> str | AnyResponse:
    """Put a file back that was taken off; what was typed beside it is kept too."""
    report = _own(code, for_change=True)
    file = report_queries.dropped_file(report, key)
    report_files.restore(session(), report, file, actor=guard.actor(), now=clock.now())
    flash(_("Berkas %(name)s dilampirkan lagi.", name=file.name), "good")
    return _keep(report, ReportForm(), "partner.reports.edit")


@blueprint.get("/<code>/berkas/<key>")
@partner()
def file(code: str, key: str) -> Response:
    """Give a file of the report back."""
    kept = report_queries.kept_file(_own(code), key)
    return downloads.attachment(name=kept.name, media_type=kept.media_type, digest=kept.digest)


def _check(report: "Report", form: RoundForm) -> str:
    kept = report_queries.kept_files(report)
    edit_url = url_for("partner.reports.edit", code=report.code)
    return render_template(
        "partner/reports/check.html",
        head=report_page.head(report, office_date(clock.now(), zone())),
        form=form,
        number=len(report.rounds) + 1,
        version=report.version,
        gaps=report_page.gaps(report),
        answers=report_parts.answer_rows(reports.answers_of(report), change=edit_url),
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
    return _check(report, RoundForm())


@blueprint.post("/<code>/kirim")
@partner(Action.SUBMIT_REPORT)
def submit(code: str) -> AnyResponse | tuple[str, int]:
    """Send the report; a second sending of the same round shows the same receipt."""
    report, form = _own(code, for_change=True), RoundForm()
    number, version = form.number.data or 0, form.version.data or 0
    sent = attempt(
        form,
        lambda: reports.submit(session(), report, number=number, version=version, actor=guard.actor(), now=clock.now()),
    )
    return _to("partner.reports.receipt", code) if sent else (_check(_own(code), form), 422)


@blueprint.get("/<code>/tanda-terima")
@partner()
def receipt(code: str) -> str | AnyResponse:
    """Show the receipt of the round that was sent last, and what became of it."""
    report = _own(code)
    if not report.rounds:
        return _to("partner.reports.edit", code)
    names = report_queries.names(session(), report)
    shown = report_page.receipt(report, names)
    return render_template(
        "partner/reports/receipt.html",
        head=report_page.head(report, office_date(clock.now(), zone())),
        receipt=shown,
        files=report_parts.files(code, shown["files"], endpoint="partner.reports.file"),
        rounds=report_parts.rounds(report, names),
        next=report_page.next_step(report),
        mend=report.stage is ReportStage.RETURNED,
    )
