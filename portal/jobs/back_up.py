"""The job that backs the portal up every night, where an office has said whereto and for whom."""

from datetime import datetime
from pathlib import Path

from flask import Flask

from portal import clock
from portal.config import Config
from portal.domain.errors import PortalError
from portal.jobs import runner
from portal.queries import jobs
from portal.services import backup_runs, backups, job_runs

NAME = "back_up"


def run(app: Flask, *, now: datetime, slot: str | None = None) -> str | None:
    """Back up into the folder of the settings and remove the oldest archives; None when the night's is made or begun.

    Without a folder nothing happens, and the page of jobs says so.
    """
    settings: Config = app.config["SETTINGS"]
    if slot is not None:
        with runner.transaction(app) as session:
            if jobs.is_done(session, NAME, slot) or not job_runs.claim(session, NAME, slot, now=now):
                return None
    if settings.backup_dir is None:
        return "Cadangan belum disetel: isi SIMPUL_BACKUP_DIR dan SIMPUL_BACKUP_RECIPIENT."
    done = make(app, settings.backup_dir, now=now)
    backups.keep_last(settings.backup_dir, settings.backup_keep)
    if slot is not None:
        with runner.transaction(app) as session:
            job_runs.note(session, NAME, slot, outcome=job_runs.OK, detail=done, now=now)
    return done


def make(app: Flask, folder: Path, *, now: datetime) -> str:
    """Make a backup in a folder and write it down; return the sentence. What went wrong is written down and raised."""
    settings: Config = app.config["SETTINGS"]
    storage, recipients = app.extensions["storage"], settings.backup_recipients
    try:
        with runner.reading(app) as session:
            made = backups.make(session, storage, folder, recipients=recipients, now=now)
    except (PortalError, OSError) as error:
        with runner.transaction(app) as session:
            backup_runs.fail(session, str(error), began=now, ended=clock.now())
        raise
    with runner.transaction(app) as session:
        return backup_runs.note(session, made, began=now, ended=clock.now())
