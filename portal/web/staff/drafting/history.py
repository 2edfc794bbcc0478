"""The history of one section: who changed what, and when."""

from typing import TYPE_CHECKING, Any

from flask import render_template
from flask_babel import gettext as _

from portal.domain.drafting import Section
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import draft_history
from portal.queries.draft_history import Change
from portal.web.access import office
from portal.web.filters import datetime_zone, label
from portal.web.staff.drafting import comparison
from portal.web.staff.drafting.pages import address, blueprint, draft_of, section_named

if TYPE_CHECKING:
    from portal.models import Draft

Item = dict[str, Any]


@blueprint.get("/<part>/riwayat")
@office(Action.DRAFT_DOCUMENT)
def section_history(code: str, part: str) -> str:
    """Show the newest saves of a section with what each changed."""
    found, draft = section_named(part), draft_of(code)
    rows = draft_history.changes(session(), draft.id, found)
    return render_template(
        "staff/drafting/section_history.html",
        agreement=draft.agreement,
        title=label(found),
        rows=[_row(draft, found, one) for one in rows],
        is_cut=len(rows) == draft_history.MOST,
        back=address(code, found),
    )


def _row(draft: "Draft", section: Section, one: Change) -> Item:
    return {
        "who": one.who or _("Simpul"),
        "name": _("Simpanan %(n)s, %(when)s", n=one.number, when=datetime_zone(one.at)),
        "changes": comparison.changes(draft, section, one.before, one.after),
    }
