"""Handing a person's work over: the choice, the preview, the act, and its record to print (design: ux W13)."""

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.dates import office_date
from portal.domain.handover import Holding
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import handovers as reading
from portal.queries import users
from portal.services import handovers
from portal.web import guard
from portal.web.access import office, when_sent
from portal.web.forms.outcome import attempt
from portal.web.forms.user import HandoverForm
from portal.web.staff import handover_rows

if TYPE_CHECKING:
    from portal.models import Account

blueprint = Blueprint("handovers", __name__)

Answer = str | Response | tuple[str, int]
Held = dict[Holding, tuple[int, ...]]


def _held(account: "Account") -> Held:
    return reading.held(session(), account.id, today=office_date(clock.now()))


def _offered(form: HandoverForm, account: "Account", held: Held) -> HandoverForm:
    today = office_date(clock.now())
    return form.offer(
        {
            kind: [(str(row.id), row.name) for row in reading.takers(session(), kind, but=account.id, today=today)]
            for kind in held
        }
    )


@blueprint.get("/kelola/pengguna/<int:number>/mutasi")
@office(Action.MANAGE_ACCOUNTS)
def plan(number: int) -> Answer:
    """Show what a person holds, and ask who takes it."""
    account = users.get(session(), number)
    held = _held(account)
    return _plan(account, held, _offered(HandoverForm(formdata=None), account, held))


def _plan(account: "Account", held: Held, form: HandoverForm) -> str:
    return render_template(
        "staff/handovers/plan.html",
        account=account,
        form=form,
        groups=handover_rows.groups(session(), held),
        numbers=handover_rows.numbers(reading.numbers(session(), held.get(Holding.AGREEMENT, ()))),
    )


@blueprint.post("/kelola/pengguna/<int:number>/mutasi/periksa")
@office(Action.MANAGE_ACCOUNTS)
def check(number: int) -> Answer:
    """Show what would go to whom; nothing is changed yet."""
    account = users.get(session(), number)
    held = _held(account)
    form = _offered(HandoverForm(), account, held)
    taken = form.validate_on_submit() and attempt(form, lambda: _checked(account, form))
    if not taken:
        return _plan(users.get(session(), number), held, form), 422
    counts = reading.numbers(session(), held[Holding.AGREEMENT] if Holding.AGREEMENT in taken else ())
    shown = {"rows": handover_rows.preview(held, taken), "numbers": handover_rows.numbers(counts)}
    seen = handovers.fingerprint(held)
    return render_template("staff/handovers/check.html", account=account, form=form, seen=seen, **shown)


def _checked(account: "Account", form: HandoverForm) -> "dict[Holding, Account]":
    form.seen.data = None
    return handovers.check(session(), account, form.plan(), now=clock.now())


@blueprint.post("/kelola/pengguna/<int:number>/mutasi")
@office(Action.MANAGE_ACCOUNTS, proof=when_sent)
def make(number: int) -> Answer:
    """Hand everything over in one act, and lead to its record."""
    account = users.get(session(), number)
    held = _held(account)
    form = _offered(HandoverForm(), account, held)
    row = attempt(form, lambda: _made(number, form)) if form.validate_on_submit() else None
    if row is None:
        account = users.get(session(), number)
        return _plan(account, _held(account), form), 422
    flash(_("Mutasi selesai. Simpan atau cetak berita acaranya."))
    return redirect(url_for("staff.handovers.show", number=row), 303)


def _made(number: int, form: HandoverForm) -> int:
    account = users.get(session(), number)
    return handovers.make(session(), account, form.plan(), actor=guard.actor(), now=clock.now()).id


@blueprint.get("/mutasi/<int:number>")
@office()
def show(number: int) -> str:
    """Show the record of a hand-over, to print and sign."""
    row = reading.get(session(), number)
    return render_template("staff/handovers/show.html", **handover_rows.record(session(), row))
