"""What stands in a calendar feed, in words, with links; and the filter that a feed keeps, read as an address is."""

from datetime import date, datetime
from urllib.parse import parse_qsl

from flask import url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from portal.documents.calendar_file import CalendarEvent
from portal.domain.deadline import OF_DUTIES
from portal.domain.policy import Actor, Role
from portal.queries.calendar_feeds import FeedEntry
from portal.queries.deadline_calendar import CalendarFilter
from portal.web.asked import Asked
from portal.web.filters import date_long, label, period
from portal.web.staff import calendar_page, duty_list

EVERYTHING = "semua"
"""The view of a feed that leaves nothing out."""


def wanted(view: str, *, actor: Actor, today: date) -> CalendarFilter:
    """Return what a feed of the office asks: an officer's own agreements, everything, or a saved filter."""
    own = "pic=saya" if Role.OFFICER in actor.roles else ""
    asked = Asked(MultiDict(parse_qsl({"": own, EVERYTHING: ""}.get(view, view))))
    hidden = frozenset(asked.text("tanpa").split(","))
    kinds = frozenset(kind for word, kind in calendar_page.SHOWN.items() if word not in hidden)
    return CalendarFilter(duties=duty_list.read(asked, actor=actor, today=today), kinds=kinds)


def event(entry: FeedEntry, *, base_url: str, actor: Actor) -> CalendarEvent:
    """Return one entry as its reader finds it: titles of restricted agreements stay in the portal."""
    start: date | datetime = entry.at or entry.on
    url = base_url + _path(entry, actor)
    return CalendarEvent(
        key=entry.key,
        start=start,
        summary=_summary(entry),
        description="\n".join([*_lines(entry), url]),
        url=url,
        category=label(entry.kind),
        sequence=entry.sequence,
        changed_at=entry.changed_at,
        is_cancelled=entry.is_cancelled,
    )


def _summary(entry: FeedEntry) -> str:
    if entry.is_confidential:
        return str(_("Tenggat naskah yang dibatasi (%(code)s)", code=entry.agreement_code))
    named = period(entry.period_key)
    title = f"{entry.title}, {named}" if named else entry.title
    if entry.kind not in OF_DUTIES:
        title = f"{label(entry.kind)}: {title}"
    if entry.is_sample:
        title = str(_("[contoh] %(title)s", title=title))
    if entry.is_cancelled:
        return str(_("Dibatalkan: %(title)s", title=title))
    return str(_("✓ %(title)s, dipenuhi", title=title)) if entry.is_met else title


def _lines(entry: FeedEntry) -> list[str]:
    if entry.is_confidential:
        return [str(_("Buka portal untuk membaca tenggat ini."))]
    lines = [f"{entry.agreement_code} · {entry.agreement_title}"]
    if entry.article:
        lines.append(entry.article)
    return [*lines, str(_("Paling lambat %(date)s", date=date_long(entry.on)))]


def _path(entry: FeedEntry, actor: Actor) -> str:
    code = entry.agreement_code
    if not actor.is_staff:
        return url_for("partner.agreements.show", code=code)
    if entry.number is None:
        return url_for("staff.agreements.show", code=code)
    return url_for("staff.obligations.show", code=code, number=entry.number)
