"""The only commits of the web: one for an unsafe request that went well, and `apart` for what survives a refusal."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, Response, request

from portal.extensions import PortalSession, db, reads_only, separate_session

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FIRST_REFUSAL = 400


class NestedWriteError(Exception):
    """`apart` was called while the request's own transaction is open: on SQLite the two would wait for each other."""


@contextmanager
def apart() -> Iterator[PortalSession]:
    """Yield a session of its own that commits at the end, whatever becomes of the request (Settled 16).

    For sign-in counters, refusals in the trail and the last use of a session only. It works for the office.
    """
    if request.method not in SAFE and db.session().in_transaction():
        raise NestedWriteError
    before = reads_only.set(False)
    try:
        with separate_session() as extra:
            yield extra
            extra.commit()
    finally:
        reads_only.reset(before)


@contextmanager
def aside() -> Iterator[PortalSession]:
    """Yield a session of its own that only reads, for the office: it waits for nobody and makes nobody wait."""
    before = reads_only.set(True)
    try:
        with separate_session() as extra:
            yield extra
    finally:
        reads_only.reset(before)


def _finish(response: Response) -> Response:
    if request.endpoint == "static":
        return response
    if request.method not in SAFE and response.status_code < FIRST_REFUSAL:
        db.session.commit()
    else:
        db.session.rollback()
    return response


def register(app: Flask) -> None:
    """Commit or roll back after each request."""
    app.after_request(_finish)
