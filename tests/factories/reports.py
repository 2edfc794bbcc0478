"""Reports for tests: the partner that owes the occurrence has one, a draft unless told otherwise."""

from sqlalchemy import func, select

from portal.domain.obligation import DutyRole
from portal.domain.report import ReportStage
from portal.domain.report_answers import Answers, Sent
from portal.models import ObligationParty, Report, ReportRound
from tests.factories.instants import NOW
from tests.factories.obligations import make_occurrence


def _debtor(session, occurrence):
    return session.scalar(
        select(ObligationParty.organisation_id).where(
            ObligationParty.obligation_id == occurrence.obligation_id,
            ObligationParty.duty_role == DutyRole.DEBTOR,
        )
    )


def make_report(session, occurrence=None, organisation=None, **changes):
    """Return a saved report; a stage beyond the draft brings its first round with it."""
    owner = occurrence or make_occurrence(session)
    number = session.scalar(select(func.count()).select_from(Report)) + 1
    code = f"TEST-{number:04d}"
    values = {
        "code": code,
        "occurrence_id": owner.id,
        "agreement_id": owner.agreement_id,
        "organisation_id": organisation.id if organisation else _debtor(session, owner),
        "stage": ReportStage.DRAFT,
        "narrative": "Pelatihan menjahit untuk 48 anak.",
        "created_at": NOW,
        "updated_at": NOW,
    } | changes
    row = Report(**values)
    if row.stage is not ReportStage.DRAFT:
        row.receipt_number, row.submitted_at = f"TT-{code}-1", row.submitted_at or NOW
    session.add(row)
    session.flush()
    if row.stage is not ReportStage.DRAFT:
        _add_round(session, row)
    session.refresh(row)
    return row


def _add_round(session, report):
    decided = report.stage is not ReportStage.SUBMITTED
    session.add(
        ReportRound(
            report_id=report.id,
            organisation_id=report.organisation_id,
            number=1,
            submitted_at=report.submitted_at,
            answers=Sent(answers=Answers(narrative=report.narrative)).dump(),
            outcome=report.stage if decided else None,
            decided_at=NOW if decided else None,
            reason=report.return_reason,
        )
    )
    session.flush()
