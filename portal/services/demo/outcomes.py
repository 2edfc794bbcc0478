"""What follows the sample agreements, what their parties gave each other, what a partner said at the end."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.contribution import ContributionKind, Delivery, Promise, read_percents
from portal.domain.policy import Actor
from portal.domain.rating import Answers, Question, Score
from portal.domain.renewal import RenewalChoice
from portal.models import Agreement, Contribution, Obligation, Occurrence
from portal.services import contributions, ratings, renewals
from portal.services.demo.moments import day
from portal.services.demo.papers import Shelf
from portal.services.reference import read
from portal.services.renewals import Choice

Row = Mapping[str, Any]


def put_all(session: Session, shelf: Shelf, actors: Mapping[str, Actor]) -> None:
    """Record every decision and every gift of the sample set through the ordinary services."""
    content = read("sample_outcomes")
    officers = {actor.account_id: actor for actor in actors.values()}
    for row in content["renewal"]:
        _decide(session, row, shelf, officers)
    for row in content["stages"]:
        _pay(session, row, shelf, officers)
    for row in content["gift"]:
        _give(session, row, shelf, officers)
    for row in content["rating"]:
        _rate(session, row, shelf, actors[row["by"]])


def _decide(session: Session, row: Row, shelf: Shelf, officers: Mapping[int | None, Actor]) -> None:
    agreement = shelf.papers[row["agreement"]]
    decided_on = shelf.moment.day(row, "decided") or shelf.moment.today
    made = Choice(choice=RenewalChoice(row["choice"]), decided_on=decided_on, reason=row["reason"])
    actor, now = officers[agreement.officer_id], shelf.moment.at(decided_on)
    renewals.decide(session, agreement, made, version=agreement.version, actor=actor, now=now)


def _rate(session: Session, row: Row, shelf: Shelf, actor: Actor) -> None:
    scores = {question: Score(told) for question, told in zip(Question, row["scores"], strict=True)}
    answers = Answers(scores=scores, remark=row["remark"])
    now = shelf.moment.at(shelf.moment.day(row, "rated") or shelf.moment.today)
    ratings.rate(session, shelf.papers[row["agreement"]], answers=answers, version=0, actor=actor, now=now)


def _promise(row: Row, shelf: Shelf) -> Promise:
    return Promise(
        giver_id=shelf.organisations[row["giver"]].id,
        receiver_id=shelf.organisations[row["receiver"]].id,
        kind=ContributionKind(row.get("kind", ContributionKind.MONEY)),
        description=row["description"],
        amount_rupiah=row.get("amount_rupiah"),
        quantity=row.get("quantity"),
        unit=row.get("unit"),
        planned_on=shelf.moment.day(row, "planned"),
    )


def _pay(session: Session, row: Row, shelf: Shelf, officers: Mapping[int | None, Actor]) -> None:
    """Share the value of the agreement over its stages; those with a record were paid, the last fulfils its duty."""
    agreement = shelf.papers[row["agreement"]]
    stamp: dict[str, Any] = {"actor": officers[agreement.officer_id], "now": shelf.moment.now}
    whole = replace(_promise(row, shelf), amount_rupiah=agreement.value_rupiah)
    made = contributions.plan_stages(session, agreement, whole, read_percents(row["percents"]), **stamp)
    for place, entry in enumerate(made):
        planned_on = day(row["days"][place], shelf.moment.today)
        linked = _occurrence(session, agreement, row["occurrence"]) if entry is made[-1] else None
        changed = replace(_as_promise(entry), planned_on=planned_on, occurrence_id=linked)
        contributions.correct(session, entry, changed, version=entry.version, **stamp)
        if place < len(row["records"]) and planned_on is not None:
            delivery = Delivery(delivered_on=planned_on, record_number=row["records"][place], record_on=planned_on)
            contributions.deliver(session, entry, delivery, version=entry.version, **stamp)


def _give(session: Session, row: Row, shelf: Shelf, officers: Mapping[int | None, Actor]) -> None:
    agreement = shelf.papers[row["agreement"]]
    stamp: dict[str, Any] = {"actor": officers[agreement.officer_id], "now": shelf.moment.now}
    entry = contributions.plan(session, agreement, _promise(row, shelf), **stamp)
    delivered_on = shelf.moment.day(row, "delivered")
    if delivered_on is not None:
        delivery = Delivery(delivered_on=delivered_on, record_number=row["record"], record_on=delivered_on)
        contributions.deliver(session, entry, delivery, version=entry.version, **stamp)


def _as_promise(entry: Contribution) -> Promise:
    return Promise(
        giver_id=entry.giver_id,
        receiver_id=entry.receiver_id,
        kind=entry.kind,
        description=entry.description,
        instalment=entry.instalment,
        amount_rupiah=entry.amount_rupiah,
    )


def _occurrence(session: Session, agreement: Agreement, title: str) -> int | None:
    query = select(Occurrence.id).join(Obligation, Obligation.id == Occurrence.obligation_id)
    return session.scalar(query.where(Obligation.agreement_id == agreement.id, Obligation.title == title))
