"""The list of agreements: one page of rows with a deferred join, and the numbers of the saved views."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Date, Integer, Select, bindparam, case, func, select
from sqlalchemy.orm import Session

from portal.domain.agreement import AgreementKind, Stage, Standing, standing
from portal.domain.obligation import OccurrenceStage
from portal.models import Account, Agreement, AgreementParty, Occurrence, Organisation
from portal.models.running import run
from portal.queries import kept_numbers, kinship
from portal.queries.agreement_filter import AgreementFilter, conditions, has_parent
from portal.queries.standing import of_agreement

PAGE_SIZE = 25
COUNTED_UP_TO = 1000
"""Results of a filter are counted so far; beyond it the page says "lebih dari 1.000" (Settled 19)."""


_IDS: BindParameter[Any] = bindparam("ids", expanding=True)


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
    return session.scalar(select(func.count()).select_from(_first_hits(asked, today).subquery())) or 0


@lru_cache(maxsize=256)
def _first_hits(asked: AgreementFilter, today: date) -> Select[Any]:
    """Return the question for what a filter finds, in any order, up to the number that is counted.

    In the order of the list, a filter that finds little would have to walk through the whole register.
    """
    return select(Agreement.id).where(*conditions(asked, today)).limit(COUNTED_UP_TO + 1)


@lru_cache(maxsize=8)
def _page_of(sort: Sort) -> Select[Any]:
    """Return the question for a page of agreements that are known already."""
    wanted = _ordered(select(Agreement.id).where(Agreement.id.in_(_IDS)), sort)
    return wanted.limit(PAGE_SIZE).offset(bindparam("skipped", type_=Integer()))


@lru_cache(maxsize=256)
def _page_query(asked: AgreementFilter, sort: Sort, today: date) -> Select[Any]:
    wanted = _ordered(select(Agreement.id).where(*conditions(asked, today)), sort)
    return wanted.limit(PAGE_SIZE).offset(bindparam("skipped", type_=Integer()))


def find_page(
    session: Session, asked: AgreementFilter, *, sort: Sort = Sort.CHANGED, page: int = 1, today: date
) -> AgreementPage:
    """Return one page of the list: the ids first, everything else for these ids only (design: platform C3).

    What a filter finds, and what the lines of a page say, is read anew only after something changed.
    """
    hits = kept_numbers.keep(session, ("hits", asked, today), lambda: _hits(session, asked, today), of_register=True)
    last = max(1, -(-len(hits) // PAGE_SIZE)) if len(hits) <= COUNTED_UP_TO else page
    page = min(max(page, 1), last)

    def read() -> AgreementPage:
        place = {"skipped": (page - 1) * PAGE_SIZE}
        if len(hits) > COUNTED_UP_TO:
            ids = run(session, _page_query(asked, sort, today), place).scalars().all()
        else:
            ids = run(session, _page_of(sort), place | {"ids": list(hits)}).scalars().all()
        return AgreementPage(rows=rows_of(session, ids, today=today), total=len(hits), page=page)

    return kept_numbers.keep(session, ("agreements", asked, sort, page, today), read)


def _hits(session: Session, asked: AgreementFilter, today: date) -> "array[int]":
    return array("q", run(session, _first_hits(asked, today)).scalars())


def rows_of(session: Session, ids: Sequence[int], *, today: date) -> tuple[AgreementRow, ...]:
    """Return the lines of these agreements in the order of `ids`, in a fixed number of statements."""
    if not ids:
        return ()
    seats = _seats(session, ids)
    rows = {
        row.id: _row(row, seats.get(row.id, []), today)
        for row in run(session, _LINES, {"ids": ids, "today": today}).all()
    }
    return tuple(rows[key] for key in ids if key in rows)


def _seats(session: Session, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in run(session, _SEATS, {"ids": ids}).all():
        found.setdefault(row.agreement_id, []).append(row)
    return found


_LATE = (
    select(func.count(Occurrence.id))
    .where(
        Occurrence.agreement_id == Agreement.id,
        Occurrence.stage == OccurrenceStage.OPEN,
        Occurrence.due_on < bindparam("today", type_=Date()),
    )
    .scalar_subquery()
)
_LINES = (
    select(
        Agreement.id,
        Agreement.code,
        Agreement.title,
        Agreement.kind,
        Agreement.stage,
        Agreement.starts_on,
        Agreement.ends_on,
        Agreement.is_sample,
        Agreement.is_confidential,
        Account.name.label("officer"),
        _LATE.label("late"),
    )
    .outerjoin(Account, Account.id == Agreement.officer_id)
    .where(Agreement.id.in_(_IDS))
)
_SEATS = (
    select(
        AgreementParty.agreement_id, AgreementParty.name_printed, AgreementParty.number_printed, Organisation.is_ours
    )
    .join(AgreementParty.organisation)
    .where(AgreementParty.agreement_id.in_(_IDS))
    .order_by(AgreementParty.agreement_id, AgreementParty.position)
)


def _row(agreement: Any, seats: list[Any], today: date) -> AgreementRow:
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
        officer=agreement.officer,
        overdue=agreement.late,
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
    """Return the numbers of home and of the saved views; counted anew only after a change."""
    whole = kept_numbers.keep(
        session,
        ("tally", with_confidential, today),
        lambda: _counted(session, with_confidential=with_confidential, today=today),
        of_register=True,
    )
    mine = kept_numbers.keep(
        session,
        ("own agreements", officer_id, with_confidential),
        lambda: run(session, _own(officer_id, with_confidential=with_confidential)).scalar_one(),
        of_register=True,
    )
    return replace(whole, mine=mine)


@lru_cache(maxsize=512)
def _own(officer_id: int | None, *, with_confidential: bool) -> Select[Any]:
    asked = AgreementFilter(with_confidential=with_confidential, officer_id=officer_id)
    return select(func.count(Agreement.id)).where(*conditions(asked, date.min))


def _counted(session: Session, *, with_confidential: bool, today: date) -> Tally:
    """Count everything but one's own in one grouped query."""
    rows: Sequence[Any] = run(session, _grouped(today, with_confidential=with_confidential)).all()
    cells = {(row[0], Standing(row[1]) if row[1] else None): row[2] for row in rows}
    lacks_parent, outliving, without_pks = (sum(row[place] for row in rows) for place in range(3, 6))
    return Tally(cells=cells, mine=0, lacks_parent=lacks_parent, outlives_parent=outliving, lacks_pks=without_pks)


@lru_cache(maxsize=8)
def _grouped(today: date, *, with_confidential: bool) -> Select[Any]:
    asked = AgreementFilter(with_confidential=with_confidential)
    inner = (
        select(
            Agreement.stage.label("stage"),
            of_agreement(today).label("standing"),
            case(((Agreement.kind == AgreementKind.PKS) & ~has_parent(), 1), else_=0).label("orphan"),
            case((kinship.outlives_parent(today), 1), else_=0).label("outliving"),
            case((kinship.lacks_pks(today), 1), else_=0).label("without_pks"),
        )
        .where(*conditions(asked, today))
        .subquery()
    )
    return select(
        inner.c.stage,
        inner.c.standing,
        func.count(),
        func.sum(inner.c.orphan),
        func.sum(inner.c.outliving),
        func.sum(inner.c.without_pks),
    ).group_by(inner.c.stage, inner.c.standing)
