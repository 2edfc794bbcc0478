"""The job that looks further ahead: once a month the dates of running duties are brought up to 24 months from now.

Without it a duty recorded once and never touched again would run out of dates, and nobody would be reminded.
The days by which renewals must begin are counted anew with it, because what is measured changes month by month.
"""

import logging
from datetime import datetime

from flask import Flask

from portal.domain.errors import RuleBroken
from portal.jobs import runner
from portal.queries import jobs
from portal.services import job_runs, obligations, reminders, renewal_days

NAME = "extend"

_log = logging.getLogger(__name__)


def run(app: Flask, *, now: datetime, slot: str | None = None) -> str | None:
    """Extend every agreement in a transaction of its own; return what was done, None when the slot is done.

    Doing it twice changes nothing, so the slot is taken at the end: a run that was killed is made again.
    """
    with runner.transaction(app) as session:
        if slot is not None and jobs.is_done(session, NAME, slot):
            return None
        ids = jobs.list_scheduled_agreements(session)
    changed = sum(_extend(app, agreement_id, now=now) for agreement_id in ids)
    with runner.transaction(app) as session:
        moved = renewal_days.refresh_all(session, now=now)
    done = (
        f"{changed} tenggat ditambahkan atau disesuaikan pada {len(ids)} naskah, "
        f"awal perpanjangan {moved} naskah dihitung ulang"
    )
    if slot is not None:
        with runner.transaction(app) as session:
            job_runs.note(session, NAME, slot, outcome=job_runs.OK, detail=done, now=now)
    return done


def _extend(app: Flask, agreement_id: int, *, now: datetime) -> int:
    """Extend one agreement; one that breaks a rule is told in the log and keeps nobody else waiting."""
    try:
        with runner.transaction(app) as session:
            changed = obligations.refresh(session, agreement_id=agreement_id, now=now)
            if changed:
                reminders.replan(session, agreement_id=agreement_id, now=now)
            return changed
    except RuleBroken as broken:
        _log.warning("The dates of agreement %s could not be extended: %s", agreement_id, broken)
        return 0
