"""Approval inside the partner's organisation: asking the responsible person, handing back. Approving is sending."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain import policy, report_answers, report_approval
from portal.domain.dates import office_date
from portal.domain.errors import RuleBroken
from portal.domain.policy import Action, Actor
from portal.domain.report import check_editable
from portal.models import Account, Report
from portal.queries import reports as report_queries
from portal.queries import role_holders
from portal.queries.report_forms import answers_of, form_of
from portal.services import audit, notices, report_notices


def check_may_send(session: Session, report: Report, *, actor: Actor, now: datetime) -> None:
    """Raise RuleBroken when this person has to ask the responsible person first; the office sends on behalf."""
    if actor.is_staff:
        return
    responsible = role_holders.responsible(session, report.organisation_id, today=office_date(now))
    if not report_approval.may_send(actor.roles, has_responsible=bool(responsible)):
        raise RuleBroken(report_approval.ASK_FIRST)


def ask(session: Session, report: Report, *, actor: Actor, now: datetime) -> tuple[Account, ...]:
    """Ask the responsible people to approve a report as it stands; return whom. Asking again tells nobody twice a day.

    Raises RuleBroken naming the field that is missing, as sending would, or when there is nobody to ask.
    """
    policy.check(actor, Action.SUBMIT_REPORT)
    policy.check_own(actor, report.organisation_id)
    check_editable(report.stage)
    files = len(report_queries.kept_files(report))
    report_answers.check_sendable(answers_of(report), files=files, form=form_of(report))
    people = role_holders.responsible(session, report.organisation_id, today=office_date(now))
    if not people:
        raise RuleBroken("Lembaga Anda belum mempunyai penanggung jawab di portal ini. Kirim laporan sendiri.")
    report.asked_at, report.asked_by_id = now, actor.account_id
    report.handed_back_reason = report.handed_back_by_id = None
    report.updated_at = now
    audit.record(session, "report_approval_asked", subject=report, actor=actor, now=now)
    session.flush()
    values = {**report_notices.values_of(report), "person": actor.name}
    for account in people:
        notices.enqueue(
            session,
            template="report_approval_asked",
            account=account,
            values=values | {"path": f"/mitra/laporan/{report.code}/periksa"},
            slot=f"report-approval-{report.id}-{report.version}",
            now=now,
        )
    return people


def hand_back(session: Session, report: Report, reason: str, *, actor: Actor, now: datetime) -> Report:
    """Give a report that waits for approval back to who wrote it, with a sentence; the writer is told."""
    policy.check(actor, Action.APPROVE_REPORT)
    policy.check_own(actor, report.organisation_id)
    check_editable(report.stage)
    said = report_approval.check_reason(reason)
    if report.asked_at is None:
        raise RuleBroken("Laporan ini tidak lagi menunggu persetujuan. Keadaan terbarunya ada di halaman ini.")
    writer = session.get(Account, report.asked_by_id) if report.asked_by_id else None
    report.asked_at = report.asked_by_id = None
    report.handed_back_reason, report.handed_back_by_id = said, actor.account_id
    report.updated_at = now
    audit.record(session, "report_handed_back", subject=report, actor=actor, now=now, detail={"reason": said})
    session.flush()
    if writer is not None:
        notices.enqueue(
            session,
            template="report_handed_back",
            account=writer,
            values={**report_notices.values_of(report), "person": actor.name, "reason": said},
            slot=f"report-handed-back-{report.id}-{report.version}",
            now=now,
        )
    return report
