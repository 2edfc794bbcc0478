"""Reads around single duties: their schedule, their parties, the dates and calendars they are counted with."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from portal.domain.agreement import Relation
from portal.domain.calendar import WorkingCalendar, working_calendar
from portal.domain.dates import last_zone
from portal.domain.errors import NotFound
from portal.domain.obligation import DutyRole
from portal.domain.organisation import Zone
from portal.domain.period import Period
from portal.domain.schedule import Anchors, Happening, Schedule
from portal.models import (
    Agreement,
    AgreementParty,
    AgreementRelation,
    CalendarDay,
    Obligation,
    ObligationEvent,
    ObligationParty,
    Occurrence,
    Organisation,
)
from portal.queries import calendar_days

MOST_DUTIES = 9999
"""Numbers beyond this name no duty."""

SCHEDULE_COLUMNS = tuple(each.name for each in fields(Schedule))
"""Columns of `obligation` that say how its dates arise."""


def schedule_of(obligation: Obligation) -> Schedule:
    """Return how the dates of a recorded duty arise."""
    return Schedule(**{name: getattr(obligation, name) for name in SCHEDULE_COLUMNS})


def number_of() -> ColumnElement[int]:
    """Return the place of a duty in its agreement, from 1: how addresses name it. Duties are closed, never removed."""
    earlier = aliased(Obligation)
    return (
        select(func.count(earlier.id))
        .where(earlier.agreement_id == Obligation.agreement_id, earlier.id <= Obligation.id)
        .correlate(Obligation)
        .scalar_subquery()
    )


def get(session: Session, code: str, number: int) -> Obligation:
    """Return the duty with this number of the agreement with this code, with its parties; raise NotFound."""
    if not 1 <= number <= MOST_DUTIES:
        raise NotFound
    found = session.scalar(
        select(Obligation)
        .join(Obligation.agreement)
        .where(Agreement.code == code)
        .options(
            joinedload(Obligation.agreement).selectinload(Agreement.parties).joinedload(AgreementParty.organisation),
            selectinload(Obligation.parties),
        )
        .order_by(Obligation.id)
        .offset(number - 1)
        .limit(1)
    )
    if found is None:
        raise NotFound
    return found


def get_occurrence(session: Session, obligation: Obligation, period_key: str) -> Occurrence:
    """Return the occurrence of a duty for a period; raise NotFound."""
    found = session.scalar(
        select(Occurrence)
        .where(Occurrence.obligation_id == obligation.id, Occurrence.period_key == period_key)
        .options(joinedload(Occurrence.agreement), joinedload(Occurrence.obligation))
    )
    if found is None:
        raise NotFound
    return found


def list_occurrences(session: Session, obligation_id: int) -> tuple[Occurrence, ...]:
    """Return the dated occurrences of one duty in order."""
    rows = select(Occurrence).where(Occurrence.obligation_id == obligation_id).order_by(Occurrence.due_on)
    return tuple(session.scalars(rows))


def has_partner_debtor(session: Session, obligation_id: int) -> bool:
    """Return whether a partner owes this duty, alone or with others."""
    found = session.scalar(
        select(ObligationParty.id)
        .join(Organisation, Organisation.id == ObligationParty.organisation_id)
        .where(
            ObligationParty.obligation_id == obligation_id,
            ObligationParty.duty_role == DutyRole.DEBTOR,
            Organisation.is_ours.is_(False),
        )
        .limit(1)
    )
    return found is not None


def anchors_of(session: Session, agreement: Agreement) -> Anchors:
    """Return the dates of an agreement that schedules count from."""
    parent_signed_on = session.scalar(
        select(Agreement.signed_on)
        .join(AgreementRelation, AgreementRelation.other_id == Agreement.id)
        .where(AgreementRelation.agreement_id == agreement.id, AgreementRelation.relation == Relation.PARENT)
        .order_by(AgreementRelation.id)
        .limit(1)
    )
    return Anchors(
        term=Period(starts_on=agreement.starts_on, ends_on=agreement.ends_on),
        signed_on=agreement.signed_on,
        parent_signed_on=parent_signed_on,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """Where the parties are and which free days they keep: enough for the calendar of any debtor."""

    days: tuple[CalendarDay, ...]
    parties: dict[int, tuple[str | None, bool]]
    """Organisation id to province and whether it observes *cuti bersama*."""
    zones: dict[int, Zone] = field(default_factory=dict)

    def zone(self, debtors: Iterable[int]) -> Zone:
        """Return the zone in which the day of the debtors ends, for several of them the last one."""
        return last_zone(self.zones[each] for each in debtors if each in self.zones)

    def calendar(self, debtors: Iterable[int]) -> WorkingCalendar:
        """Return the working calendar of the debtors; days are free for all only if they are for each.

        With debtors in several provinces only national days count.
        """
        known = [self.parties[each] for each in debtors if each in self.parties]
        provinces = {province for province, _ in known}
        return working_calendar(
            self.days,
            region=provinces.pop() if len(provinces) == 1 else None,
            joint_leave=all(observes for _, observes in known),
        )


def places(session: Session, agreement_id: int) -> Places:
    """Return the places of the parties of an agreement."""
    rows = session.execute(
        select(Organisation.id, Organisation.province_code, Organisation.observes_joint_leave, Organisation.zone)
        .join(AgreementParty, AgreementParty.organisation_id == Organisation.id)
        .where(AgreementParty.agreement_id == agreement_id)
    ).all()
    return Places(
        days=tuple(calendar_days.list_days(session)),
        parties={row.id: (row.province_code, row.observes_joint_leave) for row in rows},
        zones={row.id: row.zone for row in rows},
    )


def happenings(session: Session, *, agreement_id: int) -> dict[int, tuple[Happening, ...]]:
    """Return the recorded events of an agreement that were not withdrawn: duty id → events in order."""
    rows = session.execute(
        select(ObligationEvent.obligation_id, ObligationEvent.number, ObligationEvent.occurred_at)
        .where(ObligationEvent.agreement_id == agreement_id, ObligationEvent.withdrawn_at.is_(None))
        .order_by(ObligationEvent.obligation_id, ObligationEvent.number)
    )
    found: dict[int, tuple[Happening, ...]] = {}
    for row in rows:
        one = Happening(number=row.number, occurred_at=row.occurred_at)
        found[row.obligation_id] = (*found.get(row.obligation_id, ()), one)
    return found


def party_names(session: Session, obligation_ids: Iterable[int]) -> dict[int, dict[DutyRole, list[Any]]]:
    """Return the organisations on each side of several duties: duty id → role → rows (id, name, is_ours)."""
    rows = session.execute(
        select(
            ObligationParty.obligation_id,
            ObligationParty.duty_role,
            Organisation.id,
            Organisation.name,
            Organisation.short_name,
            Organisation.is_ours,
        )
        .join(Organisation, Organisation.id == ObligationParty.organisation_id)
        .where(ObligationParty.obligation_id.in_(tuple(obligation_ids)))
        .order_by(ObligationParty.id)
    )
    found: dict[int, dict[DutyRole, list[Any]]] = {}
    for row in rows:
        found.setdefault(row.obligation_id, {}).setdefault(row.duty_role, []).append(row)
    return found


def number_of_one(session: Session, obligation: Obligation) -> int:
    """Return the place of one duty in its agreement."""
    return session.scalar(select(number_of()).where(Obligation.id == obligation.id)) or 0
