"""Requests about personal data that wait for an answer, as tasks of those who decide: hours count, not days."""

from portal import clock
from portal.domain.dates import office_date
from portal.domain.personal import RequestStage
from portal.queries import data_requests
from portal.queries.task import Asker, Task, TaskKind


def waiting(asker: Asker) -> list[Task]:
    """Return the requests that wait, the most urgent first; one whose hour is over is late on the same day."""
    now = clock.now()
    found = []
    for row in data_requests.list_all(asker.session, stage=RequestStage.OPEN):
        on = office_date(row.due_at)
        days = (on - asker.today).days
        found.append(
            Task(
                kind=TaskKind.ANSWER_DATA_REQUEST,
                title=row.kind.value,
                agreement_code="",
                agreement_title="",
                partners=(row.organisation.name,),
                on=on,
                days=min(days, -1) if row.due_at < now else days,
                record_id=row.id,
                due_at=row.due_at,
            )
        )
    return found
