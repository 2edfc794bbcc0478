"""The list of agreements (design: ux W2)."""

from typing import Any

from flask import render_template, request

from portal import clock
from portal.domain.dates import office_date
from portal.extensions import session
from portal.queries import agreement_list, organisation_choices, organisations
from portal.queries.agreement_filter import AgreementFilter
from portal.queries.agreement_list import PAGE_SIZE, Sort
from portal.web import guard
from portal.web.access import office
from portal.web.asked import Asked
from portal.web.listing import Place, filter_name, notice, pager
from portal.web.staff.agreements import listed
from portal.web.staff.agreements.pages import blueprint


@blueprint.get("")
@office()
def index() -> str:
    """List agreements, by whatever filter the address carries."""
    asked, today = Asked(request.args), office_date(clock.now())
    place = Place(endpoint="staff.agreements.index", asked=asked)
    wanted = listed.read(asked, actor=guard.actor())
    sort = asked.one_of("urut", listed.SORTS) or Sort.CHANGED
    found = agreement_list.find_page(session(), wanted, sort=sort, page=asked.page(), today=today)
    return render_template(
        "staff/agreements/index.html",
        place=place,
        asked=asked,
        rows=[listed.line(row) for row in found.rows],
        columns=listed.columns(place),
        count=listed.counted(found.total, is_capped=found.is_capped),
        pager=pager(place, page=found.page, size=PAGE_SIZE, total=found.total, is_capped=found.is_capped),
        **_filter(place, wanted),
    )


def _filter(place: Place, wanted: AgreementFilter) -> dict[str, Any]:
    """Return the saved views, the controls of the filter and what is chosen in them."""
    numbers = agreement_list.tally(
        session(),
        officer_id=guard.actor().account_id,
        with_confidential=wanted.with_confidential,
        today=office_date(clock.now()),
    )
    choices = listed.choices(organisation_choices.list_units(session()), organisation_choices.list_provinces(session()))
    partner = organisations.name_of(session(), wanted.partner_code)
    chips = listed.chips(place, choices, partner=partner)
    return {
        "views": listed.views(place, numbers),
        "choices": choices,
        "chips": chips,
        "filter_name": filter_name(chips),
        "notice": notice(place.asked),
        "everything": numbers.total,
    }
