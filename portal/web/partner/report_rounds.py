"""Rounds of the partner's own report: each as it was sent, what was to be mended in it, and two compared."""

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, url_for

from portal import clock
from portal.domain.dates import office_date
from portal.domain.report_answers import Sent
from portal.extensions import session
from portal.queries import report_marks
from portal.queries import reports as report_queries
from portal.queries.report_forms import form_of
from portal.web import guard, report_parts
from portal.web import report_rounds as words
from portal.web.access import partner
from portal.web.filters import datetime_zone, zone
from portal.web.partner import report_page

if TYPE_CHECKING:
    from portal.models import Report

blueprint = Blueprint("report_rounds", __name__, url_prefix="/laporan")


def _own(code: str) -> "Report":
    return report_queries.of_partner(session(), code, organisation_id=guard.own_organisation_id())


@blueprint.get("/<code>/putaran/<int:number>")
@partner()
def show(code: str, number: int) -> str:
    """Show one round as it was sent, and what we asked to be mended in it."""
    report = _own(code)
    round_ = words.one(report, number)
    sent, told = Sent.load(round_.answers), report_marks.told_marks(session(), report)
    return render_template(
        "partner/report_rounds/show.html",
        head=report_page.head(report, office_date(clock.now(), zone())),
        round=round_,
        when=datetime_zone(round_.submitted_at),
        marks=words.mark_rows(report, number, told.get(number, {})),
        answers=report_parts.answer_rows(sent.answers, form_of(report)),
        files=report_parts.files(code, sent.files, endpoint="partner.reports.file"),
        pairs=[each for each in _pairs(report) if number in each["numbers"]],
    )


@blueprint.get("/<code>/banding/<pair>")
@partner()
def compare(code: str, pair: str) -> str:
    """Show two rounds field by field."""
    report = _own(code)
    return render_template(
        "partner/report_rounds/compare.html",
        head=report_page.head(report, office_date(clock.now(), zone())),
        found=words.comparison(report, pair),
        pairs=_pairs(report, shown=pair),
    )


def _pairs(report: "Report", *, shown: str = "") -> list[words.Row]:
    return words.others(
        report, lambda each: url_for("partner.report_rounds.compare", code=report.code, pair=each), shown=shown
    )
