"""Keeping what a partner says about the ministry. Only the partner writes here; the rules are in `domain.rating`."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain import policy
from portal.domain import rating as rules
from portal.domain.dates import office_date
from portal.domain.errors import NotFound, RuleBroken
from portal.domain.policy import Action, Actor
from portal.domain.rating import Answers, Question
from portal.models import Agreement, Organisation, Rating
from portal.queries import ratings as reading
from portal.services import audit


def rate(
    session: Session, agreement: Agreement, *, answers: Answers, version: int, actor: Actor, now: datetime
) -> Rating:
    """Keep the answers of the actor's own organisation about an agreement; `version` 0: there were none yet.

    Raises RuleBroken naming the field, when the answers stand by now, or when a colleague answered meanwhile.
    """
    policy.check(actor, Action.RATE_AGREEMENT)
    if not actor.is_partner or actor.organisation_id is None:
        raise NotFound
    own = session.get_one(Organisation, actor.organisation_id)
    today = office_date(now, own.zone)
    ended = reading.ended_on(session, agreement, organisation_id=own.id, today=today)
    rules.check(answers, ended=ended)
    row = reading.find_own(session, agreement_id=agreement.id, organisation_id=own.id)
    if version != (row.version if row else 0):
        raise RuleBroken("Rekan Anda baru saja menilai. Buka lagi halaman ini untuk melihat jawabannya.")
    if row is None:
        return _add(session, agreement, answers=answers, actor=actor, now=now)
    return _change(session, row, answers=answers, actor=actor, now=now)


def _values(answers: Answers) -> dict[str, int | str | None]:
    scores = {question.value: int(answers.scores[question]) for question in Question}
    return scores | {"remark": answers.remark.strip() or None}


def _add(session: Session, agreement: Agreement, *, answers: Answers, actor: Actor, now: datetime) -> Rating:
    values = _values(answers)
    row = Rating(
        agreement_id=agreement.id,
        organisation_id=actor.organisation_id,
        rated_at=now,
        rated_by_id=actor.account_id,
        created_at=now,
        updated_at=now,
        **values,
    )
    session.add(row)
    session.flush()
    audit.record(session, "rating_given", subject=row, actor=actor, now=now, detail=values)
    return row


def _change(session: Session, row: Rating, *, answers: Answers, actor: Actor, now: datetime) -> Rating:
    rules.check_editable(row.rated_at, now=now)
    values = _values(answers)
    changed = audit.differences({name: getattr(row, name) for name in values}, values)
    if changed:
        for name, value in values.items():
            setattr(row, name, value)
        row.updated_at = now
        session.flush()
        audit.record(session, "rating_changed", subject=row, actor=actor, now=now, detail=changed)
    return row
