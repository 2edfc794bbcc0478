"""An invitation that was just sent, and those that wait, as words and links: for the office and a partner's team."""

from typing import Any
from urllib.parse import quote

from flask import current_app
from flask_babel import gettext as _

from portal.domain.phone import mobile
from portal.queries.invitations import InvitationRow
from portal.services.invitations import Sent
from portal.web.filters import datetime_zone, label

Item = dict[str, Any]


def sent(told: Sent) -> Item:
    """Return what is shown once after sending: the link, the code, the ready text and where it can be sent."""
    invitation, base_url = told.invitation, current_app.config["SETTINGS"].base_url
    text = _(
        "Yth. %(name)s, Kementerian Sosial mengundang %(organisation)s ke portal Simpul untuk melihat perjanjian dan "
        "mengirim laporan. Buka tautan ini lalu tekan Terima undangan: %(link)s (berlaku 72 jam).",
        name=invitation.name,
        organisation=invitation.organisation.name,
        link=told.link,
    )
    digits = mobile(invitation.phone)
    return {
        "name": invitation.name,
        "email": invitation.email,
        "link": told.link,
        "code": told.code,
        "code_page": f"{base_url}/undangan",
        "text": text,
        "whatsapp": f"https://wa.me/{digits}?text={quote(text)}" if digits else None,
    }


def waiting(row: InvitationRow) -> Item:
    """Return one line of who was invited and has not come yet."""
    until = datetime_zone(row.expires_at)
    note = _("berlaku sampai %(time)s", time=until) if row.is_open else _("kedaluwarsa sejak %(time)s", time=until)
    return {"id": row.id, "name": row.name, "email": row.email, "role": label(row.role), "note": note}
