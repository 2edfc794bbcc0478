"""The job that plans: one sweep in one transaction, together with the slot that it takes."""

from datetime import datetime

from flask import Flask

from portal.jobs import runner
from portal.services import job_runs, planning, reliefs, reminders

NAME = "remind"


def run(app: Flask, *, now: datetime, slot: str | None = None) -> str | None:
    """Sweep once; return what was done in one sentence, None when another worker has taken the slot."""
    with runner.transaction(app) as session:
        planning.know_tables(session)
    with runner.transaction(app) as session:
        if slot is not None and not job_runs.claim(session, NAME, slot, now=now):
            return None
        reliefs.take_up_due(session, now=now)
        result = reminders.sweep(session, now=now)
        if slot is not None:
            detail = f"{result.planned} direncanakan, {result.overtaken} terlampaui, {result.ended} dihentikan"
            job_runs.note(session, NAME, slot, outcome=job_runs.OK, detail=detail, now=now)
    held = " (ditahan)" if result.held else ""
    return f"{result.planned} pengingat direncanakan{held}, {result.overtaken} terlampaui, {result.ended} dihentikan"
