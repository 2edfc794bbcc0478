"""What the frame of every page of the office tells: the bell's number, and the sentence when something stands still."""

from flask import g
from flask_babel import gettext as _

from portal import clock
from portal.domain.dates import office_date
from portal.extensions import session
from portal.queries import pulse as reading
from portal.queries.pulse import Pulse
from portal.web import guard
from portal.web.filters import datetime_zone


def pulse() -> Pulse:
    """Return what the frame of a page of the office tells its reader, read once for each request."""
    if "pulse" not in g:
        now = clock.now()
        g.pulse = reading.read(session(), guard.actor().account_id or 0, now=now, today=office_date(now))
    found: Pulse = g.pulse
    return found


def sentence() -> str:
    """Return what stands still since when; empty while everything runs."""
    found = pulse().alarm
    if found is None:
        return ""
    if found.never_ran:
        return str(_("Pengingat dan surel belum pernah dikirim sejak portal ini dipasang."))
    if found.swept_at:
        return str(_("Pengingat tidak direncanakan lagi sejak %(time)s.", time=datetime_zone(found.swept_at)))
    if found.delivered_at:
        return str(_("Surel tidak dikirim lagi sejak %(time)s.", time=datetime_zone(found.delivered_at)))
    return ""
