"""Contacts outside the portal as lines of a page."""

from collections.abc import Iterable
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.contact import ContactWay
from portal.queries.contact_log import Contacted
from portal.web import guard
from portal.web.filters import datetime_zone, label

Item = dict[str, Any]

ICONS = {
    ContactWay.WHATSAPP: "message-circle",
    ContactWay.PHONE: "phone",
    ContactWay.MAIL: "mail",
    ContactWay.LETTER: "file-text",
    ContactWay.VISIT: "building-2",
}


def lines(found: Iterable[Contacted]) -> list[Item]:
    """Return contacts as events, the latest first."""
    return [_line(each) for each in found]


def action(code: str) -> Item | None:
    """Return the link under which a contact about an agreement is written down, for who may."""
    if not guard.may_open("staff.contacts.agreement"):
        return None
    return {"label": _("Catat"), "href": url_for("staff.contacts.agreement", code=code), "context": _("kontak")}


def _line(each: Contacted) -> Item:
    who = ", ".join(filter(None, [each.person, each.organisation]))
    about = each.title or each.agreement_code
    note = ". ".join(filter(None, [about, each.note]))
    when = datetime_zone(each.at)
    return {
        "text": f"{label(each.way)}: {who}",
        "note": note,
        "when": _("%(when)s oleh %(name)s", when=when, name=each.by) if each.by else when,
        "tone": "info",
        "icon": ICONS[each.way],
    }
