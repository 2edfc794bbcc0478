"""One reminder of the book: why it is planned, the mail in which it leaves, and what people decide about it."""

from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import policy
from portal.domain.dates import office_date
from portal.domain.errors import NotFound
from portal.domain.policy import Action
from portal.domain.reminder import SubjectKind
from portal.extensions import session
from portal.mail.compose import Letterhead
from portal.queries import calendar_days, ledger, ledger_step
from portal.queries.ledger import ReminderRow
from portal.queries.ledger_coming import ComingRow
from portal.queries.ledger_step import Step
from portal.services import mail_previews, reminder_decisions
from portal.services.mail_previews import Preview
from portal.services.reminder_decisions import Decision
from portal.web import downloads, guard, reminder_reasons
from portal.web.access import office
from portal.web.forms.outcome import attempt
from portal.web.forms.reminder import DecisionForm, DeclineForm

if TYPE_CHECKING:
    from portal.models import Reminder

blueprint = Blueprint("reminder_decisions", __name__, url_prefix="/pengingat")

Answer = str | Response | tuple[str, int]


def _letterhead() -> Letterhead:
    return Letterhead.of(current_app.config["SETTINGS"])


def _row(number: int) -> ReminderRow:
    readable = bool(policy.may(guard.actor(), Action.SEE_CONFIDENTIAL))
    return ledger.get_waiting(session(), number, with_confidential=readable)


def _preview(reminder: "Reminder") -> Preview | None:
    calendar = calendar_days.working_calendar(session())
    letterhead = _letterhead()
    return mail_previews.preview(session(), reminder, letterhead=letterhead, now=clock.now(), calendar=calendar)


@blueprint.route("/<int:number>", methods=["GET", "POST"])
@office(Action.RESEND_MESSAGE)
def show(number: int) -> Answer:
    """Show one waiting reminder with its mail, and take a decision about it."""
    row, form = _row(number), DecisionForm.with_choices()
    reminder = ledger.get_reminder(session(), number)
    if form.validate_on_submit() and attempt(form, lambda: _decide(form, reminder)):
        return redirect(url_for("staff.reminders.index"), 303)
    page = render_template(
        "staff/reminder_decisions/show.html",
        form=form,
        row=row,
        why=reminder_reasons.why(row, calendar_days.working_calendar(session())),
        subject=reminder_reasons.subject(row),
        preview=_preview(reminder),
    )
    return (page, 422) if request.method == "POST" else page


def _decide(form: DecisionForm, reminder: "Reminder") -> bool:
    """Do what was decided; say what follows."""
    decision = Decision(actor=guard.actor(), now=clock.now(), reason=form.reason.data or "")
    if form.act.data == "kirim":
        calendar = calendar_days.working_calendar(session())
        reminder_decisions.send_now(session(), reminder, decision, calendar=calendar)
        flash(_("Surel tersendiri masuk antrean dan berangkat pada jam kerja penerima yang paling dekat."), "good")
    elif form.act.data == "tunda":
        reminder_decisions.postpone(session(), reminder, decision, to=form.to.data)
        flash(_("Pengingat ditunda."), "good")
    else:
        reminder_decisions.decline(session(), reminder, decision)
        flash(_("Pengingat ini tidak dikirim. Langkah berikutnya tetap direncanakan."), "good")
    return True


@blueprint.get("/<int:number>/surel")
@office(Action.RESEND_MESSAGE)
def mail(number: int) -> Response:
    """Hand out the mail in which a reminder will leave, as a file of a mail program."""
    _row(number)
    found = _preview(ledger.get_reminder(session(), number))
    if found is None:
        raise NotFound
    content = mail_previews.wire(found, _letterhead())
    return downloads.made(name=f"pengingat-{number}.eml", content=content, media_type="message/rfc822")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _step(kind: str, subject_id: int, day: str, step: int) -> Step:
    known: SubjectKind | None = reminder_reasons.KINDS.get(kind)
    target_on = _day(day)
    if known is None or target_on is None:
        raise NotFound
    return Step(kind=known, subject_id=subject_id, target_on=target_on, step=step)


@blueprint.route("/akan-datang/<kind>/<int:subject_id>/<day>/<int(signed=True):step>", methods=["GET", "POST"])
@office(Action.RESEND_MESSAGE)
def coming(kind: str, subject_id: int, day: str, step: int) -> Answer:
    """Show a step that has not come yet and who would hear of it, and take the decision that nobody does."""
    asked, form, today = _step(kind, subject_id, day, step), DeclineForm(), office_date(clock.now())
    heard = ledger_step.hearers_of(session(), asked, today=today)
    row, calendar = _coming(asked), calendar_days.working_calendar(session())
    if form.validate_on_submit() and attempt(form, lambda: _decline(form, asked)):
        return redirect(url_for("staff.reminders.index"), 303)
    page = render_template(
        "staff/reminder_decisions/coming.html",
        form=form,
        row=row,
        why=reminder_reasons.why_coming(row, calendar),
        subject=reminder_reasons.subject(row),
        people=ledger_step.names_of(session(), heard),
    )
    return (page, 422) if request.method == "POST" else page


def _coming(asked: Step) -> ComingRow:
    readable = bool(policy.may(guard.actor(), Action.SEE_CONFIDENTIAL))
    calendar = calendar_days.working_calendar(session())
    return ledger_step.get_row(session(), asked, with_confidential=readable, calendar=calendar)


def _decline(form: DeclineForm, step: Step) -> int:
    decision = Decision(actor=guard.actor(), now=clock.now(), reason=form.reason.data or "")
    count = reminder_decisions.decline_coming(session(), step, decision)
    flash(_("Langkah ini tidak dikirim kepada %(n)s orang. Langkah berikutnya tetap direncanakan.", n=count), "good")
    return count
