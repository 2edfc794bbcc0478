"""What is written down of jobs: who took a slot, how a run ended, and the heartbeat of what runs on every tick."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Table, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.models import JobRun
from portal.queries.jobs import HEARTBEAT

OK = "ok"
FAILED = "failed"
LAST_FAILURE = "last-failure"
CLOCKS_DIFFER = timedelta(minutes=5)
"""Hosts may differ by so much; a run that began later than this from now was begun by a wrong clock."""

_RUNS = cast(Table, JobRun.__table__)


def _insert(session: Session) -> Any:
    dialect = session.get_bind().dialect.name
    return postgresql.insert(_RUNS) if dialect == "postgresql" else sqlite.insert(_RUNS)


def claim(session: Session, name: str, slot: str, *, now: datetime) -> bool:
    """Take a slot of a job for this transaction; False when somebody ran it already. A rollback frees it again.

    What a clock that ran ahead has taken is given back, so that the day itself is not left out when it comes.
    """
    ahead = (_RUNS.c.name == name, _RUNS.c.outcome == OK, _RUNS.c.started_at > now + CLOCKS_DIFFER)
    session.execute(delete(_RUNS).where(*ahead))
    result = session.execute(
        _insert(session)
        .values(name=name, slot=slot, started_at=now, ended_at=now, outcome=OK)
        .on_conflict_do_nothing(index_elements=["name", "slot"]),
        execution_options={"preserve_rowcount": True},
    )
    return isinstance(result, CursorResult) and result.rowcount == 1


def note(session: Session, name: str, slot: str, *, outcome: str, detail: str | None, now: datetime) -> None:
    """Write how a run of a slot ended; there is one row for each slot."""
    values = {"started_at": now, "ended_at": now, "outcome": outcome, "detail": detail}
    session.execute(
        _insert(session)
        .values(name=name, slot=slot, **values)
        .on_conflict_do_update(index_elements=["name", "slot"], set_=values)
    )


def beat(session: Session, name: str, *, detail: str, now: datetime) -> None:
    """Write the heartbeat of a job that runs on every tick: health is this row, not a scheduler's word."""
    note(session, name, HEARTBEAT, outcome=OK, detail=detail, now=now)


def fail(session: Session, name: str, *, detail: str, now: datetime) -> None:
    """Write the last failure of a job, for the ledger and the home page."""
    note(session, name, LAST_FAILURE, outcome=FAILED, detail=detail[:500], now=now)
