"""Requests of people about their own data: the list with its deadlines, one request, what the office does about it."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import data_requests as reading
from portal.queries import personal_export, personal_rows
from portal.services import data_requests, erasure, freezing
from portal.web import guard, personal_copy
from portal.web.access import office, when_sent
from portal.web.filters import datetime_zone, label
from portal.web.forms.data_request import DecisionForm, NotedRequestForm, ReasonForm, SureForm
from portal.web.forms.outcome import attempt
from portal.web.staff import personal_data_page as words

if TYPE_CHECKING:
    from portal.models import Account, DataRequest

blueprint = Blueprint("personal_data", __name__, url_prefix="/kelola/data-pribadi")

Answer = str | Response | tuple[str, int]


def _stamp() -> dict[str, Any]:
    return {"actor": guard.actor(), "now": clock.now()}


def _back(request_id: int) -> Response:
    return redirect(url_for("staff.personal_data.show", request_id=request_id), 303)


@blueprint.get("")
@office()
def index() -> str:
    """List every request, those that wait first, each with the hours that are left; who asks stands on its own page."""
    rows = [words.line(row, clock.now()) for row in reading.list_all(session())]
    return render_template(
        "staff/personal_data/index.html",
        rows=rows,
        links=words.links(),
        may_note=guard.may_open("staff.personal_data.note"),
    )


@blueprint.route("/catat", methods=["GET", "POST"])
@office(Action.NOTE_DATA_REQUEST)
def note() -> Answer:
    """Note a request that came by letter or telephone."""
    form = NotedRequestForm.offering()
    if form.validate_on_submit() and (row := attempt(form, lambda: _noted(form))):
        flash(_("Permintaan dicatat. Jawab paling lambat %(time)s.", time=datetime_zone(row.due_at)))
        return _back(row.id)
    answer = render_template("staff/personal_data/note.html", form=form)
    return (answer, 422) if request.method == "POST" else answer


def _noted(form: NotedRequestForm) -> "DataRequest":
    asked = form.noted()
    account = reading.account_of(session(), asked.email) if asked.email else None
    organisation_id = reading.organisation_id(session(), form.organisation.data or "")
    return data_requests.note(session(), organisation_id, asked=asked, account=account, **_stamp())


@blueprint.get("/<int:request_id>")
@office(Action.NOTE_DATA_REQUEST)
def show(request_id: int) -> str:
    """Show one request, how it can be met, and the form for the answer."""
    return _show(request_id, DecisionForm.offering(with_data=False))


def _show(request_id: int, form: DecisionForm) -> str:
    row = reading.get(session(), request_id)
    frozen = reading.freeze_of(session(), row.account_id) if row.account_id else None
    may_decide = guard.may_open("staff.personal_data.decide")
    return render_template(
        "staff/personal_data/show.html",
        row=row,
        title=label(row.kind),
        line=words.line(row, clock.now()),
        facts=words.facts(row),
        outcome=words.outcome(row),
        form=form if may_decide and row.decided_at is None else None,
        asked=form,
        frozen=frozen,
        acts=words.acts(row, is_frozen=frozen is not None) if may_decide else (),
    )


@blueprint.post("/<int:request_id>/jawab")
@office(Action.DECIDE_DATA_REQUEST)
def decide(request_id: int) -> Answer:
    """Answer a request; the person is told by mail."""
    form = DecisionForm.offering()
    if not form.validate() or attempt(form, lambda: _decided(request_id, form)) is None:
        return _show(request_id, form), 422
    flash(_("Jawaban tersimpan."))
    return _back(request_id)


def _decided(request_id: int, form: DecisionForm) -> "DataRequest":
    return data_requests.decide(session(), reading.get(session(), request_id), outcome=form.outcome(), **_stamp())


@blueprint.post("/<int:request_id>/salinan")
@office(Action.DECIDE_DATA_REQUEST)
def download(request_id: int) -> Response:
    """Give everything about the person as a file, what only mentions it too; that it was made is written down."""
    row = reading.get(session(), request_id)
    copy = personal_export.copy_of(session(), personal_rows.of_request(row), wide=True, now=clock.now())
    data_requests.note_copy(session(), row, **_stamp())
    return personal_copy.as_json(copy, name=f"data-pribadi-{row.id}.json")


@blueprint.get("/<int:request_id>/bacaan")
@office(Action.DECIDE_DATA_REQUEST)
def read(request_id: int) -> str:
    """Show everything about the person, to be read and printed."""
    row, most = reading.get(session(), request_id), personal_copy.ROWS + 1
    person = personal_rows.of_request(row)
    copy = personal_export.copy_of(session(), person, wide=True, now=clock.now(), most=most)
    cards = personal_copy.cards(copy, is_own=False)
    return render_template("staff/personal_data/read.html", row=row, cards=cards)


@blueprint.route("/<int:request_id>/bekukan", methods=["GET", "POST"])
@office(Action.DECIDE_DATA_REQUEST)
def freeze(request_id: int) -> Answer:
    """Freeze the account of the person, or take it up again, after the page that says what follows."""
    row, form = reading.get(session(), request_id), ReasonForm()
    account = reading.get_account(session(), row.account_id or 0)
    is_frozen = reading.freeze_of(session(), account.id) is not None
    if form.validate_on_submit() and attempt(form, lambda: _frozen(account, form, is_frozen=is_frozen)):
        flash(_("Akun dibuka kembali.") if is_frozen else _("Akun dibekukan."))
        return _back(request_id)
    answer = render_template(
        "staff/personal_data/freeze.html", row=reading.get(session(), request_id), form=form, is_frozen=is_frozen
    )
    return (answer, 422) if request.method == "POST" else answer


def _frozen(account: "Account", form: ReasonForm, *, is_frozen: bool) -> Any:
    act = freezing.unfreeze if is_frozen else freezing.freeze
    return act(session(), account, reason=form.reason.data or "", **_stamp())


@blueprint.route("/<int:request_id>/hapus", methods=["GET", "POST"])
@office(Action.DECIDE_DATA_REQUEST, proof=when_sent)
def erase(request_id: int) -> Answer:
    """Erase the person after the page that says where it stands now and what stays."""
    row, form = reading.get(session(), request_id), SureForm()
    if form.validate_on_submit() and attempt(form, lambda: _erased(row)) is not None:
        flash(_("Data orang ini sudah dihapus. Sekarang jawab permintaannya."))
        return _back(request_id)
    counts = personal_export.counts(session(), personal_rows.of_request(reading.get(session(), request_id)))
    answer = render_template("staff/personal_data/erase.html", row=row, form=form, rows=words.counted(counts))
    return (answer, 422) if request.method == "POST" else answer


def _erased(row: "DataRequest") -> Any:
    if row.account_id is None:
        return erasure.erase_known(session(), personal_rows.of_request(row), subject=row, **_stamp())
    return erasure.erase_account(session(), reading.get_account(session(), row.account_id), **_stamp())
