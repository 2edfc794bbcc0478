"""The list of dated duties: one page of rows, or the first rows for short lists on other pages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session, load_only

from portal.domain.duty import is_reported
from portal.domain.obligation import UNFINISHED, DutyRole, ObligationKind, ObligationStanding, standing
from portal.domain.relief import ReliefStage
from portal.domain.reminder import ReminderStage, SubjectKind
from portal.domain.report import ReportStage
from portal.models import Account, Agreement, AgreementParty, Obligation, Occurrence, Relief, Reminder, Report
from portal.queries.obligation_filter import DutyFilter, conditions, rows_with
from portal.queries.obligations import number_of, party_names

PAGE_SIZE = 25
AT_ONCE = 500
"""So many rows are read together where all are wanted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Party:
    """One side of a duty as lists show it."""

    name: str
    is_ours: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyRow:
    """One dated duty."""

    id: int
    number: int
    """Place of the duty in its agreement."""
    title: str
    kind: ObligationKind
    article: str | None
    period_key: str
    due_on: date
    days: int
    standing: ObligationStanding
    agreement_code: str
    agreement_title: str
    debtors: tuple[Party, ...]
    creditors: tuple[Party, ...]
    report_code: str | None
    reminded_on: date | None
    reminded_step: int | None
    scheduled_on: date | None
    """The date by the schedule where another was granted."""
    counted_on: date | None
    """The date before a free day moved it."""
    is_estimated: bool
    officer: str | None
    contact: str | None
    """Who is named for the owing partner in the agreement."""
    relief_id: int | None
    """The request for relief that waits."""
    is_reported: bool
    is_sample: bool

    @property
    def owed_by_us(self) -> bool:
        """Return whether the ministry owes it, alone or with others."""
        return any(party.is_ours for party in self.debtors)


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyPage:
    """One page of the list."""

    rows: tuple[DutyRow, ...]
    total: int
    page: int


def count(session: Session, asked: DutyFilter, *, today: date) -> int:
    """Return how many dated duties a filter finds."""
    return session.scalar(rows_with(func.count(Occurrence.id)).where(*conditions(asked, today))) or 0


