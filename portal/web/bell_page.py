"""The bell for the office and for partners alike: its number in the header, its lines, opening and marking as read."""

from typing import Any

from flask import g, url_for
from flask_babel import gettext as _

from portal import clock
from portal.domain.dates import office_date
from portal.domain.organisation_card import CardPart, DocumentKind
from portal.domain.reminder import SubjectKind
from portal.extensions import session
from portal.queries import bell as reading
from portal.queries.bell import BellItem, BellReminder
from portal.services import bell
from portal.web import alarm, guard
from portal.web.filters import date_weekday, datetime_zone, days_left, label
from portal.web.reminder_reasons import subject_title

Item = dict[str, Any]


def side() -> str:
    """Return the side of the portal on which the reader is: staff or partner."""
    return "staff" if guard.actor().is_staff else "partner"


def _me() -> int:
    return guard.actor().account_id or 0


def number() -> int:
    """Return how many things are unread, read once for each request; 0 for strangers."""
    if guard.signed_in() is None:
        return 0
    if side() == "staff":
        return alarm.pulse().unread
    if "bell" not in g:
        now = clock.now()
        g.bell = reading.unread(session(), _me(), now=now, today=office_date(now))
    found: int = g.bell
    return found


def lines() -> list[Item]:
    """Return everything under the bell as lines, each with the address that opens it."""
    now, is_office = clock.now(), side() == "staff"
    found = reading.list_items(session(), _me(), now=now, today=office_date(now), in_office=is_office)
    return [_line(each) for each in found]


def _line(each: BellItem) -> Item:
    if isinstance(each, BellReminder):
        title = subject_title(each.kind, each.title, each.period_key)
        is_over = each.days < 0 and each.kind in {SubjectKind.TERM_END, SubjectKind.PAPER}
        is_late = each.days < 0 and not is_over
        left = "" if is_over else f" ({days_left(each.days)})"
        when = f"{label(each.kind)}: {date_weekday(each.target_on)}{left}"
        return {
            "title": title,
            "note": f"{each.agreement_code}. {when}",
            "at": datetime_zone(each.at),
            "tone": "bad" if is_late else "warn",
            "is_unread": each.is_unread,
            "open": url_for(f"{side()}.bell.open_reminder", number=each.number),
        }
    return {
        "title": _notice(each.template, each.values),
        "note": str(each.values.get("agreement_code", "")),
        "at": datetime_zone(each.at),
        "tone": "info",
        "is_unread": each.is_unread,
        "open": url_for(f"{side()}.bell.open_notice", key=each.key),
    }


def _notice(template: str, values: Item) -> str:
    said = {
        "report_submitted": _("Laporan dikirim mitra: %(title)s", title=values.get("title", "")),
        "report_receipt": _("Laporan Anda kami terima untuk diperiksa: %(title)s", title=values.get("title", "")),
        "report_returned": _("Laporan dikembalikan: %(title)s", title=values.get("title", "")),
        "report_accepted": _("Laporan diterima: %(title)s", title=values.get("title", "")),
        "report_reopened": _("Laporan kami periksa lagi: %(title)s", title=values.get("title", "")),
        "report_approval_asked": _("Persetujuan Anda diminta: %(title)s", title=values.get("title", "")),
        "report_handed_back": _("Laporan belum disetujui: %(title)s", title=values.get("title", "")),
        "relief_asked": _("Keringanan tenggat diminta: %(title)s", title=values.get("title", "")),
        "question_asked": _("Pertanyaan mitra: %(title)s", title=values.get("title", "")),
        "question_answered": _("Pertanyaan Anda dijawab: %(title)s", title=values.get("title", "")),
        "draft_shared": _("Rancangan menunggu tanggapan Anda: %(title)s", title=values.get("title", "")),
        "draft_answered": _("Mitra menanggapi rancangan: %(title)s", title=values.get("title", "")),
        "draft_decided": _("Tanggapan Anda kami jawab: %(title)s", title=values.get("title", "")),
        "relief_decided": _("Permohonan keringanan diputuskan: %(title)s", title=values.get("title", "")),
    }
    if template == "card_decided":
        kind = DocumentKind if values["is_paper"] else CardPart
        done = _("Usulan disetujui: %(title)s", title=label(kind(values["what"])))
        return str(
            done if values["accepted"] else _("Usulan belum disetujui: %(title)s", title=label(kind(values["what"])))
        )
    return str(said[template])


def open_reminder(number: int) -> str:
    """Mark a reminder as read and return the address where something can be done about it."""
    row = reading.get_reminder(session(), _me(), number)
    bell.mark_read(row, now=clock.now())
    return reading.path_of(session(), row, in_office=side() == "staff")


def open_notice(key: str) -> str:
    """Mark a notice as read and return the address of what it tells of."""
    row = reading.get_notice(session(), _me(), key)
    bell.mark_read(row, now=clock.now())
    return str(row.values.get("path") or url_for(f"{side()}.bell.index"))


def mark_all() -> int:
    """Mark everything as read; return how much was unread."""
    now = clock.now()
    return bell.mark_all(session(), _me(), now=now, today=office_date(now))
