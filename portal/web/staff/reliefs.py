"""Relief for the office: requests that wait, deciding one, easing a date at once, taking a resting one up again."""

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.dates import office_date
from portal.domain.obligation import ObligationStanding
from portal.domain.policy import Action, may
from portal.domain.relief import ReliefKind, ReliefStage
from portal.extensions import session
from portal.queries import agreements, obligation_list, tasks_of_reliefs
from portal.queries import obligations as reading
from portal.queries import reliefs as requests
from portal.queries.obligation_filter import DutyFilter
from portal.services import reliefs
from portal.web import guard
from portal.web.access import office
from portal.web.filters import date_weekday
from portal.web.forms.obligation import version_of
from portal.web.forms.outcome import attempt
from portal.web.forms.relief import GRANT, ReliefDecisionForm, ReliefForm, ResumeForm
from portal.web.staff import duty_page, duty_words, relief_rows

if TYPE_CHECKING:
    from portal.models import Obligation, Occurrence

blueprint = Blueprint("reliefs", __name__)

DATE = "/naskah/<code>/kewajiban/<int:number>/<key>"
MOST_RESTING = 50
"""So many resting dates stand below the requests; the list of duties has all."""
Answer = str | Response | tuple[str, int]


def _date(code: str, number: int, key: str) -> "tuple[Obligation, Occurrence]":
    duty = reading.get(session(), code, number)
    agreements.check_readable(duty.agreement, guard.actor())
    return duty, reading.get_occurrence(session(), duty, key)


@blueprint.get("/keringanan")
@office()
def index() -> str:
    """List the requests that wait for a decision, and what rests until somebody takes it up again."""
    found = tasks_of_reliefs.list_waiting(session(), actor=guard.actor())
    held = DutyFilter(
        standings=frozenset({ObligationStanding.HELD}),
        with_confidential=bool(may(guard.actor(), Action.SEE_CONFIDENTIAL)),
    )
    resting = obligation_list.list_rows(session(), held, limit=MOST_RESTING, today=office_date(clock.now()))
    return render_template(
        "staff/reliefs/index.html",
        rows=[relief_rows.line(each) for each in found],
        resting=[duty_words.line(row) for row in resting],
    )


@blueprint.get("/keringanan/<int:relief_id>")
@office()
def show(relief_id: int) -> str:
    """Show one request: what is asked, what follows, how it was answered."""
    return _show(relief_id, ReliefDecisionForm(formdata=None))


def _show(relief_id: int, form: ReliefDecisionForm) -> str:
    found = requests.get_for_office(session(), relief_id, actor=guard.actor())
    relief = found.relief
    if form.granted_on.data is None:
        form.granted_on.data = relief.wanted_on
    reminders = requests.planned_reminders(session(), [relief.occurrence_id])
    return render_template(
        "staff/reliefs/show.html",
        relief=relief,
        name=relief_rows.named(relief),
        facts=relief_rows.facts(found),
        outcome=relief_rows.outcome(relief, requests.names(session(), [relief.decided_by_id])),
        effects=relief_rows.effects(relief.kind, date_weekday(relief.occurrence.due_on), reminders),
        form=form,
        has_day=relief.kind is not ReliefKind.WAIVER,
        needs_consent=reliefs.needs_consent(session(), relief.occurrence),
        waits=relief.stage is ReliefStage.ASKED,
        verdict=may(guard.actor(), Action.DECIDE_RELIEF),
        may_withdraw=guard.may_open("staff.reliefs.withdraw"),
        sample=relief.occurrence.agreement.is_sample,
    )


@blueprint.post("/keringanan/<int:relief_id>")
@office(Action.DECIDE_RELIEF)
def decide(relief_id: int) -> Answer:
    """Grant or refuse a request."""
    form = ReliefDecisionForm()
    if not form.validate_on_submit() or attempt(form, lambda: _decided(relief_id, form)) is None:
        return _show(relief_id, form), 422
    flash(_("Keputusan dicatat. Yang meminta diberi tahu lewat surel."))
    return redirect(url_for("staff.reliefs.show", relief_id=relief_id), 303)


def _decided(relief_id: int, form: ReliefDecisionForm) -> bool:
    relief = requests.get_for_office(session(), relief_id, actor=guard.actor()).relief
    act = reliefs.grant if form.verdict.data == GRANT else reliefs.refuse
    act(session(), relief, decision=form.decision(), actor=guard.actor(), now=clock.now())
    return True


