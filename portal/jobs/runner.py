"""The one place where jobs and the command line open a session and commit. The web has its own (`web/transaction`)."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from portal.extensions import PortalSession, lock_wait_ms, reads_only, separate_session

PATIENCE_MS = 30_000
"""Jobs wait so long for SQLite's one writer; a cold process holds the lock while its first statements compile."""


@contextmanager
def transaction(app: Flask, *, keep: bool = True) -> Iterator[PortalSession]:
    """Yield a session that works for the office; commit at the end, or roll back after an error or without `keep`."""
    before, waited = reads_only.set(False), lock_wait_ms.set(PATIENCE_MS)
    try:
        with app.app_context(), separate_session() as session:
            yield session
            if keep:
                session.commit()
            else:
                session.rollback()
    finally:
        lock_wait_ms.reset(waited)
        reads_only.reset(before)
