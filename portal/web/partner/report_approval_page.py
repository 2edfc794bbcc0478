"""Who sends a report of this organisation, whether it waits for approval, and what was said about it, as words."""

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from portal import clock
from portal.domain import policy, report_approval
from portal.domain.dates import office_date
from portal.domain.policy import Action
from portal.domain.wording import joined
from portal.extensions import session
from portal.queries import role_holders
from portal.web import guard
from portal.web.filters import datetime_zone

if TYPE_CHECKING:
    from portal.models import Report

Row = dict[str, Any]


def standing(report: "Report") -> Row:
    """Return what this person can do to send the report, and what the colleagues said."""
    actor, today = guard.actor(), office_date(clock.now())
    people = role_holders.responsible(session(), report.organisation_id, today=today)
    return {
        "may_send": report_approval.may_send(actor.roles, has_responsible=bool(people)),
        "may_approve": bool(policy.may(actor, Action.APPROVE_REPORT)) and report.asked_at is not None,
        "people": joined([person.name for person in people]),
        "waits": _waits(report),
        "handed_back": report.handed_back_reason,
    }


def _waits(report: "Report") -> str:
    if report.asked_at is None:
        return ""
    return str(_("Menunggu persetujuan sejak %(when)s. Laporan belum dikirim.", when=datetime_zone(report.asked_at)))
