"""One line of the log for each answer: route, code, milliseconds, who (by number). Never a path, a query or a form."""

import logging
from collections.abc import Mapping
from time import perf_counter
from types import TracebackType
from typing import Any

from flask import Flask, Response, g, has_request_context, request

from portal import logs

_log = logging.getLogger(__name__)


def _facts() -> Mapping[str, Any]:
    """Return what is known of the request in which a line is written; asks nothing of the database."""
    if not has_request_context():
        return {}
    viewer = g.get("_login_user")  # Flask-Login keeps here whom the door has found, if it has looked
    signed = getattr(viewer, "signed", None)
    return {
        "request": g.get("request_id"),
        "account": signed.actor.account_id if signed else None,
        "route": request.url_rule.rule if request.url_rule else None,
        "method": request.method,
    }


def _begin() -> None:
    g.began = perf_counter()


def _write(response: Response) -> Response:
    spent = perf_counter() - g.get("began", perf_counter())
    _log.info("answered", extra={"facts": {"code": response.status_code, "ms": round(spent * 1000, 1)}})
    return response


def _fault(
    exc_info: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
) -> None:
    """Write the trace of a fault under the code that the page shows; Flask's own line would hold the path."""
    _log.error("fault", exc_info=exc_info)


def register(app: Flask) -> None:
    """Write a line for each answer; to be registered before the door, so that its time counts."""
    if _facts not in logs.sources:
        logs.sources.append(_facts)
    app.before_request(_begin)
    app.after_request(_write)
    app.log_exception = _fault  # type: ignore[method-assign]
