"""The job that lets go what is too old: keys and sessions, mails, details of the trail, answered requests.

How long each is kept stands in `domain.retention`; nothing that still opens anything is touched.
"""

from datetime import datetime

from flask import Flask

from portal.jobs import runner
from portal.queries import jobs
from portal.services import forgetting, job_runs

NAME = "forget_keys"
WORDS = {
    "second_step": "kode masuk",
    "trusted_device": "perangkat",
    "password_reset": "tautan sandi",
    "invitation": "undangan",
    "sign_in_session": "sesi",
    "attempt": "hitungan percobaan",
    "sign_in_lock": "kunci masuk",
    "calendar_feed": "langganan kalender",
    "message": "surel",
    "entry": "rincian jejak",
    "job_run": "catatan pekerjaan",
    "data_request": "permintaan data pribadi",
}
"""What the outcome of the job calls the rows of each table."""


def run(app: Flask, *, now: datetime, slot: str | None = None, keep: bool = True) -> str | None:
    """Delete what is too old; return what was done, None when the slot is done. Doing it twice changes nothing.

    Without `keep` nothing is stored: the answer says what would be deleted.
    """
    with runner.transaction(app, keep=keep) as session:
        if slot is not None and jobs.is_done(session, NAME, slot):
            return None
        counts = forgetting.forget(session, now=now)
        told = ", ".join(f"{count} {WORDS[table]}" for table, count in counts.items() if count)
        done = f"{sum(counts.values())} baris lama dihapus" + (f" ({told})" if told else "")
        if slot is not None:
            job_runs.note(session, NAME, slot, outcome=job_runs.OK, detail=done, now=now)
    return done
