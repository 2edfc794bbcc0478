"""Who is told what when a report is sent, accepted or sent back. The texts live in `templates/mail`."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.domain import report_mark
from portal.domain.dates import office_date
from portal.domain.policy import Actor
from portal.domain.report_answers import Sent
from portal.models import Account, Report
from portal.queries import reports as report_queries
from portal.queries import role_holders
from portal.queries.report_forms import form_of
from portal.services import notices, reminders


def values_of(report: Report) -> dict[str, Any]:
    """Return what every text about a report may name, as plain values."""
    occurrence = report.occurrence
    duty = occurrence.obligation
    agreement = duty.agreement
    return {
        "report_code": report.code,
        "round": report.round,
        "title": duty.title,
        "period_key": occurrence.period_key,
        "due_on": occurrence.due_on.isoformat(),
        "agreement_code": agreement.code,
        "agreement_title": agreement.title,
        "organisation": report.organisation.name,
        "receipt_number": report.receipt_number,
        "officer": agreement.officer.name if agreement.officer else None,
        "officer_phone": agreement.officer.phone if agreement.officer else None,
        "path": f"/mitra/laporan/{report.code}",
    }


def submitted(session: Session, report: Report, *, actor: Actor, now: datetime) -> None:
    """Send the receipt to whoever sent the report, and tell the officer that it has come."""
    files = [file.name for file in report_queries.kept_files(report)]
    values = {**values_of(report), "submitted_at": now.isoformat(), "files": files}
    slot = f"{report.id}-{report.round}"
    receipt = {**values, "path": f"/mitra/laporan/{report.code}/tanda-terima"}
    for sender in _senders(session, report, actor=actor, now=now):
        notices.enqueue(
            session, template="report_receipt", account=sender, values=receipt, slot=f"report-receipt-{slot}", now=now
        )
    officer = report.occurrence.obligation.agreement.officer
    if officer is not None:
        told = {**values, "path": f"/kantor/laporan/{report.code}"}
        notices.enqueue(
            session, template="report_submitted", account=officer, values=told, slot=f"report-submitted-{slot}", now=now
        )


def _senders(session: Session, report: Report, *, actor: Actor, now: datetime) -> tuple[Account, ...]:
    """Return who gets the receipt: who sent it; if the office did so, the responsible people of the partner."""
    if actor.is_staff:
        return role_holders.responsible(session, report.organisation_id, today=office_date(now))
    sender = session.get(Account, actor.account_id) if actor.account_id else None
    return (sender,) if sender else ()


def accepted(session: Session, report: Report, *, now: datetime) -> None:
    """Thank the partner, and let reminders of a duty that is met fall away."""
    values = {**values_of(report), "decided_on": office_date(now).isoformat()}
    _tell_partner(session, report, template="report_accepted", values=values, now=now)


def returned(session: Session, report: Report, *, marks: Mapping[str, str], reason: str, now: datetime) -> None:
    """Tell the partner what to mend (item by item, and in general) and until when; plan the reminders of it."""
    values = returned_values(report, marks=marks, reason=reason, fix_due_on=report.fix_due_on)
    _tell_partner(session, report, template="report_returned", values=values, now=now)


def returned_values(
    report: Report, *, marks: Mapping[str, str], reason: str, fix_due_on: date | None
) -> dict[str, Any]:
    """Return what the mail about a return says, also for looking at it beforehand."""
    sent, form = Sent.load(report.rounds[-1].answers), form_of(report)
    named = [{"label": report_mark.label(item, sent=sent, form=form), "sentence": marks[item]} for item in marks]
    until = fix_due_on.isoformat() if fix_due_on else None
    return {**values_of(report), "reason": reason, "marks": named, "fix_due_on": until}


def reopened(session: Session, report: Report, *, reason: str, now: datetime) -> None:
    """Tell the partner that an accepted report is reviewed again, and why."""
    values = {**values_of(report), "reason": reason, "path": f"/mitra/laporan/{report.code}/tanda-terima"}
    slot = f"report-reopened-{report.id}-{report.round}-{int(now.timestamp())}"
    _tell_partner(session, report, template="report_reopened", values=values, now=now, slot=slot)


def _tell_partner(
    session: Session, report: Report, *, template: str, values: dict[str, Any], now: datetime, slot: str | None = None
) -> None:
    slot = slot or f"{template.replace('_', '-')}-{report.id}-{report.round}"
    for account in report_queries.people_to_tell(session, report, today=office_date(now)):
        notices.enqueue(session, template=template, account=account, values=values, slot=slot, now=now)
    reminders.replan(session, agreement_id=report.agreement_id, now=now)
