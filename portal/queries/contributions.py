"""Reads of what the parties of an agreement give each other."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from portal.domain.contribution import ContributionKind, ContributionStage
from portal.domain.errors import NotFound
from portal.domain.obligation import UNFINISHED
from portal.models import AgreementFile, AgreementParty, Contribution, Obligation, Occurrence

MOST = 10_000
"""Beyond this no number is looked for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ContributionRow:
    """One entry as pages show it; `number` counts those of one agreement from 1, `of` the stages of its money."""

    number: int
    giver_id: int
    giver: str
    receiver_id: int
    receiver: str
    kind: ContributionKind
    stage: ContributionStage
    description: str
    instalment: int | None
    of: int
    amount_rupiah: int | None
    quantity: int | None
    unit: str | None
    planned_on: date | None
    delivered_on: date | None
    record_number: str | None
    record_on: date | None
    file_name: str | None
    file_id: int | None
    cancel_reason: str | None


def of_agreement(
    session: Session, agreement_id: int, *, organisation_id: int | None = None
) -> tuple[ContributionRow, ...]:
    """Return the entries of an agreement by day; for a partner those that it gives or receives, released files only."""
    giver, receiver = aliased(AgreementParty), aliased(AgreementParty)
    query = (
        select(Contribution, giver.name_printed, receiver.name_printed, AgreementFile.name)
        .join(giver, (giver.agreement_id == agreement_id) & (giver.organisation_id == Contribution.giver_id))
        .join(
            receiver, (receiver.agreement_id == agreement_id) & (receiver.organisation_id == Contribution.receiver_id)
        )
        .outerjoin(AgreementFile, AgreementFile.id == Contribution.file_id)
        .where(Contribution.agreement_id == agreement_id)
        .order_by(Contribution.id)
    )
    found = list(enumerate(session.execute(query), start=1))
    stages: dict[tuple[int, int], int] = {}
    for _number, (each, *_names) in found:
        if each.instalment is not None and each.stage is not ContributionStage.CANCELLED:
            key = (each.giver_id, each.receiver_id)
            stages[key] = stages.get(key, 0) + 1
    rows = [
        _row(number, row, names, stages.get((row.giver_id, row.receiver_id), 0))
        for number, (row, *names) in found
        if organisation_id is None or organisation_id in {row.giver_id, row.receiver_id}
    ]
    return tuple(sorted(rows, key=lambda row: (row.delivered_on or row.planned_on or date.max, row.number)))


def _row(number: int, row: Contribution, names: list[Any], stages: int) -> ContributionRow:
    giver, receiver, file_name = names
    same = ("giver_id", "receiver_id", "kind", "stage", "description", "instalment", "amount_rupiah", "quantity")
    more = ("unit", "planned_on", "delivered_on", "record_number", "record_on", "file_id", "cancel_reason")
    values = {name: getattr(row, name) for name in (*same, *more)}
    return ContributionRow(number=number, giver=giver, receiver=receiver, of=stages, file_name=file_name, **values)


def get(session: Session, agreement_id: int, number: int) -> Contribution:
    """Return one entry of an agreement by its number; raise NotFound."""
    if not 1 <= number <= MOST:
        raise NotFound
    query = select(Contribution).where(Contribution.agreement_id == agreement_id).order_by(Contribution.id)
    found = session.scalar(query.offset(number - 1).limit(1))
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenDate:
    """A dated duty that an entry may fulfil."""

    occurrence_id: int
    title: str
    period_key: str
    due_on: date


def open_dates(session: Session, agreement_id: int, *, keep: int | None = None) -> tuple[OpenDate, ...]:
    """Return the dated duties of an agreement that are not finished, and the one that an entry has already."""
    rows = session.execute(
        select(Occurrence.id, Obligation.title, Occurrence.period_key, Occurrence.due_on)
        .join(Obligation, Obligation.id == Occurrence.obligation_id)
        .where(
            Occurrence.agreement_id == agreement_id,
            or_(Occurrence.stage.in_(UNFINISHED), Occurrence.id == keep),
        )
        .order_by(Occurrence.due_on, Occurrence.id)
        .limit(60)
    )
    return tuple(OpenDate(occurrence_id=row[0], title=row[1], period_key=row[2], due_on=row[3]) for row in rows)
