"""Pages on which people write down what parties of an agreement give each other, and that it was handed over."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import contribution as rules
from portal.domain.contribution import ContributionStage
from portal.domain.dates import office_date
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import agreement_files
from portal.queries import contributions as reading
from portal.services import contributions
from portal.web import guard
from portal.web.access import office
from portal.web.forms.contribution import CallOffForm, ContributionForm, DeliveryForm, StagesForm
from portal.web.forms.obligation import version_of
from portal.web.forms.outcome import attempt
from portal.web.staff.agreements import contribution_rows
from portal.web.staff.agreements.pages import blueprint, readable

if TYPE_CHECKING:
    from portal.models import Agreement, Contribution

Answer = str | tuple[str, int] | Response


@blueprint.route("/<code>/dana/baru", methods=["GET", "POST"])
@office(Action.EDIT_OBLIGATION)
def add_contribution(code: str) -> Answer:
    """Write down what one party is to give another."""
    agreement = readable(code)
    form = ContributionForm.of(*_choices(agreement), **_sides(agreement))
    if _saved(form, lambda: contributions.plan(session(), agreement, form.promise(), **_stamp())):
        return _back(code, _("Penyerahan tercatat."))
    return _page("add", readable(code), form, title=_("Catat dana atau barang"), number=None)


@blueprint.route("/<code>/dana/bertahap", methods=["GET", "POST"])
@office(Action.EDIT_OBLIGATION)
def split_contribution(code: str) -> Answer:
    """Write down a sum in stages, "70/30"."""
    agreement = readable(code)
    sum_ = {"amount_rupiah": agreement.value_rupiah, "percents": "70/30", "description": _("Dana bantuan")}
    form = StagesForm.of(contribution_rows.party_choices(agreement), **_sides(agreement), **sum_)
    if _saved(form, lambda: _split(agreement, form)):
        return _back(code, _("Tahap-tahap dana tercatat."))
    return _page("split", readable(code), form)


def _split(agreement: "Agreement", form: StagesForm) -> object:
    percents = rules.read_percents(form.percents.data or "")
    return contributions.plan_stages(session(), agreement, form.promise(), percents, **_stamp())


@blueprint.route("/<code>/dana/<int:number>/ubah", methods=["GET", "POST"])
@office(Action.EDIT_OBLIGATION)
def edit_contribution(code: str, number: int) -> Answer:
    """Correct a planned entry."""
    agreement, row = _entry(code, number)
    if row.stage is not ContributionStage.PLANNED:
        return redirect(url_for("staff.agreements.show", code=code, _anchor="dana"))
    form = ContributionForm.of(*_choices(agreement, keep=row.occurrence_id), **contribution_rows.values(row))
    if _saved(
        form, lambda: contributions.correct(session(), row, form.promise(), version=version_of(form), **_stamp())
    ):
        return _back(code, _("Perubahan tersimpan."))
    return _page("add", readable(code), form, title=_("Betulkan rencana penyerahan"), number=number)


@blueprint.route("/<code>/dana/<int:number>/serah-terima", methods=["GET", "POST"])
@office(Action.EDIT_OBLIGATION)
def deliver_contribution(code: str, number: int) -> Answer:
    """Note the hand-over, or put its record right."""
    agreement, row = _entry(code, number)
    form = DeliveryForm.of(_files(agreement), **contribution_rows.delivery_values(row, office_date(clock.now())))
    deliver = contributions.deliver
    if _saved(form, lambda: deliver(session(), row, form.delivery(), version=version_of(form), **_stamp())):
        return _back(code, _("Serah terima tercatat."))
    return _page("deliver", agreement, form, number=number, what=contribution_rows.named(row), linked=row.occurrence_id)


@blueprint.route("/<code>/dana/<int:number>/batalkan", methods=["GET", "POST"])
@office(Action.EDIT_OBLIGATION)
def cancel_contribution(code: str, number: int) -> Answer:
    """Call a planned entry off, after the page that says what follows."""
    agreement, row = _entry(code, number)
    form = CallOffForm(data={"version": row.version})
    stamp = _stamp()
    if _saved(
        form,
        lambda: contributions.cancel(session(), row, reason=form.reason.data or "", version=version_of(form), **stamp),
    ):
        return _back(code, _("Rencana penyerahan dibatalkan."))
    return _page("cancel", agreement, form, number=number, what=contribution_rows.named(row))


def _saved(form: Any, call: Callable[[], object]) -> bool:
    return bool(form.validate_on_submit() and attempt(form, call))


def _stamp() -> dict[str, Any]:
    return {"actor": guard.actor(), "now": clock.now()}


def _entry(code: str, number: int) -> "tuple[Agreement, Contribution]":
    agreement = readable(code)
    return agreement, reading.get(session(), agreement.id, number)


def _choices(agreement: "Agreement", keep: int | None = None) -> tuple[Any, Any]:
    dates = reading.open_dates(session(), agreement.id, keep=keep)
    return contribution_rows.party_choices(agreement), contribution_rows.date_choices(dates)


def _files(agreement: "Agreement") -> list[tuple[str, str]]:
    return [(str(row.id), row.name) for row in agreement_files.rows_of(session(), agreement.id)]


def _sides(agreement: "Agreement") -> dict[str, str]:
    """Return the ministry as the giver and, if there is only one partner, that one as the receiver."""
    ours = [str(party.organisation_id) for party in agreement.parties if party.organisation.is_ours]
    partners = [str(party.organisation_id) for party in agreement.parties if not party.organisation.is_ours]
    receiver = {"receiver_id": partners[0]} if len(partners) == 1 else {}
    return {**({"giver_id": ours[0]} if ours else {}), **receiver}


def _back(code: str, told: str) -> Response:
    flash(told)
    return redirect(url_for("staff.agreements.show", code=code, _anchor="dana"), 303)


def _page(page: str, agreement: "Agreement", form: Any, **more: Any) -> Answer:
    answer = render_template(f"staff/agreements/{page}_contribution.html", agreement=agreement, form=form, **more)
    return (answer, 422) if request.method == "POST" else answer
