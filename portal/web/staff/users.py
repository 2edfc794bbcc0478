"""People with an account: the list, one person with roles and devices, out of use and in use again (design: ux W13)."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.dates import office_date
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import handovers, own_account
from portal.queries import users as reading
from portal.services import users
from portal.web import guard
from portal.web.access import office, when_sent
from portal.web.asked import Asked
from portal.web.filters import datetime_zone, label
from portal.web.forms.outcome import attempt
from portal.web.forms.user import ReasonForm, UserForm
from portal.web.listing import Place, filter_name, notice, pager
from portal.web.staff import user_rows

if TYPE_CHECKING:
    from portal.models import Account

blueprint = Blueprint("users", __name__, url_prefix="/kelola/pengguna")

Answer = str | Response | tuple[str, int]

LATEST = 5
"""So many hand-overs stand under the list."""


def _stamp() -> dict[str, Any]:
    return {"actor": guard.actor(), "now": clock.now()}


@blueprint.get("")
@office(Action.MANAGE_ACCOUNTS)
def index() -> str:
    """List people by whatever filter the address carries; who is invited has a list of its own."""
    asked, today = Asked(request.args), office_date(clock.now())
    place = Place(endpoint="staff.users.index", asked=asked)
    found = reading.find_page(session(), user_rows.read(asked), page=asked.page(), today=today)
    secured = reading.secured(session(), [row.account.id for row in found.rows])
    return render_template(
        "staff/users/index.html",
        rows=[user_rows.line(row, secured) for row in found.rows],
        total=found.total,
        latest=[user_rows.handover(row) for row in handovers.list_latest(session(), limit=LATEST)],
        pager=pager(place, page=found.page, size=reading.PAGE_SIZE, total=found.total),
        **_filter(place),
    )


def _filter(place: Place) -> dict[str, Any]:
    """Return the filter of the list, and who is invited where it asks for them."""
    asked, known = place.asked, user_rows.choices()
    waiting = reading.list_invited(session()) if asked.text("keadaan") == "diundang" else None
    chips = user_rows.chips(place, known)
    return {
        "asked": asked,
        "choices": known,
        "chips": chips,
        "filter_name": filter_name(chips),
        "notice": notice(asked),
        "invited": None if waiting is None else [user_rows.invited(row, clock.now()) for row in waiting],
    }


@blueprint.get("/<int:number>")
@office(Action.MANAGE_ACCOUNTS)
def show(number: int) -> str:
    """Show one person."""
    account = reading.get(session(), number)
    return render_template("staff/users/show.html", **_shown(account))


def _shown(account: "Account") -> dict[str, Any]:
    now, source = clock.now(), session()
    today = office_date(now)
    held = handovers.held(source, account.id, today=today)
    return {
        "account": account,
        "state": user_rows.state(account),
        "step": user_rows.second_step(account, reading.secured(source, [account.id])),
        "last": datetime_zone(account.last_sign_in_at) if account.last_sign_in_at else _("belum pernah"),
        "speaks": _("Inggris") if account.language == "en" else _("Indonesia"),
        "roles": [user_rows.role(row, unit, account, today) for row, unit in reading.list_roles(source, account.id)],
        "sessions": [user_rows.session_line(row) for row in own_account.list_sessions(source, account.id, now=now)],
        "held": [{"label": label(kind), "value": len(ids)} for kind, ids in held.items()],
        "total": sum(map(len, held.values())),
        "handovers": [user_rows.handover(row) for row in handovers.list_of(source, account.id)],
        "is_self": account.id == guard.actor().account_id,
    }


@blueprint.route("/<int:number>/ubah", methods=["GET", "POST"])
@office(Action.MANAGE_ACCOUNTS)
def edit(number: int) -> Answer:
    """Change the facts of a person."""
    account = reading.get(session(), number)
    form = UserForm(obj=account)
    if form.validate_on_submit():
        users.change(session(), account, form.facts(), **_stamp())
        flash(_("Data akun disimpan."))
        return redirect(url_for("staff.users.show", number=number), 303)
    answer = render_template("staff/users/edit.html", form=form, account=account)
    return (answer, 422) if request.method == "POST" else answer


@blueprint.post("/<int:number>/perangkat/<int:session_id>/keluarkan")
@office(Action.MANAGE_ACCOUNTS)
def end_session(number: int, session_id: int) -> Response:
    """Sign a person out of one browser."""
    account = reading.get(session(), number)
    row = own_account.get_session(session(), number, session_id)
    users.end_session(session(), account, row, **_stamp())
    flash(_("Perangkat dikeluarkan."))
    return redirect(url_for("staff.users.show", number=number, _anchor="perangkat"), 303)


@blueprint.post("/<int:number>/perangkat/keluarkan-semua")
@office(Action.MANAGE_ACCOUNTS)
def end_sessions(number: int) -> Response:
    """Sign a person out everywhere and forget the devices that are known."""
    users.end_sessions(session(), reading.get(session(), number), **_stamp())
    flash(_("Semua perangkat dikeluarkan. Perangkat yang dikenal dilupakan."))
    return redirect(url_for("staff.users.show", number=number, _anchor="perangkat"), 303)


@blueprint.route("/<int:number>/nonaktifkan", methods=["GET", "POST"])
@office(Action.MANAGE_ACCOUNTS, proof=when_sent)
def deactivate(number: int) -> Answer:
    """Put an account out of use, after the page that says what follows."""
    account, form = reading.get(session(), number), ReasonForm()
    if form.validate_on_submit() and attempt(form, lambda: _deactivated(number, form)):
        flash(_("Akun %(name)s nonaktif.", name=account.name))
        return redirect(url_for("staff.users.show", number=number), 303)
    answer = render_template("staff/users/deactivate.html", form=form, account=reading.get(session(), number))
    return (answer, 422) if request.method == "POST" else answer


def _deactivated(number: int, form: ReasonForm) -> bool:
    users.deactivate(session(), reading.get(session(), number), reason=form.reason.data or "", **_stamp())
    return True


@blueprint.post("/<int:number>/aktifkan")
@office(Action.MANAGE_ACCOUNTS, proof=when_sent)
def activate(number: int) -> Response:
    """Take an account into use again."""
    users.activate(session(), reading.get(session(), number), **_stamp())
    flash(_("Akun aktif lagi. Periksa perannya."))
    return redirect(url_for("staff.users.show", number=number), 303)
