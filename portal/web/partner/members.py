"""The agreements of members, read by the central board that they name. Nothing can be changed here."""

from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, render_template, url_for

from portal import clock
from portal.domain.dates import office_date
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import members, partner_agreements
from portal.web import downloads, guard
from portal.web.access import partner
from portal.web.filters import zone
from portal.web.partner import rows

if TYPE_CHECKING:
    from portal.models import Agreement

blueprint = Blueprint("members", __name__, url_prefix="/anggota")


def _line(row: "Agreement", today: date, own: int) -> dict[str, Any]:
    return {
        "title": row.title,
        "members": members.member_names(row, own),
        "note": rows.until(row, today),
        "href": url_for("partner.members.show", code=row.code),
        "sample": row.is_sample,
    }


@blueprint.get("")
@partner(Action.SEE_MEMBERS)
def index() -> str:
    """List the agreements that name the own organisation as central board."""
    today, own = office_date(clock.now(), zone()), guard.own_organisation_id()
    found = members.list_of_members(session(), organisation_id=own)
    return render_template("partner/members/index.html", rows=[_line(row, today, own) for row in found])


@blueprint.get("/<code>")
@partner(Action.SEE_MEMBERS)
def show(code: str) -> str:
    """Show one of them: who, until when, the released files."""
    today, own = office_date(clock.now(), zone()), guard.own_organisation_id()
    agreement = members.get_of_member(session(), code, organisation_id=own)
    files = rows.documents(code, partner_agreements.released_files(session(), agreement))
    return render_template(
        "partner/members/show.html",
        agreement=agreement,
        until=rows.until(agreement, today),
        about=rows.about(agreement, 0),
        files=[file | {"href": _address(code, file["href"])} for file in files],
    )


def _address(code: str, href: str) -> str:
    """Return where a central board finds a file that its member finds at `href`."""
    return url_for("partner.members.file", code=code, key=href.rpartition("/")[2])


@blueprint.get("/<code>/berkas/<key>")
@partner(Action.SEE_MEMBERS)
def file(code: str, key: str) -> Response:
    """Give a released file of a member's agreement."""
    agreement = members.get_of_member(session(), code, organisation_id=guard.own_organisation_id())
    kept = partner_agreements.released_file(session(), agreement, key)
    return downloads.attachment(name=kept.name, media_type=kept.media_type, digest=kept.digest)
