"""How long each kind of record is kept, what would go now, and what the last run let go: the job's own report."""

from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext as _

from portal import clock
from portal.domain.policy import Action
from portal.domain.wording.personal import TABLES
from portal.extensions import session
from portal.jobs import forget_keys
from portal.queries import jobs
from portal.services import forgetting
from portal.services.forgetting import Due
from portal.web.access import office
from portal.web.filters import datetime_zone, number

blueprint = Blueprint("retention", __name__, url_prefix="/kelola/masa-simpan")


@blueprint.get("")
@office(Action.SEE_AUDIT)
def show() -> str:
    """Show the report of what is kept how long; nothing is changed by looking."""
    ran = jobs.last_runs(session()).get(forget_keys.NAME)
    return render_template(
        "staff/retention/show.html",
        rows=[_line(due) for due in forgetting.report(session(), now=clock.now())],
        ran={"at": datetime_zone(ran.at), "said": ran.detail} if ran and ran.at else None,
    )


def _line(due: Due) -> dict[str, Any]:
    return {
        "label": _(TABLES[due.name]),
        "kept": _("%(n)s hari", n=number(due.kept.days)),
        "number": number(due.number),
        "total": number(due.total),
        "oldest": datetime_zone(due.oldest) if due.oldest else "",
    }
