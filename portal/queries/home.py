"""The figures of the office's first page: compliance, what ends when, where agreements are, whether all runs well."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, select, true
from sqlalchemy.orm import Session

from portal.domain.agreement import Standing
from portal.domain.calendar import CalendarNotLoaded
from portal.domain.dates import add_months, is_late, office_date
from portal.domain.obligation import OccurrenceStage
from portal.models import (
    Agreement,
    AgreementRegion,
    Occurrence,
    Report,
    ReportRound,
)
from portal.queries import calendar_days, data_requests, jobs, kept_numbers, ledger, ledger_mails, unheard
from portal.queries.calendar_days import EstimatedYear
from portal.queries.obligation_filter import DutyFilter, conditions, rows_with
from portal.queries.standing import agreement_is
from portal.queries.tasks_of_agreements import undecided

MONTHS_AHEAD = 12
MOST_UNHEARD = 50
IN_FORCE = frozenset({Standing.IN_FORCE, Standing.ENDING_SOON, Standing.END_UNKNOWN})


@dataclass(frozen=True, kw_only=True, slots=True)
class Compliance:
    """Reports due in a span of days: in time, late, not sent."""

    due_from: date
    due_to: date
    in_time: int
    late: int
    not_sent: int

    @property
    def total(self) -> int:
        """Return how many reports were due."""
        return self.in_time + self.late + self.not_sent


def semester_start(today: date) -> date:
    """Return the first day of the running semester."""
    return date(today.year, 1 if today.month <= 6 else 7, 1)  # noqa: PLR2004 (June ends the first semester)


def compliance(session: Session, *, with_confidential: bool, today: date) -> Compliance:
    """Return how punctual partners were with the reports due in this semester, up to yesterday."""
    due_from, due_to = semester_start(today), today - timedelta(days=1)
    asked = DutyFilter(due_from=due_from, due_to=due_to, reported=True, with_confidential=with_confidential)
    sent_at = (
        select(func.max(ReportRound.submitted_at))
        .join(Report, Report.id == ReportRound.report_id)
        .where(Report.occurrence_id == Occurrence.id, ReportRound.number == 1)
        .scalar_subquery()
    )
    rows = session.execute(
        rows_with(
            Occurrence.due_on,
            Occurrence.due_at,
            Occurrence.zone,
            Occurrence.stage,
            Occurrence.decided_on,
            sent_at.label("sent_at"),
        ).where(*conditions(asked, today), Occurrence.stage.not_in((OccurrenceStage.WAIVED, OccurrenceStage.HELD)))
    )
    numbers = {"in_time": 0, "late": 0, "not_sent": 0}
    for row in rows:
        numbers[_punctuality(row)] += 1
    return Compliance(due_from=due_from, due_to=due_to, **numbers)


def _punctuality(row: Any) -> str:
    """Judge one date: by the end of its day where the debtor is, or by its hour."""
    if row.stage is OccurrenceStage.OPEN:
        return "not_sent"
    if row.sent_at is not None:
        return "late" if is_late(row.sent_at, due_on=row.due_on, due_at=row.due_at, zone=row.zone) else "in_time"
    return "late" if row.decided_on is not None and row.decided_on > row.due_on else "in_time"


@dataclass(frozen=True, kw_only=True, slots=True)
class EndingMonth:
    """Agreements that end in one month: those whose renewal is decided and the others."""

    first: date
    decided: int
    undecided: int

    @property
    def total(self) -> int:
        """Return how many end in this month."""
        return self.decided + self.undecided


def endings(session: Session, *, with_confidential: bool, today: date) -> tuple[EndingMonth, ...]:
    """Return the twelve months from this one with the agreements in force that end in them."""
    first = today.replace(day=1)
    months = [add_months(first, place) for place in range(MONTHS_AHEAD)]
    still_open = case((undecided(), 1), else_=0)
    rows = session.execute(
        select(Agreement.ends_on, func.count(), func.sum(still_open))
        .where(
            agreement_is(IN_FORCE, today),
            Agreement.ends_on < add_months(first, MONTHS_AHEAD),
            _readable(with_confidential=with_confidential),
        )
        .group_by(Agreement.ends_on)
    )
    numbers = {month: [0, 0] for month in months}
    for ends_on, number, open_ in rows:
        numbers[ends_on.replace(day=1)][0] += number - open_
        numbers[ends_on.replace(day=1)][1] += open_
    return tuple(EndingMonth(first=month, decided=n[0], undecided=n[1]) for month, n in numbers.items())


def undecided_soon(session: Session, *, with_confidential: bool, today: date) -> int:
    """Return how many agreements that are ending soon have no decision yet."""
    found = session.scalar(
        select(func.count(Agreement.id)).where(
            agreement_is({Standing.ENDING_SOON}, today),
            undecided(),
            _readable(with_confidential=with_confidential),
        )
    )
    return found or 0


def by_province(session: Session, *, with_confidential: bool, today: date) -> dict[str, int]:
    """Return how many agreements in force work in each province; provinces without any are left out."""
    rows = session.execute(
        select(AgreementRegion.province_code, func.count(func.distinct(Agreement.id)))
        .join(Agreement, Agreement.id == AgreementRegion.agreement_id)
        .where(agreement_is(IN_FORCE, today), _readable(with_confidential=with_confidential))
        .group_by(AgreementRegion.province_code)
    )
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """The figures that are counted over the whole register, anew only after a change."""

    compliance: Compliance
    endings: tuple[EndingMonth, ...]
    undecided_soon: int
    by_province: Mapping[str, int]


def kept(session: Session, *, with_confidential: bool, today: date) -> Kept:
    """Return the figures over the whole register; each process keeps them while nothing changes."""
    span: dict[str, Any] = {"with_confidential": with_confidential, "today": today}

    def count() -> Kept:
        return Kept(
            compliance=compliance(session, **span),
            endings=endings(session, **span),
            undecided_soon=undecided_soon(session, **span),
            by_province=by_province(session, **span),
        )

    return kept_numbers.keep(session, ("home", with_confidential, today), count)


def _readable(*, with_confidential: bool) -> ColumnElement[bool]:
    return true() if with_confidential else Agreement.is_confidential.is_(False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Health:
    """What is wrong with the portal itself, if anything."""

    dead_mails: int
    held_mails: int
    swept_at: datetime | None
    is_sweep_late: bool
    unconfirmed_year: int | None
    unheard: int
    """Duties whose reminders have begun and whose debtors have nobody to be told; counted up to fifty."""
    late_requests: int = 0
    """Requests about personal data whose three days are over."""
    waiting_requests: int = 0
    estimated: tuple[EstimatedYear, ...] = ()
    """Years that are not loaded though dates of the next 120 days rest on them."""

    @property
    def is_well(self) -> bool:
        """Return whether there is nothing to tell."""
        own = (self.dead_mails, self.held_mails, self.is_sweep_late)
        troubles = (*own, self.unconfirmed_year, self.unheard, self.waiting_requests, self.estimated)
        return not any(troubles)


def health(session: Session, *, now: datetime) -> Health:
    """Return what the strip of the first page tells: failed mails, the planner, the calendar."""
    sweep = jobs.sweep_standing(session, now=now)
    today = office_date(now)
    years = kept_numbers.keep(
        session, ("estimated years", today), lambda: calendar_days.estimated_years(session, today=today)
    )
    waiting, late = data_requests.count_late(session, now=now)
    return Health(
        dead_mails=ledger_mails.count_dead(session),
        held_mails=ledger.count_held(session),
        swept_at=sweep.at,
        is_sweep_late=sweep.is_late or sweep.failure is not None,
        unconfirmed_year=calendar_days.unconfirmed_year(session, today=today),
        unheard=kept_numbers.keep(session, ("unheard", today), lambda: _unheard(session, today)),
        waiting_requests=waiting,
        late_requests=late,
        estimated=tuple(each for each in years if each.is_near(today)),
    )


def _unheard(session: Session, today: date) -> int:
    """Count what nobody hears of; without a calendar nothing is planned, and the strip says that instead."""
    office = calendar_days.working_calendar(session)
    try:
        return len(unheard.list_subjects(session, today=today, calendar=office, limit=MOST_UNHEARD))
    except CalendarNotLoaded:
        return 0
