"""The directory of organisations, one of them, recording and changing it (design: ux W10)."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.dates import office_date
from portal.domain.editing import EditConflict
from portal.domain.policy import Action, may
from portal.extensions import session
from portal.queries import agreement_list, codes, contact_log, invitations, organisation_choices
from portal.queries import organisations as reading
from portal.services import organisations
from portal.web import guard, invitation_rows
from portal.web.access import office
from portal.web.asked import Asked, whole
from portal.web.filters import datetime_zone
from portal.web.forms.organisation import OrganisationForm
from portal.web.forms.outcome import attempt
from portal.web.listing import Place, filter_name, notice, pager
from portal.web.staff import contact_rows, organisation_card, organisation_likeness, organisation_page
from portal.web.staff.agreements import listed
from portal.web.staff.duty_page import contacts

if TYPE_CHECKING:
    from portal.models import Organisation

blueprint = Blueprint("organisations", __name__, url_prefix="/mitra")

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@office()
def index() -> str:
    """List organisations, by whatever filter the address carries."""
    asked, today = Asked(request.args), office_date(clock.now())
    place = Place(endpoint="staff.organisations.index", asked=asked)
    found = reading.find_page(session(), organisation_page.read(asked), page=asked.page(), today=today)
    return render_template(
        "staff/organisations/index.html",
        asked=asked,
        rows=[organisation_page.line(row, today) for row in found.rows],
        total=found.total,
        pager=pager(place, page=found.page, size=reading.PAGE_SIZE, total=found.total),
        may_edit=_may_edit(),
        **_filter(place),
    )


def _filter(place: Place) -> dict[str, Any]:
    choices = organisation_page.choices(organisation_choices.list_provinces(session()))
    chips = organisation_page.chips(place, choices)
    return {
        "views": organisation_page.views(place),
        "choices": choices,
        "chips": chips,
        "filter_name": filter_name(chips),
        "notice": notice(place.asked),
    }


def _may_edit() -> bool:
    return bool(may(guard.actor(), Action.EDIT_ORGANISATION))


@blueprint.get("/<code>")
@office()
def show(code: str) -> str | Response:
    """Show one organisation: facts, agreements, people, accounts; one that went into another leads there."""
    row = reading.get(session(), code)
    if row.merged_into is not None:
        return redirect(url_for("staff.organisations.show", code=row.merged_into.code))
    return render_template("staff/organisations/show.html", **_shown(row))


def _shown(row: "Organisation") -> dict[str, Any]:
    today, source = office_date(clock.now()), session()
    readable = bool(may(guard.actor(), Action.SEE_CONFIDENTIAL))
    holders = reading.list_holders(source, row.id)
    ids = reading.list_agreement_ids(source, row.id, with_confidential=readable)
    return {
        "organisation": row,
        "facts": organisation_page.facts(row, reading.province_name(source, row.province_code)),
        "readiness": organisation_page.readiness(row.lks, today) if row.lks else [],
        **organisation_card.shown(row, holders, today),
        "contacts": contacts(row.phone, row.email),
        "agreements": [listed.line(each) for each in agreement_list.rows_of(source, ids, today=today)],
        "people": organisation_page.people(row.code, holders, today),
        "callers": organisation_page.callers(row.code, reading.list_contacts(source, row.id)),
        "accounts": organisation_page.accounts(reading.list_accounts(source, row.id)),
        "invited": [invitation_rows.waiting(one) for one in invitations.list_waiting(source, row.id, now=clock.now())],
        "log": contact_rows.lines(contact_log.of_organisation(source, row.id, with_confidential=readable)),
        "sources": organisation_page.sources(reading.list_sources(source, row.id)),
        "may_edit": _may_edit(),
        "invite": _invite_address(row),
    }


def _invite_address(row: "Organisation") -> str | None:
    """Return where people of a partner are invited; the office's people are invited by administrators."""
    is_open = not row.is_ours and may(guard.actor(), Action.INVITE_PARTNER)
    return organisation_page.invite_address(row.code) if is_open else None


