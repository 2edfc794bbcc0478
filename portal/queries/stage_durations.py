"""How long agreements really stood in their stages: of each kind and with each partner, from the latest signed ones.

The number of statements is fixed, for one agreement as for all of them together.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Date, Select, func, or_, select
from sqlalchemy.orm import Session

from portal.domain import renewal
from portal.domain.agreement import AgreementKind, Stage
from portal.domain.calendar import WorkingCalendar
from portal.domain.renewal import BackwardsPlan, Cases, StageDuration, StageSpan
from portal.models import Agreement, AgreementParty, Organisation, StageChange
from portal.queries import calendar_days

Key = AgreementKind | int
"""A kind of agreement, or the id of a partner."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """The working days that were measured, by kind and by partner."""

    kinds: Mapping[Key, Cases]
    partners: Mapping[Key, Cases]

    def durations(self, kind: AgreementKind, partner_ids: Collection[int]) -> tuple[StageDuration, ...]:
        """Return what each stage takes for an agreement of this kind with these partners."""
        partners = [self.partners[each] for each in sorted(partner_ids) if each in self.partners]
        return renewal.durations(partners=partners, kind=self.kinds.get(kind, {}))


def measured(
    session: Session,
    *,
    calendar: WorkingCalendar,
    kinds: Collection[AgreementKind] = tuple(AgreementKind),
    partner_ids: Collection[int] | None = None,
) -> Measured:
    """Return the days of these kinds and partners (None: of every partner), in three statements."""
    by_kind, by_partner = _latest_of_kinds(kinds), _latest_of_partners(partner_ids)
    of_kind, of_partner = _grouped(session, by_kind), _grouped(session, by_partner)
    spans: dict[int, list[StageSpan]] = {}
    for span in _spans(session, by_kind, by_partner):
        spans.setdefault(span.agreement_id, []).append(span)
    return Measured(kinds=_cases(of_kind, spans, calendar), partners=_cases(of_partner, spans, calendar))


def backwards(
    session: Session, agreement: Agreement, *, calendar: WorkingCalendar | None = None
) -> BackwardsPlan | None:
    """Return the renewal of an agreement planned backwards, None when nothing is to be planned.

    It is counted from the last day for the notice, or from the end where the record tells of no notice.
    """
    by = renewal.notice_on(agreement.ends_on, agreement.notice_count, agreement.notice_unit) or agreement.ends_on
    if by is None or not renewal.is_planned(agreement.stage, agreement.kind, agreement.ends_on):
        return None
    calendar = calendar_days.working_calendar(session)
    partner_ids = partners_of(session, (agreement.id,)).get(agreement.id, ())
    found = measured(session, calendar=calendar, kinds=(agreement.kind,), partner_ids=partner_ids)
    return renewal.plan_backwards(by, found.durations(agreement.kind, partner_ids), calendar=calendar)


def partners_of(session: Session, ids: Collection[int] | None = None) -> dict[int, tuple[int, ...]]:
    """Return the ids of the partners of these agreements (None: of all)."""
    query = (
        select(AgreementParty.agreement_id, AgreementParty.organisation_id)
        .join(Organisation, Organisation.id == AgreementParty.organisation_id)
        .where(Organisation.is_ours.is_(False))
        .order_by(AgreementParty.agreement_id, AgreementParty.position)
    )
    if ids is not None:
        query = query.where(AgreementParty.agreement_id.in_(ids))
    found: dict[int, tuple[int, ...]] = {}
    for agreement_id, organisation_id in session.execute(query):
        found[agreement_id] = (*found.get(agreement_id, ()), organisation_id)
    return found


def _latest_of_kinds(kinds: Collection[AgreementKind]) -> Select[Any]:
    signed = _signed().where(Agreement.kind.in_(kinds)).subquery()
    return _latest(signed, signed.c.kind, signed)


def _latest_of_partners(partner_ids: Collection[int] | None) -> Select[Any]:
    signed = _signed().subquery()
    seats = signed.join(AgreementParty, AgreementParty.agreement_id == signed.c.agreement_id).join(
        Organisation, Organisation.id == AgreementParty.organisation_id
    )
    chosen = Organisation.is_ours.is_(False) if partner_ids is None else Organisation.id.in_(partner_ids)
    return _latest(signed, AgreementParty.organisation_id, seats, chosen)


def _signed() -> Any:
    """Return agreements that came into force, with the last day on which they did."""
    signed = select(
        StageChange.agreement_id, Agreement.kind.label("kind"), func.max(StageChange.entered_on).label("signed_on")
    )
    return (
        signed.join(Agreement, Agreement.id == StageChange.agreement_id)
        .where(StageChange.stage == Stage.ACTIVE)
        .group_by(StageChange.agreement_id, Agreement.kind)
    )


def _latest(signed: Any, key: Any, source: Any, *conditions: Any) -> Select[Any]:
    order = (signed.c.signed_on.desc(), signed.c.agreement_id.desc())
    ranked = (
        select(
            signed.c.agreement_id.label("agreement_id"),
            key.label("key"),
            func.row_number().over(partition_by=key, order_by=order).label("place"),
        )
        .select_from(source)
        .where(*conditions)
        .subquery()
    )
    return select(ranked.c.agreement_id, ranked.c.key).where(ranked.c.place <= renewal.CASES_READ)


def _grouped(session: Session, latest: Select[Any]) -> dict[Key, list[int]]:
    found: dict[Key, list[int]] = {}
    for agreement_id, key in session.execute(latest):
        found.setdefault(key, []).append(agreement_id)
    return found


def _spans(session: Session, *latest: Select[Any]) -> list[StageSpan]:
    left_on = func.lead(StageChange.entered_on, type_=Date()).over(
        partition_by=StageChange.agreement_id, order_by=(StageChange.entered_on, StageChange.id)
    )
    chosen = [StageChange.agreement_id.in_(select(each.subquery().c.agreement_id)) for each in latest]
    inner = (
        select(StageChange.agreement_id, StageChange.stage, StageChange.entered_on, left_on.label("left_on"))
        .where(or_(*chosen))
        .subquery()
    )
    rows = session.execute(select(inner).where(inner.c.left_on.is_not(None), inner.c.stage.in_(renewal.WORK_STAGES)))
    return [
        StageSpan(agreement_id=row.agreement_id, stage=row.stage, entered_on=row.entered_on, left_on=row.left_on)
        for row in rows
    ]


def _cases(
    ids: Mapping[Key, list[int]], spans: Mapping[int, list[StageSpan]], calendar: WorkingCalendar
) -> dict[Key, Cases]:
    return {
        key: renewal.cases_of((span for each in members for span in spans.get(each, ())), calendar)
        for key, members in ids.items()
    }