@blueprint.post("/keringanan/<int:relief_id>/tarik")
@office(Action.EDIT_OBLIGATION)
def withdraw(relief_id: int) -> Response:
    """Note that whoever asked took the request back."""
    relief = requests.get_for_office(session(), relief_id, actor=guard.actor()).relief
    reliefs.withdraw(session(), relief, actor=guard.actor(), now=clock.now())
    flash(_("Permohonan dicatat sebagai ditarik kembali. Tenggat tidak berubah."))
    return redirect(url_for("staff.reliefs.show", relief_id=relief_id), 303)


@blueprint.route(f"{DATE}/<act>", methods=["GET", "POST"])
@office(Action.DECIDE_RELIEF)
def give(code: str, number: int, key: str, act: str) -> Answer:
    """Ease one date at once, or write down that somebody asks for it."""
    if act not in relief_rows.ACTS:
        raise NotFound
    duty, row = _date(code, number, key)
    form = _offered(ReliefForm(data={"version": row.version}), duty, act)
    if not form.validate_on_submit() or attempt(form, lambda: _given(duty, row, act, form)) is None:
        return _ask_page(code, number, key, act, form)
    asked = _("Permohonan dicatat dan menunggu keputusan.")
    flash(asked if form.only_ask.data else relief_rows.words(act)["done"])
    return redirect(url_for("staff.obligations.show", code=code, number=number), 303)


def _offered(form: ReliefForm, duty: "Obligation", act: str) -> ReliefForm:
    """Offer the parties of the agreement as those who ask, the ministry first; only more time needs a date."""
    form.wanted_on.flags.required = relief_rows.ACTS[act] is ReliefKind.EXTENSION
    form.agreed_by.flags.required = True
    seats = sorted(duty.agreement.parties, key=lambda party: not party.organisation.is_ours)
    form.asker.choices = [(party.organisation.code, party.name_printed) for party in seats]
    return form


def _given(duty: "Obligation", row: "Occurrence", act: str, form: ReliefForm) -> bool:
    kind, actor, now = relief_rows.ACTS[act], guard.actor(), clock.now()
    ids = {party.organisation.code: party.organisation_id for party in duty.agreement.parties}
    asker = ids[form.asker.data]
    if form.only_ask.data:
        reliefs.ask(session(), row, wish=form.wish(kind), organisation_id=asker, actor=actor, now=now)
    else:
        gift = form.gift(kind, asker)
        reliefs.give(session(), row, gift=gift, version=version_of(form), actor=actor, now=now)
    return True


def _ask_page(code: str, number: int, key: str, act: str, form: ReliefForm) -> Answer:
    duty, row = _date(code, number, key)
    found = duty_page.asked(duty, row, number=number, today=office_date(clock.now()))
    reminders = requests.planned_reminders(session(), [row.id])
    page = render_template(
        "staff/reliefs/give.html",
        form=form,
        act=act,
        words=relief_rows.words(act),
        effects=relief_rows.effects(relief_rows.ACTS[act], found["due"], reminders),
        needs_consent=reliefs.needs_consent(session(), row),
        may_ask=may(guard.actor(), Action.EDIT_OBLIGATION),
        **found,
    )
    return (page, 422) if request.method == "POST" else page


@blueprint.route(f"{DATE}/lanjutkan", methods=["GET", "POST"])
@office(Action.DECIDE_RELIEF)
def take_up(code: str, number: int, key: str) -> Answer:
    """Take a resting date up again, on its old date or a new one."""
    duty, row = _date(code, number, key)
    form = ResumeForm(data={"version": row.version, "due_on": row.due_on})
    if not form.validate_on_submit() or attempt(form, lambda: _resumed(row, form)) is None:
        duty, row = _date(code, number, key)
        found = duty_page.asked(duty, row, number=number, today=office_date(clock.now()))
        page = render_template("staff/reliefs/take_up.html", form=form, **found)
        return (page, 422) if request.method == "POST" else page
    flash(_("Tenggat dilanjutkan. Pengingatnya direncanakan lagi."))
    return redirect(url_for("staff.obligations.show", code=code, number=number), 303)


def _resumed(row: "Occurrence", form: ResumeForm) -> bool:
    version, actor, now = version_of(form), guard.actor(), clock.now()
    reliefs.take_up(session(), row, resumption=form.resumption(), version=version, actor=actor, now=now)
    return True
