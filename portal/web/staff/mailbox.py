"""The mailbox of a portal without a mail server: demonstrations and tests read here what would have been sent."""

import re
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask_babel import gettext as _

from portal.domain import policy
from portal.domain.errors import NotFound
from portal.domain.policy import Action
from portal.domain.reminder import MessageStage
from portal.extensions import session
from portal.queries import ledger_mails
from portal.queries.ledger_mails import MailRow
from portal.web import guard
from portal.web.access import office
from portal.web.asked import Asked
from portal.web.filters import datetime_zone, label
from portal.web.listing import Place
from portal.web.staff import reminder_book

TONES = {MessageStage.SENT: "good", MessageStage.DEAD: "bad"}

blueprint = Blueprint("mailbox", __name__, url_prefix="/surel")


def _check_open() -> None:
    """Raise NotFound where mail goes to a real server: then its owner reads it, and nobody else."""
    if current_app.config["SETTINGS"].smtp.host is not None:
        raise NotFound


@blueprint.get("")
@office(Action.SEE_LEDGER)
def index() -> str:
    """List every mail, newest first; a filter by address stands in the address."""
    _check_open()
    asked = Asked(request.args)
    place, wanted = Place(endpoint="staff.mailbox.index", asked=asked), reminder_book.read(asked, guard.actor())
    found = ledger_mails.list_mailbox(session(), wanted)
    return render_template(
        "staff/mailbox/index.html",
        asked=asked,
        rows=[_line(row) for row in found.rows],
        chips=reminder_book.chips(place),
        pager=reminder_book.pages(place, wanted, found),
    )


def _unwritten(template: str) -> str:
    """Return what a mail is called that is written when it leaves."""
    names = {
        "digest_partner": _("Ringkasan pengingat untuk mitra"),
        "digest_office": _("Ringkasan pengingat untuk kantor"),
        "occurrence_overdue": _("Pengingat keterlambatan"),
    }
    return str(names.get(template, _("Surel yang belum disusun")))


def _line(row: MailRow) -> dict[str, Any]:
    waits = row.sent_at is None
    subject = _("Naskah dibatasi") if row.is_restricted else row.subject
    return {
        "key": row.key,
        "subject": subject or _unwritten(row.template),
        "recipient": row.recipient,
        "name": row.name or "",
        "when": datetime_zone(row.sent_at or row.next_try_at),
        "note": _("menunggu sampai waktu itu") if waits else "",
        "chip": {"text": label(row.stage), "tone": TONES.get(row.stage, "")},
    }


@blueprint.get("/<key>")
@office(Action.SEE_LEDGER)
def show(key: str) -> str:
    """Show one mail: its text with links that work, and its HTML as text."""
    _check_open()
    readable = bool(policy.may(guard.actor(), Action.SEE_CONFIDENTIAL))
    row = ledger_mails.get_mail(session(), key, with_confidential=readable)
    if row.is_restricted:
        raise NotFound
    message = ledger_mails.get_message(session(), key)
    base_url = current_app.config["SETTINGS"].base_url
    return render_template(
        "staff/mailbox/show.html",
        mail=_line(row),
        lines=linked(message.body_text or "", base_url),
        html=message.body_html,
    )


def linked(text: str, base_url: str) -> list[list[dict[str, str]]]:
    """Return the lines of a mail as parts; addresses within the portal become links, others stay words."""
    address = re.compile(rf"({re.escape(base_url)}/\S*)")
    return [
        [
            {"text": part, "href": part.removeprefix(base_url) if address.fullmatch(part) else ""}
            for part in address.split(line)
            if part
        ]
        for line in text.splitlines()
    ]
