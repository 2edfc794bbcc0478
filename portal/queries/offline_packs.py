"""Reads for reports that are filled in away from the portal: what one organisation is asked for, its workbooks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.domain import report_turn
from portal.domain.errors import NotFound
from portal.domain.obligation import ASKED_FOR, REPORTED, DutyRole, ObligationKind
from portal.domain.offline_pack import MOST_ROWS, Known
from portal.domain.report import EDITABLE
from portal.domain.report_form import DEFAULT, Form
from portal.models import (
    Account,
    Agreement,
    Obligation,
    ObligationParty,
    Occurrence,
    Organisation,
    Report,
    ReportForm,
    WorkbookReceipt,
)
from portal.queries import report_forms
from portal.queries.obligation_filter import BINDING


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenDuty:
    """A report that is asked for now: its dated duty, what stands in it, and what it asks."""

    occurrence: Occurrence
    report: Report | None
    form: Form

    @property
    def version(self) -> int:
        """Return the version of its report, 0 when none was begun."""
        return self.report.version if self.report else 0


def open_duties(session: Session, *, organisation_id: int, today: date) -> tuple[OpenDuty, ...]:
    """Return what this partner is asked to report now, what is due first at the top."""
    query = _owed(organisation_id).where(_is_open()).order_by(Occurrence.due_on, Occurrence.id).limit(MOST_ROWS)
    newest = report_forms.newest_of_all(session)
    return tuple(
        OpenDuty(occurrence=occurrence, report=report, form=_form(newest, occurrence, report))
        for occurrence, report in session.execute(query)
        if report is not None or _opens_on(occurrence) <= today
    )


def _opens_on(occurrence: Occurrence) -> date:
    return report_turn.opens_on(period_ends_on=occurrence.period_ends_on, due_on=occurrence.due_on)


def _form(newest: Mapping[ObligationKind, ReportForm], occurrence: Occurrence, report: Report | None) -> Form:
    if report is not None:
        return report_forms.form_of(report)
    row = newest.get(occurrence.obligation.kind)
    return report_forms.value_of(row) if row is not None else DEFAULT


def known(session: Session, wanted: Collection[int], *, organisation_id: int) -> Mapping[int, Known]:
    """Return what the portal knows of the reports for these dated duties; what this partner does not owe is absent."""
    newest = report_forms.newest_of_all(session)
    found = {}
    for occurrence, report in session.execute(_owed(organisation_id).where(Occurrence.id.in_(wanted))):
        form = _form(newest, occurrence, report)
        is_asked = occurrence.stage in ASKED_FOR and occurrence.obligation.agreement.stage in BINDING
        if report is None:
            found[occurrence.id] = Known(form=form, is_open=is_asked)
            continue
        found[occurrence.id] = Known(
            form=form,
            answers=report_forms.answers_of(report),
            version=report.version,
            is_open=is_asked and report.stage in EDITABLE,
        )
    return found


def _owed(organisation_id: int) -> Select[Occurrence, Report | None]:
    own = (Report.occurrence_id == Occurrence.id) & (Report.organisation_id == organisation_id)
    owes = exists(
        select(ObligationParty.id).where(
            ObligationParty.obligation_id == Obligation.id,
            ObligationParty.duty_role == DutyRole.DEBTOR,
            ObligationParty.organisation_id == organisation_id,
        )
    )
    return (
        select(Occurrence, Report)
        .join(Occurrence.obligation)
        .join(Obligation.agreement)
        .outerjoin(Report, own)
        .where(owes, Obligation.kind.in_(REPORTED))
        .options(
            contains_eager(Occurrence.obligation).contains_eager(Obligation.agreement),
            joinedload(Report.form),
        )
    )


def _is_open() -> ColumnElement[bool]:
    is_mine_to_fill = Report.id.is_(None) | Report.stage.in_(EDITABLE)
    return Occurrence.stage.in_(ASKED_FOR) & Agreement.stage.in_(BINDING) & is_mine_to_fill


def receipt_of(session: Session, code: str, *, organisation_id: int, for_change: bool = False) -> WorkbookReceipt:
    """Return a workbook that this organisation sent; raise NotFound for absent and foreign ones."""
    query = select(WorkbookReceipt).where(
        WorkbookReceipt.code == code, WorkbookReceipt.organisation_id == organisation_id
    )
    found = session.scalar(query.with_for_update() if for_change else query)
    if found is None:
        raise NotFound
    return found


def with_bytes(session: Session, digest: str, *, organisation_id: int) -> WorkbookReceipt | None:
    """Return the row of a workbook that was sent before with the very same bytes."""
    return session.scalar(
        select(WorkbookReceipt).where(
            WorkbookReceipt.digest == digest, WorkbookReceipt.organisation_id == organisation_id
        )
    )


def latest(session: Session, *, organisation_id: int, most: int = 10) -> tuple[WorkbookReceipt, ...]:
    """Return the workbooks that this organisation sent last, the newest first."""
    return tuple(
        session.scalars(
            select(WorkbookReceipt)
            .where(WorkbookReceipt.organisation_id == organisation_id)
            .order_by(WorkbookReceipt.id.desc())
            .limit(most)
        )
    )


def written_by(session: Session, pack: str, *, organisation_id: int) -> Mapping[int, int]:
    """Return the version that earlier sendings of one download left behind, by dated duty."""
    results = session.scalars(
        select(WorkbookReceipt.result)
        .where(
            WorkbookReceipt.pack == pack,
            WorkbookReceipt.organisation_id == organisation_id,
            WorkbookReceipt.accepted_at.is_not(None),
        )
        .order_by(WorkbookReceipt.id)
    )
    return {int(key): version for result in results for key, version in (result or {}).get("versions", {}).items()}


def names(session: Session, receipt: WorkbookReceipt) -> Mapping[int, str]:
    """Return the names of those who uploaded and accepted a workbook, by account."""
    people = [each for each in (receipt.uploaded_by_id, receipt.accepted_by_id) if each is not None]
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(people)))
    return {row.id: row.name for row in rows}


def organisation_name(session: Session, organisation_id: int) -> str:
    """Return the name that stands in the workbook."""
    return session.scalar(select(Organisation.name).where(Organisation.id == organisation_id)) or ""