def _form(data: dict[str, Any] | None = None) -> OrganisationForm:
    names = codes.names(session())
    parents = [(unit.code, unit.name) for unit in reading.list_parents(session())]
    provinces = [(province.code, province.name) for province in organisation_choices.list_provinces(session())]
    return OrganisationForm(data=data).offer(provinces=provinces, parents=parents, **names)


def _page(
    form: OrganisationForm, *, organisation: "Organisation | None" = None, conflict: Any = None, alike: Any = ()
) -> str:
    told = {"organisation": organisation, "conflict": conflict, "alike": alike}
    return render_template("staff/organisations/edit.html", form=form, **told)


@blueprint.get("/baru")
@office(Action.EDIT_ORGANISATION)
def record() -> str:
    """Ask for a new organisation."""
    return _page(_form())


@blueprint.post("/baru")
@office(Action.EDIT_ORGANISATION)
def create() -> Answer:
    """Record a new organisation."""
    form = _form()
    is_valid = form.validate()
    alike = organisation_likeness.of_facts(form.facts()) if is_valid and not form.distinct.data else []
    made = attempt(form, lambda: _recorded(form)) if is_valid and not alike else None
    if made is None:
        return _page(form, alike=alike), 422
    flash(_("%(name)s tercatat.", name=made.name))
    return redirect(_after(made), 303)


def _recorded(form: OrganisationForm) -> "Organisation":
    return organisations.record(session(), form.facts(), actor=guard.actor(), now=clock.now())


def _after(made: "Organisation") -> str:
    """Return where a new organisation leads: back to the draft that asked for it, where it can be chosen."""
    code = request.args.get("naskah", "")
    if code and code.replace("-", "").isalnum():
        told = {"pihak": request.args.get("pihak", ""), "q": made.name}
        return url_for("staff.drafting.find_party", code=code, **told)  # type: ignore[arg-type]
    return url_for("staff.organisations.show", code=made.code)


@blueprint.get("/<code>/ubah")
@office(Action.EDIT_ORGANISATION)
def edit(code: str) -> str:
    """Ask what to change."""
    row = reading.get(session(), code)
    told = organisations.facts_of(row)
    return _page(_form(organisation_page.values(told, version=row.version)), organisation=row)


@blueprint.post("/<code>/ubah")
@office(Action.EDIT_ORGANISATION)
def update(code: str) -> Answer:
    """Change an organisation; when somebody else did meanwhile, show both versions and lose nothing."""
    form, row = _form(), reading.get(session(), code)
    saved = form.validate() and attempt(form, lambda: _saved(row, form))
    if isinstance(saved, EditConflict):
        return _conflict(code, form, saved), 409
    if not saved:
        return _page(form, organisation=reading.get(session(), code)), 422
    flash(_("Perubahan tersimpan."))
    return redirect(url_for("staff.organisations.show", code=code), 303)


def _saved(row: "Organisation", form: OrganisationForm) -> "Organisation | EditConflict":
    version = whole(form.version.data or "")
    try:
        return organisations.edit(session(), row, form.facts(), version=version, actor=guard.actor(), now=clock.now())
    except EditConflict as found:
        session().rollback()
        return found


def _conflict(code: str, form: OrganisationForm, found: EditConflict) -> str:
    """Show the form with my values; saving it again, now on the stored version, lets mine win knowingly."""
    form.version.data = str(found.version)
    told = found.comparison
    differences = [
        {
            "label": organisation_page.field_name(one.key, form),
            "mine": organisation_page.said(one.mine),
            "stored": organisation_page.said(one.stored),
            "before": organisation_page.said(one.before),
        }
        for one in (*told.both, *told.theirs, *told.mine)
    ]
    conflict = {"fields": differences, "who": found.who, "when": datetime_zone(found.when)}
    return _page(form, organisation=reading.get(session(), code), conflict=conflict)
