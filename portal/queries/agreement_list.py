"""The list of agreements: one page of rows with a deferred join, and the numbers of the saved views."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from portal.domain.agreement import AgreementKind, Stage, Standing, standing
from portal.domain.obligation import OccurrenceStage
from portal.models import Account, Agreement, AgreementParty, Occurrence, Organisation
from portal.queries import kinship
from portal.queries.agreement_filter import AgreementFilter, conditions, has_parent
from portal.queries.standing import of_agreement

PAGE_SIZE = 25
COUNTED_UP_TO = 1000
"""Results of a filter are counted so far; beyond it the page says "lebih dari 1.000" (Settled 19)."""


class Sort(StrEnum):
    """Orders of the list."""

    TITLE = "title"
    PARTNER = "partner"
    END = "end"
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementRow:
    """One line of the list."""

    code: str
    title: str
    kind: AgreementKind
    stage: Stage
    standing: Standing | None
    starts_on: date | None
    ends_on: date | None
    days_left: int | None
    number: str | None
    partners: tuple[str, ...]
    officer: str | None
    overdue: int
    is_sample: bool
    is_confidential: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementPage:
    """One page of rows; `total` stops one above COUNTED_UP_TO."""

    rows: tuple[AgreementRow, ...]
    total: int
    page: int

    @property
    def is_capped(self) -> bool:
        """Return whether there are more results than were counted."""
        return self.total > COUNTED_UP_TO


def _ordered(query: Select[Any], sort: Sort) -> Select[Any]:
    if sort is Sort.TITLE:
        return query.order_by(Agreement.sort_key, Agreement.id)
    if sort is Sort.END:
        return query.order_by(Agreement.ends_on.nulls_last(), Agreement.id)
    if sort is Sort.PARTNER:
        partner = (
            select(func.min(Organisation.sort_key))
            .join(AgreementParty, AgreementParty.organisation_id == Organisation.id)
            .where(AgreementParty.agreement_id == Agreement.id, Organisation.is_ours.is_(False))
            .scalar_subquery()
        )
        return query.order_by(partner.nulls_last(), Agreement.id)
    return query.order_by(Agreement.updated_at.desc(), Agreement.id.desc())


def count(session: Session, asked: AgreementFilter, *, today: date) -> int:
    """Return how many agreements a filter finds, counted up to one above COUNTED_UP_TO."""
    hits = select(Agreement.id).where(*conditions(asked, today)).limit(COUNTED_UP_TO + 1).subquery()
    return session.scalar(select(func.count()).select_from(hits)) or 0


def find_page(
    session: Session, asked: AgreementFilter, *, sort: Sort = Sort.CHANGED, page: int = 1, today: date
) -> AgreementPage:
    """Return one page of the list: the ids first, everything else for these ids only (design: platform C3)."""
    total = count(session, asked, today=today)
    last = max(1, -(-total // PAGE_SIZE)) if total <= COUNTED_UP_TO else page
    page = min(max(page, 1), last)
    wanted = _ordered(select(Agreement.id).where(*conditions(asked, today)), sort)
    ids = session.scalars(wanted.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    return AgreementPage(rows=rows_of(session, ids, today=today), total=total, page=page)


def rows_of(session: Session, ids: Sequence[int], *, today: date) -> tuple[AgreementRow, ...]:
    """Return the lines of these agreements in the order of `ids`, in a fixed number of statements."""
    if not ids:
        return ()
    agreements = session.execute(
        select(Agreement, Account.name)
        .outerjoin(Account, Account.id == Agreement.officer_id)
        .where(Agreement.id.in_(ids))
    )
    seats = _seats(session, ids)
    late = _overdue(session, ids, today)
    rows = {
        agreement.id: _row(agreement, officer, seats.get(agreement.id, []), late.get(agreement.id, 0), today)
        for agreement, officer in agreements
    }
    return tuple(rows[key] for key in ids)


def _seats(session: Session, ids: Sequence[int]) -> dict[int, list[Any]]:
    rows = session.execute(
        select(
            AgreementParty.agreement_id,
            AgreementParty.name_printed,
            AgreementParty.number_printed,
            Organisation.is_ours,
        )
        .join(AgreementParty.organisation)
        .where(AgreementParty.agreement_id.in_(ids))
        .order_by(AgreementParty.agreement_id, AgreementParty.position)
    )
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.agreement_id, []).append(row)
    return found


def _overdue(session: Session, ids: Sequence[int], today: date) -> dict[int, int]:
    rows = session.execute(
        select(Occurrence.agreement_id, func.count())
        .where(
            Occurrence.agreement_id.in_(ids),
            Occurrence.stage == OccurrenceStage.OPEN,
            Occurrence.due_on < today,
        )
        .group_by(Occurrence.agreement_id)
    )
    return {row[0]: row[1] for row in rows}


def _row(agreement: Agreement, officer: str | None, seats: list[Any], overdue: int, today: date) -> AgreementRow:
    numbers = [seat.number_printed for seat in seats if seat.number_printed]
    return AgreementRow(
        code=agreement.code,
        title=agreement.title,
        kind=agreement.kind,
        stage=agreement.stage,
        standing=standing(agreement, today),
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        days_left=(agreement.ends_on - today).days if agreement.ends_on else None,
        number=numbers[0] if numbers else None,
        partners=tuple(seat.name_printed for seat in seats if not seat.is_ours),
        officer=officer,
        overdue=overdue,
        is_sample=agreement.is_sample,
        is_confidential=agreement.is_confidential,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """Exact numbers of agreements by stage and standing, and of the views that cut across them."""

    cells: dict[tuple[Stage, Standing | None], int]
    mine: int
    lacks_parent: int
    outlives_parent: int
    lacks_pks: int

    @property
    def total(self) -> int:
        """Return the number of all."""
        return sum(self.cells.values())

    def stages(self, stages: frozenset[Stage]) -> int:
        """Return how many are in one of these stages."""
        return sum(n for (stage, _), n in self.cells.items() if stage in stages)

    def standings(self, standings: frozenset[Standing]) -> int:
        """Return how many have one of these standings."""
        return sum(n for (_, each), n in self.cells.items() if each in standings)


def tally(session: Session, *, officer_id: int | None, with_confidential: bool, today: date) -> Tally:
    """Return the numbers of home and of the saved views from one grouped query."""
    asked = AgreementFilter(with_confidential=with_confidential)
    inner = (
        select(
            Agreement.stage.label("stage"),
            of_agreement(today).label("standing"),
            case((Agreement.officer_id == officer_id, 1), else_=0).label("mine"),
            case(((Agreement.kind == AgreementKind.PKS) & ~has_parent(), 1), else_=0).label("orphan"),
            case((kinship.outlives_parent(today), 1), else_=0).label("outliving"),
            case((kinship.lacks_pks(today), 1), else_=0).label("without_pks"),
        )
        .where(*conditions(asked, today))
        .subquery()
    )
    rows = session.execute(
        select(
            inner.c.stage,
            inner.c.standing,
            func.count(),
            func.sum(inner.c.mine),
            func.sum(inner.c.orphan),
            func.sum(inner.c.outliving),
            func.sum(inner.c.without_pks),
        ).group_by(inner.c.stage, inner.c.standing)
    ).all()
    cells = {(row[0], Standing(row[1]) if row[1] else None): row[2] for row in rows}
    mine, lacks_parent, outliving, without_pks = (sum(row[place] for row in rows) for place in range(3, 7))
    return Tally(cells=cells, mine=mine, lacks_parent=lacks_parent, outlives_parent=outliving, lacks_pks=without_pks)
