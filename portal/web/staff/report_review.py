"""What an officer sees of one report: what was sent, by whom, when, with which files, and the rounds before."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import current_app, url_for
from flask_babel import gettext as _

from portal.domain.dates import days_between, is_late, office_date
from portal.domain.report import ReportStage
from portal.domain.report_answers import Sent
from portal.web import report_parts
from portal.web.filters import date_long, date_weekday, datetime_zone, days_left

if TYPE_CHECKING:
    from portal.models import Report

Row = dict[str, Any]


def head(report: "Report") -> Row:
    """Return what stands at the top of every page of a report."""
    agreement = report.occurrence.obligation.agreement
    return {
        "code": report.code,
        "name": report_parts.name_of(report),
        "chips": [report_parts.chip(report)],
        "organisation": report.organisation.name,
        "round": report.round,
        "agreement_code": agreement.code,
        "agreement_title": agreement.title,
        "is_sample": agreement.is_sample,
    }


def review(report: "Report", names: Mapping[int, str], *, today: date) -> Row:
    """Return the whole page: the last round's answers and files, its receipt, the rounds."""
    last = report.rounds[-1]
    sent = Sent.load(last.answers)
    obligation = report.occurrence.obligation
    return {
        "head": head(report),
        "waits": report.stage is ReportStage.SUBMITTED,
        "waiting": _waiting(report, today),
        "answers": report_parts.answer_rows(sent.answers),
        "files": report_parts.files(report.code, sent.files, endpoint="staff.reports.file"),
        "rounds": report_parts.rounds(report, names),
        "earlier": [_earlier(report, number) for number in range(len(report.rounds) - 2, -1, -1)],
        "facts": [
            {"label": _("Mitra"), "value": report.organisation.name},
            {
                "label": _("Naskah"),
                "value": obligation.agreement.title,
                "href": _agreement_link(obligation.agreement.code),
                "note": obligation.agreement.code,
            },
            {"label": _("Dasar"), "value": obligation.article},
            {"label": _("Batas waktu"), "value": date_weekday(report.occurrence.due_on), "note": _lateness(report)},
        ],
        "receipt": [
            {"label": _("Nomor tanda terima"), "value": report.receipt_number},
            {"label": _("Dikirim"), "value": datetime_zone(last.submitted_at)},
            {"label": _("Oleh"), "value": names.get(last.submitted_by_id or 0)},
            {"label": _("Putaran"), "value": str(last.number)},
        ],
        "returned": _returned(report),
    }


def _agreement_link(code: str) -> str | None:
    endpoint = "staff.agreements.show"
    return url_for(endpoint, code=code) if endpoint in current_app.view_functions else None


def _waiting(report: "Report", today: date) -> str:
    sent_on = office_date(report.rounds[-1].submitted_at)
    days = days_between(sent_on, today)
    return str(_("Menunggu telaah sejak %(date)s (%(n)s hari).", date=date_long(sent_on), n=days))


def _lateness(report: "Report") -> str:
    """Return whether the first round came in time, by the end of the day where the debtor is, or by how much not."""
    due, first_at = report.occurrence, report.rounds[0].submitted_at
    if not is_late(first_at, due_on=due.due_on, due_at=due.due_at, zone=due.zone):
        return str(_("Dikirim tepat waktu"))
    days = days_between(office_date(first_at, due.zone), due.due_on)
    return days_left(days) if days else str(_("Terlambat beberapa jam"))


def _earlier(report: "Report", index: int) -> Row:
    round_ = report.rounds[index]
    sent = Sent.load(round_.answers)
    return {
        "title": _("Putaran %(n)s", n=round_.number),
        "when": datetime_zone(round_.submitted_at),
        "reason": round_.reason,
        "answers": report_parts.answer_rows(sent.answers),
        "files": report_parts.files(report.code, sent.files, endpoint="staff.reports.file"),
    }


def _returned(report: "Report") -> Row | None:
    if report.stage is not ReportStage.RETURNED or report.fix_due_on is None:
        return None
    return {"reason": report.return_reason, "until": date_weekday(report.fix_due_on)}
