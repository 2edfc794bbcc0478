"""Deadlines on a calendar: numbers of the days, the first entries of each day, everything between two dates.

What is asked of duties is the filter of their list, so that a day's number equals the list of that day. Days of
agreements (end, notice, start of a renewal) belong to no duty: filters that ask for one leave them out.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.domain.deadline import OF_DUTIES, DeadlineKind
from portal.domain.duty import LIVING
from portal.domain.obligation import UNFINISHED, ObligationKind
from portal.domain.organisation import fold
from portal.models import Agreement, AgreementParty, Obligation, Occurrence, Organisation, RenewalDecision
from portal.queries.obligation_filter import DutyFilter, conditions, rows_with
from portal.queries.obligation_list import DutyRow, rows_of
from portal.queries.tasks_of_agreements import undecided

EVERYTHING = frozenset(DeadlineKind)
COLUMNS = {
    DeadlineKind.TERM_END: Agreement.ends_on,
    DeadlineKind.NOTICE: Agreement.notice_on,
    DeadlineKind.RENEWAL_START: Agreement.renewal_starts_on,
}
"""Where the days of agreements stand."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarFilter:
    """What is asked of the calendar: the filter of duties without its dates, and which kinds are shown."""

    duties: DutyFilter
    kinds: frozenset[DeadlineKind] = EVERYTHING

    @property
    def shows_duties(self) -> bool:
        """Return whether any dated duty is asked for."""
        return bool(self.kinds & OF_DUTIES)

    @property
    def term_kinds(self) -> tuple[DeadlineKind, ...]:
        """Return the days of agreements that are asked for, none where the filter is about duties."""
        asked = self.duties
        about_duties = (
            asked.standings
            or asked.unfinished
            or asked.relief_asked
            or asked.owed_by_us is not None
            or asked.reported is not None
            or asked.kind is not None
        )
        return () if about_duties else tuple(kind for kind in COLUMNS if kind in self.kinds)


@dataclass(frozen=True, kw_only=True, slots=True)
class TermDay:
    """A day that an agreement has by itself; `is_decided`: what comes after its end is decided."""

    kind: DeadlineKind
    on: date
    agreement_id: int
    agreement_code: str
    agreement_title: str
    is_sample: bool
    is_decided: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """What a calendar has between two dates, both counted: rows in order of their days."""

    first: date
    last: date
    duties: tuple[DutyRow, ...]
    terms: tuple[TermDay, ...]
    numbers: dict[date, int]
    """How many dated duties each day has, whether they are among `duties` or not."""

    @property
    def total(self) -> int:
        """Return how many deadlines there are between the two dates."""
        return sum(self.numbers.values()) + len(self.terms)


def duties_of(asked: CalendarFilter, first: date | None, last: date | None, today: date) -> list[ColumnElement[bool]]:
    """Return what is asked of duties between two dates as conditions on the tables."""
    found = conditions(replace(asked.duties, due_from=first, due_to=last), today)
    is_monev = Obligation.kind == ObligationKind.MONEV
    if DeadlineKind.DUTY not in asked.kinds:
        found.append(is_monev)
    if DeadlineKind.MONEV not in asked.kinds:
        found.append(~is_monev)
    return found


def _numbers(session: Session, where: list[ColumnElement[bool]]) -> dict[date, int]:
    rows = session.execute(rows_with(Occurrence.due_on, func.count()).where(*where).group_by(Occurrence.due_on))
    return {row[0]: row[1] for row in rows}


def _ids_by_day(where: list[ColumnElement[bool]], each_day: int) -> Select[Any]:
    """Return the select of the first so many duties of each day: what is not finished stands first."""
    finished = Occurrence.stage.not_in(UNFINISHED)
    place = func.row_number().over(partition_by=Occurrence.due_on, order_by=(finished, Occurrence.id))
    placed = rows_with(Occurrence.id, Occurrence.due_on, place.label("place")).where(*where).subquery()
    return select(placed.c.id).where(placed.c.place <= each_day).order_by(placed.c.due_on, placed.c.place)


def between(session: Session, asked: CalendarFilter, first: date, last: date, *, each_day: int, today: date) -> Span:
    """Return what stands between two dates, at most `each_day` duties a day, in a fixed number of statements."""
    numbers: dict[date, int] = {}
    duties: tuple[DutyRow, ...] = ()
    if asked.shows_duties:
        where = duties_of(asked, first, last, today)
        numbers = _numbers(session, where)
        duties = rows_of(session, session.scalars(_ids_by_day(where, each_day)).all(), today=today)
    return Span(first=first, last=last, duties=duties, terms=_terms(session, asked, first, last), numbers=numbers)


def _decided() -> ColumnElement[bool]:
    said = exists(
        select(RenewalDecision.id).where(
            RenewalDecision.agreement_id == Agreement.id, RenewalDecision.withdrawn_at.is_(None)
        )
    )
    return or_(said, ~undecided())


def _terms(session: Session, asked: CalendarFilter, first: date, last: date) -> tuple[TermDay, ...]:
    found = []
    for kind in asked.term_kinds:
        column = COLUMNS[kind]
        rows = session.execute(
            select(column, Agreement.id, Agreement.code, Agreement.title, Agreement.is_sample, _decided())
            .where(column.between(first, last), Agreement.stage.in_(LIVING), *terms_of(asked.duties))
            .order_by(column, Agreement.id)
        )
        found += [
            TermDay(
                kind=kind,
                on=row[0] or first,
                agreement_id=row[1],
                agreement_code=row[2],
                agreement_title=row[3],
                is_sample=row[4],
                is_decided=row[5],
            )
            for row in rows
        ]
    return tuple(sorted(found, key=lambda each: each.on))


def terms_of(asked: DutyFilter) -> list[ColumnElement[bool]]:
    """Return what is asked as conditions on agreements; whether they bind is not among them."""
    found: list[ColumnElement[bool]] = [true()]
    if not asked.with_confidential:
        found.append(Agreement.is_confidential.is_(False))
    if asked.officer_id is not None:
        own = Agreement.officer_id == asked.officer_id
        found.append(or_(own, Agreement.officer_id.is_(None)) if asked.or_without_officer else own)
    if asked.agreement_code is not None:
        found.append(Agreement.code == asked.agreement_code)
    if asked.partner_code is not None:
        found.append(_has_party(asked.partner_code))
    for word in fold(asked.words).split():
        in_code = func.lower(Agreement.code).contains(word, autoescape=True)
        found.append(or_(Agreement.sort_key.contains(word, autoescape=True), in_code))
    return found


def _has_party(code: str) -> ColumnElement[bool]:
    return exists(
        select(AgreementParty.id)
        .join(Organisation, Organisation.id == AgreementParty.organisation_id)
        .where(AgreementParty.agreement_id == Agreement.id, Organisation.code == code)
    )


def next_day(session: Session, asked: CalendarFilter, *, after: date, today: date) -> date | None:
    """Return the first day after a date that has anything, None when there is none."""
    days: list[date | None] = []
    if asked.shows_duties:
        where = [*duties_of(asked, None, None, today), Occurrence.due_on > after]
        days.append(session.scalar(rows_with(func.min(Occurrence.due_on)).where(*where)))
    for kind in asked.term_kinds:
        column: InstrumentedAttribute[date | None] = COLUMNS[kind]
        days.append(
            session.scalar(
                select(func.min(column)).where(column > after, Agreement.stage.in_(LIVING), *terms_of(asked.duties))
            )
        )
    return min((day for day in days if day is not None), default=None)
