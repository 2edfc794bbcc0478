"""The list of agreements (design: ux W2)."""

from dataclasses import dataclass
from functools import partial

from flask import render_template, request
from markupsafe import Markup

from portal import clock
from portal.domain.dates import office_date
from portal.extensions import session
from portal.queries import agreement_list, kept_numbers, organisation_choices, organisations
from portal.queries.agreement_list import PAGE_SIZE, AgreementPage, AgreementRow, Sort
from portal.queries.organisation_choices import CodeName
from portal.web import alarm, drawn, guard
from portal.web.access import office
from portal.web.asked import Asked
from portal.web.listing import Place, filter_name, notice, pager
from portal.web.staff.agreements import listed
from portal.web.staff.agreements.pages import blueprint


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """Everything that the list shows, and nothing that it does not: by this it is kept as it was drawn."""

    args: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    page: AgreementPage
    numbers: tuple[int, ...]
    units: tuple[CodeName, ...]
    provinces: tuple[CodeName, ...]
    partner: str | None
    may_record: bool


@blueprint.get("")
@office()
def index() -> str:
    """List agreements, by whatever filter the address carries."""
    asked = Asked(request.args)
    shown = _read(asked)
    content = drawn.keep("agreement list", shown, lambda: _draw(asked, shown))
    return render_template("staff/agreements/index.html", content=content)


def _read(asked: Asked) -> Shown:
    alarm.pulse()  # tells first whether anything changed, on which everything below rests
    source, today, reader = session(), office_date(clock.now()), guard.actor()
    wanted = listed.read(asked, actor=reader)
    sort = asked.one_of("urut", listed.SORTS) or Sort.CHANGED
    tally = agreement_list.tally(
        source, officer_id=reader.account_id, with_confidential=wanted.with_confidential, today=today
    )
    return Shown(
        page=agreement_list.find_page(source, wanted, sort=sort, page=asked.page(), today=today),
        numbers=listed.numbers(tally),
        units=kept_numbers.keep(
            source, ("units",), lambda: tuple(organisation_choices.list_units(source)), of_register=True
        ),
        provinces=kept_numbers.keep(source, ("provinces",), lambda: tuple(organisation_choices.list_provinces(source))),
        partner=organisations.name_of(source, wanted.partner_code),
        may_record=guard.may_open("staff.agreements.record"),
        args=tuple(asked.args.items()),
        unknown=tuple(asked.unknown),
    )


def _draw(asked: Asked, shown: Shown) -> Markup:
    place, found = Place(endpoint="staff.agreements.index", asked=asked), shown.page
    choices = listed.choices(shown.units, shown.provinces)
    chips = listed.chips(place, choices, partner=shown.partner)
    content = render_template(
        "staff/agreements/_list.html",
        asked=asked,
        rows=[drawn.keep("agreement", row, partial(_cells, row)) for row in found.rows],
        columns=listed.columns(place),
        count=listed.counted(found.total, is_capped=found.is_capped),
        pager=pager(place, page=found.page, size=PAGE_SIZE, total=found.total, is_capped=found.is_capped),
        views=listed.views(place, shown.numbers),
        everything=shown.numbers[0],
        choices=choices,
        chips=chips,
        filter_name=filter_name(chips),
        notice=notice(asked),
    )
    return Markup(content)  # noqa: S704 (drawn by a template)


def _cells(row: AgreementRow) -> Markup:
    cells: Markup = drawn.macro("staff/agreements/_cells.html", "cells")(listed.line(row))
    return cells
