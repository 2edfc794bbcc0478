"""Duties for the office: the list of dated ones, one duty with its dates, recording, changing, ending."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.dates import office_date
from portal.domain.errors import Conflict
from portal.domain.policy import Action
from portal.domain.schedule_check import WAITING
from portal.extensions import session
from portal.queries import (
    agreements,
    contact_log,
    ladders,
    obligation_events,
    obligation_list,
    obligation_numbers,
    reliefs,
)
from portal.queries import obligations as reading
from portal.services import obligations, reminder_ladders
from portal.web import guard
from portal.web.access import office
from portal.web.asked import Asked
from portal.web.forms.obligation import CloseForm, FulfilForm, ObligationForm, version_of
from portal.web.forms.outcome import attempt
from portal.web.listing import Place, filter_name, notice, pager
from portal.web.staff import contact_rows, duty_list, duty_page, duty_words, obligation_form, relief_rows
from portal.web.staff.drafting import article_of_duty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.domain.schedule import Happening
    from portal.models import Agreement, Obligation, Occurrence

blueprint = Blueprint("obligations", __name__)

FROM_DRAFT = "susun"
"""Word in the address of a form: it was opened in the drafting workspace and leads back there."""
DUTY = "/naskah/<code>/kewajiban/<int:number>"
Answer = str | Response | tuple[str, int]


def _agreement(code: str) -> "Agreement":
    return agreements.get_for(session(), code, actor=guard.actor())


def _duty(code: str, number: int) -> "Obligation":
    found = reading.get(session(), code, number)
    agreements.check_readable(found.agreement, guard.actor())
    return found


def _to_duty(code: str, number: int) -> Response:
    return redirect(_back(code, number), 303)


def _back(code: str, number: int | None = None) -> str:
    """Return where a form of a duty leads: to section 5 of the draft if it was opened there, else to the duty."""
    if request.args.get("kembali") == FROM_DRAFT:
        return url_for("staff.drafting.section", code=code, part="kewajiban")
    if number is None:
        return url_for("staff.agreements.show", code=code)
    return url_for("staff.obligations.show", code=code, number=number)


@blueprint.get("/kewajiban")
@office()
def index() -> str:
    """List dated duties, by whatever filter the address carries."""
    asked, today = Asked(request.args), office_date(clock.now())
    place = Place(endpoint="staff.obligations.index", asked=asked)
    wanted = duty_list.read(asked, actor=guard.actor(), today=today)
    found = obligation_list.find_page(session(), wanted, page=asked.page(), today=today)
    tally = obligation_numbers.tally(session(), with_confidential=wanted.with_confidential, today=today)
    return render_template(
        "staff/obligations/index.html",
        asked=asked,
        rows=[duty_words.line(row) for row in found.rows],
        total=found.total,
        views=duty_list.views(place, tally),
        pager=pager(place, page=found.page, size=obligation_list.PAGE_SIZE, total=found.total),
        **_filter(place),
    )


def _filter(place: Place) -> dict[str, Any]:
    choices = duty_list.choices()
    chips = duty_list.chips(place, choices)
    return {"choices": choices, "chips": chips, "notice": notice(place.asked), "filter_name": filter_name(chips)}


@blueprint.get(DUTY)
@office()
def show(code: str, number: int) -> str:
    """Show one duty: who owes it to whom, how its dates arise, what became of each."""
    duty = _duty(code, number)
    rows = reading.list_occurrences(session(), duty.id)
    happened = obligation_events.list_events(session(), duty.id) if duty.schedule in WAITING else ()
    shown = duty_page.shown(duty, rows, number=number, actor=guard.actor(), today=office_date(clock.now()))
    events = duty_page.events(duty, happened, rows, number=number)
    eased = relief_rows.history(reliefs.history_of(session(), duty.id))
    text = article_of_duty.of(duty.agreement, duty.article)
    log = contact_rows.lines(contact_log.of_duty(session(), duty.id))
    climbed = duty_page.ladder(duty, ladders.list_for_duties(session()), number=number, may_edit=shown["may_edit"])
    parts = {"events": events, "reliefs": eased, "text": text, "log": log, "ladder": climbed}
    return render_template("staff/obligations/show.html", **shown, **parts)


@blueprint.post(f"{DUTY}/tangga")
@office(Action.EDIT_OBLIGATION)
def choose_ladder(code: str, number: int) -> Response:
    """Give a duty a ladder of reminders; an empty choice is the default one."""
    duty, chosen = _duty(code, number), request.form.get("ladder", "")
    offered = {str(each): each for each, _name in ladders.list_for_duties(session())}
    if chosen and chosen not in offered:
        flash(_("Tangga yang dipilih tidak ada lagi. Pilih tangga lain."), "bad")
        return _to_duty(code, number)
    given = ladders.get(session(), offered[chosen]) if chosen else None
    reminder_ladders.assign(session(), duty, given, actor=guard.actor(), now=clock.now())
    flash(_("Tangga pengingat disimpan. Pengingat yang belum dikirim sudah mengikutinya."), "good")
    return _to_duty(code, number)


@blueprint.get("/naskah/<code>/kewajiban/baru")
@office(Action.EDIT_OBLIGATION)
def record(code: str) -> str:
    """Ask for a new duty."""
    agreement = _agreement(code)
    return _form_page(agreement, obligation_form.of(agreement))


@blueprint.post("/naskah/<code>/kewajiban/baru")
@office(Action.EDIT_OBLIGATION)
def create(code: str) -> Answer:
    """Record a new duty, or show the dates that it would have."""
    agreement = _agreement(code)
    form = obligation_form.of(agreement)
    if "preview" in request.form or not form.validate():
        return _checked(agreement, form)
    typed = obligation_form.duty(agreement, form)
    made = attempt(
        form, lambda: obligations.record(session(), agreement, duty=typed, actor=guard.actor(), now=clock.now())
    )
    if made is None:
        return _form_page(_agreement(code), form), 422
    flash(_("Kewajiban dicatat. Tenggatnya sudah masuk daftar dan rencana pengingat."))
    return _to_duty(code, reading.number_of_one(session(), made))


@blueprint.get(f"{DUTY}/ubah")
@office(Action.EDIT_OBLIGATION)
def edit(code: str, number: int) -> str:
    """Ask what to change in a duty."""
    duty = _duty(code, number)
    told = obligations.duty_of(duty)
    form = obligation_form.of(duty.agreement, told, version=duty.version)
    counted = obligations.dues(session(), duty.agreement, told, happenings=_happened(duty), now=clock.now())
    dues = duty_words.previews(counted)
    return _form_page(duty.agreement, form, number=number, dues=dues, asked_dues=True)


@blueprint.post(f"{DUTY}/ubah")
@office(Action.EDIT_OBLIGATION)
def update(code: str, number: int) -> Answer:
    """Change a duty, or show the dates that it would have."""
    duty = _duty(code, number)
    form = obligation_form.of(duty.agreement, obligations.duty_of(duty))
    if "preview" in request.form or not form.validate():
        return _checked(duty.agreement, form, duty=duty, number=number)
    saved = attempt(form, lambda: _edited(duty, form))
    if isinstance(saved, Conflict):
        return _overtaken(code, number, form), 409
    if saved is None:
        return _form_page(_agreement(code), form, number=number), 422
    flash(_("Kewajiban diubah. Tenggat yang belum dipenuhi mengikuti jadwal baru."))
    return _to_duty(code, number)


def _edited(duty: "Obligation", form: ObligationForm) -> "Obligation | Conflict":
    typed, version = obligation_form.duty(duty.agreement, form), version_of(form)
    stamp: dict[str, Any] = {"version": version, "actor": guard.actor(), "now": clock.now()}
    try:
        return obligations.edit(session(), duty, duty=typed, **stamp)
    except Conflict as found:
        session().rollback()
        return found


def _overtaken(code: str, number: int, form: ObligationForm) -> str:
    """Show what was typed again, now on the version that somebody else stored meanwhile; nothing is lost."""
    form.version.data = str(_duty(code, number).version)
    form.form_errors.append(
        _("Data ini diubah orang lain sesudah Anda membukanya. Periksa isian Anda, lalu simpan lagi.")
    )
    return _form_page(_agreement(code), form, number=number)


def _happened(duty: "Obligation | None") -> "Sequence[Happening]":
    """Return what was recorded so far, so that a preview shows its dates too."""
    if duty is None:
        return ()
    return reading.happenings(session(), agreement_id=duty.agreement_id).get(duty.id, ())


def _checked(
    agreement: "Agreement", form: ObligationForm, *, duty: "Obligation | None" = None, number: int | None = None
) -> Answer:
    """Answer a form that is not to be saved: with the dates it would have, or with what is wrong."""
    dues = None
    if form.validate():
        typed = obligation_form.duty(agreement, form)
        so_far: dict[str, Any] = {"happenings": _happened(duty), "now": clock.now()}
        dues = attempt(form, lambda: obligations.preview(session(), agreement, typed, **so_far))
    shown = [] if dues is None else duty_words.previews(dues)
    again = _agreement(agreement.code)
    page = _form_page(again, form, number=number, dues=shown, asked_dues=dues is not None)
    return page if dues is not None else (page, 422)


def _form_page(
    agreement: "Agreement",
    form: ObligationForm,
    *,
    number: int | None = None,
    dues: Any = (),
    asked_dues: bool = False,
) -> str:
    return render_template(
        "staff/obligations/edit.html",
        agreement=agreement,
        form=form,
        number=number,
        dues=dues,
        asked_dues=asked_dues,
        back=_back(agreement.code, number),
        term=duty_page.term(agreement),
    )


@blueprint.route(f"{DUTY}/hentikan", methods=["GET", "POST"])
@office(Action.EDIT_OBLIGATION)
def close(code: str, number: int) -> Answer:
    """End a duty, after the page that says what follows."""
    duty = _duty(code, number)
    form = CloseForm(data={"version": duty.version})
    if not form.validate_on_submit():
        return _confirm("close", form, duty=duty, number=number)
    obligations.close(
        session(),
        duty,
        reason=form.reason.data,
        version=version_of(form),
        actor=guard.actor(),
        now=clock.now(),
    )
    flash(_("Kewajiban dihentikan. Tenggat yang belum dipenuhi dibatalkan."))
    return _to_duty(code, number)


def _confirm(page: str, form: Any, *, duty: "Obligation", number: int, row: "Occurrence | None" = None) -> Answer:
    found = duty_page.asked(duty, row, number=number, today=office_date(clock.now()))
    answer = render_template(f"staff/obligations/{page}.html", form=form, **found)
    return (answer, 422) if request.method == "POST" else answer


@blueprint.route(f"{DUTY}/<key>/penuhi", methods=["GET", "POST"])
@office(Action.EDIT_OBLIGATION)
def fulfil(code: str, number: int, key: str) -> Answer:
    """Note that a duty without a report was fulfilled."""
    duty = _duty(code, number)
    row = reading.get_occurrence(session(), duty, key)
    form = FulfilForm(data={"version": row.version, "met_on": office_date(clock.now())})
    if not form.validate_on_submit() or attempt(form, lambda: _mark_met(row, form)) is None:
        return _confirm("fulfil", form, duty=_duty(code, number), number=number, row=row)
    flash(_("Pemenuhan dicatat."))
    return _to_duty(code, number)


def _mark_met(row: "Occurrence", form: FulfilForm) -> bool:
    obligations.mark_met(
        session(),
        row,
        fulfilment=obligations.Fulfilment(met_on=form.met_on.data, note=form.note.data or ""),
        version=version_of(form),
        actor=guard.actor(),
        now=clock.now(),
    )
    return True
