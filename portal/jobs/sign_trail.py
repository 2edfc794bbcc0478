"""The job that checks the trail once a day, and signs its end and sends it out."""

from datetime import datetime

from flask import Flask

from portal.config import Config
from portal.domain.dates import office_date
from portal.jobs import runner
from portal.queries import audit_chain, jobs
from portal.services import audit_heads, job_runs

NAME = "sign_trail"


def run(app: Flask, *, now: datetime, slot: str | None = None) -> str | None:
    """Check the trail and keep its head; return what was found, None when the day is done.

    The check reads for as long as the trail is long, so it locks nothing. By hand it checks and keeps nothing twice.
    """
    settings: Config = app.config["SETTINGS"]
    with runner.reading(app) as session:
        if slot is not None and jobs.is_done(session, NAME, slot):
            return None
        verdict = audit_chain.verify(session, settings.audit_keys)
        is_kept = audit_chain.has_head(session, office_date(now))
    done = f"{verdict.checked} baris jejak diperiksa, " + (str(verdict.fault) if verdict.fault else "rantai utuh")
    told = None
    with runner.transaction(app) as session:
        outcome = job_runs.FAILED if verdict.fault else job_runs.OK
        if slot is not None and not job_runs.claim(session, NAME, slot, now=now):
            return None
        if not is_kept:
            head = audit_heads.keep(session, verdict, keys=settings.audit_keys, mailbox=settings.audit_mailbox, now=now)
            told = audit_heads.line(head) if head else None
        if slot is not None:
            job_runs.note(session, NAME, slot, outcome=outcome, detail=done, now=now)
    if told and settings.audit_heads_file:
        with settings.audit_heads_file.open("a") as kept:
            kept.write(told + "\n")
    return done
