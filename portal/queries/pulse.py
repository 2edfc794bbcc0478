"""What stands in the frame of every page of the office, in one statement: the bell's number and whether all runs.

It tells as well whether anything changed on which kept numbers rest, so a page that asks it first asks that only once.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.models.running import run
from portal.queries import bell, jobs, kept_numbers
from portal.queries.jobs import Alarm
from portal.queries.kept import settled

MARKS = len(kept_numbers.mark_columns())


@dataclass(frozen=True, kw_only=True, slots=True)
class Pulse:
    """How many things under the bell are unread, and what stands still, if anything."""

    unread: int
    alarm: Alarm | None


def read(session: Session, account_id: int, *, now: datetime, today: date) -> Pulse:
    """Return what the frame of a page tells a person of the office."""
    row = run(session, _asked(), {"account": account_id, "today": today, "since": now - bell.BACK}).one()
    kept_numbers.remember(session, row[:MARKS])
    return Pulse(unread=row.reminders + row.notices, alarm=jobs.judged(row, now=now))


@cache
def _asked() -> Select[Any]:
    columns: tuple[Any, ...] = (*kept_numbers.mark_columns(), *bell.unread_numbers(), *jobs.signs_of_life())
    return settled(select(*columns))
