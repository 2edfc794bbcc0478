"""The mail that a partner will get when a report goes back, made before it is sent; and the date that is suggested."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import current_app

from portal.mail import compose
from portal.mail.compose import Letter, Letterhead, Reader
from portal.queries import calendar_days
from portal.services import report_notices
from portal.web.forms.report_review import SendBackForm

if TYPE_CHECKING:
    from portal.models import Account, Report

MENDING_WORKING_DAYS = 7
"""So many working days are suggested for mending; the officer chooses."""


def suggested(session: Any, today: date) -> date:
    """Return the date that is suggested for mending."""
    return calendar_days.working_calendar(session).assumed().add_working(today, MENDING_WORKING_DAYS)


def returned(
    report: "Report", told: Sequence["Account"], marks: Mapping[str, str], form: SendBackForm
) -> Letter | None:
    """Return the mail as its first reader will get it, None when nobody will."""
    if not told:
        return None
    account = told[0]
    reason = (form.reason.data or "").strip()
    values = report_notices.returned_values(report, marks=marks, reason=reason, fix_due_on=form.fix_due_on.data)
    reader = Reader(name=account.name, language=account.language, zone=account.organisation.zone)
    letterhead = Letterhead.of(current_app.config["SETTINGS"])
    return compose.compose("report_returned", values, reader=reader, letterhead=letterhead)
