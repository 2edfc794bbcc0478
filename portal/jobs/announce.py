"""The job that tells services outside the portal, where an office has set up any. Sending is in `deliver`."""

from datetime import datetime

from flask import Flask

from portal.config import Config
from portal.jobs import runner
from portal.queries import calendar_days
from portal.services import announcements, job_runs

NAME = "announce"


def run(app: Flask, *, now: datetime, slot: str | None = None) -> str:
    """Put the morning's summary and alarms into the outbox; return what was done in one sentence."""
    del slot
    settings: Config = app.config["SETTINGS"]
    with runner.transaction(app) as session:
        calendar = calendar_days.working_calendar(session)
        made = announcements.plan(session, settings.services, calendar=calendar, base_url=settings.base_url, now=now)
        done = f"{made} pesan untuk {len(settings.services)} layanan"
        job_runs.beat(session, NAME, detail=done, now=now)
    return done
