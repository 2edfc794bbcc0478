"""The one place where jobs and the command line open a session and commit. The web has its own (`web/transaction`)."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from portal.extensions import PortalSession, reads_only, separate_session


@contextmanager
def transaction(app: Flask, *, keep: bool = True) -> Iterator[PortalSession]:
    """Yield a session that works for the office; commit at the end, or roll back after an error or without `keep`."""
    before = reads_only.set(False)
    try:
        with app.app_context(), separate_session() as session:
            yield session
            if keep:
                session.commit()
            else:
                session.rollback()
    finally:
        reads_only.reset(before)
