"""The job that tells those who decide of requests about personal data: at once, and a day before the time is over."""

from datetime import datetime

from flask import Flask

from portal.jobs import runner
from portal.services import data_requests, job_runs

NAME = "data_requests"


def run(app: Flask, *, now: datetime, slot: str | None = None) -> str:
    """Put what those who decide must hear into the outbox; return what was done in one sentence."""
    del slot
    with runner.transaction(app) as session:
        made = data_requests.tell_deciders(session, now=now)
        done = f"{made} surel tentang permintaan data pribadi"
        job_runs.beat(session, NAME, detail=done, now=now)
    return done
