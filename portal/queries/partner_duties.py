"""Dated duties as one partner sees them: what it owes, what the ministry owes it. Everything takes the organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.domain import report_answers, report_turn
from portal.domain.obligation import ASKED_FOR, REPORTED, UNFINISHED, DutyRole, OccurrenceStage
from portal.domain.report import EDITABLE, ReportStage
from portal.domain.report_form import DEFAULT
from portal.models import (
    Agreement,
    Obligation,
    ObligationParty,
    Occurrence,
    Organisation,
    Report,
    ReportFile,
    ReportMark,
)
from portal.queries.obligation_filter import BINDING
from portal.queries.report_forms import answers_of, form_of

MOST = 60
"""So many coming dates are enough for any page of a partner; what is due first comes first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """One date on which somebody owes something, with the partner's own report for it if there is one."""

    occurrence_id: int
    title: str
    article: str | None
    evidence: str | None
    period_key: str
    period_starts_on: date | None
    period_ends_on: date | None
    due_on: date
    occurrence_stage: OccurrenceStage
    is_reported: bool
    agreement_code: str
    agreement_title: str
    is_sample: bool
    code: str | None
    stage: ReportStage | None
    round: int | None
    fix_due_on: date | None
    return_reason: str | None
    marks: int
    """So many single things are to be mended in the round that came back."""
    submitted_at: datetime | None
    filled: int
    steps: int
    """So many steps of the report are done, and so many there are."""
    asked_at: datetime | None
    """Since when the report waits for the approval of the responsible person."""

    @property
    def answer_on(self) -> date:
        """Return the day by which the partner must act."""
        return self.fix_due_on if self.stage is ReportStage.RETURNED and self.fix_due_on else self.due_on

    @property
    def opens_on(self) -> date:
        """Return the first day on which the report is asked for."""
        return report_turn.opens_on(period_ends_on=self.period_ends_on, due_on=self.due_on)

    def is_partners_turn(self, today: date) -> bool:
        """Return whether the partner is asked to fill in or to mend this report now."""
        if not self.is_reported or self.occurrence_stage not in ASKED_FOR:
            return False
        return self.stage in EDITABLE or (self.stage is None and self.opens_on <= today)


def owed_by(session: Session, *, organisation_id: int, agreement_code: str | None = None) -> tuple[Duty, ...]:
    """Return the unfinished dates of what this partner owes, the earliest first."""
    return _duties(session, organisation_id, _is_debtor(organisation_id), agreement_code)


def owed_to(session: Session, *, organisation_id: int, agreement_code: str | None = None) -> tuple[Duty, ...]:
    """Return the unfinished dates of what the ministry owes this partner; joint duties stand with its own."""
    creditor = _seat(DutyRole.CREDITOR, ObligationParty.organisation_id == organisation_id)
    ministry = _seat(DutyRole.DEBTOR, Organisation.is_ours.is_(True))
    where = creditor & ministry & ~_is_debtor(organisation_id)
    return _duties(session, organisation_id, where, agreement_code)


def _seat(role: DutyRole, who: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(
        select(ObligationParty.id)
        .join(Organisation, Organisation.id == ObligationParty.organisation_id)
        .where(ObligationParty.obligation_id == Obligation.id, ObligationParty.duty_role == role, who)
    )


def _is_debtor(organisation_id: int) -> ColumnElement[bool]:
    return _seat(DutyRole.DEBTOR, ObligationParty.organisation_id == organisation_id)


def _duties(
    session: Session, organisation_id: int, where: ColumnElement[bool], agreement_code: str | None
) -> tuple[Duty, ...]:
    query = (
        _rows(organisation_id)
        .where(where, Occurrence.stage.in_(UNFINISHED), Agreement.stage.in_(BINDING))
        .order_by(Occurrence.due_on, Occurrence.id)
        .limit(MOST)
    )
    if agreement_code is not None:
        query = query.where(Agreement.code == agreement_code)
    return tuple(_duty(*row) for row in session.execute(query))


def _rows(organisation_id: int) -> Select[Occurrence, Report | None, int, int]:
    files = (
        select(func.count(ReportFile.id))
        .where(ReportFile.report_id == Report.id, ReportFile.removed_at.is_(None))
        .correlate(Report)
        .scalar_subquery()
    )
    told = (ReportMark.report_id == Report.id, ReportMark.number == Report.round, ReportMark.told_at.is_not(None))
    marks = select(func.count(ReportMark.id)).where(*told).correlate(Report).scalar_subquery()
    own = (Report.occurrence_id == Occurrence.id) & (Report.organisation_id == organisation_id)
    return (
        select(Occurrence, Report, files, marks)
        .join(Occurrence.obligation)
        .join(Obligation.agreement)
        .outerjoin(Report, own)
        .options(contains_eager(Occurrence.obligation).contains_eager(Obligation.agreement), joinedload(Report.form))
    )


def _duty(occurrence: Occurrence, report: Report | None, files: int, marks: int) -> Duty:
    obligation = occurrence.obligation
    agreement = obligation.agreement
    return Duty(
        occurrence_id=occurrence.id,
        title=obligation.title,
        article=obligation.article,
        evidence=obligation.evidence,
        period_key=occurrence.period_key,
        period_starts_on=occurrence.period_starts_on,
        period_ends_on=occurrence.period_ends_on,
        due_on=occurrence.due_on,
        occurrence_stage=occurrence.stage,
        is_reported=obligation.kind in REPORTED,
        agreement_code=agreement.code,
        agreement_title=agreement.title,
        is_sample=agreement.is_sample,
        code=report.code if report else None,
        stage=report.stage if report else None,
        round=report.round if report else None,
        fix_due_on=report.fix_due_on if report else None,
        return_reason=report.return_reason if report else None,
        marks=marks,
        submitted_at=report.submitted_at if report else None,
        filled=_filled(report, files),
        steps=len((form_of(report) if report else DEFAULT).steps),
        asked_at=report.asked_at if report else None,
    )


def _filled(report: Report | None, files: int) -> int:
    if report is None:
        return 0
    return len(report_answers.filled(answers_of(report), files=files, form=form_of(report)))


def decided_of(session: Session, *, organisation_id: int, most: int) -> tuple[Duty, ...]:
    """Return the dates whose own report was accepted, the latest first."""
    query = (
        _rows(organisation_id)
        .where(Report.stage == ReportStage.ACCEPTED)
        .order_by(Report.decided_at.desc(), Report.id.desc())
        .limit(most)
    )
    return tuple(_duty(*row) for row in session.execute(query))


def to_act(duties: Sequence[Duty], *, today: date) -> tuple[Duty, ...]:
    """Return what the partner is asked to do now: returned reports first, then by date."""
    return tuple(sorted((d for d in duties if d.is_partners_turn(today)), key=report_turn.order))


def next_opening(duties: Sequence[Duty], *, today: date) -> date | None:
    """Return the day on which the next report opens, None when none is planned."""
    days = [d.opens_on for d in duties if d.is_reported and d.stage is None and d.opens_on > today]
    return min(days, default=None)
