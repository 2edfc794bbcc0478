"""The search page behind the choice of a party: several words in any order; choosing leads back to section 2."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.agreement import MAX_PARTIES
from portal.domain.dates import office_date
from portal.domain.drafting import Section
from portal.domain.errors import RuleBroken
from portal.domain.policy import Action, may
from portal.domain.wording.fields_of_agreements import PARTY_PLACES
from portal.extensions import session
from portal.queries import organisations as reading
from portal.queries.organisations import OrganisationFilter, OrganisationRow
from portal.services import draft_parties
from portal.web import guard
from portal.web.access import office
from portal.web.asked import Asked
from portal.web.filters import date_short
from portal.web.languages import sentence
from portal.web.listing import Place, pager
from portal.web.staff import organisation_page
from portal.web.staff.drafting.pages import address, blueprint, draft_of

if TYPE_CHECKING:
    from portal.models import Draft, Organisation

Item = dict[str, Any]


def _place(told: str) -> int:
    return int(told) if told in {str(one) for one in range(1, MAX_PARTIES + 1)} else 1


@blueprint.get("/pihak/cari")
@office(Action.DRAFT_DOCUMENT)
def find_party(code: str) -> str:
    """List the organisations that can be a party, by words in any order."""
    draft, asked = draft_of(code), Asked(request.args)
    place = _place(asked.text("pihak"))
    return render_template(
        "staff/drafting/find_party.html",
        agreement=draft.agreement,
        title=_("Pilih %(party)s", party=_(PARTY_PLACES[place - 1])),
        place=place,
        back=address(code, Section.PARTIES),
        action=url_for("staff.drafting.choose_party", code=code),
        new_href=_new(code, place) if may(guard.actor(), Action.EDIT_ORGANISATION) else None,
        **_found(code, asked),
    )


def _found(code: str, asked: Asked) -> Item:
    """Return the page of the directory that was asked for, and the two registers to choose from."""
    words, ours, today = asked.text("q"), asked.text("milik") == "kemensos", office_date(clock.now())
    found = reading.find_page(session(), OrganisationFilter(words=words, ours=ours), page=asked.page(), today=today)
    here = Place(endpoint="staff.drafting.find_party", asked=asked, within={"code": code})
    return {
        "words": words,
        "ours": ours,
        "views": [
            {"label": _("Mitra"), "href": here.link(milik=None), "current": not ours},
            {"label": _("Unit Kemensos"), "href": here.link(milik="kemensos"), "current": ours},
        ],
        "rows": [_line(row, today) for row in found.rows],
        "pager": pager(here, page=found.page, size=reading.PAGE_SIZE, total=found.total),
    }


def _new(code: str, place: int) -> str:
    return url_for("staff.organisations.record", naskah=code, pihak=place)


def _line(row: OrganisationRow, today: Any) -> Item:
    return organisation_page.line(row, today) | {"code": row.code, "registration": _registration(row, today)}


def _registration(row: OrganisationRow, today: Any) -> Item | None:
    """Return the chip of a registration (tanda daftar); None for bodies that have none."""
    if not row.registration_number:
        return None
    until = row.registration_expires_on
    if until is not None and until < today:
        return {"text": _("Tanda daftar habis %(date)s", date=date_short(until)), "tone": "bad"}
    told = _("Tanda daftar s.d. %(date)s", date=date_short(until)) if until else _("Tanda daftar tercatat")
    return {"text": told, "tone": "good"}


@blueprint.post("/pihak/cari")
@office(Action.DRAFT_DOCUMENT)
def choose_party(code: str) -> Response:
    """Seat the chosen organisation and lead back to section 2."""
    draft, place = draft_of(code), _place(request.form.get("pihak", ""))
    organisation = reading.get(session(), request.form.get("organisasi", ""))
    problem = _seated(draft, organisation, place)
    told = _("%(name)s menjadi %(party)s.", name=organisation.name, party=_(PARTY_PLACES[place - 1]))
    flash(problem or told, "bad" if problem else "message")
    return redirect(address(code, Section.PARTIES), 303)


def _seated(draft: "Draft", organisation: "Organisation", place: int) -> str:
    try:
        draft_parties.seat(session(), draft, organisation, place=place, actor=guard.actor(), now=clock.now())
    except RuleBroken as broken:
        session().rollback()
        return sentence(broken)
    return ""
