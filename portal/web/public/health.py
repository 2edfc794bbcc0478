"""Whether the portal answers: one word for whoever watches the server, eight numbers for a monitor that may."""

import hmac
from urllib.parse import urlsplit

from flask import Blueprint, current_app, request

from portal import clock
from portal.config import Config
from portal.domain.errors import NotFound
from portal.extensions import separate_session, session
from portal.queries import accounts, health
from portal.settings import is_loopback
from portal.web.access import public

blueprint = Blueprint("health", __name__)

PROXIES = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip")
"""What a proxy adds: then the visitor is not this machine itself."""
TEXT = "text/plain; version=0.0.4; charset=utf-8"
MEANINGS = {
    "mails_waiting": "Mails in the outbox that have not left.",
    "mails_dead": "Mails that were given up.",
    "oldest_due_mail_seconds": "How long the oldest mail that should have left waits.",
    "worker_silent_seconds": "Since the worker last beat.",
    "sweep_age_seconds": "Since reminders were last planned.",
    "jobs_failed": "Jobs whose last run failed.",
    "database_bytes": "Size of the database.",
    "backup_age_seconds": "Since the last backup that went well.",
}


@blueprint.get("/sehat")
@public
def show() -> tuple[str, int, dict[str, str]]:
    """Answer `baik` when the database can be read."""
    accounts.can_read(session())
    return "baik\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/metrik")
@public
def metrics() -> tuple[str, int, dict[str, str]]:
    """Answer eight numbers in the text format of Prometheus; to everybody else this page does not exist."""
    if not _may_read():
        raise NotFound
    with separate_session() as office:
        found = health.read(office, now=clock.now())
    lines = []
    for name, value in found.items():
        number = "NaN" if value is None else value
        lines += [f"# HELP simpul_{name} {MEANINGS[name]}", f"# TYPE simpul_{name} gauge", f"simpul_{name} {number}"]
    return "\n".join(lines) + "\n", 200, {"Content-Type": TEXT}


def _may_read() -> bool:
    """Return whether the request carries the monitor's word or, where there is none, comes from this machine."""
    settings: Config = current_app.config["SETTINGS"]
    if settings.metrics_token:
        given, wanted = request.headers.get("Authorization", ""), f"Bearer {settings.metrics_token}"
        return hmac.compare_digest(given.encode(), wanted.encode())
    is_direct = not any(name in request.headers for name in PROXIES)
    here = is_loopback(request.remote_addr or "") and is_loopback(urlsplit(f"//{request.host}").hostname or "")
    return is_direct and here
