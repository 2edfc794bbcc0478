"""What the portal keeps about oneself: to read, to take along as a file, and to ask something about it."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.extensions import session
from portal.queries import data_requests as reading
from portal.queries import own_account
from portal.services import data_requests
from portal.web import guard, personal_copy
from portal.web.access import signed_in
from portal.web.filters import datetime_zone, label
from portal.web.forms.data_request import OwnRequestForm
from portal.web.forms.outcome import attempt

if TYPE_CHECKING:
    from portal.models import DataRequest

blueprint = Blueprint("own_data", __name__, url_prefix="/akun/data")

Answer = str | Response | tuple[str, int]


def _account_id() -> int:
    return guard.actor().account_id or 0


def _line(row: "DataRequest") -> dict[str, Any]:
    return {
        "kind": label(row.kind),
        "stage": label(row.stage),
        "tone": {"open": "info", "granted": "good", "refused": "warn"}[row.stage.value],
        "asked": datetime_zone(row.asked_at),
        "due": "" if row.decided_at else datetime_zone(row.due_at),
        "answer": row.answer,
        "href": row.result_path,
    }


def _page(form: OwnRequestForm) -> str:
    copy = personal_copy.own(_account_id(), most=personal_copy.ROWS + 1)
    return render_template(
        "own_data/show.html",
        form=form,
        cards=personal_copy.cards(copy, is_own=True),
        rows=[_line(row) for row in reading.of_account(session(), _account_id())],
        data_officer=current_app.config["SETTINGS"].data_officer,
    )


@blueprint.get("")
@signed_in
def show() -> str:
    """Show everything that is kept about oneself, one's requests, and the form for a new one."""
    return _page(OwnRequestForm.offering(with_data=False))


@blueprint.post("/salinan")
@signed_in
def download() -> Response:
    """Give everything as a file; that it was taken is written down."""
    copy = personal_copy.own(_account_id())
    data_requests.note_copy(session(), own_account.get(session(), _account_id()), actor=guard.actor(), now=clock.now())
    return personal_copy.as_json(copy, name=_("data-saya.json"))


@blueprint.post("/permintaan")
@signed_in
def ask() -> Answer:
    """Ask something about one's own data; the office answers within 3 × 24 hours."""
    form = OwnRequestForm.offering()
    if not form.validate() or attempt(form, lambda: _asked(form)) is None:
        return _page(form), 422
    flash(_("Permintaan Anda kami terima. Kami menjawab dalam 3 × 24 jam."))
    return redirect(url_for("own_data.show", _anchor="permintaan"), 303)


def _asked(form: OwnRequestForm) -> "DataRequest":
    account = own_account.get(session(), _account_id())
    return data_requests.ask(session(), account, asked=form.asked(account.name), actor=guard.actor(), now=clock.now())
