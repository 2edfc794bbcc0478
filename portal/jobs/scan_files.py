"""The job that asks the virus scanner about files from outside: each in turn, its word written in a transaction.

A scanner that is away stops the turn with an error that the page of jobs shows; what waits goes on waiting.
"""

from datetime import datetime

from flask import Flask

from portal.jobs import runner
from portal.queries import file_scans as reading
from portal.scanner import Scanner
from portal.services import file_scans, job_runs

NAME = "scan_files"
A_TURN = 50
"""A tick asks about so many files; the next one goes on."""


def run(app: Flask, *, now: datetime, slot: str | None = None) -> str | None:
    """Ask about what waits; return what was done in one sentence, None when nothing waited or no scanner is set.

    Raises ScannerAway when the scanner does not answer.
    """
    del slot
    scanner: Scanner | None = app.extensions["scanner"]
    if scanner is None:
        return None
    with runner.transaction(app, keep=False) as session:
        digests = reading.waiting(session, limit=A_TURN)
    for digest in digests:
        _ask(app, scanner, digest, now=now)
    if not digests:
        return None
    said = f"{len(digests)} berkas diperiksa"
    with runner.transaction(app) as session:
        job_runs.beat(session, NAME, detail=said, now=now)
    return said


def _ask(app: Flask, scanner: Scanner, digest: str, *, now: datetime) -> None:
    """Ask about one file; no transaction is open meanwhile."""
    storage = app.extensions["storage"]
    try:
        content = storage.read(digest)
    except FileNotFoundError:
        with runner.transaction(app) as session:
            file_scans.forget(session, digest)
        return
    finding = scanner.finding(content)
    with runner.transaction(app) as session:
        file_scans.settle(session, digest, finding, storage=storage, now=now)
