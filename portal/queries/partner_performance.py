"""How a partner's reports went: how many came in time, how many rounds they needed, days with each side.

Read by the office and, of itself, by the partner.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.dates import office_date
from portal.models import Occurrence, Organisation, Report, ReportRound
from portal.queries import report_clocks
from portal.queries.report_clocks import Pace


@dataclass(frozen=True, kw_only=True, slots=True)
class Performance:
    """How the reports of one partner went, by the date of their first sending."""

    in_time: int
    """So many were first sent by their date."""
    pace: Pace


def of_organisation(session: Session, organisation: Organisation, *, today: date) -> Performance:
    """Return how the reports of a partner went; a day ends in the partner's own zone. Four statements."""
    rows = session.execute(
        select(ReportRound.submitted_at, Occurrence.due_on)
        .join(Report, Report.id == ReportRound.report_id)
        .join(Occurrence, Occurrence.id == Report.occurrence_id)
        .where(Report.organisation_id == organisation.id, ReportRound.number == 1)
    )
    in_time = sum(office_date(row.submitted_at, organisation.zone) <= row.due_on for row in rows)
    pace = report_clocks.of_organisation(session, organisation.id, today=today)
    return Performance(in_time=in_time, pace=pace)
