"""The job that forgets files of reports that began to come two days ago, whether they came whole or not.

What came whole is kept with its report; what is forgotten here are the parts and the note of how far they had come.
"""

from datetime import datetime

from flask import Flask

from portal.jobs import runner
from portal.queries import jobs
from portal.services import job_runs, report_uploads

NAME = "forget_uploads"


def run(app: Flask, *, now: datetime, slot: str | None = None) -> str | None:
    """Forget what is too old; return what was done, None when the slot is done. Doing it twice changes nothing."""
    with runner.transaction(app) as session:
        if slot is not None and jobs.is_done(session, NAME, slot):
            return None
        forgotten = report_uploads.forget(session, storage=app.extensions["storage"], now=now)
        done = f"{forgotten} unggahan lama dilupakan"
        if slot is not None:
            job_runs.note(session, NAME, slot, outcome=job_runs.OK, detail=done, now=now)
    return done
