"""The one place where jobs and the command line open a session and commit. The web has its own (`web/transaction`)."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from flask import Flask

from portal.extensions import GIVEN_UP, PortalSession, lock_wait_ms, reads_only, separate_session

PATIENCE_MS = 30_000
"""Jobs wait so long for SQLite's one writer; a cold process holds the lock while its first statements compile."""

TRIES = 4
"""So often a transaction is made before its error is let out."""

_log = logging.getLogger(__name__)

Found = TypeVar("Found")


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


@contextmanager
def reading(app: Flask) -> Iterator[PortalSession]:
    """Yield a session that works for the office and only reads: it keeps no writer waiting, however long it takes."""
    before = reads_only.set(True)
    try:
        with app.app_context(), separate_session() as session:
            yield session
            session.rollback()
    finally:
        reads_only.reset(before)


def persist(app: Flask, work: Callable[[PortalSession], Found]) -> Found:
    """Do `work` in a transaction, and do it again when the database has ended it for another one's sake.

    For what must not be lost: that a mail has left. Raises what the last try raised.
    """
    for _ in range(TRIES - 1):
        try:
            with transaction(app) as session:
                return work(session)
        except GIVEN_UP:
            _log.warning("The database gave up a transaction; it is made again.", exc_info=True)
    with transaction(app) as session:
        return work(session)
