"""What the page of one agreement shows of its duties and reports. The number of statements never grows with rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.obligation import (
    DutyRole,
    ObligationStanding,
    OccurrenceStage,
    ScheduleKind,
    standing,
)
from portal.domain.report import ReportStage
from portal.models import (
    AtensiComponent,
    ClientGroup,
    Obligation,
    Occurrence,
    Organisation,
    Province,
    Report,
    ReportRound,
)
from portal.queries import obligations

SHOWN = 8
"""So many duties stand on the page; the list of duties shows all."""


class DutyView(StrEnum):
    """The lists of duties that the page offers; the codes stand in its address."""

    RUNNING = "berjalan"
    OVERDUE = "terlambat"
    DONE = "selesai"
    ALL = "semua"


_DONE = frozenset({ObligationStanding.MET, ObligationStanding.WAIVED, ObligationStanding.CANCELLED})


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyRow:
    """One dated occurrence, or a duty that lasts as long as the agreement (`due_on` and `standing` None).

    `number` is the place of the duty in its agreement, as addresses name it.
    """

    obligation_id: int
    number: int
    title: str
    article: str | None
    period_key: str = "once"
    due_on: date | None = None
    decided_on: date | None = None
    standing: ObligationStanding | None = None
    is_lasting: bool = False
    debtors: tuple[str, ...] = ()
    is_ours: bool = False

    def belongs(self, view: DutyView) -> bool:
        """Return whether the row stands in a list; what is late is running too."""
        if view is DutyView.ALL:
            return True
        done = self.standing in _DONE
        if view is DutyView.DONE:
            return done
        return not done if view is DutyView.RUNNING else self.standing is ObligationStanding.OVERDUE


@dataclass(frozen=True, kw_only=True, slots=True)
class Duties:
    """The first rows of the chosen list, how many each list holds, and the oldest that is late."""

    rows: tuple[DutyRow, ...]
    counts: Mapping[DutyView, int]
    oldest_overdue: DutyRow | None


def duties(session: Session, agreement_id: int, *, view: DutyView, today: date) -> Duties:
    """Return the duties of an agreement as its page shows them: running by date, finished the newest first."""
    written = _written(session, agreement_id)
    by_id = {row.obligation_id: row for row in written}
    rows = [_dated(by_id[row.obligation_id], row, today) for row in _occurrences(session, agreement_id)]
    rows += [row for row in written if row.is_lasting]
    chosen = [row for row in rows if row.belongs(view)]
    if view is DutyView.DONE:
        chosen.reverse()
    shown = chosen[:SHOWN]
    overdue = [row for row in rows if row.standing is ObligationStanding.OVERDUE]
    return Duties(
        rows=_with_debtors(session, shown),
        counts={each: sum(row.belongs(each) for row in rows) for each in DutyView},
        oldest_overdue=overdue[0] if overdue else None,
    )


@dataclass(frozen=True, slots=True)
class _Dated:
    stage: OccurrenceStage
    due_on: date


def _written(session: Session, agreement_id: int) -> list[DutyRow]:
    """Return the duties themselves, without dates, numbered in the order of writing."""
    rows = session.execute(
        select(Obligation.id, Obligation.title, Obligation.article, Obligation.schedule, Obligation.is_closed)
        .where(Obligation.agreement_id == agreement_id)
        .order_by(Obligation.id)
    )
    return [
        DutyRow(
            obligation_id=row.id,
            number=number,
            title=row.title,
            article=row.article,
            is_lasting=row.schedule is ScheduleKind.CONTINUOUS and not row.is_closed,
        )
        for number, row in enumerate(rows, start=1)
    ]


def _occurrences(session: Session, agreement_id: int) -> Sequence[Any]:
    return session.execute(
        select(
            Occurrence.obligation_id,
            Occurrence.period_key,
            Occurrence.due_on,
            Occurrence.decided_on,
            Occurrence.stage,
        )
        .where(Occurrence.agreement_id == agreement_id)
        .order_by(Occurrence.due_on, Occurrence.obligation_id)
    ).all()


def _dated(duty: DutyRow, row: Any, today: date) -> DutyRow:
    return replace(
        duty,
        period_key=row.period_key,
        due_on=row.due_on,
        decided_on=row.decided_on,
        standing=standing(_Dated(stage=row.stage, due_on=row.due_on), today),
    )


def _with_debtors(session: Session, rows: Sequence[DutyRow]) -> tuple[DutyRow, ...]:
    names = obligations.party_names(session, {row.obligation_id for row in rows})
    found = []
    for row in rows:
        debtors = names.get(row.obligation_id, {}).get(DutyRole.DEBTOR, [])
        said = tuple(one.short_name or one.name for one in debtors)
        found.append(replace(row, debtors=said, is_ours=any(one.is_ours for one in debtors)))
    return tuple(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportRow:
    """One report that was sent at least once."""

    code: str
    title: str
    period_key: str
    due_on: date
    stage: ReportStage
    organisation: str
    submitted_at: datetime | None
    first_sent_at: datetime | None


def reports(session: Session, agreement_id: int) -> tuple[ReportRow, ...]:
    """Return the reports of an agreement that were sent, by period."""
    first = (
        select(ReportRound.report_id, func.min(ReportRound.submitted_at).label("first_sent_at"))
        .group_by(ReportRound.report_id)
        .subquery()
    )
    rows = session.execute(
        select(
            Report.code,
            Obligation.title,
            Occurrence.period_key,
            Occurrence.due_on,
            Report.stage,
            func.coalesce(Organisation.short_name, Organisation.name).label("organisation"),
            Report.submitted_at,
            first.c.first_sent_at,
        )
        .join(Occurrence, Occurrence.id == Report.occurrence_id)
        .join(Obligation, Obligation.id == Occurrence.obligation_id)
        .join(Organisation, Organisation.id == Report.organisation_id)
        .outerjoin(first, first.c.report_id == Report.id)
        .where(Report.agreement_id == agreement_id, Report.stage != ReportStage.DRAFT)
        .order_by(Occurrence.due_on, Report.id)
    )
    return tuple(ReportRow(**row._asdict()) for row in rows)


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeNames:
    """The words behind the codes that agreements carry."""

    provinces: Mapping[str, str]
    client_groups: Mapping[str, str]
    atensi: Mapping[str, str]


def code_names(session: Session) -> CodeNames:
    """Return every province, client group and component of ATENSI by its code, in their order."""
    return CodeNames(
        provinces=_names(session, Province.code, Province.name, Province.name),
        client_groups=_names(session, ClientGroup.code, ClientGroup.name, ClientGroup.position),
        atensi=_names(session, AtensiComponent.code, AtensiComponent.name, AtensiComponent.position),
    )


def _names(session: Session, code: object, name: object, order: object) -> dict[str, str]:
    return {row[0]: row[1] for row in session.execute(select(code, name).order_by(order))}  # type: ignore[call-overload]
