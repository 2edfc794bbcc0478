"""The log of production: one JSON object a line, on the standard error stream. What a line tells, and what never.

Nothing that people typed is told but inside JSON text, where no line can be forged; names, addresses of mail, paths and
queries are not told at all, for they may hold secrets (design: platform B8, 16.x).
"""

import json
import logging
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from logging.config import dictConfig
from typing import Any, Final

Facts = Callable[[], Mapping[str, Any]]

job_name: ContextVar[str | None] = ContextVar("job_name", default=None)
"""The job that runs, in a worker."""

sources: Final[list[Facts]] = [lambda: {"job": job_name.get()}]
"""What else is known wherever a line is written; the web adds the request."""

SETTINGS: Final[Mapping[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "portal.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"level": "INFO", "handlers": ["stderr"]},
    "loggers": {
        # Says every half minute that it ticks.
        "apscheduler": {"level": "WARNING"},
        "alembic": {"level": "WARNING"},
        "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
        # The portal writes a line for each request itself, without addresses.
        "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
    },
}
"""As `logging.config.dictConfig` takes it; gunicorn is given the same."""


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON; `extra={"facts": {…}}` adds members, None ones are left out."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, ASCII only."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        for facts in (*(source() for source in sources), getattr(record, "facts", {})):
            line |= {key: value for key, value in facts.items() if value is not None}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def begin() -> None:
    """Let everything that is logged in this process leave as lines of JSON."""
    dictConfig(dict(SETTINGS))
