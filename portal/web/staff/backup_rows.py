"""How backups do, in words: the card on the page of jobs, and the sentence on the administrator's first page."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.policy import Role
from portal.extensions import session
from portal.queries import backups
from portal.queries.backups import BackupStanding
from portal.web import guard
from portal.web.filters import datetime_zone, file_size


def card(now: datetime) -> dict[str, Any]:
    """Return the card: a chip, what is wrong, when the last one was made and how large it is."""
    found = backups.standing(session(), now=now)
    return {
        "chip": {"text": _("Perlu tindakan"), "tone": "bad"} if found.is_late else {"text": _("Baik"), "tone": "good"},
        "trouble": _trouble(found) if found.is_late else "",
        "facts": [
            {"label": _("Terakhir berhasil"), "value": datetime_zone(found.at) if found.at else _("belum pernah")},
            *([{"label": _("Arsip"), "value": found.name, "note": file_size(found.size or 0)}] if found.name else []),
        ],
    }


def strip(now: datetime) -> list[dict[str, Any]]:
    """Return the sentence for an administrator's first page; nothing for others, or while all is well."""
    if Role.ADMIN not in guard.actor().roles:
        return []
    found = backups.standing(session(), now=now)
    return [{"text": _trouble(found), "href": url_for("staff.jobs.index") + "#cadangan"}] if found.is_late else []


def _trouble(found: BackupStanding) -> str:
    if found.failure:
        return str(_("Cadangan gagal: %(why)s", why=found.failure))
    if found.at is None:
        return str(_("Portal ini belum pernah dicadangkan"))
    return str(_("Cadangan terakhir dibuat %(when)s", when=datetime_zone(found.at)))
