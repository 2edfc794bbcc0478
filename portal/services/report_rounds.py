"""Rounds of a report: accepting, sending back, reviewing again; what becomes of the duty. Sending is in `reports`."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain import policy, report_turn
from portal.domain.dates import office_date
from portal.domain.errors import Conflict, RuleBroken
from portal.domain.marking import N_
from portal.domain.obligation import UNFINISHED, OccurrenceStage
from portal.domain.policy import Action, Actor
from portal.domain.report import REPORT_STAGES, ReportStage
from portal.domain.report_turn import Mending
from portal.models import Occurrence, Report, ReportReopening
from portal.queries import report_marks
from portal.queries import reports as report_queries
from portal.services import audit, report_notices
from portal.services import report_marks as noting

NEWER_ROUND = N_("Mitra sudah mengirim putaran baru. Muat ulang halaman lalu periksa putaran itu.")


def move(session: Session, occurrence: Occurrence, stage: OccurrenceStage, *, actor: Actor, now: datetime) -> None:
    """Bring an unfinished dated duty to a stage; one that is there already, or finished, stays."""
    if occurrence.stage is stage or occurrence.stage not in UNFINISHED:
        return
    occurrence.stage = stage
    occurrence.updated_at = now
    if stage is OccurrenceStage.MET:
        occurrence.decided_on, occurrence.decided_by_id = office_date(now), actor.account_id
    audit.record(session, f"occurrence_{stage.value}", subject=occurrence, actor=actor, now=now)


def accept(session: Session, report: Report, *, number: int, actor: Actor, now: datetime) -> Report:
    """Accept round `number`; the occurrence is met when every partner debtor's report is accepted."""
    policy.check(actor, Action.DECIDE_REPORT)
    if report.stage is ReportStage.ACCEPTED and report.round == number:
        return report
    _decide(report, ReportStage.ACCEPTED, number=number, reason=None, actor=actor, now=now)
    audit.record(session, "report_accepted", subject=report, actor=actor, now=now, detail={"round": number})
    _settle(session, report, actor=actor, now=now)
    report_notices.accepted(session, report, now=now)
    return report


def send_back(
    session: Session, report: Report, mending: Mending, *, number: int, actor: Actor, now: datetime
) -> Report:
    """Send round `number` back with its marks, a reason and a date for mending; the date of the duty itself stands.

    Without a reason of its own the sentences of the marks are the reason; the partner sees the marks from now on.
    """
    policy.check(actor, Action.DECIDE_REPORT)
    marks = report_marks.noted_marks(session, report, number)
    report_turn.check_mending(mending, marks=len(marks), today=office_date(now))
    if report.stage is ReportStage.RETURNED and report.round == number:
        return report
    reason = mending.reason.strip() or " ".join(marks.values())
    _decide(report, ReportStage.RETURNED, number=number, reason=reason, actor=actor, now=now)
    report.return_reason, report.fix_due_on = reason, mending.fix_due_on
    detail = {"round": number, "reason": reason, "fix_due_on": mending.fix_due_on, "marks": dict(marks)}
    audit.record(session, "report_returned", subject=report, actor=actor, now=now, detail=detail)
    noting.tell(session, report, number=number, now=now)
    _settle(session, report, actor=actor, now=now)
    report_notices.returned(session, report, marks=marks, reason=mending.reason.strip(), now=now)
    return report


def reopen(session: Session, report: Report, reason: str, *, number: int, actor: Actor, now: datetime) -> Report:
    """Review accepted round `number` again: a recorded decision. The dated duty waits for review once more.

    What was decided is kept in the reopening. Raises RuleBroken (field `reason`), Conflict, NotAllowed.
    """
    policy.check(actor, Action.DECIDE_REPORT)
    said = report_turn.check_reopening(reason)
    if report.round != number:
        raise Conflict(NEWER_ROUND)
    if report.stage is not ReportStage.ACCEPTED or report.decided_at is None:
        raise RuleBroken("Hanya laporan yang sudah diterima yang dapat dibuka kembali. Muat ulang halaman.")
    REPORT_STAGES.check(report.stage, ReportStage.SUBMITTED)
    last = report.rounds[-1]
    session.add(
        ReportReopening(
            report_id=report.id,
            organisation_id=report.organisation_id,
            number=number,
            accepted_at=report.decided_at,
            accepted_by_id=report.decided_by_id,
            reason=said,
            reopened_by_id=actor.account_id,
            reopened_at=now,
        )
    )
    report.stage, report.updated_at = ReportStage.SUBMITTED, now
    report.decided_at = report.decided_by_id = None
    last.outcome = last.decided_at = last.decided_by_id = None
    audit.record(
        session, "report_reopened", subject=report, actor=actor, now=now, detail={"round": number, "reason": said}
    )
    _take_up(session, report, actor=actor, now=now)
    report_notices.reopened(session, report, reason=said, now=now)
    return report


def _take_up(session: Session, report: Report, *, actor: Actor, now: datetime) -> None:
    """Let the dated duty be owed again when it counted as met by this report."""
    occurrence = report.occurrence
    if occurrence.stage is OccurrenceStage.MET:
        occurrence.stage = OccurrenceStage.OPEN
        occurrence.decided_on = occurrence.decided_by_id = None
        audit.record(session, "occurrence_taken_up", subject=occurrence, actor=actor, now=now)
    _settle(session, report, actor=actor, now=now)


def _decide(
    report: Report, outcome: ReportStage, *, number: int, reason: str | None, actor: Actor, now: datetime
) -> None:
    if report.round != number:
        raise Conflict(NEWER_ROUND)
    REPORT_STAGES.check(report.stage, outcome)
    report.stage = outcome
    report.decided_at, report.decided_by_id, report.updated_at = now, actor.account_id, now
    last = report.rounds[-1]
    last.outcome, last.reason = outcome, reason
    last.decided_at, last.decided_by_id = now, actor.account_id


def _settle(session: Session, report: Report, *, actor: Actor, now: datetime) -> None:
    session.flush()
    stages = report_queries.stages_by_debtor(session, report.occurrence)
    move(session, report.occurrence, report_turn.occurrence_stage(tuple(stages.values())), actor=actor, now=now)
    session.flush()
