"""How long each side had reports, and how many rounds these needed. Counted in `domain.report_round`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Executable, select
from sqlalchemy.orm import Session

from portal.domain import report_round
from portal.domain.report import ReportStage
from portal.domain.report_round import Clock
from portal.models import Report, ReportReopening, ReportRound

_ROUND = (ReportRound.report_id, ReportRound.submitted_at, ReportRound.decided_at, ReportRound.outcome)
_REOPENING = (ReportReopening.report_id, ReportReopening.accepted_at, ReportReopening.reopened_at)
_SENT = (ReportStage.SUBMITTED, ReportStage.RETURNED, ReportStage.ACCEPTED)


def reopenings(session: Session, report: Report) -> Sequence[ReportReopening]:
    """Return how often an accepted round was reviewed again, the earliest first: both sides may read it."""
    chosen = select(ReportReopening).where(ReportReopening.report_id == report.id)
    return session.scalars(chosen.order_by(ReportReopening.reopened_at, ReportReopening.id)).all()


def of_report(session: Session, report: Report, *, today: date) -> Clock | None:
    """Return the days of each side with one report, None before it was sent."""
    return report_round.clock(report_round.handovers(report.rounds, reopenings(session, report)), today=today)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How reports of one partner went: how many were sent and accepted, rounds needed, days of each side in all."""

    sent: int
    accepted: int
    rounds: int
    """Of the accepted ones."""
    first_time: int
    """So many were accepted in their first round."""
    office_days: int
    partner_days: int

    @property
    def rounds_each(self) -> float | None:
        """Return how many rounds an accepted report needed on average, None when none was accepted."""
        return self.rounds / self.accepted if self.accepted else None


def of_organisation(session: Session, organisation_id: int, *, today: date, since: date | None = None) -> Pace:
    """Return how the reports of one partner went, those sent first on or after `since` if given. Three statements."""
    chosen = select(Report.id, Report.stage).where(Report.organisation_id == organisation_id, Report.stage.in_(_SENT))
    stages: Mapping[int, ReportStage] = {row.id: row.stage for row in session.execute(chosen)}
    rounds = _by_report(session, select(*_ROUND).where(ReportRound.organisation_id == organisation_id))
    undone = _by_report(session, select(*_REOPENING).where(ReportReopening.organisation_id == organisation_id))
    clocks = {
        each: report_round.clock(report_round.handovers(rounds[each], undone.get(each, ())), today=today)
        for each in stages
        if each in rounds
    }
    known = {each: found for each, found in clocks.items() if found and (since is None or found.first_on >= since)}
    done = [each for each in known if stages[each] is ReportStage.ACCEPTED]
    return Pace(
        sent=len(known),
        accepted=len(done),
        rounds=sum(len(rounds[each]) for each in done),
        first_time=sum(len(rounds[each]) == 1 for each in done),
        office_days=sum(found.office_days for found in known.values()),
        partner_days=sum(found.partner_days for found in known.values()),
    )


def _by_report(session: Session, query: Executable) -> dict[int, list[Any]]:
    """Return the rows of a select by their first column, the report."""
    found: dict[int, list[Any]] = {}
    for row in session.execute(query):
        found.setdefault(row.report_id, []).append(row)
    return found
