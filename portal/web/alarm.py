"""The sentence on every page of the office when what must run by itself stands still."""

from flask_babel import gettext as _

from portal import clock
from portal.extensions import session
from portal.queries import jobs
from portal.web.filters import datetime_zone


def sentence() -> str:
    """Return what stands still since when; empty while everything runs."""
    found = jobs.alarm(session(), now=clock.now())
    if found is None:
        return ""
    if found.never_ran:
        return str(_("Pengingat dan surel belum pernah dikirim sejak portal ini dipasang."))
    if found.swept_at:
        return str(_("Pengingat tidak direncanakan lagi sejak %(time)s.", time=datetime_zone(found.swept_at)))
    if found.delivered_at:
        return str(_("Surel tidak dikirim lagi sejak %(time)s.", time=datetime_zone(found.delivered_at)))
    return ""
