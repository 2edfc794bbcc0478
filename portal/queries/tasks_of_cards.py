"""What partners sent for their cards and nobody has answered yet, as tasks and as numbers of the day."""

from collections.abc import Iterable
from datetime import date, timedelta

from portal.domain.dates import office_date
from portal.queries import organisation_card
from portal.queries.organisation_card import Waiting
from portal.queries.task import Asker, Task, TaskKind

ANSWER_DAYS = 7
"""A proposal is to be answered within a week; an own rule of the office, no law."""


def answer_by(one: Waiting) -> date:
    """Return the day by which an organisation is to be answered."""
    return office_date(one.since) + timedelta(days=ANSWER_DAYS)


def is_for(one: Waiting, account_id: int | None) -> bool:
    """Return whether an officer looks after a partner, or nobody does."""
    return not one.officers or account_id in one.officers


def waiting(asker: Asker) -> list[Task]:
    """Return the partners of which something waits for this officer, one task each."""
    return [
        _task(asker, one)
        for one in organisation_card.list_waiting(asker.session)
        if is_for(one, asker.actor.account_id)
    ]


def _task(asker: Asker, one: Waiting) -> Task:
    on = answer_by(one)
    return Task(
        kind=TaskKind.ANSWER_PROPOSAL,
        title=one.name,
        agreement_code="",
        agreement_title="",
        partners=(one.code,),
        on=on,
        days=(on - asker.today).days,
        record_id=one.id,
        organisation_code=one.code,
        is_sample=one.is_sample,
    )


def days(found: Iterable[Waiting], account_id: int | None) -> list[date]:
    """Return the days by which an officer is to answer, one for each partner of which something waits."""
    return [answer_by(one) for one in found if is_for(one, account_id)]
