"""The chain of the trail: is it whole, and which heads were sent out."""

from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask_babel import gettext as _

from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import audit_chain as reading
from portal.web.access import office
from portal.web.filters import datetime_zone, number

blueprint = Blueprint("audit_chain", __name__, url_prefix="/audit/rantai")

HEADS = 30
SHOWN = 16
"""Letters of a digest in the list; the mail has the whole."""


@blueprint.get("")
@office(Action.SEE_AUDIT)
def show() -> str:
    """Show the heads of the last days; check the whole chain when asked to, which only reads."""
    rows = [_head(row) for row in reading.heads(session(), limit=HEADS)]
    found = _check() if request.args.get("periksa") else None
    return render_template("staff/audit_chain/show.html", rows=rows, found=found, limit=HEADS)


def _check() -> dict[str, Any]:
    verdict = reading.verify(session(), current_app.config["SETTINGS"].audit_keys)
    fault = verdict.fault
    return {
        "checked": number(verdict.checked),
        "fault": _(fault.message, **fault.values) if fault else "",
        "end": _("baris %(n)s, %(mac)s", n=number(verdict.sequence), mac=verdict.mac)
        if verdict.mac
        else _("belum ada"),
    }


def _head(row: Any) -> dict[str, Any]:
    return {
        "day": row.day,
        "sequence": number(row.sequence),
        "mac": row.mac[:SHOWN],
        "made_at": datetime_zone(row.made_at),
        "checked": number(row.checked),
        "fault": row.fault,
        "chip": {"text": _("Tidak utuh"), "tone": "bad"} if row.fault else {"text": _("Utuh"), "tone": "good"},
    }
