"""Events of a duty through the pages: what happened or was asked for, and the date that follows from it."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.obligation import ScheduleKind
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import agreements, obligations
from portal.queries import obligation_events as reading
from portal.services import obligation_events as events
from portal.web import guard
from portal.web.access import office
from portal.web.forms.duty_event import EventForm, WithdrawForm
from portal.web.forms.outcome import attempt
from portal.web.staff import duty_words, schedule_words

if TYPE_CHECKING:
    from portal.models import Obligation, ObligationEvent

blueprint = Blueprint("duty_events", __name__)

EVENTS = "/naskah/<code>/kewajiban/<int:number>/peristiwa"
Answer = str | Response | tuple[str, int]


def _duty(code: str, number: int) -> "Obligation":
    found = obligations.get(session(), code, number)
    agreements.check_readable(found.agreement, guard.actor())
    return found


def _to_duty(code: str, number: int) -> Response:
    return redirect(url_for("staff.obligations.show", code=code, number=number, _anchor="peristiwa"), 303)


def _stamp() -> dict[str, Any]:
    return {"actor": guard.actor(), "now": clock.now()}


@blueprint.route(f"{EVENTS}/baru", methods=["GET", "POST"])
@office(Action.EDIT_OBLIGATION)
def record(code: str, number: int) -> Answer:
    """Record an event, or show the date that would follow from it."""
    duty = _duty(code, number)
    form = EventForm.beginning(clock.now())
    if request.method == "GET" or "preview" in request.form or not form.validate():
        return _page(duty, form, number=number)
    if attempt(form, lambda: events.record(session(), duty, form.told(), **_stamp())) is None:
        return _page(_duty(code, number), form, number=number, shows=False)
    flash(_("Peristiwa dicatat. Tenggatnya sudah masuk daftar dan rencana pengingat."))
    return _to_duty(code, number)


@blueprint.route(f"{EVENTS}/<int:place>/ubah", methods=["GET", "POST"])
@office(Action.EDIT_OBLIGATION)
def correct(code: str, number: int, place: int) -> Answer:
    """Correct an event, or show the date that would follow from it."""
    duty = _duty(code, number)
    event = reading.get(session(), duty, place)
    form = EventForm.of(event)
    if request.method == "GET" or "preview" in request.form or not form.validate():
        return _page(duty, form, number=number, place=place)
    if attempt(form, lambda: events.correct(session(), duty, event, form.told(), **_stamp())) is None:
        return _page(_duty(code, number), form, number=number, place=place, shows=False)
    flash(_("Catatan peristiwa diperbaiki. Tenggat yang belum dipenuhi mengikuti."))
    return _to_duty(code, number)


def _page(duty: "Obligation", form: EventForm, *, number: int, place: int | None = None, shows: bool = True) -> Answer:
    """Answer with the form; `shows`: with the date that follows from what stands in it, or with what is wrong."""
    code = duty.agreement.code
    due = None
    if shows and (request.method == "GET" or form.validate()):
        due = attempt(form, lambda: events.preview(session(), duty, form.told(), number=place, now=clock.now()))
        duty = _duty(code, number)
    page = render_template(
        "staff/duty_events/correct.html",
        duty=duty,
        agreement=duty.agreement,
        form=form,
        number=number,
        place=place,
        due=duty_words.latest_by(due) if due else None,
        sentence=schedule_words.sentence(obligations.schedule_of(duty)),
        requested=duty.schedule is ScheduleKind.ON_REQUEST,
    )
    return (page, 422) if form.errors and request.method == "POST" else page


@blueprint.route(f"{EVENTS}/<int:place>/cabut", methods=["GET", "POST"])
@office(Action.EDIT_OBLIGATION)
def withdraw(code: str, number: int, place: int) -> Answer:
    """Take an event back, after the page that says what follows."""
    duty = _duty(code, number)
    event = reading.get(session(), duty, place)
    form = WithdrawForm()
    if not form.validate_on_submit():
        return _confirm(duty, event, form, number=number)
    events.withdraw(session(), duty, event, reason=form.reason.data or "", **_stamp())
    flash(_("Catatan peristiwa dicabut. Tenggatnya dibatalkan bila belum dipenuhi."))
    return _to_duty(code, number)


def _confirm(duty: "Obligation", event: "ObligationEvent", form: WithdrawForm, *, number: int) -> Answer:
    page = render_template(
        "staff/duty_events/withdraw.html",
        duty=duty,
        agreement=duty.agreement,
        event=event,
        form=form,
        number=number,
        back=url_for("staff.obligations.show", code=duty.agreement.code, number=number, _anchor="peristiwa"),
    )
    return (page, 422) if request.method == "POST" else page