def find_page(session: Session, asked: DutyFilter, *, page: int = 1, today: date) -> DutyPage:
    """Return one page of the list by date: what is not finished first, then the answered ones, latest first."""
    total = count(session, asked, today=today)
    page = min(max(page, 1), max(1, -(-total // PAGE_SIZE)))
    first = (page - 1) * PAGE_SIZE
    ids = session.scalars(_ids_in_order(asked, today).limit(PAGE_SIZE).offset(first)).all()
    return DutyPage(rows=rows_of(session, ids, today=today), total=total, page=page)


def _ids_in_order(asked: DutyFilter, today: date) -> Select[Any]:
    finished = case((Occurrence.stage.in_(UNFINISHED), 0), else_=1)
    latest = case((Occurrence.stage.in_(UNFINISHED), None), else_=Occurrence.due_on)
    return (
        rows_with(Occurrence.id)
        .where(*conditions(asked, today))
        .order_by(finished, latest.desc().nulls_first(), Occurrence.due_on, Occurrence.id)
    )


def iterate(session: Session, asked: DutyFilter, *, limit: int, today: date) -> Iterator[DutyRow]:
    """Yield the first rows of the list in the order of its pages; only a few hundred are held at a time."""
    ids = session.scalars(_ids_in_order(asked, today).limit(limit)).all()
    for first in range(0, len(ids), AT_ONCE):
        yield from rows_of(session, ids[first : first + AT_ONCE], today=today)


def list_rows(session: Session, asked: DutyFilter, *, limit: int, today: date) -> tuple[DutyRow, ...]:
    """Return the first rows of a filter by date, for short lists on other pages."""
    ids = session.scalars(
        rows_with(Occurrence.id)
        .where(*conditions(asked, today))
        .order_by(Occurrence.due_on, Occurrence.id)
        .limit(limit)
    ).all()
    return rows_of(session, ids, today=today)


def rows_of(session: Session, ids: Sequence[int], *, today: date) -> tuple[DutyRow, ...]:
    """Return these dated duties in the order of `ids`, in a fixed number of statements."""
    if not ids:
        return ()
    found = session.execute(
        rows_with(Occurrence, Obligation, Agreement, number_of(), Account.name)
        .outerjoin(Account, Account.id == Agreement.officer_id)
        .options(load_only(Obligation.title, Obligation.kind, Obligation.article, Obligation.agreement_id))
        .options(load_only(Agreement.code, Agreement.title, Agreement.is_sample))
        .where(Occurrence.id.in_(ids))
    ).all()
    beside = _Beside(
        sides=party_names(session, {row[1].id for row in found}),
        reports=_reports(session, ids),
        reminded=_reminded(session, ids),
        contacts=_contacts(session, {row[2].id for row in found}),
        reliefs=_reliefs(session, ids),
    )
    rows = {row[0].id: _row(row, beside, today) for row in found}
    return tuple(rows[key] for key in ids if key in rows)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Beside:
    sides: dict[int, dict[DutyRole, list[Any]]]
    reports: dict[int, str]
    reminded: dict[int, tuple[date, int]]
    contacts: dict[tuple[int, int], str]
    reliefs: dict[int, int]

    def parties(self, obligation_id: int, role: DutyRole) -> tuple[Party, ...]:
        """Return the organisations on one side of a duty."""
        return tuple(
            Party(name=row.name, is_ours=row.is_ours) for row in self.sides.get(obligation_id, {}).get(role, [])
        )


def _reports(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """Return for each occurrence the report that waits longest, else the latest one that was sent."""
    waits = case((Report.stage == ReportStage.SUBMITTED, 0), else_=1)
    rows = session.execute(
        select(Report.occurrence_id, Report.code)
        .where(Report.occurrence_id.in_(ids), Report.stage != ReportStage.DRAFT)
        .order_by(waits.desc(), Report.submitted_at.desc(), Report.id)
    )
    return {row.occurrence_id: row.code for row in rows}


def _reminded(session: Session, ids: Iterable[int]) -> dict[int, tuple[date, int]]:
    """Return for each occurrence the day and the step of the reminder that was sent last."""
    latest = (
        select(
            Reminder.subject_id,
            Reminder.planned_on,
            Reminder.step,
            func.row_number()
            .over(partition_by=Reminder.subject_id, order_by=(Reminder.planned_on.desc(), Reminder.step.desc()))
            .label("place"),
        )
        .where(
            Reminder.subject_kind == SubjectKind.OCCURRENCE,
            Reminder.subject_id.in_(ids),
            Reminder.stage == ReminderStage.SENT,
        )
        .subquery()
    )
    rows = session.execute(select(latest).where(latest.c.place == 1))
    return {row.subject_id: (row.planned_on, row.step) for row in rows}


def _contacts(session: Session, agreement_ids: Iterable[int]) -> dict[tuple[int, int], str]:
    """Return who is named for each party: agreement and organisation → person."""
    rows = session.execute(
        select(AgreementParty.agreement_id, AgreementParty.organisation_id, AgreementParty.contact_name).where(
            AgreementParty.agreement_id.in_(tuple(agreement_ids)), AgreementParty.contact_name.is_not(None)
        )
    )
    return {(row.agreement_id, row.organisation_id): row.contact_name for row in rows}


def _reliefs(session: Session, ids: Iterable[int]) -> dict[int, int]:
    rows = session.execute(
        select(Relief.occurrence_id, Relief.id).where(Relief.occurrence_id.in_(ids), Relief.stage == ReliefStage.ASKED)
    )
    return {row.occurrence_id: row.id for row in rows}


def _contact(beside: _Beside, duty: Obligation) -> str | None:
    owing = [row.id for row in beside.sides.get(duty.id, {}).get(DutyRole.DEBTOR, []) if not row.is_ours]
    known = (beside.contacts.get((duty.agreement_id, each)) for each in owing)
    return next(filter(None, known), None)


def _row(found: Any, beside: _Beside, today: date) -> DutyRow:
    occurrence, duty, agreement, number, officer = found
    reminded_on, reminded_step = beside.reminded.get(occurrence.id, (None, None))
    debtors = beside.parties(duty.id, DutyRole.DEBTOR)
    return DutyRow(
        id=occurrence.id,
        number=number,
        title=duty.title,
        kind=duty.kind,
        article=duty.article,
        period_key=occurrence.period_key,
        due_on=occurrence.due_on,
        days=(occurrence.due_on - today).days,
        standing=standing(occurrence, today),
        agreement_code=agreement.code,
        agreement_title=agreement.title,
        debtors=debtors,
        creditors=beside.parties(duty.id, DutyRole.CREDITOR),
        report_code=beside.reports.get(occurrence.id),
        reminded_on=reminded_on,
        reminded_step=reminded_step,
        scheduled_on=occurrence.scheduled_on,
        counted_on=occurrence.counted_on,
        is_estimated=occurrence.is_estimated,
        officer=officer,
        contact=_contact(beside, duty),
        relief_id=beside.reliefs.get(occurrence.id),
        is_reported=is_reported(duty.kind, has_partner_debtor=any(not party.is_ours for party in debtors)),
        is_sample=agreement.is_sample,
    )
