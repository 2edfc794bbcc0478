"""Asking the responsible person of the organisation to approve a report, and handing it back to its writer."""

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal import clock
from portal.domain.policy import Action
from portal.domain.report import check_editable
from portal.domain.wording import joined
from portal.extensions import session
from portal.queries import reports as report_queries
from portal.services import report_approvals
from portal.web import guard
from portal.web.access import partner
from portal.web.forms.outcome import attempt
from portal.web.forms.report import HandBackForm, RoundForm
from portal.web.partner.reports import check_page

if TYPE_CHECKING:
    from portal.models import Report

blueprint = Blueprint("report_approvals", __name__, url_prefix="/laporan")


def _own(code: str) -> "Report":
    own = guard.own_organisation_id()
    return report_queries.of_partner(session(), code, organisation_id=own, for_change=True)


@blueprint.post("/<code>/minta-persetujuan")
@partner(Action.SUBMIT_REPORT)
def ask(code: str) -> AnyResponse:
    """Ask for approval; what is missing is said on the check page, where each gap is a link."""
    report, form = _own(code), RoundForm()
    people = attempt(form, lambda: report_approvals.ask(session(), report, actor=guard.actor(), now=clock.now()))
    if people is None:
        for sentence in form.form_errors:
            flash(sentence, "bad")
        return redirect(url_for("partner.reports.check", code=code), 303)
    names = joined([person.name for person in people])
    flash(_("Persetujuan %(names)s sudah diminta. Laporan belum dikirim.", names=names), "good")
    return redirect(url_for("partner.reports.edit", code=code), 303)


@blueprint.post("/<code>/kembalikan-ke-penyusun")
@partner(Action.APPROVE_REPORT)
def hand_back(code: str) -> AnyResponse | tuple[str, int]:
    """Give the report back to its writer with a sentence; one that was refused is shown again.

    Where a colleague has sent the report meanwhile, the page of a broken rule says so and shows what was typed.
    """
    form = HandBackForm()
    check_editable(_own(code).stage)
    if not form.validate() or attempt(form, lambda: _handed_back(code, form)) is None:
        return check_page(_own(code), RoundForm(formdata=None), form), 422
    flash(_("Laporan dikembalikan kepada penyusun. Laporan belum dikirim."), "good")
    return redirect(url_for("partner.reports.edit", code=code), 303)


def _handed_back(code: str, form: HandBackForm) -> "Report":
    report, reason = _own(code), form.reason.data or ""
    return report_approvals.hand_back(session(), report, reason, actor=guard.actor(), now=clock.now())
