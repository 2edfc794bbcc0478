"""Partners that may be recorded twice: the list of pairs, and the warnings on a card and on a form."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, url_for

from portal.domain.organisation_likeness import Body, Likeness
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import organisation_likeness as reading
from portal.web.access import office
from portal.web.filters import label

if TYPE_CHECKING:
    from portal.domain.organisation_facts import OrganisationFacts
    from portal.models import Organisation

blueprint = Blueprint("organisation_likeness", __name__, url_prefix="/mitra/ganda")

Item = dict[str, Any]


@blueprint.get("")
@office(Action.EDIT_ORGANISATION)
def index() -> str:
    """List the pairs of partners that may be the same."""
    pairs = [
        {"one": _body(one), "other": _body(other), "why": _why(why), "merge": _merge(one.code, other.code)}
        for one, other, why in _pairs()
    ]
    return render_template("staff/organisation_likeness/index.html", pairs=pairs, most=reading.MOST_PAIRS)


def _pairs() -> tuple[reading.Pair, ...]:
    return reading.list_pairs(session())


def _body(body: Body) -> Item:
    href = url_for("staff.organisations.show", code=body.code)
    return {"name": body.name, "href": href, "code": body.code, "place": body.place}


def _why(why: tuple[Likeness, ...]) -> str:
    return ", ".join(label(each) for each in why)


def of_organisation(row: "Organisation") -> list[Item]:
    """Return the partners that may be the same as one that is recorded, each with why and the plan to merge it in."""
    found = _lines(reading.of_organisation(session(), row.id))
    return [line | {"merge": _merge(row.code, line["code"])} for line in found]


def _merge(code: str, other: str) -> str:
    return url_for("staff.organisation_merges.plan", code=code, other=other)


def of_facts(facts: "OrganisationFacts") -> list[Item]:
    """Return the recorded partners that may be the same as what is typed, each with why."""
    return _lines(reading.of_facts(session(), facts))


def _lines(found: reading.Found) -> list[Item]:
    return [_body(other) | {"why": _why(why)} for other, why in found]
