"""What the same partner reported for the same duty in the periods before: numbers to hold the new ones against."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.report_answers import Answers, Sent
from portal.models import Occurrence, Report, ReportRound

MOST = 3
"""So many periods before are told."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """What was sent last for an earlier period."""

    period_key: str
    due_on: date
    answers: Answers


def earlier(session: Session, report: Report) -> tuple[Past, ...]:
    """Return the last rounds of the periods before, the latest first; () for the first report. One statement."""
    rows = session.execute(
        select(Occurrence.period_key, Occurrence.due_on, ReportRound.answers)
        .join(Report, Report.occurrence_id == Occurrence.id)
        .join(ReportRound, (ReportRound.report_id == Report.id) & (ReportRound.number == Report.round))
        .where(
            Report.organisation_id == report.organisation_id,
            Occurrence.obligation_id == report.occurrence.obligation_id,
            Occurrence.due_on < report.occurrence.due_on,
        )
        .order_by(Occurrence.due_on.desc(), Occurrence.id.desc())
        .limit(MOST)
    )
    return tuple(Past(period_key=key, due_on=due, answers=Sent.load(text).answers) for key, due, text in rows)
